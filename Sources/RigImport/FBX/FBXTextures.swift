internal import PoseRig

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds the pictures that determine the opacity of FBX materials.
struct FBXTextures {
  /// The result of loading a picture.
  enum Opacity {
    /// The opacity of a picture.
    case picture(ForeignModel.AlphaTexture)
    /// A picture that does not exist or has an unsupported format, by its name.
    case unread(String)
  }

  private let objects: FBXObjects
  private let path: String

  init(_ objects: FBXObjects, path: String) {
    self.objects = objects
    self.path = path
  }

  /// Returns the object of the picture that is connected to a material's transparency.
  func texture(of material: Int) -> Int? {
    let names = [
      "TransparentColor", "TransparencyFactor", "Opacity", "3dsMax|Parameters|cutout_map",
    ]
    let link = objects.children[material].first { link in
      objects.objects[link.object].kind == "Texture"
        && link.property.map(names.contains) ?? false
    }
    return link?.object
  }

  /// Returns the opacity of a picture.
  func opacity(of texture: Int) -> Opacity {
    let video = objects.children(of: texture, "Video").first
    let stated = [texture, video].compactMap(\.self).compactMap { object -> String? in
      let record = objects.objects[object].record
      let name = record.first("RelativeFilename")?.text(0) ?? record.first("FileName")?.text(0)
      return name.flatMap { $0.isEmpty ? nil : $0 }
    }.first
    let file = stated?.split { $0 == "/" || $0 == "\\" }.last.map(String.init)
    let bytes = video.flatMap(content) ?? file.flatMap(beside)
    guard let bytes, let image = AlphaImage.decode(bytes),
      image.alpha.contains(where: { $0 < 255 })
    else {
      // An entirely opaque picture is meant by its brightness, which programs interpret in two
      // ways.
      return .unread(file.map { "\"\($0.prefix(80))\"" } ?? "a picture without a name")
    }
    return .picture(
      .init(
        width: image.width, height: image.height, wrap: [wrap(texture, "U"), wrap(texture, "V")],
        alpha: image.alpha))
  }

  private func wrap(_ texture: Int, _ axis: String) -> ForeignModel.AlphaTexture.Wrap {
    objects.integer(texture, "WrapMode" + axis) == 1 ? .clamp : .repeat
  }

  /// Returns the bytes of a picture that is embedded in the file.
  private func content(_ video: Int) -> [UInt8]? {
    guard let record = objects.objects[video].record.first("Content") else { return nil }
    if case .bytes(let range)? = record.values.first, !range.isEmpty {
      return Array(objects.file.bytes[range])
    }
    let text = record.values.indices.compactMap { record.text($0) }.joined()
    guard !text.isEmpty, let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
    else { return nil }
    return [UInt8](data)
  }

  /// Returns the bytes of a file in the model's folder, or in the picture folders that programs
  /// create beside it.
  private func beside(_ name: String) -> [UInt8]? {
    guard name != "..", name != "." else { return nil }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let folder = slash == path.startIndex ? "./" : String(path[..<slash])
    let stem = path[slash...].split(separator: ".").dropLast().joined(separator: ".")
    for subfolder in ["", stem + ".fbm/", "textures/", "Textures/"] {
      if let bytes = try? GLTFBuffers.read(folder + subfolder + name, inside: folder, what: name) {
        return bytes
      }
    }
    return nil
  }
}
