internal import PoseRig
package import SceneFiles

/// Reads edits from messages of a page: `{"kind": "yaw", "character": "ana", "degrees": 20}`.
///
/// Any message gives either an edit or a fault in a sentence.
package enum SceneEditReader {
  /// The largest size of a file's text that can be edited, in bytes.
  package static let longestText = 4 << 20
  /// The largest distance from the origin for any position, in meters.
  private static let farthest = 1000.0
  /// The largest number of edits that are made as one.
  private static let most = 256

  /// Returns the edit in a message.
  package static func edit(in value: JSONValue) throws(SceneEditFault) -> SceneEdit {
    try edit(in: JSONNode(value))
  }

  /// Returns the edit in a message.
  package static func edit(in node: JSONNode) throws(SceneEditFault) -> SceneEdit {
    guard case .object = node.value else {
      throw .wrongForm("an edit must be an object in { }, not \(node.kind)")
    }
    guard let kind = node["kind"]?.text else { throw .wrongForm("an edit needs a \"kind\"") }
    guard let keys = kinds[kind] else {
      throw .wrongForm(
        unknown("kind", EditFields.short(kind), allowed: kinds.keys.sorted(), context: "of edit"))
    }
    let fields = try EditFields(node, kind: kind, keys: keys)
    if let edit = try poseEdit(fields) { return edit }
    if let edit = try characterEdit(fields) { return edit }
    return try sceneEdit(fields)
  }

  /// The keys of each kind of edit, besides `"kind"`.
  package static let kinds: [String: [String]] = [
    "turn": ["character", "joints"], "release": ["character", "joints"],
    "reach": ["character", "joint", "point"], "seat": ["character", "point"],
    "look": ["character", "point"], "plantFeet": ["character", "on"],
    "handShape": ["character", "side", "name"],
    "armGesture": ["character", "side", "name"], "aimGesture": ["character", "point"],
    "expression": ["character", "name", "amount"],
    "hips": ["character", "point"], "pose": ["character", "value"],
    "mirrorLimb": ["character", "limb"], "pasteLimb": ["character", "limb", "joints"],
    "pair": ["name", "characters"], "place": ["character", "position"],
    "yaw": ["character", "degrees"],
    "face": ["character", "at"], "character": ["character", "key", "value"],
    "addCharacter": ["value"], "duplicateCharacter": ["character", "id"],
    "removeCharacter": ["character"], "renameCharacter": ["character", "to"],
    "prop": ["prop", "key", "value"], "addProp": ["value"], "removeProp": ["prop"],
    "camera": ["key", "value"], "wholeCamera": ["value"], "mapSetting": ["key", "value"],
    "scene": ["key", "value"], "text": ["file", "text", "base"],
    "several": ["edits", "description"],
  ]

  // MARK: Kinds

  private static func poseEdit(_ fields: EditFields) throws(SceneEditFault) -> SceneEdit? {
    func id() throws(SceneEditFault) -> String { try fields.text("character") }
    switch fields.kind {
    case "turn": return .turn(try id(), try angles(fields))
    case "release": return .release(try id(), try joints(fields))
    case "reach":
      let end = try joint(
        try fields.text("joint"), among: PoseGoals.effectors, "\"joint\" of \"reach\"")
      return .reach(try id(), end, try fields.goal("point", .reach(end)))
    case "seat": return .seat(try id(), try fields.goal("point", .seat))
    case "look": return .look(try id(), try fields.goal("point", .look))
    case "plantFeet": return .plantFeet(try id(), try fields.boolean("on"))
    case "handShape":
      let side = try fields.name("side", among: Side.both.map(\.rawValue))
      return .handShape(
        try id(), Side(rawValue: side) ?? .left, try fields.optionalText("name"))
    case "armGesture":
      let arms = try fields.name("side", among: SceneEdit.Arms.allCases.map(\.rawValue))
      return .armGesture(
        try id(), SceneEdit.Arms(rawValue: arms) ?? .right, try fields.optionalText("name"))
    case "aimGesture": return .aimGesture(try id(), try fields.optionalValue("point"))
    case "expression":
      let name = try fields.name("name", among: FaceExpression.all.map(\.name))
      let amount = try fields.optional("amount")
      return .expression(
        try id(), name,
        try amount.map { node throws(SceneEditFault) in
          try fields.number(node, "\"amount\"", in: 0...1)
        })
    case "hips": return .hips(try id(), try fields.optionalPoint("point", within: 100))
    case "pose": return .pose(try id(), try fields.optionalValue("value"))
    case "mirrorLimb": return .mirrorLimb(try id(), try limb(fields))
    case "pasteLimb": return .pasteLimb(try id(), try limb(fields), try angles(fields))
    default: return nil
    }
  }

  private static func characterEdit(_ fields: EditFields) throws(SceneEditFault) -> SceneEdit? {
    func id() throws(SceneEditFault) -> String { try fields.text("character") }
    switch fields.kind {
    case "pair":
      return .pair(try fields.text("name"), try fields.texts("characters", upTo: 2))
    case "place": return .place(try id(), try fields.point("position", within: farthest))
    case "yaw": return .yaw(try id(), try fields.number("degrees", in: -36_000...36_000))
    case "face": return .face(try id(), at: try fields.text("at"))
    case "character":
      let key = try fields.name("key", among: SceneKeys.character)
      return .character(try id(), key: key, try fields.optionalValue("value"))
    case "addCharacter": return .addCharacter(try fields.value("value"))
    case "duplicateCharacter":
      return .duplicateCharacter(try id(), as: try fields.text("id"))
    case "removeCharacter": return .removeCharacter(try id())
    case "renameCharacter": return .renameCharacter(try id(), to: try fields.text("to"))
    default: return nil
    }
  }

  private static func sceneEdit(_ fields: EditFields) throws(SceneEditFault) -> SceneEdit {
    func setting(_ keys: [String]) throws(SceneEditFault) -> (String, JSONValue?) {
      (try fields.name("key", among: keys), try fields.optionalValue("value"))
    }
    switch fields.kind {
    case "prop":
      let (key, value) = try setting(SceneKeys.prop)
      return .prop(try fields.text("prop"), key: key, value)
    case "addProp": return .addProp(try fields.value("value"))
    case "removeProp": return .removeProp(try fields.text("prop"))
    case "camera":
      let (key, value) = try setting(SceneKeys.camera)
      return .camera(key: key, value)
    case "wholeCamera": return .wholeCamera(try fields.value("value"))
    case "mapSetting":
      let (key, value) = try setting(SceneKeys.mapSettings)
      return .mapSetting(key: key, value)
    case "scene":
      let (key, value) = try setting(SceneKeys.scene)
      return .scene(key: key, value)
    case "text":
      return .text(
        file: try fields.text("file", upTo: 4096), try fields.text("text", upTo: longestText),
        base: fields.has("base") ? try fields.text("base", upTo: longestText) : nil)
    default: return try several(fields)
    }
  }

  private static func several(_ fields: EditFields) throws(SceneEditFault) -> SceneEdit {
    let node = try fields.node("edits")
    guard let items = node.items else { throw fields.wrong("\"edits\"", "a list", node) }
    guard items.count <= most else { throw .wrongForm("at most \(most) edits are made as one") }
    var edits: [SceneEdit] = []
    for item in items {
      let edit = try edit(in: item)
      if case .several = edit { throw .wrongForm("\"several\" holds no other \"several\"") }
      edits.append(edit)
    }
    return .several(edits, description: try fields.text("description"))
  }

  // MARK: Joints

  private static func joint(
    _ name: String, among joints: [JointName] = JointName.allCases, _ context: String
  ) throws(SceneEditFault) -> JointName {
    if let joint = JointName(rawValue: name), joints.contains(joint) { return joint }
    let isAny = joints.count == JointName.allCases.count
    throw .wrongForm(
      unknown(
        "joint", EditFields.short(name), allowed: joints.map(\.rawValue), context: "in \(context)",
        allowedText: isAny ? JointName.allNamesInShort : nil))
  }

  private static func joints(_ fields: EditFields) throws(SceneEditFault) -> Set<JointName> {
    let node = try fields.node("joints")
    guard let items = node.items else { throw fields.wrong("\"joints\"", "a list", node) }
    var joints: Set<JointName> = []
    for item in items {
      guard let name = item.text else { throw fields.wrong("a joint", "a string", item) }
      joints.insert(try joint(name, "\"joints\" of \"\(fields.kind)\""))
    }
    return joints
  }

  private static func angles(
    _ fields: EditFields
  ) throws(SceneEditFault) -> [JointName: [AngleName: Double]] {
    let node = try fields.node("joints")
    guard case .object(let members) = node.value else {
      throw fields.wrong("\"joints\"", "an object in { }", node)
    }
    var angles: [JointName: [AngleName: Double]] = [:]
    for member in members {
      let joint = try joint(member.key, "\"joints\" of \"\(fields.kind)\"")
      angles[joint] = try self.angles(of: joint, member.node, fields)
    }
    return angles
  }

  private static func angles(
    of joint: JointName, _ node: JSONNode, _ fields: EditFields
  ) throws(SceneEditFault) -> [AngleName: Double] {
    guard case .object(let members) = node.value else {
      throw fields.wrong(joint.rawValue, "angles in { }", node)
    }
    let names = Anatomy.of(joint).degreesOfFreedom.map(\.name)
    var angles: [AngleName: Double] = [:]
    for member in members {
      guard let name = AngleName(rawValue: member.key), names.contains(name) else {
        throw .wrongForm(
          unknown(
            "angle", EditFields.short(member.key), allowed: names.map(\.rawValue),
            context: "of \(joint.rawValue)"))
      }
      angles[name] = try fields.number(
        member.node, "\(joint.rawValue) \(name)", in: -360...360)
    }
    return angles
  }

  private static func limb(_ fields: EditFields) throws(SceneEditFault) -> Limb {
    let name = try fields.name("limb", among: Limb.allCases.map(\.rawValue))
    return Limb(rawValue: name) ?? .whole
  }
}
