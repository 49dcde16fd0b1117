public import PoseRig

/// A point of the picture that an artist can drag.
public struct Handle: Equatable, Sendable {
  /// The thing that moves.
  public enum Kind: Hashable, Sendable {
    /// A joint of a character: hands and feet at the skin that makes contact, others at the joint.
    case joint(JointName)
    /// A whole character, at the floor below its hips.
    case figure
    /// The direction that a character faces, at a point of the floor in front of it.
    case yaw
    /// The point that a character looks at, or one in front of its eyes.
    case look
    /// The seat of a character: the underside of its pelvis.
    case seat
    /// A whole prop, at the middle of its underside.
    case prop
  }

  /// The thing that moves.
  public var kind: Kind
  /// The id of the character or prop.
  public var id: String
  /// The position in the world, in meters.
  public var point: Vector3
  /// The position in the picture, in pixels from its top left.
  public var pixel: SIMD2<Double>
  /// The distance along the view axis, in meters.
  public var depth: Double

  /// The name that tabs use for the handle: `ana.leftHand`, `ana`, `ana.look`, `props.sill`.
  public var name: String {
    switch kind {
    case .joint(let joint): "\(id).\(joint.rawValue)"
    case .figure: id
    case .yaw: "\(id).yaw"
    case .look: "\(id).look"
    case .seat: "\(id).seat"
    case .prop: "props.\(id)"
    }
  }

  /// The joints that have handles.
  public static let joints: [JointName] = [
    .head, .chest, .hips, .leftLowerArm, .rightLowerArm, .leftHand, .rightHand, .leftLowerLeg,
    .rightLowerLeg, .leftFoot, .rightFoot,
  ]
  /// The distances of handles, in meters: of yaw in front of a figure's middle, and of look in
  /// front of its eyes.
  private static let reach = (yaw: 0.45, look: 0.5)

  /// Returns the path that a pointer moves this handle along. Figures and props swap `floor` and
  /// `picture`, since they stay on the floor by default.
  func path(_ path: Drag.Path) -> Drag.Path {
    switch (kind, path) {
    case (.yaw, _): .floor
    case (.figure, .picture), (.prop, .picture): .floor
    case (.figure, .floor), (.prop, .floor): .picture
    default: path
    }
  }

  /// Returns the handles of a scene in front of a camera, in the order of the scene.
  public static func all(of scene: PosedScene, _ described: Scene, _ camera: Camera) -> [Handle] {
    func handle(_ kind: Kind, _ id: String, _ point: Vector3) -> Handle? {
      camera.project(point).map {
        Handle(kind: kind, id: id, point: point, pixel: $0.pixel, depth: $0.depth)
      }
    }
    let ofCharacters = scene.characters.flatMap { character -> [Handle?] in
      points(of: character).map { handle($0.kind, character.id, $0.point) }
    }
    // Props that a hand or joint carries move along with it.
    let ofProps = described.freeProps.map { handle(.prop, $0.id, $0.position) }
    return (ofCharacters + ofProps).compactMap(\.self)
  }

  /// Returns the points of the circle on the floor for turning a figure.
  static func ring(of character: PosedCharacter) -> [Vector3] {
    let ground = ground(under: character)
    return (0..<48).map { step in
      let turn = Quaternion(angle: Double(step) / 48 * 2 * .pi, axis: .unitY)
      return ground + turn.rotate(.unitZ) * reach.yaw
    }
  }

  /// Returns the point of the floor below a figure's hips.
  private static func ground(under character: PosedCharacter) -> Vector3 {
    let hips = character.position(of: .hips)
    let floor = Double(character.bodySurface.lowest)
    return Vector3(hips.x, floor, hips.z)
  }

  private static func points(of character: PosedCharacter) -> [(kind: Kind, point: Vector3)] {
    let ground = ground(under: character)
    let ahead = character.worldFromModel.rotation.rotate(.unitZ)
    let sight = character.frame(of: .head).rotation.rotate(.unitZ)
    let thighs = [JointName.leftUpperLeg, .rightUpperLeg].map { character.position(of: $0) }
    let seat = (thighs[0] + thighs[1]) / 2 - Vector3(0, 0.1 * character.body.rig.size, 0)
    return joints.map { (.joint($0), character.grip(of: $0)) }
      + [
        (.figure, ground), (.yaw, ground + ahead * reach.yaw),
        (.look, character.eyes + sight * reach.look), (.seat, seat),
      ]
  }
}

extension PosedCharacter {
  /// Returns the point at which to grab a joint: for a hand the skin of its palm, for a foot its
  /// sole, as goals use them; for other joints the joint itself.
  func grip(of joint: JointName) -> Vector3 {
    let frame = frame(of: joint)
    return switch joint.kind {
    case .hand: frame.apply(palm(of: joint))
    case .foot: frame.apply(Vector3(0, -body.rig[joint].y, 0))
    default: frame.translation
    }
  }
}

extension Scene {
  /// The props that stand at their own positions, carried by no hand or joint.
  var freeProps: [Prop] {
    props.filter { $0.carrier == nil && ($0.isPlaced || owner(of: $0) == $0.owner) }
  }
}
