internal import PoseRig

/// Describes goals and their points.
struct GoalWords {
  /// The id of the character with the goals.
  let id: String
  let pronoun: Pronoun

  /// Returns a point: `ben's right hand`, `the top of "table"`.
  func point(_ point: PoseGoals.Point?) -> String {
    switch point {
    case nil: return "it"
    case .camera: return "the camera"
    case .stretched(let direction, _): return stretch(direction)
    case .fixed(let point): return "the point " + Self.numbers(point)
    case .named("props", let part, let offset):
      let names = part.split(separator: ".").map(String.init)
      let thing = names.count == 2 ? "the \(names[1]) of \"\(names[0])\"" : "\"\(part)\""
      return thing + beside(offset)
    case .named(let owner, let part, let offset):
      let name = JointName(rawValue: part).map(\.partWords) ?? BodyWords.spaced(part)
      return (owner == id ? "\(pronoun.own) own \(name)" : "\(owner)'s \(name)") + beside(offset)
    }
  }

  /// Returns a line for a goal that was set, changed or removed.
  func line(_ change: CharacterDifference.GoalChange) -> DifferenceLine {
    let (verb, nowVerb) = verbs(change.name)
    let subject =
      if case .reach(let joint) = change.name { joint.partWords + " " } else { "" }
    if case .feet = change.name {
      return change.isSet
        ? DifferenceLine(.added, "feet are now planted")
        : DifferenceLine(.removed, "feet are no longer planted")
    }
    if !change.isSet {
      return DifferenceLine(.removed, "\(subject)no longer \(verb) \(point(change.before))")
    }
    if !change.wasSet {
      return DifferenceLine(.added, "\(subject)now \(verb) \(point(change.after))")
    }
    let (old, new) = (point(change.before), point(change.after))
    return old == new
      ? DifferenceLine(.changed, "\(subject)\(nowVerb) \(new) in a different way")
      : DifferenceLine(.changed, "\(subject)now \(verb) \(new), no longer \(old)")
  }

  /// Returns the verb of a goal after "now", and without it.
  private func verbs(_ name: PoseGoals.Name) -> (String, String) {
    switch name {
    case .reach: ("reaches for", "reaches for")
    case .seat: ("sits on", "sits on")
    case .look: ("looks at", "looks at")
    case .feet: ("stands", "stands")
    }
  }

  /// Returns where a hand stretches: `toward ben's head`, `forward`.
  private func stretch(_ direction: PoseGoals.Direction) -> String {
    switch direction {
    case .fixed(let way): "the direction " + Self.numbers(way)
    case .toward(let point): self.point(point)
    case .own(let way):
      MeasureWords.list(OwnDirection.words(of: way).map(\.rawValue))
    }
  }

  private func beside(_ offset: Vector3) -> String {
    offset == .zero ? "" : ", \(MeasureWords.length(offset.length)) beside"
  }

  static func numbers(_ vector: Vector3) -> String {
    let texts = [vector.x, vector.y, vector.z].map { DecimalText.rounded($0, 3) }
    return "[\(texts.joined(separator: ", "))]"
  }
}
