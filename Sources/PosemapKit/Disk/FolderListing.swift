internal import Export
internal import Glibc

/// Listings of a folder's content.
public enum FolderListing {
  /// Returns the names of a folder's files, in alphabetical order; empty if it is not a folder.
  public static func names(_ path: String) -> [String] {
    FileSystem.names(in: path).filter { !$0.hasPrefix(".") }
  }

  /// Returns the folders that contain a file with a given name: this one and those below it, in
  /// alphabetical order.
  ///
  /// Hidden folders are skipped, and links are not followed.
  static func folders(in folder: String, with file: String) -> [String] {
    let names = names(folder)
    let here = names.contains(file) ? [folder] : []
    return here
      + names.flatMap { name -> [String] in
        let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
        return isOwnFolder(path) ? folders(in: path, with: file) : []
      }
  }

  /// Returns the wanted files in a folder and below it, in alphabetical order.
  ///
  /// Hidden folders are skipped, and links are not followed.
  static func files(below folder: String, where isWanted: (String) -> Bool) -> [String] {
    names(folder).flatMap { name -> [String] in
      let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
      if isOwnFolder(path) { return files(below: path, where: isWanted) }
      return isWanted(name) ? [path] : []
    }
  }

  /// Returns why a folder cannot be listed, in the system's words; nil if it can.
  static func fault(of folder: String) -> String? {
    guard let stream = opendir(folder) else { return String(cString: strerror(errno)) }
    closedir(stream)
    return nil
  }

  /// Returns whether a path is a folder, and not a link to one.
  private static func isOwnFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
