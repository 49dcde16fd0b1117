/// A finding that appeared, disappeared, or grew.
public struct FindingChange: Sendable {
  /// The finding before; nil for a new one.
  public var before: Finding?
  /// The finding after; nil for one that has disappeared.
  public var after: Finding?
  /// The id of the character that it is about; nil for the camera.
  public var owner: String?

  /// Returns the changes between the findings of two states of a scene, in the order in which they
  /// were found.
  static func all(from before: SceneState, to after: SceneState) -> [FindingChange] {
    let old = before.findings.map { (Key($0, in: before.scene), $0) }
    let new = after.findings.map { (Key($0, in: after.scene), $0) }
    var changes: [FindingChange] = []
    for (key, finding) in old {
      let now = new.first { $0.0 == key }?.1
      if let now, !finding.differs(from: now) { continue }
      changes.append(FindingChange(before: finding, after: now, owner: key.owner))
    }
    for (key, finding) in new where !old.contains(where: { $0.0 == key }) {
      changes.append(FindingChange(before: nil, after: finding, owner: key.owner))
    }
    return changes
  }

  /// The identity of a finding, regardless of its measure and the character's index.
  private struct Key: Hashable {
    var owner: String?
    var goal: PoseGoals.Name?
    var fact: Finding.Fact

    init(_ finding: Finding, in scene: Scene) {
      switch finding.subject {
      case .character(let index), .placing(let index), .facing(let index), .hold(_, let index):
        owner = scene.characters[index].id
      case .goal(let name, let index): (owner, goal) = (scene.characters[index].id, name)
      case .camera, .pose, .prop, .lamp: break
      }
      fact = finding.fact.withoutMeasure
    }
  }
}

extension Finding {
  /// Returns whether the measure has changed by a centimeter or 3 degrees.
  fileprivate func differs(from other: Finding) -> Bool {
    abs(fact.measure - other.fact.measure) >= (fact.isOfAngle ? 3 : 0.01)
  }
}

extension Finding.Fact {
  /// The fact's length in meters or angle in degrees; 0 if it has neither.
  public var measure: Double {
    switch self {
    case .outOfReach(_, let distance, _): distance
    case .outOfTurn(_, _, let angle), .lookMisses(let angle), .trunkBends(_, let angle): angle
    case .insideItself(let overlap), .insideOther(_, let overlap): overlap.depth
    case .insideFloor(let depth), .insideProp(_, _, let depth): depth
    case .floats(let height): height
    default: 0
    }
  }

  fileprivate var isOfAngle: Bool {
    switch self {
    case .outOfTurn, .lookMisses, .trunkBends: true
    default: false
    }
  }

  /// The fact without its measure, and with one joint to represent each region.
  fileprivate var withoutMeasure: Finding.Fact {
    func coarse(_ overlap: Finding.Overlap) -> Finding.Overlap {
      Finding.Overlap(
        joint: Self.first(overlap.joint), inside: Self.first(overlap.inside), depth: 0)
    }
    return switch self {
    case .outOfReach(let joint, _, let isPlanted):
      .outOfReach(joint, distance: 0, isPlanted: isPlanted)
    case .outOfTurn(let joint, let way, _): .outOfTurn(joint, way, angle: 0)
    case .trunkBends(let joint, _): .trunkBends(joint, angle: 0)
    case .lookMisses: .lookMisses(angle: 0)
    case .insideItself(let overlap): .insideItself(coarse(overlap))
    case .insideOther(let id, _):
      .insideOther(id, Finding.Overlap(joint: .hips, inside: .hips, depth: 0))
    case .insideFloor: .insideFloor(depth: 0)
    case .floats: .floats(height: 0)
    case .insideProp(_, let prop, _): .insideProp(.hips, prop: prop, depth: 0)
    default: self
    }
  }

  /// Returns the first joint of the region that a joint's skin belongs to.
  private static func first(_ joint: JointName) -> JointName {
    let region = BodyRegion(joint)
    return JointName.allCases.first { BodyRegion($0) == region } ?? joint
  }
}
