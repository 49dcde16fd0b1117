internal import PosemapKit
internal import SceneFiles

/// The folder that a job writes to. It is always below the scene's folder, so that a page cannot
/// write elsewhere.
struct JobFolder: Equatable, Sendable {
  /// The path relative to the scene's folder.
  let name: String
  /// The path relative to the working folder.
  let path: String

  /// Resolves a folder that a page names, relative to the scene's folder or absolute.
  ///
  /// - Throws: a fault if its name, or links on the way, lead elsewhere.
  init(_ requested: String, besides scenePath: String) throws(StudioFault) {
    let home = FileIdentity.folder(of: scenePath)
    let whole = requested.hasPrefix("/") ? requested : "\(FileIdentity.absolute(home))/\(requested)"
    let isHome = FileIdentity.absolute(whole) == FileIdentity.absolute(home)
    name = FileIdentity.relative(whole, from: home)
    path = FilePath.resolve(name, besides: scenePath)
    if requested.isEmpty || isHome {
      throw StudioFault("name a folder for the files, such as \"out\"")
    }
    let names = requested.split(separator: "/")
    if names.contains(".."), !requested.hasPrefix("/") {
      throw StudioFault(
        "\"\(requested)\" must not contain \"..\": files go below the scene's folder")
    }
    guard !name.hasPrefix("../"), name != "..", FileIdentity.staysBelow(path, home) else {
      throw StudioFault(
        "\"\(requested)\" is not in the scene's folder, the only place where the studio writes; "
          + "posemap render -o writes to any folder")
    }
    if name.split(separator: "/").contains(where: { $0.hasPrefix(".") })
      || name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
    {
      throw StudioFault("\"\(requested)\" is hidden or cannot be read; choose a plain name")
    }
  }
}
