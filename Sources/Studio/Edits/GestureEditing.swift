internal import PoseRig
internal import SceneFiles

/// The gestures that a pose's own text gives its arms.
struct GestureText {
  /// The gesture of each arm alone, by its name.
  var arms: [Side: String] = [:]
  /// The gesture of both arms together, and the arm that leads.
  var pair: (name: String, leader: Side)?
  /// The target of the gestures; nil for forward.
  var target: JSONValue?

  /// Creates a text without gestures.
  init() {}

  /// Reads a pose's `"gesture"`.
  ///
  /// - Parameter takesBoth: returns whether a gesture takes both arms.
  init(_ node: JSONNode?, takesBoth: (String) -> Bool) {
    guard let node else { return }
    target = node["at"].map(JSONValue.init)
    for side in Side.both { arms[side] = (node[side.rawValue] ?? node["both"])?.text }
    if let name = node.text { arms[.right] = name }
    // What one arm leads can take both.
    let leader = arms[.right] == nil ? Side.left : .right
    if let name = arms[leader], takesBoth(name) { take(name, pairLedBy: leader) }
  }

  /// Gives both arms a gesture that takes both.
  mutating func take(_ name: String, pairLedBy leader: Side) {
    arms = [:]
    pair = (name, leader)
  }

  /// Gives an arm a gesture of its own; nil takes it away.
  mutating func take(_ name: String?, by side: Side) {
    pair = nil
    arms[side] = name
  }

  /// The value of `"gesture"`, as short as it can be said; nil for no gesture.
  var value: JSONValue? {
    var members: [JSONValue.Member] = []
    if let pair {
      members = [.init(key: pair.leader.rawValue, value: .string(pair.name))]
    } else if let name = arms[.left], name == arms[.right] {
      members = [.init(key: "both", value: .string(name))]
    } else {
      members = Side.both.compactMap { side in
        arms[side].map { .init(key: side.rawValue, value: .string($0)) }
      }
    }
    guard let first = members.first else { return nil }
    if members.count == 1, first.key == "right", target == nil { return first.value }
    return .object(members + (target.map { [.init(key: "at", value: $0)] } ?? []))
  }

  /// The gesture of each arm, alone or with the other.
  var bySide: [Side: String] {
    guard let pair else { return arms }
    return [.left: pair.name, .right: pair.name]
  }
}

/// Edits of the gestures of arms.
extension SceneEditor {
  /// Returns whether a gesture of the library takes both arms.
  private func takesBoth(_ name: String) -> Bool { solved?.pairGestures.contains(name) == true }

  /// Returns the gestures that a pose's own text has.
  func gestures(in pose: JSONNode?) -> GestureText {
    GestureText(pose?["gesture"], takesBoth: takesBoth)
  }

  /// Returns the changes that give arms a gesture; nil takes it away.
  ///
  /// What the pose itself says of those arms goes, since it would come before the gesture.
  func gesturing(
    _ id: String, _ arms: SceneEdit.Arms, _ name: String?
  ) throws(SceneEditFault) -> [FileEdit] {
    let pose = try pose(of: id)
    var text = gestures(in: pose)
    let isPair = name.map(takesBoth) ?? false
    let sides = arms.sides
    let aims = solved?.character(id)?.described.pose.gestures.filter { $0.target != nil } ?? []
    // A target stays only with the arm for which it is.
    if !aims.contains(where: { !Set($0.arms).isSubset(of: sides) }) || isPair {
      text.target = nil
    }
    if let name, isPair {
      text.take(name, pairLedBy: arms == .left ? .left : .right)
    } else {
      for side in sides { text.take(name, by: side) }
    }
    let taken = name == nil ? [] : isPair ? Side.both : sides
    return try changes(of: id, [(["gesture"], text.value)] + cleared(taken, in: pose))
  }

  /// Returns the changes that direct gestures at a point; nil directs them forward.
  func aiming(_ id: String, at point: JSONValue?) throws(SceneEditFault) -> [FileEdit] {
    let pose = try pose(of: id)
    var text = gestures(in: pose)
    guard text.value != nil else {
      throw .wrongForm("\(id) makes no gesture of its own; choose one first")
    }
    text.target = point
    return try changes(of: id, [(["gesture"], text.value)])
  }

  /// Returns the changes that remove the gestures of arms; empty for arms without gestures.
  func gesturesLetGo(_ sides: [Side], of id: String) throws(SceneEditFault) -> [PoseValue] {
    var text = gestures(in: try pose(of: id))
    guard sides.contains(where: { text.bySide[$0] != nil }) else { return [] }
    for side in sides { text.take(nil, by: side) }
    return [(["gesture"], text.value)]
  }

  /// Returns the changes that give the other arm the gesture of this one; nil if this arm makes
  /// none of its own, or does something besides.
  func gestureToMirror(from hand: JointName, of id: String) throws(SceneEditFault) -> [PoseValue]? {
    let pose = try pose(of: id)
    var text = gestures(in: pose)
    guard hand.kind == .hand, let name = text.arms[hand.side],
      cleared([hand.side], in: pose).isEmpty
    else { return nil }
    let other = hand.side.mirrored
    text.take(name, by: other)
    return [(["gesture"], text.value)] + cleared([other], in: pose)
  }

  /// Returns the removal of a pose's own goals, joints and hand shapes of arms.
  private func cleared(_ sides: [Side], in pose: JSONNode?) -> [PoseValue] {
    sides.flatMap { side -> [PoseValue] in
      let hand = JointName(.hand, side).rawValue
      let joints = JointName.arm(side).map(\.rawValue).filter { pose?["joints"]?[$0] != nil }
      var values = joints.map { (keys: ["joints", $0], value: JSONValue?.none) }
      if pose?["reach"]?[hand] != nil { values.append((["reach", hand], nil)) }
      if pose?["hands"]?[side.rawValue] != nil { values.append((["hands", side.rawValue], nil)) }
      if let both = pose?["hands"]?["both"]?.text, side == sides.first {
        values.append((["hands", "both"], nil))
        let other = side.mirrored
        if !sides.contains(other), pose?["hands"]?[other.rawValue] == nil {
          values.append((["hands", other.rawValue], .string(both)))
        }
      }
      return values
    }
  }
}
