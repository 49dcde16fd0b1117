internal import PoseRig
internal import SceneFiles

/// Finds the files and values that an edit changes.
public struct SceneEditor {
  let files: EditedFiles
  private var scene: JSONNode { files.scene.root }

  /// An editor of files.
  public init(_ files: EditedFiles) { self.files = files }

  /// Returns the changes that make an edit, in their order; empty if it changes nothing.
  public func changes(for edit: SceneEdit) throws(SceneEditFault) -> [FileEdit] {
    switch edit {
    case .turn, .release, .reach, .seat, .look, .plantFeet, .handShape, .expression, .hips:
      return try poseChanges(for: edit)
    case .pose(let id, let pose): return try set("pose", of: id, pose)
    case .place(let id, let point):
      return try set("position", of: id, .rounded([point.x, point.y, point.z], 3))
    case .yaw(let id, let degrees): return try set("yaw", of: id, .rounded(degrees, 1))
    case .character(let id, let key, let value): return try set(key, of: id, value)
    case .addCharacter(let value): return try addition(of: value, to: "characters")
    case .removeCharacter(let id):
      let path = try character(id)
      return goals(naming: [id]).map { .init(file: $0.file, edit: .remove($0.path)) }
        + [inScene(.remove(path))]
    case .renameCharacter(let id, let new): return try renaming(of: id, to: new)
    case .prop(let id, let key, let value):
      return change(try prop(id).appending(.key(key)), to: value)
    case .addProp(let value): return try addition(of: value, to: "props")
    case .removeProp(let id):
      let path = try prop(id)
      return goals(naming: ["props.\(id)"]).map { .init(file: $0.file, edit: .remove($0.path)) }
        + [inScene(.remove(path))]
    case .camera(let key, let value):
      return change(DocumentPath([.key("camera"), .key(key)]), to: value)
    case .wholeCamera(let value): return change(DocumentPath([.key("camera")]), to: value)
    case .mapSetting(let key, let value):
      return change(DocumentPath([.key("maps"), .key(key)]), to: value)
    case .scene(let key, let value): return change(DocumentPath([.key(key)]), to: value)
    case .several(let edits, _):
      // Each finds its values in the files as the ones before it leave them.
      var editor = self
      var changes: [FileEdit] = []
      for edit in edits {
        let next = try editor.changes(for: edit)
        editor = SceneEditor(try editor.applied(next))
        changes += next
      }
      return changes
    }
  }

  private func applied(_ changes: [FileEdit]) throws(SceneEditFault) -> EditedFiles {
    var changed = files
    do throws(DocumentEditFault) {
      _ = try changed.apply(changes)
    } catch {
      throw .document(error)
    }
    return changed
  }

  // MARK: Parts of the scene

  /// Returns the path of a character in the scene.
  func character(_ id: String) throws(SceneEditFault) -> DocumentPath {
    guard let path = item(id, of: "characters") else { throw .noCharacter(id) }
    return path
  }

  private func prop(_ id: String) throws(SceneEditFault) -> DocumentPath {
    guard let path = item(id, of: "props") else { throw .noProp(id) }
    return path
  }

  private func item(_ id: String, of list: String) -> DocumentPath? {
    guard let items = scene[list]?.items,
      let index = items.firstIndex(where: { $0["id"]?.text == id })
    else { return nil }
    return DocumentPath([.key(list), .index(index)])
  }

  /// Returns the id in an object of a character or prop.
  static func id(in value: JSONValue) -> String? {
    guard case .object(let members) = value,
      case .string(let id)? = members.first(where: { $0.key == "id" })?.value
    else { return nil }
    return id
  }

  private func set(
    _ key: String, of id: String, _ value: JSONValue?
  ) throws(SceneEditFault) -> [FileEdit] {
    change(try character(id).appending(.key(key)), to: value)
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
      throw .wrongForm("what is added needs to be an object with an \"id\"")
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
    return references(to: id).map { found in
      FileEdit(
        file: found.file,
        edit: .set(found.path, .string(new + found.text.dropFirst(id.utf8.count))))
    } + [inScene(.set(path.appending(.key("id")), .string(new)))]
  }

  // MARK: Values

  /// Returns the changes that give a path a value; nil takes it away, with an object around it
  /// that would be left empty. Objects on the way that are missing are made.
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
