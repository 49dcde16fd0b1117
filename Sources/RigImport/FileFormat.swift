internal import SceneFiles

/// The format of a file, detected by its content, since names are unreliable.
enum FileFormat: Equatable {
  case glTF
  case bvh
  case fbx
  /// A format for assimp, with the extension that selects its reader.
  case assimp(ForeignModel.Format, hint: String)

  /// Detects the format of a file's bytes.
  static func detect(_ bytes: [UInt8]) throws(ForeignModelError) -> FileFormat {
    if GitRemains.isPointer(bytes) { throw .unknownFormat(GitRemains.pointerSentence) }
    if bytes.starts(with: Array("glTF".utf8)) { return .glTF }
    if bytes.starts(with: Array("Kaydara FBX Binary".utf8)) { return .fbx }
    for (magic, what) in foreign where bytes.starts(with: magic) { throw .unknownFormat(what) }
    let start = Self.beginning(bytes)
    if isBVH(start) { return .bvh }
    if start.hasPrefix("{"), start.contains("\"asset_info\"") {
      throw .unknownFormat(
        "it is a DAZ Studio file, which posemap does not read; export the figure or its motion as FBX"
      )
    }
    if start.hasPrefix("{") { return .glTF }
    if start.hasPrefix("; FBX") || start.contains("FBXHeaderExtension") {
      return .fbx
    }
    if start.contains("<COLLADA") { return .assimp(.collada, hint: "dae") }
    if start.hasPrefix("xof ") { return .assimp(.other, hint: "x") }
    if bytes.isEmpty { throw .unknownFormat("the file is empty") }
    throw .unknownFormat(
      "it is not in a format that posemap reads: glTF, GLB, VRM, VRMA, FBX, BVH, COLLADA; export it as one of these"
    )
  }

  /// Returns whether a text begins like a BVH file, ignoring comments.
  private static func isBVH(_ start: String) -> Bool {
    let first = start.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.first { line in
      !line.hasPrefix("#") && !line.hasPrefix("//") && line.contains { $0 != " " && $0 != "\t" }
    }
    return first?.drop { $0 == " " || $0 == "\t" }.uppercased().hasPrefix("HIERARCHY") ?? false
  }

  /// Returns a sentence about git's leftovers in a text format; nil for other files.
  static func remains(in bytes: [UInt8], of file: String) -> String? {
    // Every binary format has a zero in its first bytes, and no binary file is merged line by line.
    bytes.prefix(8192).contains(0) ? nil : GitRemains.sentence(of: bytes, file: file)
  }

  private static let foreign: [([UInt8], String)] = [
    (Array("BLENDER".utf8), "it is a Blender file; export it from Blender as glTF (.glb)"),
    (
      [0x28, 0xB5, 0x2F, 0xFD],
      "it is a compressed Blender file; export it from Blender as glTF (.glb)"
    ),
    ([0x50, 0x4B, 0x03, 0x04], "it is a zip archive; unpack it and name the model in it"),
    (
      [0x1F, 0x8B],
      "it is packed with gzip; unpack it first, or export a DAZ Studio .duf file as FBX"
    ),
    ([0x89, 0x50, 0x4E, 0x47], "it is a picture (PNG), not a model"),
    ([0xFF, 0xD8, 0xFF], "it is a picture (JPEG), not a model"),
    (
      Array("PXR-USDC".utf8),
      "it is a USD file, which posemap does not read; export it as glTF (.glb)"
    ),
    (
      Array("#usda".utf8), "it is a USD file, which posemap does not read; export it as glTF (.glb)"
    ),
  ]

  /// Returns the first text of a file, without byte order mark and white space.
  private static func beginning(_ bytes: [UInt8]) -> String {
    let start = bytes.prefix(4096).drop { [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return String(decoding: start, as: UTF8.self)
  }
}
