internal import PoseRig
internal import SceneFiles

/// The transparency of a garment's material.
struct GarmentOpacity {
  /// The opacity of its picture; nil if the garment is opaque.
  private(set) var texture: OpacityTexture?
  /// The names of the files that state it.
  private(set) var files: [String] = []
  private var isTwoSided = true

  /// The opacity below which pixels are not drawn, glTF's default.
  private static let cutoff: Float = 0.5

  /// Reads the transparency of a garment's material, and warns if its picture does not exist.
  init(_ clothes: ClothesFile, _ folder: GarmentFolder, _ warnings: inout [String]) {
    guard let name = clothes.material.flatMap(folder.file(named:)),
      let bytes = try? folder.read(name)
    else { return }
    files.append(name)
    var scanner = TextScanner(bytes)
    var keys: [String: String] = [:]
    while let fields = scanner.nextLine() {
      let words = fields.map { String(decoding: $0, as: UTF8.self) }
      keys[words[0]] = words.dropFirst().joined(separator: " ")
    }
    guard keys["transparent"]?.lowercased() == "true", let picture = keys["diffuseTexture"] else {
      return
    }
    guard let file = folder.file(named: picture), let bytes = try? folder.read(file) else {
      warnings.append(
        "its picture \"\(FilePath.lastName(of: picture))\" is not beside it, so nothing of it is cut away"
      )
      return
    }
    files.append(file)
    guard let image = AlphaImage.decode(bytes) else {
      warnings.append(
        "its picture \"\(file)\" cannot be read (PNG and WebP can), so nothing of it is cut away")
      return
    }
    texture = OpacityTexture(
      width: image.width, height: image.height, wrapX: .repeat, wrapY: .repeat,
      opacity: image.alpha)
    isTwoSided = keys["backfaceCull"]?.lowercased() != "true"
  }

  /// Returns the material for a number of triangles.
  func material(of count: Int) -> SurfaceMaterial {
    SurfaceMaterial(
      triangles: 0..<count, doubleSided: isTwoSided,
      cutout: SurfaceMaterial.Cutout(cutoff: Self.cutoff, factor: 1, texture: 0))
  }
}
