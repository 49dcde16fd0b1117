internal import Export
internal import Glibc
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// Checks of everything that posemap needs to draw.
public enum Health {
  /// Returns all items, starting with those without which posemap cannot draw.
  public static func items() -> [HealthItem] {
    let memory = memory()
    let first = [renderer(), memory, library(), cache()]
    // Checking the human reads all of it.
    return memory.state == .wrong ? first : first + [human(), wardrobe()]
  }

  private static func renderer() -> HealthItem {
    do {
      let identity = try RendererIdentity.current()
      return HealthItem("renderer", .ok, "\(identity)")
    } catch {
      return HealthItem("renderer", .wrong, error.description)
    }
  }

  private static func library() -> HealthItem {
    guard let folder = RigsFolder.find(nil) else {
      return HealthItem(
        "library", .missing, "there are no poses, props, hair and clothes beside the command",
        remedy: "name their folder with --rigs, or install all of posemap")
    }
    let path = realpath(folder, nil)
    defer { free(path) }
    return HealthItem("library", .ok, path.map { String(cString: $0) } ?? folder)
  }

  private static func memory() -> HealthItem {
    guard let free = SystemMemory.available() else {
      return HealthItem("memory", .missing, "the system does not report how much is free")
    }
    let text = "\(free >> 20) MiB free"
    if free >= SystemMemory.needed(for: typicalCanvas) { return HealthItem("memory", .ok, text) }
    return HealthItem(
      "memory", .wrong, "\(text), too little for a picture of \(typicalCanvas)",
      remedy: "close other programs, or give the container more memory")
  }

  /// The size of SDXL pictures.
  private static let typicalCanvas = Canvas(width: 1024, height: 1024)

  private static func cache() -> HealthItem {
    let folder = HumanStore.folder
    // Subfolders belong to tests.
    let size = [folder, Wardrobe.folder].reduce(0) { $0 + bytes(in: $1) }
    let text = "\(folder), \(size / 1_000_000) MB"
    if isWritable(folder) { return HealthItem("cache", .ok, text) }
    return HealthItem(
      "cache", .missing, "\(text), but you cannot write there",
      remedy: "set XDG_CACHE_HOME to a folder that you can write to")
  }

  /// Returns the size in bytes of the files directly in a folder.
  private static func bytes(in folder: String) -> Int {
    FileSystem.names(in: folder).map { name in
      var status = stat()
      let isFile = stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      return isFile ? Int(status.st_size) : 0
    }.reduce(0, +)
  }

  /// Returns whether files can be created in a folder, or the folder itself if it does not exist.
  private static func isWritable(_ folder: String) -> Bool {
    if access(folder, F_OK) == 0 { return access(folder, W_OK | X_OK) == 0 }
    let parent = folder.split(separator: "/").dropLast()
    return parent.isEmpty ? access("/", W_OK) == 0 : isWritable("/" + parent.joined(separator: "/"))
  }

  private static func human() -> HealthItem {
    switch HumanStore.load() {
    case .success: HealthItem("human", .ok, HumanStore.path)
    case .failure(let fault):
      HealthItem("human", .missing, withoutRemedy(fault.reason), remedy: "posemap body install")
    }
  }

  /// Returns a reason without the command at its end.
  private static func withoutRemedy(_ reason: String) -> String {
    reason.firstRange(of: "; run: ").map { String(reason[..<$0.lowerBound]) } ?? reason
  }

  private static func wardrobe() -> HealthItem {
    let count = Wardrobe.names.count
    if count > 0 { return HealthItem("garments", .ok, "\(count) in \(Wardrobe.folder)") }
    return HealthItem(
      "garments", .missing, "none of MakeHuman's garments are installed",
      remedy: "posemap wear install PACK.zip")
  }
}
