/// The facts about a character of a solved scene that descriptions are made of.
public struct FigureDescription: Sendable {
  /// The character as its file describes it.
  public let character: Character
  /// The posture of the whole body.
  public let posture: Posture
  /// The attitude of each arm, the left one first.
  public let arms: [ArmAttitude]
  /// The attitude of its legs; nil if the posture implies it.
  public let legs: LegAttitude?
  /// The camera's view of it.
  public let view: FigureView
  /// The target or direction of its gaze.
  public let gaze: Gaze
  /// The things that its hands and feet touch, the nearest of each owner, except for feet on the
  /// floor.
  public let contacts: [Contact]
  /// The stature in meters.
  public let stature: Double

  /// Returns the facts about every character of a scene; empty for a scene that cannot be posed.
  public static func all(in state: SceneState) -> [FigureDescription] {
    guard let posed = state.posed else { return [] }
    return posed.characters.indices.compactMap { index in
      state.characters[posed.characters[index].id].map { FigureDescription($0, index, posed) }
    }
  }

  private init(_ state: CharacterState, _ index: Int, _ scene: PosedScene) {
    let posed = scene.characters[index]
    character = state.described
    posture = Posture(posed, isSeated: state.described.pose.goals.seat != nil)
    arms = Side.both.map { ArmAttitude(posed, $0) }
    legs = LegAttitude(posed, posture, isCarried: state.balance != nil)
    view = FigureView(posed, scene.camera)
    gaze = Gaze(of: index, in: scene)
    contacts = Self.nearest(state.gaps)
    let rest = PosedRig(rig: posed.body.rig, pose: .rest)
    let heights = Skinning.pose(posed.body, rest, withNormals: false).positions.map(\.y)
    stature = Double((heights.max() ?? 0) - (heights.min() ?? 0))
  }

  /// Returns the nearest contact of each hand or foot with each owner.
  private static func nearest(_ gaps: [Contact: Double]) -> [Contact] {
    func owner(_ contact: Contact) -> String {
      switch contact.other {
      case .floor: ""
      case .prop(let id): "props." + id
      case .body(let id, _): id
      }
    }
    func order(_ contact: Contact) -> String {
      let start = "\(contact.part.rawValue) \(owner(contact))"
      guard case .body(_, let region) = contact.other else { return start }
      // If parts are equally near, a hand is the more likely target.
      return "\(start) \(region.isHand ? 0 : 1) \(region.rawValue)"
    }
    let touching = gaps.filter { contact, gap in
      gap <= ContactSurvey.touch && (contact.part.isHand || contact.other != .floor)
    }
    let groups = Dictionary(grouping: touching) { "\($0.key.part.rawValue) \(owner($0.key))" }
    return groups.values.compactMap { group in
      group.min { ($0.value, order($0.key)) < ($1.value, order($1.key)) }?.key
    }.sorted { order($0) < order($1) }
  }
}
