/// The owner of a triangle in one byte: a part of a body, another surface of a character, or a
/// prop.
public struct SurfaceLabel: Equatable, Sendable {
  /// The number: from 0 for the parts of bodies, from 60 for garments over them, from 120 for held
  /// props, up to 199 for a character's other surfaces, from 200 for props.
  public var number: UInt8

  /// The first number of things: held props, then props. Characters come before it.
  package static let firstThing: UInt8 = 199
  private static let firstProp: UInt8 = 200
  private static let firstWorn: UInt8 = 60
  private static let firstHeld: UInt8 = 120

  /// Creates a label from its number.
  public init(number: UInt8) {
    self.number = number
  }

  /// Creates the label of a body's part; the renderer adds 1 in its second half.
  public init(part: PartName) {
    number = part.rawValue * 2
  }

  /// Creates the label of a garment over a body's part; the renderer adds 1 in its second half.
  public init(wornOver part: PartName) {
    number = Self.firstWorn + part.rawValue * 2
  }

  /// Creates the label of a character's surface other than its body.
  ///
  /// - Precondition: the kind is not `body`, which has a label for each part.
  init(_ kind: SurfaceKind) {
    precondition(kind != .body, "SurfaceLabel: a body has parts")
    // The last numbers before the props, so that things are contiguous.
    number = Self.firstThing - SurfaceKind.held.rawValue + kind.rawValue
  }

  /// Creates the label of a prop.
  public init(_ sceneClass: SceneClass) {
    number = Self.firstProp + Self.index(of: sceneClass)
  }

  /// Creates the label of a prop that belongs to a character.
  public init(held sceneClass: SceneClass) {
    number = Self.firstHeld + Self.index(of: sceneClass)
  }

  private static func index(of sceneClass: SceneClass) -> UInt8 {
    UInt8(SceneClass.allCases.firstIndex(of: sceneClass) ?? 0)
  }

  /// The body's part; nil outside bodies.
  public var part: PartName? { PartName(rawValue: number / 2) }

  /// The body's part, including one under a garment, or the head under hair; nil for held props and
  /// props.
  public var underlyingPart: PartName? {
    part ?? wornOver ?? (kind == .hair ? .head : nil)
  }

  private var wornOver: PartName? {
    number < Self.firstWorn ? nil : PartName(rawValue: (number - Self.firstWorn) / 2)
  }

  /// The half of the part, including one under a garment; `first` for anything else.
  public var half: BodyHalf {
    (part ?? wornOver) != nil && number % 2 == 1 ? .second : .first
  }

  /// The kind of a character's surface; nil for a prop.
  public var kind: SurfaceKind? {
    if part != nil { return .body }
    if wornOver != nil { return .worn }
    if heldClass != nil { return .held }
    return SurfaceKind.allCases.dropFirst().first { SurfaceLabel($0) == self }
  }

  /// The prop's class; nil for a character and everything that belongs to it.
  public var sceneClass: SceneClass? { sceneClass(from: Self.firstProp) }

  /// The class of a prop that belongs to a character; nil for anything else.
  public var heldClass: SceneClass? { sceneClass(from: Self.firstHeld) }

  private func sceneClass(from first: UInt8) -> SceneClass? {
    let index = Int(number) - Int(first)
    return SceneClass.allCases.indices.contains(index) ? SceneClass.allCases[index] : nil
  }
}

/// One of the two charts that DensePose divides a part into.
public enum BodyHalf: UInt8, Sendable {
  /// The front of trunk and legs, the inner side of arms, the right of the head.
  case first = 0
  /// The back, the outer side, the left of the head.
  case second = 1
}

extension Body {
  /// Returns the signed distance of each vertex at rest from the cut through its part, in meters:
  /// positive in the second half.
  ///
  /// DensePose cuts its templates along the coronal plane through the joints, and arms between the
  /// side next to the trunk and the other (in the T-pose, palms down: below and above the bone).
  public func sides(parts: [PartName]) -> [Float] {
    let lines = PartName.allCases.map { BoneLine(part: $0, rig) }
    // A vertex between two parts belongs to the part of its last triangle.
    var partOfVertex = [Int](repeating: -1, count: surface.positions.count)
    for (corners, part) in zip(surface.triangles, parts) {
      for corner in 0..<3 { partOfVertex[Int(corners[corner])] = Int(part.rawValue) }
    }
    return zip(surface.positions, partOfVertex).map { position, part in
      part < 0 ? 0 : Float(lines[part].beyond(Vector3(position)))
    }
  }
}

/// The line through a part at rest that separates its halves.
private struct BoneLine {
  private enum Cut { case leftFromRight, innerFromOuter, frontFromBack }

  private let cut: Cut
  private let start: Vector3
  private let end: Vector3

  init(part: PartName, _ rig: Rig) {
    switch part {
    case .head, .neck: (cut, start, end) = (.leftFromRight, rig[.neck], rig[.head])
    case .torso, .pelvis:
      let hips = (rig[.leftUpperLeg] + rig[.rightUpperLeg]) / 2
      let shoulders = (rig[.leftUpperArm] + rig[.rightUpperArm]) / 2
      (cut, start, end) = (.frontFromBack, hips, shoulders)
    case .leftUpperArm:
      (cut, start, end) = (.innerFromOuter, rig[.leftUpperArm], rig[.leftLowerArm])
    case .rightUpperArm:
      (cut, start, end) = (.innerFromOuter, rig[.rightUpperArm], rig[.rightLowerArm])
    case .leftLowerArm:
      (cut, start, end) = (.innerFromOuter, rig[.leftLowerArm], rig[.leftHand])
    case .rightLowerArm:
      (cut, start, end) = (.innerFromOuter, rig[.rightLowerArm], rig[.rightHand])
    case .leftUpperLeg:
      (cut, start, end) = (.frontFromBack, rig[.leftUpperLeg], rig[.leftLowerLeg])
    case .rightUpperLeg:
      (cut, start, end) = (.frontFromBack, rig[.rightUpperLeg], rig[.rightLowerLeg])
    case .leftLowerLeg: (cut, start, end) = (.frontFromBack, rig[.leftLowerLeg], rig[.leftFoot])
    case .rightLowerLeg: (cut, start, end) = (.frontFromBack, rig[.rightLowerLeg], rig[.rightFoot])
    // In DensePose, hands and feet are undivided.
    default: (cut, start, end) = (.leftFromRight, .zero, .zero)
    }
  }

  func beyond(_ point: Vector3) -> Double {
    let run = end - start
    let length = run.dot(run)
    let along = length > 0 ? min(max((point - start).dot(run) / length, 0), 1) : 0
    let offset = point - (start + run * along)
    switch cut {
    case .leftFromRight: return offset.x
    case .innerFromOuter: return offset.y
    case .frontFromBack: return -offset.z
    }
  }
}
