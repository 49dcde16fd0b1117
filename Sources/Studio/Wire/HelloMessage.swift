internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// Writes a page's first message: the available choices.
enum HelloMessage {
  /// Returns the program's maps, profiles, expressions and body parameters.
  static func of(
    _ session: StudioSession, _ options: StudioOptions, _ library: StudioLibrary, isAutosaving: Bool
  ) -> Outgoing {
    .of(
      "hello",
      [
        "version": .string(options.version),
        "features": .texts(["pick"]),
        "scenePath": .string(session.files.scenePath),
        "maps": .list(MapName.allCases.map(map)),
        "library": library.value,
        "settings": SettingTable.value,
        "joints": JointTable.value,
        "profiles": .list(Profile.all.map(profile)),
        "expressions": .texts(FaceExpression.all.map(\.name)),
        "phenotype": .list(phenotype),
        "isAutosaving": .boolean(isAutosaving),
        "hasLibrary": .boolean(library.rigsFolder != nil),
        "hasHuman": .boolean(FileStamp(HumanStore.path).isThere),
      ])
  }

  private static func map(_ name: MapName) -> JSONValue {
    .members([
      "name": .string(name.rawValue),
      "summary": .string(name.kind.summary),
      "isStandard": .boolean(name.kind.isStandard),
    ])
  }

  private static func profile(_ profile: Profile) -> JSONValue {
    .members([
      "name": .string(profile.name),
      "summary": .string(profile.summary),
      "sizes": .list(profile.sizes.map { .list([.int($0.width), .int($0.height)]) }),
    ])
  }

  /// The parameters of the parametric human, as `"phenotype"` takes them.
  private static var phenotype: [JSONValue] {
    let usual = Phenotype()
    func measure(
      _ key: String, _ range: ClosedRange<Double>, _ value: Double?, _ summary: String
    ) -> JSONValue {
      .members([
        "key": .string(key), "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound), "default": value.map(JSONValue.number) ?? .null,
        "summary": .string(summary),
      ])
    }
    let whole = [
      measure("gender", 0...1, usual.gender, "0 female, 1 male"),
      measure("age", 18...90, usual.age, "years"),
      measure("height", 1.2...2.3, usual.height, "stature in meters"),
      measure("muscle", 0...1, usual.muscle, "muscular"),
      measure("weight", 0...1, usual.weight, "heavy"),
      measure("proportions", 0...1, usual.proportions, "ideal proportions"),
      measure("cup", 0...1, usual.cup, "breast size"),
      measure("firmness", 0...1, usual.firmness, "breast firmness"),
    ]
    let hair = JSONValue.members([
      "key": .string("hair"), "choices": .texts(PhenotypeReader.hairNames),
      "default": .string("bald"), "summary": .string("hair, by its old names"),
    ])
    return whole + [hair]
      + Phenotype.Modifier.all.map { measure($0.name, -1...1, 0, $0.effect) }
  }
}
