public import PoseRig
public import SceneFiles

/// The values of a character that a page shows: the solved ones, and those in its own text.
public struct FigureState: Sendable {
  /// The character's id.
  public let character: String
  /// The solved angles of each joint, in degrees, in the anatomy's order.
  public let joints: [JointName: [(name: AngleName, degrees: Double)]]
  /// The joints that the character's own text sets.
  public let own: Set<JointName>
  /// The active goals by key, with values as in pose files: `seat`, `feet`, `look`.
  public let goals: [String: JSONValue]
  /// The active goals of hands and feet.
  public let reach: [JointName: JSONValue]
  /// The hand shapes that the character's own text names.
  public let hands: [Side: String]
  /// The gestures of arms that the character's own text names.
  public let gestures: [Side: String]
  /// The target of the gestures, as in the text; nil for forward.
  public let gestureTarget: JSONValue?
  /// The active expressions, from 0 to 1.
  public let face: [String: Double]
  /// The height of the body when standing upright, in meters.
  public let stature: Double
  /// The reason why the pose cannot be edited, in a sentence; nil if it can.
  public let fault: String?

  /// Collects the state of a character; nil if it does not exist, or was never solved.
  public init?(of id: String, in session: StudioSession) {
    guard let (posed, described) = session.shownCharacter(id) else { return nil }
    character = id
    let heights = posed.body.surface.positions.map(\.y)
    stature = Double((heights.max() ?? 0) - (heights.min() ?? 0))
    joints = Dictionary(
      uniqueKeysWithValues: JointName.allCases.map { joint in
        let degrees = JointRange(joint, .standard).degrees(of: posed.rotation(of: joint))
        return (
          joint,
          Anatomy.of(joint).degreesOfFreedom.map { ($0.name, Self.rounded(degrees[$0.name] ?? 0)) }
        )
      })
    let editor = SceneEditor(session.files, solved: session.solved)
    var pose: JSONNode?
    do throws(SceneEditFault) {
      pose = try editor.pose(of: id)
      fault = nil
    } catch {
      fault = error.description
    }
    own = Set((pose?["joints"]?.members ?? []).compactMap { JointName(rawValue: $0.key) })
    hands = Self.hands(of: pose)
    let made = editor.gestures(in: pose)
    (gestures, gestureTarget) = (made.bySide, made.target)
    face = described.pose.face
    let known = described.pose.goals
    var goals: [String: JSONValue] = [:]
    goals["seat"] = known.seat.map { Self.value(pose?["seat"]) ?? GoalPoints.value(of: $0) }
    goals["look"] = known.look.map {
      Self.value(pose?["look"]) ?? GoalPoints.value(of: $0, isLook: true)
    }
    goals["feet"] = known.stance.map { _ in .string("planted") }
    self.goals = goals
    reach = Dictionary(
      uniqueKeysWithValues: known.reach.map { end, goal in
        (end, Self.value(pose?["reach"]?[end.rawValue]) ?? GoalPoints.value(of: goal.at))
      })
  }

  private static func value(_ node: JSONNode?) -> JSONValue? { node.map(JSONValue.init) }

  private static func rounded(_ degrees: Double) -> Double {
    let rounded = (degrees * 100).rounded() / 100
    return rounded == 0 ? 0 : rounded
  }

  private static func hands(of pose: JSONNode?) -> [Side: String] {
    var hands: [Side: String] = [:]
    for side in Side.both {
      hands[side] = (pose?["hands"]?[side.rawValue] ?? pose?["hands"]?["both"])?.text
    }
    return hands
  }

  // MARK: JSON

  private var gesturesValue: JSONValue {
    .members([
      "left": .optional(gestures[.left]), "right": .optional(gestures[.right]),
      "at": gestureTarget ?? .null,
    ])
  }

  /// The state in the form that pages read.
  public var value: JSONValue {
    .members([
      "character": .string(character),
      "joints": .object(
        JointName.allCases.map { joint in
          .init(
            key: joint.rawValue,
            value: .object(
              (joints[joint] ?? []).map { .init(key: $0.name.rawValue, value: .number($0.degrees)) }
            ))
        }),
      "own": .texts(JointName.allCases.filter(own.contains).map(\.rawValue)),
      "goals": .members([
        "reach": .object(
          PoseGoals.effectors.compactMap { end in
            reach[end].map { .init(key: end.rawValue, value: $0) }
          }),
        "seat": goals["seat"] ?? .null,
        "look": goals["look"] ?? .null,
        "feet": goals["feet"] ?? .null,
      ]),
      "hands": .members([
        "left": .optional(hands[.left]), "right": .optional(hands[.right]),
      ]),
      "gestures": gesturesValue,
      "face": .object(
        face.sorted { $0.key < $1.key }.map {
          .init(key: $0.key, value: .rounded($0.value, 3))
        }),
      "stature": .rounded(stature, 3),
      "isEditable": .boolean(fault == nil),
      "fault": .optional(fault),
    ])
  }
}

extension StudioSession {
  /// Returns a character as shown, also at a time of clips; nil if it does not exist.
  func shownCharacter(_ id: String) -> (posed: PosedCharacter, described: Character)? {
    guard let posed = shown?.characters.first(where: { $0.id == id }),
      let described = described?.characters.first(where: { $0.id == id })
    else { return nil }
    return (posed, described)
  }
}
