import ArgumentParser
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// `posemap maps`: what there is.
struct MapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maps",
    abstract: "List the maps and profiles, with what each is for.")

  func run() {
    print("Maps (--maps; * = drawn by default)")
    print("")
    let width = MapName.allCases.map(\.rawValue.count).max() ?? 0
    for map in MapName.allCases {
      let mark = MapName.standard.contains(map) ? "*" : " "
      let kind = map.kind
      let settings = (kind.settings + kind.sharedSettings).map(\.key)
      print("\(mark) \(map.rawValue.padded(to: width))  \(kind.summary)")
      print("  \("".padded(to: width))  for: \(kind.takenBy)")
      if !settings.isEmpty {
        print("  \("".padded(to: width))  settings: \(settings.joined(separator: " "))")
      }
    }
    print("")
    print("Profiles (--profile)")
    print("")
    let longest = Profile.names.map(\.count).max() ?? 0
    for profile in Profile.all {
      print("  \(profile.name.padded(to: longest))  \(profile.summary)")
      print(
        "  \("".padded(to: longest))  sizes: "
          + profile.sizes.map { "\($0.width)x\($0.height)" }.joined(separator: " "))
    }
  }
}
