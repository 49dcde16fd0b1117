import ArgumentParser
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// A list of maps such as `openpose,depth` on the command line.
enum MapList {
  /// Returns the maps in the list, in its order and without duplicates.
  static func parse(_ argument: String) throws -> [MapName] {
    if argument == "all" { return MapName.allCases }
    var maps: [MapName] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let map = MapName(rawValue: String(name)) else {
        throw ValidationError(
          "there is no map \"\(name)\"; "
            + NearestName.hint(for: String(name), among: MapName.allCases.map(\.rawValue))
            + "there are: "
            + MapName.allCases.map(\.rawValue).joined(separator: ", ") + ", or all")
      }
      if !maps.contains(map) { maps.append(map) }
    }
    return maps
  }
}
