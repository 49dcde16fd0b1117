internal import PosemapKit
internal import SceneFiles

/// A folder that a job writes: below the scene's, so that a page can write nowhere else.
struct JobFolder: Equatable, Sendable {
  /// The folder relative to the scene's.
  let name: String
  /// The folder relative to the working folder.
  let path: String

  /// The folder that a page names, relative to the scene's or from the root.
  ///
  /// - Throws: a fault for one that is elsewhere, by its name or by links on the way.
  init(_ wish: String, besides scenePath: String) throws(StudioFault) {
    let home = FileIdentity.folder(of: scenePath)
    let whole = wish.hasPrefix("/") ? wish : "\(FileIdentity.absolute(home))/\(wish)"
    let isHome = FileIdentity.absolute(whole) == FileIdentity.absolute(home)
    name = FileIdentity.relative(whole, from: home)
    path = FilePath.resolve(name, besides: scenePath)
    if wish.isEmpty || isHome {
      throw StudioFault("name a folder for the files, such as \"out\"")
    }
    let names = wish.split(separator: "/")
    if names.contains(".."), !wish.hasPrefix("/") {
      throw StudioFault("\"\(wish)\" must not contain \"..\": files go below the scene's folder")
    }
    guard !name.hasPrefix("../"), name != "..", FileIdentity.staysBelow(path, home) else {
      throw StudioFault(
        "\"\(wish)\" is not in the scene's folder, the only place where the studio writes; "
          + "posemap render -o writes to any folder")
    }
    if name.split(separator: "/").contains(where: { $0.hasPrefix(".") })
      || name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
    {
      throw StudioFault("\"\(wish)\" is hidden or cannot be read; choose a plain name")
    }
  }
}
