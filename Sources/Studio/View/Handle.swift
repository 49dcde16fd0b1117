public import PoseRig

/// A point of the picture that an artist can take and drag.
public struct Handle: Equatable, Sendable {
  /// The thing that moves.
  public enum Kind: Hashable, Sendable {
    /// A joint of a character: hands and feet by the skin that touches, others by their place.
    case joint(JointName)
    /// A whole character, by the floor under its hips.
    case figure
    /// A whole prop, by the middle of its underside.
    case prop
  }

  /// The thing that moves.
  public var kind: Kind
  /// The id of the character or prop.
  public var id: String
  /// The place in the world, in meters.
  public var point: Vector3
  /// The place in the picture, in pixels from its top left.
  public var pixel: SIMD2<Double>
  /// The distance along the view axis, in meters.
  public var depth: Double

  /// The joints that have handles.
  public static let joints: [JointName] = [
    .head, .chest, .hips, .leftLowerArm, .rightLowerArm, .leftHand, .rightHand, .leftLowerLeg,
    .rightLowerLeg, .leftFoot, .rightFoot,
  ]

  /// Returns the handles of a scene that lie before a camera, in the order of the scene.
  public static func all(of scene: PosedScene, _ described: Scene, _ camera: Camera) -> [Handle] {
    func handle(_ kind: Kind, _ id: String, _ point: Vector3) -> Handle? {
      camera.project(point).map {
        Handle(kind: kind, id: id, point: point, pixel: $0.pixel, depth: $0.depth)
      }
    }
    let ofCharacters = scene.characters.flatMap { character -> [Handle?] in
      let hips = character.position(of: .hips)
      let floor = Double(character.bodySurface.positions.lazy.map(\.y).min() ?? 0)
      return joints.map { handle(.joint($0), character.id, character.grip(of: $0)) }
        + [handle(.figure, character.id, Vector3(hips.x, floor, hips.z))]
    }
    let ofProps = described.props.map { handle(.prop, $0.id, $0.position) }
    return (ofCharacters + ofProps).compactMap(\.self)
  }
}

extension PosedCharacter {
  /// Returns the point by which a joint is taken: of a hand the palm's skin, of a foot the sole,
  /// both as goals reach with them; of others the joint.
  func grip(of joint: JointName) -> Vector3 {
    let frame = frame(of: joint)
    return switch joint.kind {
    case .hand: frame.apply(palm(of: joint))
    case .foot: frame.apply(Vector3(0, -body.rig[joint].y, 0))
    default: frame.translation
    }
  }
}
