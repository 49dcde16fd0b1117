/// Facial expressions with the names of ARKit's blend shapes and VRM's presets, composed of
/// MakeHuman's expression units.
public struct FaceExpression: Sendable {
  /// The expression's name in pose files.
  public var name: String
  /// MakeHuman's units with their strengths at full expression.
  var units: [(String, Double)]

  /// All expressions.
  public static let all: [FaceExpression] = [
    .init("blinkLeft", [("eye-left-closure", 1)]),
    .init("blinkRight", [("eye-right-closure", 1)]),
    .init("blink", [("eye-left-closure", 1), ("eye-right-closure", 1)]),
    .init("eyeWideLeft", [("eye-left-opened-up", 1)]),
    .init("eyeWideRight", [("eye-right-opened-up", 1)]),
    .init("eyeSquintLeft", [("eye-left-slit", 1)]),
    .init("eyeSquintRight", [("eye-right-slit", 1)]),
    .init("browDownLeft", [("eyebrows-left-down", 1)]),
    .init("browDownRight", [("eyebrows-right-down", 1)]),
    .init("browInnerUp", [("eyebrows-left-inner-up", 1), ("eyebrows-right-inner-up", 1)]),
    .init("browOuterUpLeft", [("eyebrows-left-extern-up", 1)]),
    .init("browOuterUpRight", [("eyebrows-right-extern-up", 1)]),
    .init("jawOpen", [("mouth-open", 1)]),
    .init("mouthPucker", [("mouth-pursing", 1)]),
    .init("mouthFunnel", [("mouth-protusion", 1)]),
    .init("mouthPress", [("mouth-compression", 1)]),
    .init("mouthStretch", [("mouth-retraction", 1)]),
    .init("mouthFrown", [("mouth-depression", 1)]),
    .init("mouthUpperUp", [("mouth-elevation", 1)]),
    .init("mouthSmile", [("mouth-corner-puller", 1)]),
    .init("noseSneerLeft", [("nose-left-elevation", 1)]),
    .init("noseSneerRight", [("nose-right-elevation", 1)]),
    .init("smile", [("mouth-corner-puller", 1), ("eye-left-slit", 0.3), ("eye-right-slit", 0.3)]),
    .init(
      "happy",
      [
        ("mouth-corner-puller", 1), ("mouth-open", 0.2), ("eye-left-slit", 0.4),
        ("eye-right-slit", 0.4),
      ]),
    .init(
      "angry",
      [
        ("eyebrows-left-down", 1), ("eyebrows-right-down", 1), ("mouth-compression", 0.6),
        ("nose-left-elevation", 0.4), ("nose-right-elevation", 0.4),
      ]),
    .init(
      "sad",
      [("eyebrows-left-inner-up", 1), ("eyebrows-right-inner-up", 1), ("mouth-depression", 0.8)]),
    .init("aa", [("mouth-open", 0.7)]),
    .init("ih", [("mouth-open", 0.2), ("mouth-retraction", 0.5)]),
    .init("ou", [("mouth-open", 0.2), ("mouth-pursing", 0.8)]),
    .init("ee", [("mouth-open", 0.1), ("mouth-retraction", 0.8)]),
    .init("oh", [("mouth-open", 0.45), ("mouth-pursing", 0.5)]),
    .init(
      "relaxed",
      [("eye-left-closure", 0.4), ("eye-right-closure", 0.4), ("mouth-corner-puller", 0.3)]),
    .init(
      "surprised",
      [
        ("eyebrows-left-up", 1), ("eyebrows-right-up", 1), ("eye-left-opened-up", 1),
        ("eye-right-opened-up", 1), ("mouth-open", 0.5),
      ]),
  ]

  private init(_ name: String, _ units: [(String, Double)]) {
    self.name = name
    self.units = units
  }

  /// Returns the name of a mirrored expression.
  package static func mirrored(_ name: String) -> String {
    if name.hasSuffix("Left") { return name.dropLast(4) + "Right" }
    if name.hasSuffix("Right") { return name.dropLast(5) + "Left" }
    return name
  }

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The names of all targets that any expression uses.
  public static var allTargets: Set<String> {
    Set(all.flatMap { $0.units.map { "expression/units/caucasian/" + $0.0 } })
  }

  /// Returns the active targets with their strengths, for expressions with weights; no unit exceeds
  /// its maximum.
  static func targets(_ face: [String: Double]) -> [(name: String, strength: Double)] {
    var units: [String: Double] = [:]
    for (name, value) in face {
      for (unit, share) in byName[name]?.units ?? [] { units[unit, default: 0] += share * value }
    }
    return units.sorted { $0.key < $1.key }.map {
      ("expression/units/caucasian/" + $0.key, min($0.value, 1))
    }
  }
}
