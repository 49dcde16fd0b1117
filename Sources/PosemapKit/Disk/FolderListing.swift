internal import Export

/// The content of a folder.
public enum FolderListing {
  /// Returns the names of a folder's files, in alphabetical order; empty if it is no folder.
  public static func names(_ path: String) -> [String] {
    FileSystem.names(in: path).filter { !$0.hasPrefix(".") }
  }
}
