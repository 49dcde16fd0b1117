internal import PoseRig
internal import SceneFiles

/// Finds the files and values that an edit changes.
public struct SceneEditor {
  let files: EditedFiles
  let solved: SolvedScene?
  private var scene: JSONNode { files.scene.root }

  /// Creates an editor of files.
  ///
  /// - Parameter solved: the solved scene of the files, for edits that depend on it.
  public init(_ files: EditedFiles, solved: SolvedScene? = nil) {
    self.files = files
    self.solved = solved
  }

  /// Returns the changes that make an edit, in order; empty if it changes nothing.
  public func changes(for edit: SceneEdit) throws(SceneEditFault) -> [FileEdit] {
    switch edit {
    case .turn, .release, .reach, .seat, .look, .plantFeet, .handShape, .expression, .hips:
      return try poseChanges(for: edit)
    case .armGesture(let id, let arms, let name): return try gesturing(id, arms, name)
    case .aimGesture(let id, let point): return try aiming(id, at: point)
    case .mirrorLimb(let id, .whole): return try flip(of: id)
    case .mirrorLimb(let id, let limb): return try mirroring(of: limb, of: id)
    case .pasteLimb(let id, let limb, let joints): return try pasting(joints, onto: limb, of: id)
    case .pair(let name, let ids): return try pairing(name, ids)
    case .pose(let id, let pose): return try set("pose", of: id, pose)
    case .place(let id, let point):
      return try placing(id, at: .rounded([point.x, point.y, point.z], 3))
    case .character(let id, "position", let value): return try placing(id, at: value)
    case .yaw(let id, let degrees):
      return try set("yaw", of: id, .rounded(Self.turn(degrees), 1))
    case .face(let id, let other):
      return try set("yaw", of: id, .rounded(Self.turn(try yaw(of: id, facing: other)), 1))
    case .character(let id, let key, let value): return try set(key, of: id, value)
    case .addCharacter(let value): return try addition(of: value, to: "characters")
    case .duplicateCharacter(let id, let new):
      return try addition(of: try copy(of: id, as: new), to: "characters")
    case .removeCharacter(let id):
      let path = try character(id)
      return removingGoals(naming: .character(id)) + [inScene(.remove(path))]
    case .renameCharacter(let id, let new): return try renaming(of: id, to: new)
    case .prop(let id, let key, let value):
      return change(try prop(id).appending(.key(key)), to: value)
    case .addProp(let value): return try addition(of: value, to: "props")
    case .removeProp(let id):
      let path = try prop(id)
      return removingGoals(naming: .prop(id)) + [inScene(.remove(path))]
    case .camera(let key, let value):
      return change(camera.appending(.key(key)), to: value)
    case .wholeCamera(let value): return change(camera, to: value)
    case .mapSetting(let key, let value):
      return change(DocumentPath([.key("maps"), .key(key)]), to: value)
    case .scene(let key, let value): return change(DocumentPath([.key(key)]), to: value)
    case .text(let file, let text, let base):
      return try rewriting(of: file, as: Array(text.utf8), from: base.map { Array($0.utf8) })
    case .several(let edits, _):
      // Each edit finds its values in the files as the edits before it leave them.
      var changed = files
      var changes: [FileEdit] = []
      for edit in edits {
        let next = try SceneEditor(changed, solved: solved).changes(for: edit)
        _ = try changed.apply(next)
        changes += next
      }
      return changes
    }
  }

  /// Returns an angle in degrees in the range that a scene allows, −180 to 180.
  private static func turn(_ degrees: Double) -> Double {
    let rest = degrees.remainder(dividingBy: 360)
    return rest == 0 ? 0 : rest
  }

  private func rewriting(
    of file: String, as text: [UInt8], from base: [UInt8]?
  ) throws(SceneEditFault) -> [FileEdit] {
    let before = files.contents[file]
    if before == nil {
      guard files.named.contains(file) else { throw .noFile(file) }
      guard files.mayHold(file) else { throw .elsewhere(file) }
    }
    let bytes = try Self.joined(text, from: base, with: before?.bytes, file)
    if before?.bytes == bytes { return [] }
    return [FileEdit(file: file, content: FileContent(bytes, file: file, after: before))]
  }

  /// Returns a text merged with changes that others made to its base in the meantime.
  private static func joined(
    _ text: [UInt8], from base: [UInt8]?, with now: [UInt8]?, _ file: String
  ) throws(SceneEditFault) -> [UInt8] {
    guard let base, let now else { return text }
    switch OutsideChange(file: file, saved: base, ours: text, theirs: now) {
    case .taken(let bytes), .merged(let bytes): return bytes
    case .conflict(let words): throw .textChanged(file, words)
    case .nothingNew, .deleted: return text
    }
  }

  // MARK: Parts of the scene

  /// The path of the camera that maps are seen through: `"camera"`, or else the first with a name.
  private var camera: DocumentPath {
    guard scene["camera"] == nil, let first = scene["cameras"]?.members.first else {
      return DocumentPath([.key("camera")])
    }
    return DocumentPath([.key("cameras"), .key(first.key)])
  }

  /// Returns the path of a character in the scene.
  func character(_ id: String) throws(SceneEditFault) -> DocumentPath {
    guard let path = item(id, of: "characters") else { throw .noCharacter(id) }
    return path
  }

  func prop(_ id: String) throws(SceneEditFault) -> DocumentPath {
    guard let path = item(id, of: "props") else { throw .noProp(id) }
    return path
  }

  private func item(_ id: String, of list: String) -> DocumentPath? {
    guard let items = scene[list]?.items,
      let index = items.firstIndex(where: { $0["id"]?.text == id })
    else { return nil }
    return DocumentPath([.key(list), .index(index)])
  }

  /// Returns the id in a character's or prop's object.
  static func id(in value: JSONValue) -> String? { value.text(of: "id") }

  private func set(
    _ key: String, of id: String, _ value: JSONValue?
  ) throws(SceneEditFault) -> [FileEdit] {
    change(try character(id).appending(.key(key)), to: value)
  }

  /// Returns the changes that set a character's position; if the old position implied the yaw, the
  /// character stays turned as it is.
  private func placing(_ id: String, at value: JSONValue?) throws(SceneEditFault) -> [FileEdit] {
    if case .object? = value { return try set("position", of: id, value) }
    return try set("position", of: id, value)
      + impliedYaw(of: id, at: try character(id)).map(inScene)
  }

  private func inScene(_ edit: DocumentEdit) -> FileEdit {
    FileEdit(file: files.scenePath, edit: edit)
  }

  private func change(_ path: DocumentPath, to value: JSONValue?) -> [FileEdit] {
    Self.change(path, to: value, in: files.scene).map(inScene)
  }

  // MARK: Adding and renaming

  private func addition(
    of value: JSONValue, to list: String
  ) throws(SceneEditFault) -> [FileEdit] {
    guard let id = Self.id(in: value) else {
      throw .wrongForm("an addition must be an object with an \"id\"")
    }
    try checkNew(id)
    let count = scene[list]?.items?.count
    guard let count else { return change(DocumentPath([.key(list)]), to: .list([value])) }
    return [inScene(.insert(DocumentPath([.key(list), .index(count)]), value))]
  }

  private func checkNew(_ id: String) throws(SceneEditFault) {
    if let fault = Identifier.fault(in: id) { throw .badID(fault) }
    let ids = ["characters", "props"].flatMap { scene[$0]?.items ?? [] }
      .compactMap { $0["id"]?.text?.lowercased() }
    if ids.contains(id.lowercased()) { throw .taken(id) }
  }

  private func renaming(of id: String, to new: String) throws(SceneEditFault) -> [FileEdit] {
    let path = try character(id)
    if id == new { return [] }
    if id.lowercased() != new.lowercased() { try checkNew(new) }
    return renaming(.character(id), to: new)
      + [inScene(.set(path.appending(.key("id")), .string(new)))]
  }

  // MARK: Values

  /// Returns the changes that set one value per path; nil removes it, together with an enclosing
  /// object that would become empty. Missing objects along a path are created.
  static func change(
    _ path: DocumentPath, to value: JSONValue?, in document: Document
  ) -> [DocumentEdit] {
    guard let value else { return removal(of: path, in: document).map { [$0] } ?? [] }
    if let node = document.node(at: path) {
      return JSONValue(node) == value ? [] : [.set(path, value)]
    }
    var (target, content) = (path, value)
    while let parent = target.parent, document.node(at: parent) == nil, !parent.steps.isEmpty,
      case .key(let key)? = target.steps.last
    {
      (target, content) = (parent, .object([.init(key: key, value: content)]))
    }
    return [.set(target, content)]
  }

  private static func removal(of path: DocumentPath, in document: Document) -> DocumentEdit? {
    guard document.node(at: path) != nil else { return nil }
    guard let parent = path.parent, case .key? = parent.steps.last,
      document.node(at: parent)?.members.count == 1
    else { return .remove(path) }
    return removal(of: parent, in: document)
  }
}
