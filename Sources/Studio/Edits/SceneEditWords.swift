internal import PoseRig
internal import SceneFiles

extension SceneEdit: CustomStringConvertible {
  /// The edit in an artist's words, for the undo menu.
  public var description: String {
    switch self {
    case .turn(let id, let joints): "\(Self.names(joints.keys)) of \(id) turned"
    case .release(let id, let joints): "\(Self.names(joints)) of \(id) released"
    case .reach(let id, let end, let point):
      point.map { "\(end.partWords) of \(id) \(Self.goal($0, "to") ?? "moved")" }
        ?? "\(end.partWords) of \(id) let go"
    case .seat(let id, let point):
      point.map { "\(id) \(Self.goal($0, "sits on") ?? "seated")" } ?? "\(id) stands"
    case .look(let id, let point):
      point.map { "\(id) \(Self.goal($0, "looks at") ?? "looks elsewhere")" }
        ?? "gaze of \(id) freed"
    case .plantFeet(let id, let isOn): "feet of \(id) \(isOn ? "planted" : "let go")"
    case .handShape(let id, let side, let shape):
      "\(side.rawValue) hand of \(id): \(shape ?? "as in the base")"
    case .armGesture(let id, let arms, let name):
      "gesture of \(id): \(name ?? "none")" + (name != nil && arms == .left ? ", left" : "")
    case .aimGesture(let id, let point):
      "gesture of \(id) \(point.flatMap { Self.goal($0, "to") } ?? "directed")"
    case .expression(let id, let name, let amount):
      amount.map { "\(name) of \(id) \(DecimalText.rounded($0, 2))" }
        ?? "\(name) of \(id) removed"
    case .hips(let id, _): "hips of \(id) moved"
    case .pose(let id, let pose): "pose of \(id): \(pose.map(Self.words) ?? "the T-pose")"
    case .mirrorLimb(let id, .whole): "pose of \(id) flipped"
    case .mirrorLimb(let id, let limb): "\(limb.words) of \(id) mirrored"
    case .pasteLimb(let id, .whole, _): "pose of \(id) pasted"
    case .pasteLimb(let id, let limb, _): "\(limb.words) of \(id) pasted"
    case .pair(let name, let ids):
      (ids.isEmpty ? "two figures" : ids.joined(separator: " and ")) + ": "
        + (LibraryPair.named(name)?.title ?? name)
    case .place(let id, _): "\(id) moved"
    case .yaw(let id, let degrees): "\(id) turned to \(DecimalText.rounded(degrees, 1))°"
    case .face(let id, let other): "\(id) turned to \(Self.bare(other))"
    case .character(let id, "position", .some), .prop(let id, "position", .some): "\(id) moved"
    case .prop(let id, "rotation", .some): "\(id) turned"
    case .character(let id, let key, let value), .prop(let id, let key, let value):
      "\(key) of \(id)" + (value.map { ": \(Self.words($0))" } ?? " removed")
    case .addCharacter(let value), .addProp(let value): "\(SceneEditor.id(in: value) ?? "") added"
    case .duplicateCharacter(let id, let new): "\(id) copied as \(new)"
    case .removeCharacter(let id), .removeProp(let id): "\(id) removed"
    case .renameCharacter(let id, let new): "\(id) renamed \(new)"
    case .camera(let key, let value):
      "camera's \(key)" + (value.map { ": \(Self.words($0))" } ?? " removed")
    case .wholeCamera: "camera"
    case .mapSetting(let key, let value), .scene(let key, let value):
      key + (value.map { ": \(Self.words($0))" } ?? " removed")
    case .text(let file, _, _): "text of \(FilePath.lastName(of: file))"
    case .several(_, let description): description
    }
  }

  /// Returns up to two joints by name, and the number of the others.
  private static func names(_ joints: some Collection<JointName>) -> String {
    let words = joints.sorted { $0.index < $1.index }.map(\.jointWords)
    if words.count <= 2 { return words.joined(separator: " and ") }
    return "\(words[0]), \(words[1]) and \(words.count - 2) more joints"
  }

  private static func bare(_ name: String) -> String {
    name.hasPrefix("props.") ? String(name.dropFirst("props.".count)) : name
  }

  /// Returns words followed by the name of a goal's point; nil for coordinates, which nobody reads.
  private static func goal(_ value: JSONValue, _ words: String) -> String? {
    var point = value
    if case .object(let members) = value, let at = members.first(where: { $0.key == "at" }) {
      point = at.value
    }
    guard case .string(let name) = point else { return nil }
    return "\(words) \(name)"
  }

  private static let longest = 40

  private static func words(_ value: JSONValue) -> String {
    var value = value
    if case .object(let members) = value,
      let point = members.first(where: { ["at", "base", "file"].contains($0.key) })
    {
      value = point.value
    }
    if case .string(let text) = value { return text }
    let line = CanonicalLayout.text(of: value).split(separator: "\n").joined(separator: " ")
    return line.count <= longest ? line : line.prefix(longest) + "…"
  }
}
