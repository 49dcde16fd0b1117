internal import PoseRig

/// The parts of a body by their numbers (`docs/body-format.md`).
enum BodyPart {
  /// Their names, in order.
  static let names = PartName.all

  /// What each part hangs on; nil for the torso, which all hangs on.
  private static let parents: [Int?] = names.map { name in
    parent(of: name).flatMap(names.firstIndex)
  }

  private static func parent(of name: String) -> String? {
    switch name {
    case "head": return "neck"
    case "neck", "pelvis": return "torso"
    case "torso": return nil
    default: break
    }
    let side = name.hasPrefix("left") ? "left" : "right"
    switch name.dropFirst(side.count) {
    case "UpperArm": return "torso"
    case "LowerArm": return side + "UpperArm"
    case "Hand": return side + "LowerArm"
    case "UpperLeg": return "pelvis"
    case "LowerLeg": return side + "UpperLeg"
    case "Foot": return side + "LowerLeg"
    default: return side + "Hand"
    }
  }

  /// How many parts lie between each part and the torso, itself included: what hangs farther out lies on the rest, as a hand on a thigh.
  static let remoteness: [Int] = names.indices.map { part in
    Array(sequence(first: part) { parents[$0] }).count - 1
  }

  /// Whether a part is the hand of a side or one of its fingers.
  static func isHand(_ part: Int, _ side: Side) -> Bool { hands[side]?.contains(part) == true }

  /// Whether a part is the forearm of a side.
  static func isForearm(_ part: Int, _ side: Side) -> Bool {
    names.indices.contains(part) && names[part] == side.rawValue + "LowerArm"
  }

  private static let hands: [Side: Set<Int>] = Dictionary(
    uniqueKeysWithValues: [Side.left, .right].map { side in
      let parts = names.indices.filter { part in
        let name = names[part]
        return name.hasPrefix(side.rawValue)
          && ["Hand", "Thumb", "Finger"].contains(where: name.hasSuffix)
      }
      return (side, Set(parts))
    })

  /// Whether the surface goes on from one part into the other. A thigh also joins the torso, whose lower edge is
  /// at its crease, and an upper arm the neck, over the shoulder's slope.
  static func join(_ one: Int, _ other: Int) -> Bool {
    names.indices.contains(one) && names.indices.contains(other)
      && joints[one * names.count + other]
  }

  /// For each part and each other one whether they join.
  private static let joints: [Bool] = names.indices.flatMap { one in
    names.indices.map { other in
      if parents[one] == other || parents[other] == one { return true }
      let pair = Set([names[one], names[other]])
      return pair.contains("torso") && pair.contains { $0.hasSuffix("UpperLeg") }
        || pair.contains("neck") && pair.contains { $0.hasSuffix("UpperArm") }
    }
  }
}
