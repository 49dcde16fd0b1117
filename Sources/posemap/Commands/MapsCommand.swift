import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// `posemap maps`: lists the available maps.
struct MapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maps",
    abstract: "List the maps and profiles with what each is for, or one family's maps with reasons."
  )

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Print how each map is drawn for this profile's models, why, and who says so.",
      valueName: "profile"), transform: ProfileName.parse)
  var family: Profile?

  func run() throws {
    if let family { return try printFamily(family) }
    printMaps()
    print("")
    printProfiles()
  }

  private func printFamily(_ profile: Profile) throws {
    guard let family = Family.of(profile) else { return }
    let recipe = try ComfyRecipe.builtIn(profile.name)
    FamilyListing(family, recipe: recipe).lines.forEach { print($0) }
  }

  private func printMaps() {
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
  }

  private func printProfiles() {
    print("Profiles (--profile)")
    print("")
    let longest = Profile.names.map(\.count).max() ?? 0
    for family in Family.all {
      let profile = family.profile
      print("  \(profile.name.padded(to: longest))  \(profile.summary)")
      print(
        "  \("".padded(to: longest))  sizes: "
          + profile.sizes.map { "\($0.width)x\($0.height)" }.joined(separator: " "))
      print(
        "  \("".padded(to: longest))  maps as \(family.convention.name): "
          + family.takes.map(\.rawValue).joined(separator: " "))
    }
  }
}
