/// The angles of each joint, and their axes.
public enum Anatomy {
  /// Returns the anatomy of a joint.
  public static func of(_ joint: JointName) -> JointAnatomy { table[joint.index] }

  private static let table = JointName.allCases.map { anatomy(of: $0.kind) }

  private static func anatomy(of kind: JointKind) -> JointAnatomy {
    switch kind {
    case .hips, .neck, .head: upright(turnFirst: true)
    case .spine, .chest, .upperChest: upright(turnFirst: false)
    case .eye:
      hinge([
        (.abduction, .unitY, "looks outward, away from the nose"),
        (.elevation, -.unitX, "looks up"),
      ])
    case .jaw: hinge([(.opening, .unitX, "opens the mouth")])
    case .upperLeg:
      hinge([
        (.flexion, -.unitX, "lifts the thigh forward"),
        (.abduction, .unitZ, "moves the leg out sideways"),
        (.rotation, -.unitY, "turns the knee inward (internal)"),
      ])
    case .lowerLeg:
      hinge([
        (.flexion, .unitX, "bends the knee, heel to the back"),
        (.rotation, -.unitY, "turns the shin inward (internal)"),
      ])
    case .foot:
      hinge([
        (.flexion, -.unitX, "lifts the toes (dorsiflexion); negative points them"),
        (.abduction, .unitY, "turns the toes outward"),
        (.inversion, -.unitZ, "turns the sole inward"),
      ])
    case .toes: hinge([(.flexion, .unitX, "curls the toes down; negative lifts them")])
    case .shoulder:
      hinge([
        (.elevation, .unitZ, "shrugs the shoulder up"),
        (.protraction, -.unitY, "brings the shoulder forward"),
        (.rotation, -.unitX, "rolls the collar bone backward"),
      ])
    case .upperArm: upperArm
    case .lowerArm:
      hinge([
        (.flexion, -.unitY, "bends the elbow"),
        (.rotation, .unitX, "turns the palm down or back (pronation); negative is supination"),
      ])
    case .hand:
      hinge([
        (.flexion, -.unitZ, "bends the wrist toward the palm"),
        (.abduction, -.unitY, "bends the wrist toward the thumb (radial deviation)"),
      ])
    case .thumbMetacarpal: thumbBase
    case .thumbProximal: hinge([(.flexion, thumbHinge, "bends the thumb")])
    case .thumbDistal: hinge([(.flexion, thumbHinge, "bends the thumb's tip")])
    // Spreading moves the index and middle fingers toward the thumb, the ring and little fingers
    // away from it.
    case .indexProximal, .middleProximal: knuckle(spread: -.unitY)
    case .ringProximal, .littleProximal: knuckle(spread: .unitY)
    case .indexIntermediate, .middleIntermediate, .ringIntermediate, .littleIntermediate:
      hinge([(.flexion, -.unitZ, "bends the middle joint")])
    case .indexDistal, .middleDistal, .ringDistal, .littleDistal:
      hinge([(.flexion, -.unitZ, "bends the last joint")])
    }
  }

  /// The only joint with a clinical zero other than the T-pose: there, the arm hangs by the side.
  private static let upperArm = JointAnatomy(
    degreesOfFreedom: [
      .init(name: .flexion, axis: -.unitX, positive: "raises the arm forward"),
      .init(name: .abduction, axis: .unitZ, positive: "raises the arm sideways"),
      .init(name: .rotation, axis: -.unitY, positive: "turns the arm inward (internal)"),
    ],
    neutral: Quaternion(angle: -.pi / 2, axis: .unitZ))

  private static let thumbBase = hinge([
    (.flexion, .unitY, "brings the thumb across the palm"),
    (.abduction, Vector3(0.5.squareRoot(), 0, -(0.5.squareRoot())), "lifts it off the palm"),
    (.rotation, Vector3(0.5.squareRoot(), 0, 0.5.squareRoot()), "turns its pad to the fingers"),
  ])

  private static func knuckle(spread: Vector3) -> JointAnatomy {
    hinge([
      (.flexion, -.unitZ, "bends the finger toward the palm"),
      (.abduction, spread, "spreads the finger"),
    ])
  }

  /// The axis across the thumb; at rest, its pad faces half down and half toward the fingers.
  private static let thumbHinge = Vector3(0.5, 0.5.squareRoot(), -0.5)

  private static func hinge(_ freedoms: [(AngleName, Vector3, String)]) -> JointAnatomy {
    JointAnatomy(
      degreesOfFreedom: freedoms.map { .init(name: $0.0, axis: $0.1, positive: $0.2) },
      neutral: .identity)
  }

  /// Returns the anatomy of trunk, neck or head. The head and the whole body turn first and nod
  /// second, which matches how people describe it.
  private static func upright(turnFirst: Bool) -> JointAnatomy {
    let flexion = (AngleName.flexion, Vector3.unitX, "bends forward")
    let lateral = (AngleName.lateralFlexion, -Vector3.unitZ, "bends to the character's left")
    let rotation = (AngleName.rotation, Vector3.unitY, "turns to the character's left")
    return hinge(turnFirst ? [rotation, flexion, lateral] : [flexion, lateral, rotation])
  }
}
