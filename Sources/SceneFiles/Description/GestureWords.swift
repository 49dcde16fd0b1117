internal import PoseRig

/// Words for the gestures that a pose names.
enum GestureWords {
  /// Returns sentences: `Her right arm makes a gesture: waving, to ben.`
  static func sentences(_ character: Character, in scene: Scene) -> [String] {
    let own = Pronoun(character.figure).own.capitalizedFirst
    return character.pose.gestures.map { gesture in
      let arms =
        gesture.arms.count == 1
        ? "\(gesture.arms[0].rawValue) arm makes" : "arms make"
      let target = gesture.target.flatMap { words($0, in: scene) }.map { ", to \($0)" } ?? ""
      return "\(own) \(arms) a gesture: \(gesture.phrase)\(target)."
    }
  }

  /// Returns phrases that generators know; those for actions include the target.
  static func tags(_ character: Character) -> [String] {
    character.pose.gestures.map { gesture in
      guard gesture.phrase.hasSuffix("ing") else { return gesture.phrase }
      switch gesture.target {
      case .camera: return gesture.phrase + " at viewer"
      case .named(let owner, _, _) where owner != "props": return gesture.phrase + " at another"
      default: return gesture.phrase
      }
    }
  }

  /// Returns words for a gesture's target; nil for a point without a name.
  private static func words(_ target: PoseGoals.Point, in scene: Scene) -> String? {
    switch target {
    case .camera: "the camera"
    case .named("props", let part, _):
      scene.props.first { part == $0.id || part.hasPrefix($0.id + ".") }
        .map { "the \(PropWords.kind($0))" }
    case .named(let owner, _, _): owner
    case .fixed, .stretched: nil
    }
  }
}
