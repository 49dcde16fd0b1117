internal import Glibc
internal import PoseRig
public import SceneFiles

extension FileLoader {
  /// No pose or scene is larger; a device or a wrong file must not fill the memory.
  private static let maximumBytes = 64 << 20

  /// Returns a loader that reads from the file system.
  public static func disk(rigsFolder: String?) -> FileLoader {
    disk(rigsFolder: rigsFolder, models: ModelStore(), read: { bytes($0) })
  }

  /// Returns a loader with the human and the pose library of this machine.
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
    // A scene is read at every step of a drag: of a photograph its beginning is enough.
    loader.pictureFault = pictureFault
    loader.libraryPoses = { rigsFolder.map(PoseLibrary.names) ?? [] }
    loader.libraryProps = { rigsFolder.map(PropLibrary.names) ?? [] }
    loader.libraryGarments = { rigsFolder.map(GarmentLibrary.names) ?? [] }
    loader.libraryHair = { rigsFolder.map(HairLibrary.names) ?? [] }
    return loader
  }

  /// The bytes of a file.
  public static func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    bytes(path, upTo: maximumBytes)
  }

  /// The bytes of a file; a file of more than `limit` bytes is a failure.
  public static func bytes(_ path: String, upTo limit: Int) -> Result<[UInt8], UnreadableFile> {
    guard let file = fopen(path, "rb") else { return .failure(lastFault()) }
    defer { fclose(file) }
    return bytes(from: file, upTo: limit)
  }

  /// Returns the loader with standard input, read here and now, as the file `-`; what it names is
  /// relative to the working folder.
  public func readingStandardInput() -> FileLoader {
    let text = Self.standardInput()
    var loader = self
    loader.read = { [read] path in path == "-" ? text : read(path) }
    return loader
  }

  private static func standardInput() -> Result<[UInt8], UnreadableFile> {
    // C's own `stdin` is a variable of all threads.
    guard let file = fdopen(dup(STDIN_FILENO), "rb") else { return .failure(lastFault()) }
    defer { fclose(file) }
    return bytes(from: file, upTo: maximumBytes)
  }

  private static func bytes(
    from file: UnsafeMutablePointer<FILE>, upTo limit: Int
  ) -> Result<[UInt8], UnreadableFile> {
    // A plain file is read at once: copies of the human's would take longer than to read it.
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
    // To open a pipe would wait for whoever writes it.
    if stamp.isThere, !stamp.isFile { return UnreadableFile(reason: "it is not a file") }
    guard let file = fopen(path, "rb") else { return lastFault() }
    defer { fclose(file) }
    var head = [UInt8](repeating: 0, count: PictureKind.headLength)
    let count = fread(&head, 1, head.count, file)
    return ferror(file) == 0 ? PictureKind.fault(head[..<count]) : lastFault()
  }

  /// Returns the length that the system gives a file; a pipe has 0.
  private static func length(of file: UnsafeMutablePointer<FILE>) -> Int {
    var status = stat()
    return fstat(fileno(file), &status) == 0 ? max(0, Int(status.st_size)) : 0
  }

  private static func lastFault() -> UnreadableFile {
    UnreadableFile(reason: String(cString: strerror(errno)))
  }
}
