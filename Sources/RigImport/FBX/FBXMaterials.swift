internal import PoseRig

/// Reads the opacity and the culling of FBX materials.
struct FBXMaterials {
  private let objects: FBXObjects
  private let textures: FBXTextures
  /// The index of each material in the model, by its object and whether it is double-sided.
  private var known: [Key: Int] = [:]
  /// The index of each picture in the model, by its object; nil for one that is not read.
  private var pictures: [Int: Int?] = [:]

  private struct Key: Hashable {
    var object: Int
    var doubleSided: Bool
  }

  init(_ objects: FBXObjects, path: String) {
    self.objects = objects
    textures = FBXTextures(objects, path: path)
  }

  /// Returns the materials of a node as indices into the model's, in the order in which meshes
  /// number them.
  mutating func materials(of node: Int, into model: inout ForeignModel) -> [Int] {
    // "CullingOff", and a node without the property, mean double-sided.
    let culling = objects.objects[node].record.first("Culling")?.text(0) ?? "CullingOff"
    let isDoubleSided = !culling.hasPrefix("CullingOn")
    let own = objects.children(of: node, "Material")
    return (own.isEmpty ? [-1] : own).map { object in
      let key = Key(object: object, doubleSided: isDoubleSided)
      if let index = known[key] { return index }
      known[key] = model.materials.count
      let plain = ForeignModel.Material(name: "", doubleSided: isDoubleSided)
      model.materials.append(object < 0 ? plain : material(object, isDoubleSided, &model))
      return model.materials.count - 1
    }
  }

  private mutating func material(
    _ object: Int, _ isDoubleSided: Bool, _ model: inout ForeignModel
  ) -> ForeignModel.Material {
    let name = objects.objects[object].name
    var material = ForeignModel.Material(name: name, doubleSided: isDoubleSided)
    if let texture = textures.texture(of: object) {
      if pictures[texture] == nil { pictures[texture] = picture(texture, of: name, &model) }
      material.alphaTexture = pictures[texture] ?? nil
      if material.alphaTexture != nil { material.alphaCutoff = 0.5 }
    } else if case let opacity = opacity(of: object), opacity < 0.5 {
      // A connected picture overrides the number.
      material.alphaCutoff = 0.5
      material.alphaFactor = Float(opacity)
    }
    return material
  }

  private func picture(_ texture: Int, of name: String, _ model: inout ForeignModel) -> Int? {
    switch textures.opacity(of: texture) {
    case .picture(let picture):
      model.alphaTextures.append(picture)
      return model.alphaTextures.count - 1
    case .unread(let file):
      model.notes.append(
        "the opacity of its material \"\(name)\" is in \(file), which is not read, so it is drawn "
          + "opaque; put a PNG of that name with an alpha channel beside the model")
      return nil
    }
  }

  /// Returns the opacity of a material: "Opacity" if it exists, otherwise from the color and factor
  /// of transparency, which programs use in different ways.
  private func opacity(of object: Int) -> Double {
    let record = objects.objects[object].record
    if let opacity = FBXObjects.entry("Opacity", record)?.number(4), opacity.isFinite {
      return min(max(opacity, 0), 1)
    }
    guard let color = FBXObjects.entry("TransparentColor", record),
      let red = color.number(4), let green = color.number(5), let blue = color.number(6),
      let factor = FBXObjects.entry("TransparencyFactor", record)?.number(4)
    else { return 1 }
    let opacity = 1 - factor * (red + green + blue) / 3
    return opacity.isFinite ? min(max(opacity, 0), 1) : 1
  }
}
