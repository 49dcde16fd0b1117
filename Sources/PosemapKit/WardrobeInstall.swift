internal import Export
internal import HumanCompiler
internal import PoseRig
internal import RigImport
internal import SceneFiles

/// Installs the garments of a folder or a zip archive into the wardrobe; the asset packs of
/// MakeHuman and MPFB are such archives.
public struct WardrobeInstall {
  /// A garment that was installed.
  public struct Entry: Equatable, Sendable {
    /// The garment's name in scenes.
    public var name: String
    /// The number of its vertices.
    public var vertices: Int
    /// Sentences about everything that was assumed or left out.
    public var warnings: [String]
  }

  /// The installed garments, by name.
  public private(set) var entries: [Entry] = []
  /// The files that were not installed, with the reasons.
  public private(set) var faults: [String] = []

  /// The size limit of an archive.
  private static let maximumBytes = 2 << 30
  /// The endings of a garment's files.
  private static let endings = [".mhclo", ".obj", ".mhmat", ".png", ".webp"]

  /// Installs all garments of a folder and those below it, or of an archive.
  public init(from path: String) throws(Failure) {
    if FolderListing.fault(of: path) == nil {
      try self.init(files: Self.garments(below: path))
      return
    }
    let bytes: [UInt8]
    switch FileLoader.bytes(path, upTo: Self.maximumBytes) {
    case .success(let read): bytes = read
    case .failure(let fault): throw Failure(.noInput, "\(path): \(fault.reason)")
    }
    guard bytes.starts(with: [0x50, 0x4B]) else {
      throw Failure(.badData, "\(path) is neither a folder nor a zip archive of garments")
    }
    do {
      let unpacked = try TemporaryFiles()
      let archive = try ZipArchive(bytes)
      for name in archive.names where Self.isWanted(name) {
        try unpacked.write(try archive.file(name), as: name)
      }
      try self.init(files: Self.garments(below: unpacked.path(of: ".")))
    } catch let failure as Failure {
      throw failure
    } catch let fault as TemporaryFiles.UnusableFolder {
      throw Failure(.cannotWrite, "cannot unpack \(path): \(fault.reason)")
    } catch {
      throw Failure(.badData, "\(path): \(error)")
    }
  }

  private init(files: [String]) throws(Failure) {
    guard !files.isEmpty else {
      throw Failure(
        .noInput, "there is no .mhclo file in it; MakeHuman's garments are .mhclo files")
    }
    var sets: [String: [UInt8]] = [:]
    for path in files {
      do {
        var imported = try ChildImport.readGarment(path)
        let folders = path.split(separator: "/").dropLast().map { $0.lowercased() }
        imported.garment.kind = folders.contains("hair") ? .hair : .worn
        let name = Self.name(of: path)
        entries.removeAll { $0.name == name }
        entries.append(
          Entry(
            name: name, vertices: imported.garment.anchors.count, warnings: imported.warnings))
        sets[Wardrobe.fileName(of: name)] = Wardrobe.encode(imported)
      } catch {
        faults.append("\(FilePath.lastName(of: path)): \(error)")
      }
    }
    entries.sort { $0.name < $1.name }
    guard !sets.isEmpty else { throw Failure(.badData, lines: faults) }
    do {
      try AtomicFolder.write(sets, to: Wardrobe.folder)
    } catch {
      throw Failure(.cannotWrite, "\(error)")
    }
  }

  /// Returns the `.mhclo` files below a folder, in alphabetical order.
  private static func garments(below folder: String) -> [String] {
    FolderListing.files(below: folder) { $0.lowercased().hasSuffix(GarmentSource.fileEnding) }
  }

  /// Returns whether an archive's entry belongs to a garment and stays below the archive's top.
  private static func isWanted(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.hasPrefix("/") && !parts.contains("..") && !parts.contains("")
      && endings.contains { name.lowercased().hasSuffix($0) }
  }

  private static func name(of path: String) -> String {
    String(FilePath.lastName(of: path).dropLast(GarmentSource.fileEnding.count))
  }
}
