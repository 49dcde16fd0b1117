/// Which angles each joint has, and what they turn.
public enum Anatomy {
  /// The anatomy of one joint.
  public static func of(_ joint: JointName) -> JointAnatomy {
    table[joint.kind] ?? JointAnatomy(degreesOfFreedom: [], neutral: .identity)
  }

  private static let table: [String: JointAnatomy] = {
    var table: [String: JointAnatomy] = [
      "hips": upright(turnFirst: true),
      "spine": upright(turnFirst: false),
      "chest": upright(turnFirst: false),
      "upperChest": upright(turnFirst: false),
      "neck": upright(turnFirst: true),
      "head": upright(turnFirst: true),
      "eye": hinge([
        ("abduction", .unitY, "looks outwards, away from the nose"),
        ("elevation", -.unitX, "looks up"),
      ]),
      "jaw": hinge([("opening", .unitX, "opens the mouth")]),
      "upperLeg": hinge([
        ("flexion", -.unitX, "lifts the thigh forward"),
        ("abduction", .unitZ, "moves the leg out sideways"),
        ("rotation", -.unitY, "turns the knee inwards (internal)"),
      ]),
      "lowerLeg": hinge([
        ("flexion", .unitX, "bends the knee, heel to the back"),
        ("rotation", -.unitY, "turns the shin inwards (internal)"),
      ]),
      "foot": hinge([
        ("flexion", -.unitX, "lifts the toes (dorsiflexion); negative points them"),
        ("abduction", .unitY, "turns the toes outwards"),
        ("inversion", -.unitZ, "turns the sole inwards"),
      ]),
      "toes": hinge([("flexion", .unitX, "curls the toes down; negative lifts them")]),
      "shoulder": hinge([
        ("elevation", .unitZ, "shrugs the shoulder up"),
        ("protraction", -.unitY, "brings the shoulder forward"),
        ("rotation", -.unitX, "rolls the collar bone backwards"),
      ]),
      "upperArm": JointAnatomy(
        degreesOfFreedom: [
          .init(name: "flexion", axis: -.unitX, positive: "raises the arm forward"),
          .init(name: "abduction", axis: .unitZ, positive: "raises the arm sideways"),
          .init(name: "rotation", axis: -.unitY, positive: "turns the arm inwards (internal)"),
        ],
        neutral: Quaternion(angle: -.pi / 2, axis: .unitZ)),
      "lowerArm": hinge([
        ("flexion", -.unitY, "bends the elbow"),
        ("rotation", .unitX, "turns the palm down or back (pronation); negative is supination"),
      ]),
      "hand": hinge([
        ("flexion", -.unitZ, "bends the wrist towards the palm"),
        ("abduction", -.unitY, "bends the wrist towards the thumb (radial deviation)"),
      ]),
      "thumbMetacarpal": hinge([
        ("flexion", .unitY, "brings the thumb across the palm"),
        ("abduction", Vector3(0.5.squareRoot(), 0, -(0.5.squareRoot())), "lifts it off the palm"),
        (
          "rotation", Vector3(0.5.squareRoot(), 0, 0.5.squareRoot()), "turns its pad to the fingers"
        ),
      ]),
      "thumbProximal": hinge([("flexion", thumbHinge, "bends the thumb")]),
      "thumbDistal": hinge([("flexion", thumbHinge, "bends the thumb's tip")]),
    ]
    for finger in ["index", "middle", "ring", "little"] {
      // Spreading moves index and middle to the thumb's side, ring and little to the other.
      let spread: Vector3 = finger == "index" || finger == "middle" ? -.unitY : .unitY
      table[finger + "Proximal"] = hinge([
        ("flexion", -.unitZ, "bends the finger towards the palm"),
        ("abduction", spread, "spreads the finger"),
      ])
      table[finger + "Intermediate"] = hinge([("flexion", -.unitZ, "bends the middle joint")])
      table[finger + "Distal"] = hinge([("flexion", -.unitZ, "bends the last joint")])
    }
    return table
  }()

  /// Across the thumb, whose pad faces half down, half to the fingers at rest.
  private static let thumbHinge = Vector3(0.5, 0.5.squareRoot(), -0.5)

  private static func hinge(_ freedoms: [(String, Vector3, String)]) -> JointAnatomy {
    JointAnatomy(
      degreesOfFreedom: freedoms.map { .init(name: $0.0, axis: $0.1, positive: $0.2) },
      neutral: .identity)
  }

  /// Trunk, neck and head. The head and the whole body turn first and nod after, as one would say it.
  private static func upright(turnFirst: Bool) -> JointAnatomy {
    let flexion = ("flexion", Vector3.unitX, "bends forward")
    let lateral = ("lateralFlexion", -Vector3.unitZ, "bends to the character's left")
    let rotation = ("rotation", Vector3.unitY, "turns to the character's left")
    return hinge(turnFirst ? [rotation, flexion, lateral] : [flexion, lateral, rotation])
  }
}
