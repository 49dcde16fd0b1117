internal import Glibc
internal import PoseRig

extension FileLoader {
  /// No pose or scene is larger; a device or a wrong file must not fill the memory.
  private static let maximumBytes = 64 << 20

  /// Reads from the file system.
  static func disk(rigsFolder: String?) -> FileLoader {
    let models = ModelFiles()
    var loader = FileLoader(
      rigsFolder: rigsFolder, human: HumanCache.load, model: models.model, motion: models.motion,
      read: bytes)
    loader.libraryPoses = { rigsFolder.map(PoseLibrary.names) ?? [] }
    return loader
  }

  /// The bytes of a file.
  static func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    bytes(path, upTo: maximumBytes)
  }

  /// The bytes of a file that is not larger than so many.
  static func bytes(_ path: String, upTo limit: Int) -> Result<[UInt8], UnreadableFile> {
    guard let file = fopen(path, "rb") else { return .failure(lastFault()) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
      if bytes.count > limit {
        return .failure(UnreadableFile(reason: "it is larger than \(limit >> 20) MiB"))
      }
    }
    return ferror(file) == 0 ? .success(bytes) : .failure(lastFault())
  }

  private static func lastFault() -> UnreadableFile {
    UnreadableFile(reason: String(cString: strerror(errno)))
  }
}

/// Whether two paths lead to one file.
enum FileIdentity {
  /// Whether there is a file, and both are it, by whatever names and links; of files yet to be made none is another.
  static func areSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    guard stat(path, &one) == 0, stat(other, &two) == 0 else { return path == other }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// The path from the root, without `.` and `..`.
  static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    let here = path.hasPrefix("/") ? nil : getcwd(nil, 0)
    defer { free(here) }
    let whole = (here.map { String(cString: $0) + "/" } ?? "") + path
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}

/// What is in a folder.
enum FolderListing {
  /// The names of its files, in the order of the alphabet; none for what is no folder.
  static func names(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

/// Where bodies and library poses are: as told, or beside the installed command.
enum RigsFolder {
  static func find(_ told: String?) -> String? {
    if let told { return told }
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    let command = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = command.split(separator: "/").dropLast().joined(separator: "/")
    // PREFIX/bin/posemap → PREFIX/share/posemap/Rigs; .build/release/posemap → the checkout's Rigs.
    let candidates = ["../share/posemap/Rigs", "Rigs", "../../Rigs", "../../../Rigs"]
    return candidates.map { "/\(folder)/\($0)" }.first { access($0 + "/limits.json", R_OK) == 0 }
  }
}
