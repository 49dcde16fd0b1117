internal import Glibc
internal import PoseRig
public import SceneFiles

extension FileLoader {
  /// A size limit, since no pose or scene is larger: a device or a wrong file must not fill the
  /// memory.
  private static let maximumBytes = 64 << 20

  /// Returns a loader that reads from the file system.
  public static func disk(rigsFolder: String?) -> FileLoader {
    disk(rigsFolder: rigsFolder, models: ModelStore(), read: { bytes($0) })
  }

  /// Returns a loader that uses this machine's human and pose library.
  static func disk(
    rigsFolder: String?, models: ModelStore,
    read: @escaping (String) -> Result<[UInt8], UnreadableFile>
  ) -> FileLoader {
    var loader = FileLoader(
      rigsFolder: rigsFolder, human: HumanStore.load, model: models.model, motion: models.motion,
      read: read)
    loader.thing = models.thing
    loader.garment = GarmentStore().garment
    loader.installedGarments = { Wardrobe.names }
    // A scene is read at every step of a drag, so only the beginning of a photograph is read.
    loader.pictureFault = pictureFault
    loader.libraryPoses = { rigsFolder.map(PoseLibrary.names) ?? [] }
    loader.libraryProps = { rigsFolder.map(PropLibrary.names) ?? [] }
    loader.libraryGarments = { rigsFolder.map(GarmentLibrary.names) ?? [] }
    loader.libraryHair = { rigsFolder.map(HairLibrary.names) ?? [] }
    return loader
  }

  /// Returns the bytes of a file.
  public static func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    bytes(path, upTo: maximumBytes)
  }

  /// Returns the bytes of a file; fails if the file has more than `limit` bytes.
  public static func bytes(_ path: String, upTo limit: Int) -> Result<[UInt8], UnreadableFile> {
    guard let file = fopen(path, "rb") else { return .failure(lastFault()) }
    defer { fclose(file) }
    return bytes(from: file, upTo: limit)
  }

  /// Returns the bytes of a file that a command needs.
  ///
  /// - Parameters:
  ///   - what: the file's role in the message, such as `this picture`.
  ///   - limit: the largest size in bytes; nil for that of poses and scenes.
  /// - Throws: a ``Failure`` with the file's path and the reason.
  public static func contents(
    of path: String, as what: String = "this file", upTo limit: Int? = nil
  ) throws(Failure) -> [UInt8] {
    switch bytes(path, upTo: limit ?? maximumBytes) {
    case .success(let bytes): return bytes
    case .failure(let fault):
      throw Failure(.noInput, of: path, "cannot read \(what): \(fault.reason)")
    }
  }

  /// Returns the loader with standard input, read immediately, as the file `-`; the paths in it are
  /// relative to the working folder.
  public func readingStandardInput() -> FileLoader {
    let text = Self.standardInput()
    var loader = self
    loader.read = { [read] path in path == "-" ? text : read(path) }
    return loader
  }

  private static func standardInput() -> Result<[UInt8], UnreadableFile> {
    // The `stdin` of C is shared by all threads.
    guard let file = fdopen(dup(STDIN_FILENO), "rb") else { return .failure(lastFault()) }
    defer { fclose(file) }
    return bytes(from: file, upTo: maximumBytes)
  }

  private static func bytes(
    from file: UnsafeMutablePointer<FILE>, upTo limit: Int
  ) -> Result<[UInt8], UnreadableFile> {
    // A regular file is read in one piece: copying the human's bytes would take longer than reading
    // them.
    let whole = min(length(of: file), limit) + 1
    var bytes: [UInt8] = []
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: max(whole - bytes.count, 1 << 16)) {
        $1 = fread($0.baseAddress, 1, $0.count, file)
      }
      if chunk.isEmpty { break }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if bytes.count > limit {
        return .failure(UnreadableFile(reason: "it is larger than \(limit >> 20) MiB"))
      }
    }
    return ferror(file) == 0 ? .success(bytes) : .failure(lastFault())
  }

  private static func pictureFault(_ path: String) -> UnreadableFile? {
    let stamp = FileStamp(path)
    // Opening a pipe would block until another process opens it for writing.
    if stamp.isThere, !stamp.isFile { return UnreadableFile(reason: "it is not a file") }
    guard let file = fopen(path, "rb") else { return lastFault() }
    defer { fclose(file) }
    var head = [UInt8](repeating: 0, count: PictureKind.headLength)
    let count = fread(&head, 1, head.count, file)
    return ferror(file) == 0 ? PictureKind.fault(head[..<count]) : lastFault()
  }

  /// Returns the length that the system reports for a file, which is 0 for a pipe.
  private static func length(of file: UnsafeMutablePointer<FILE>) -> Int {
    var status = stat()
    return fstat(fileno(file), &status) == 0 ? max(0, Int(status.st_size)) : 0
  }

  private static func lastFault() -> UnreadableFile {
    UnreadableFile(reason: String(cString: strerror(errno)))
  }
}
