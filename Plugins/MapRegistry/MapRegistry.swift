import Foundation
import PackagePlugin

/// Writes the list of the maps: one entry for each file that lies in `Sources/MapRender/Maps`
/// itself.
///
/// A file `DepthMap.swift` there declares `DepthMap.kind`. So a new map is a new file, and no list
/// elsewhere has to name it.
@main struct MapRegistry: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let folder = module.directoryURL.appending(path: "Maps").path
    let maps = module.sourceFiles(withSuffix: "swift").map(\.url)
      .filter { $0.deletingLastPathComponent().path == folder }
      .map { $0.deletingPathExtension().lastPathComponent }.sorted()
    let text =
      "/// Made from the files of `Sources/MapRender/Maps` by the plugin MapRegistry.\n"
      + "enum MapFiles {\n  static let kinds: [MapKind] = [\n"
      + maps.map { "    \($0).kind,\n" }.joined() + "  ]\n}\n"
    let list = context.pluginWorkDirectoryURL.appending(path: "MapFiles.swift")
    return [
      .buildCommand(
        displayName: "Listing the maps", executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: ["-c", "printf '%s' \"$1\" > \"$2\"", "sh", text, list.path],
        outputFiles: [list])
    ]
  }
}
