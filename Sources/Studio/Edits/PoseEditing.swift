internal import PoseRig
internal import SceneFiles

/// Edits of a character's pose, wherever it is stored.
extension SceneEditor {
  /// The location where a character's pose is edited.
  enum PoseHome {
    /// An object in a file: the pose in the scene, or the character's own pose file.
    case object(file: String, DocumentPath)
    /// A text in the scene that names a library pose; nil for the T-pose.
    case name(DocumentPath, String?)
  }

  /// Returns the changes of edits that each set one value of a pose.
  func poseChanges(for edit: SceneEdit) throws(SceneEditFault) -> [FileEdit] {
    switch edit {
    case .turn(let id, let joints):
      return try changes(
        of: id,
        joints.sorted { $0.key.index < $1.key.index }.map {
          (["joints", $0.key.rawValue], Self.value(of: $0.value, $0.key))
        })
    case .release(let id, let joints):
      return try changes(
        of: id, joints.sorted { $0.index < $1.index }.map { (["joints", $0.rawValue], nil) })
    case .reach(let id, let end, let point):
      guard PoseGoals.effectors.contains(end) else {
        throw .wrongForm("only hands and feet reach for something")
      }
      // A hand without a goal of its own can have one by its gesture.
      if point == nil, end.kind == .hand, try pose(of: id)?["reach"]?[end.rawValue] == nil {
        return try changes(of: id, gesturesLetGo([end.side], of: id))
      }
      return try changes(of: id, [(["reach", end.rawValue], point)])
    case .seat(let id, let point): return try changes(of: id, [(["seat"], point)])
    case .look(let id, let point): return try changes(of: id, [(["look"], point)])
    case .plantFeet(let id, let isOn):
      return try changes(of: id, [(["feet"], isOn ? .string("planted") : nil)])
    case .handShape(let id, let side, let shape):
      return try changes(of: id, [(["hands", side.rawValue], shape.map(JSONValue.string))])
    case .expression(let id, let name, let amount):
      return try changes(of: id, [(["face", name], amount.map { .rounded($0, 2) })])
    case .hips(let id, let point):
      let value = point.map { JSONValue.rounded([$0.x, $0.y, $0.z]) }
      return try changes(of: id, [(["translation"], value)])
    default: return []
    }
  }

  /// Returns a joint's angles in the form of a file: in their order, without those that are 0.
  static func value(of angles: [AngleName: Double], _ joint: JointName) -> JSONValue {
    .object(
      Anatomy.of(joint).degreesOfFreedom.compactMap { freedom in
        let value = JSONValue.rounded(angles[freedom.name] ?? 0, 2)
        return value == .number(0) ? nil : .init(key: freedom.name.rawValue, value: value)
      })
  }

  typealias PoseValue = (keys: [String], value: JSONValue?)

  /// Returns the changes that set values of a character's pose; nil removes a value.
  func changes(
    of id: String, _ values: [PoseValue]
  ) throws(SceneEditFault) -> [FileEdit] {
    switch try home(of: id) {
    case .object(let file, let path):
      guard var document = files.documents[file] else { return [] }
      var changes: [FileEdit] = []
      for (keys, value) in values {
        let at = DocumentPath(path.steps + keys.map { .key($0) })
        for edit in Self.change(at, to: value, in: document) {
          document = try Self.applied(edit, to: document)
          changes.append(FileEdit(file: file, edit: edit))
        }
      }
      return changes
    case .name(let path, let base):
      let wanted = values.filter { $0.value != nil }
      guard !wanted.isEmpty else { return [] }
      var pose: [JSONValue.Member] = base.map { [.init(key: "base", value: .string($0))] } ?? []
      for (keys, value) in wanted { Self.put(value ?? .null, keys[...], into: &pose) }
      return [FileEdit(file: files.scenePath, edit: .set(path, .object(pose)))]
    }
  }

  private static func applied(
    _ edit: DocumentEdit, to document: Document
  ) throws(SceneEditFault) -> Document {
    do throws(DocumentEditFault) {
      return try document.applying(edit).document
    } catch {
      throw .document(error)
    }
  }

  /// Sets a value in nested objects.
  private static func put(
    _ value: JSONValue, _ keys: ArraySlice<String>, into members: inout [JSONValue.Member]
  ) {
    guard let key = keys.first else { return }
    let index = members.firstIndex { $0.key == key }
    var inner = value
    if keys.count > 1 {
      var nested: [JSONValue.Member] = []
      if let index, case .object(let known) = members[index].value { nested = known }
      put(value, keys.dropFirst(), into: &nested)
      inner = .object(nested)
    }
    if let index {
      members[index].value = inner
    } else {
      members.append(.init(key: key, value: inner))
    }
  }

  /// Returns the object with a character's own pose, in the scene or in its file; nil for the name
  /// of a library pose, and for the T-pose.
  func pose(of id: String) throws(SceneEditFault) -> JSONNode? {
    guard case .object(let file, let path) = try home(of: id) else { return nil }
    if let draft = files.drafts[file] { throw .draft(draft.diagnostic) }
    return files.documents[file]?.node(at: path)
  }

  /// Returns the location where a character's pose is edited.
  func home(of id: String) throws(SceneEditFault) -> PoseHome {
    let path = try character(id).appending(.key("pose"))
    guard let node = files.scene.node(at: path) else { return .name(path, nil) }
    switch node.value {
    case .string(let name):
      // Only a pose file that the session edits; other named files are motions, or of other
      // programs.
      let file = FilePath.resolve(name, besides: files.scenePath)
      if files.documents[file]?.kind == .pose { return .object(file: file, DocumentPath()) }
      if files.named.contains(file), !files.mayHold(file) { throw .elsewhere(name) }
      if name.hasSuffix(".json") || FileKind(named: name) == .foreign {
        throw .foreignPose(id, file: name)
      }
      return .name(path, name)
    case .object:
      if let file = node["file"]?.text { throw .foreignPose(id, file: file) }
      return .object(file: files.scenePath, path)
    default: throw .wrongForm("the \"pose\" of \(id) is \(node.kind)")
    }
  }
}
