/// The library's files.
public enum PoseLibrary {
  /// Names in the order of the alphabet, poses first.
  public static func names(in rigsFolder: String) -> [String] {
    func names(_ folder: String, _ prefix: String) -> [String] {
      FolderListing.names(folder).compactMap { name in
        name.hasSuffix(".pose.json") ? prefix + name.dropLast(".pose.json".count) : nil
      }
    }
    return names("\(rigsFolder)/poses", "") + names("\(rigsFolder)/poses/hands", "hands/")
  }
}
