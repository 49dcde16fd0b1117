public import PoseRig
internal import RigImport
internal import SceneFiles

/// The garments that `posemap wear install` installed: one file each in the user's cache.
public enum Wardrobe {
  /// The folder that contains the files.
  public static var folder: String { "\(HumanStore.folder)/wear" }
  private static let ending = ".garment"
  /// The first bytes of a file, which differ for each version of the format.
  private static let mark = Array("posegar1".utf8)

  /// The names of the garments, in alphabetical order.
  public static var names: [String] {
    FolderListing.names(folder).compactMap { name in
      name.hasSuffix(ending) && !name.hasPrefix(".") ? String(name.dropLast(ending.count)) : nil
    }.sorted()
  }

  /// Returns an installed garment, or a sentence that says why it cannot be used.
  static func load(_ name: String) -> Result<LoadedGarment, UnreadableFile> {
    FileLoader.bytes(path(of: name), upTo: 1 << 30).flatMap { bytes in
      let start = mark.count + 8
      guard bytes.starts(with: mark), bytes.count > start,
        checksum(of: bytes.dropFirst(start)) == Array(bytes[mark.count..<start]),
        let imported = GarmentCodec.decode(Array(bytes.dropFirst(start)))
      else {
        return .failure(
          UnreadableFile(
            reason:
              "\(path(of: name)) is damaged, or from another version of posemap; install it again"))
      }
      return .success(
        LoadedGarment(
          garment: imported.garment, files: [InputFile(name: name, bytes: bytes)],
          warnings: imported.warnings))
    }
  }

  /// Returns the bytes of a garment's file in the wardrobe.
  static func encode(_ garment: ImportedGarment) -> [UInt8] {
    let body = GarmentCodec.encode(garment)
    return mark + checksum(of: body[...]) + body
  }

  private static func checksum(of bytes: ArraySlice<UInt8>) -> [UInt8] {
    let sum = Checksum.xxh64(bytes)
    return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
  }

  /// Returns the name of a garment's file.
  static func fileName(of name: String) -> String { name + ending }

  private static func path(of name: String) -> String { "\(folder)/\(fileName(of: name))" }
}

extension Wardrobe {
  /// Returns garments by name or from `.mhclo` files; all installed garments if no names are given.
  public static func garments(
    named names: [String]
  ) throws(Failure) -> [(name: String, garment: Garment)] {
    let store = GarmentStore()
    var garments: [(name: String, garment: Garment)] = []
    for name in names.isEmpty ? Self.names : names {
      let isFile = name.lowercased().hasSuffix(GarmentSource.fileEnding)
      switch store.garment(isFile ? .file(name) : .installed(name)) {
      case .success(let loaded): garments.append((name, loaded.garment))
      case .failure(let fault): throw Failure(.noInput, "\(name): \(fault.reason)")
      }
    }
    return garments
  }
}
