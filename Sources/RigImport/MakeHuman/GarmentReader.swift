package import PoseRig
internal import SceneFiles

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Reads hair and clothes in MakeHuman's form: an `.mhclo` file, which attaches the vertices of a
/// separate `.obj` to the base mesh, with an `.mhmat` for transparency (`docs/wear.md`).
package enum GarmentReader {
  /// The extension of the file's name.
  package static let fileExtension = "mhclo"
  /// The largest number of vertices of a garment.
  static let maximumVertices = 200_000

  /// Reads a garment from a file's bytes. Separate files are looked up relative to `path`.
  package static func read(
    _ bytes: [UInt8], path: String
  ) throws(ForeignModelError) -> ImportedGarment {
    if let sentence = FileFormat.remains(in: bytes, of: path) { throw .damaged(sentence) }
    let folder = FilePath.resolve(".", besides: path)
    return try read(bytes, name: stem(of: path), folder: GarmentFolder(folder))
  }

  /// Reads a garment from a file's bytes, with the separate files in a folder.
  static func read(
    _ bytes: [UInt8], name: String, folder: GarmentFolder
  ) throws(ForeignModelError) -> ImportedGarment {
    let clothes = try ClothesFile(bytes)
    let objectName = try folder.object(clothes.object, of: name)
    let object = try GarmentObject(folder.read(objectName), name: objectName)
    guard object.positions == clothes.anchors.count else {
      throw .damaged(
        "it binds \(clothes.anchors.count) vertices to the body, and its object \"\(objectName)\" has "
          + "\(object.positions); both must come from one export")
    }
    var warnings = clothes.warnings
    let opacity = GarmentOpacity(clothes, folder, &warnings)
    let corners =
      opacity.texture == nil ? GarmentCorners(object) : GarmentCorners(texturedBy: object)
    var garment = Garment(
      name: clothes.name ?? name, kind: .worn,
      anchors: corners.vertices.map { clothes.anchors[$0] },
      scales: clothes.scales, triangles: corners.triangles, layer: clothes.layer,
      covers: clothes.covers)
    garment.look = opacity.texture.map {
      SurfaceLook(
        materials: [opacity.material(of: corners.triangles.count)], textures: [$0],
        textureCoordinates: corners.coordinates)
    }
    return ImportedGarment(
      garment: garment, files: [objectName] + opacity.files, warnings: warnings)
  }

  /// Returns the names of the files that a garment's file names, or their default names.
  package static func files(named name: String, _ bytes: [UInt8]) -> [String] {
    values(of: ["obj_file", "material"], in: bytes) + ["\(stem(of: name)).obj"]
  }

  /// Returns the names of the pictures that a material names; empty for other files.
  package static func pictures(of bytes: [UInt8], in name: String) -> [String] {
    name.lowercased().hasSuffix(".mhmat") ? values(of: ["diffuseTexture"], in: bytes) : []
  }

  private static func values(of keys: [String], in bytes: [UInt8]) -> [String] {
    var scanner = TextScanner(bytes)
    var values: [String] = []
    while let fields = scanner.nextLine() {
      let words = fields.map { String(decoding: $0, as: UTF8.self) }
      if keys.contains(words[0]), words.count > 1 {
        values.append(words.dropFirst().joined(separator: " "))
      }
    }
    return values
  }

  private static func stem(of path: String) -> String {
    let last = FilePath.lastName(of: path)
    return last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
  }
}

/// A garment read from other programs' files.
package struct ImportedGarment: Equatable, Sendable {
  /// The garment.
  package var garment: Garment
  /// The names of the separate files that it was read from.
  package var files: [String]
  /// Sentences about omissions and assumptions.
  package var warnings: [String]

  package init(garment: Garment, files: [String], warnings: [String]) {
    self.garment = garment
    self.files = files
    self.warnings = warnings
  }
}

/// The folder with a garment's files; their actual names do not always match those in the files.
struct GarmentFolder {
  /// The names of the files.
  let names: [String]
  private let load: (String) -> [UInt8]?

  /// Lists a folder of the file system.
  init(_ folder: String) {
    let folder = folder.isEmpty ? "." : folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    self.init(names: names) {
      FileManager.default.contents(atPath: "\(folder)/\($0)").map { Array($0) }
    }
  }

  init(names: [String], load: @escaping (String) -> [UInt8]?) {
    self.names = names.sorted()
    self.load = load
  }

  /// Returns the file name of the object: the one stated, ignoring case; otherwise that of the
  /// garment, or the only one in the folder.
  func object(_ stated: String?, of garment: String) throws(ForeignModelError) -> String {
    let objects = names.filter { $0.lowercased().hasSuffix(".obj") }
    let wanted = [stated.map(FilePath.lastName), "\(garment).obj"].compactMap { $0?.lowercased() }
    for name in wanted {
      if let found = objects.first(where: { $0.lowercased() == name }) { return found }
    }
    if objects.count == 1 { return objects[0] }
    throw .damaged(
      "its object \"\(stated ?? "\(garment).obj")\" is not beside it; put the .obj into the same folder"
    )
  }

  /// Returns the name of a file, ignoring case; nil if it does not exist.
  func file(named name: String) -> String? {
    let wanted = FilePath.lastName(of: name).lowercased()
    return names.first { $0.lowercased() == wanted }
  }

  /// Returns a file's bytes.
  func read(_ name: String) throws(ForeignModelError) -> [UInt8] {
    guard let bytes = load(name) else { throw .damaged("\"\(name)\" beside it cannot be read") }
    return bytes
  }
}
