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
      print("\(mark) \(padded(map.rawValue, width))  \(kind.summary)")
      print("  \(padded("", width))  for: \(kind.takenBy)")
      if !settings.isEmpty {
        print("  \(padded("", width))  settings: \(settings.joined(separator: " "))")
      }
    }
    print("")
    print("Profiles (--profile)")
    print("")
    let longest = Profile.names.map(\.count).max() ?? 0
    for profile in Profile.all {
      print("  \(padded(profile.name, longest))  \(profile.summary)")
      print(
        "  \(padded("", longest))  sizes: "
          + profile.sizes.map { "\($0.width)x\($0.height)" }.joined(separator: " "))
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
