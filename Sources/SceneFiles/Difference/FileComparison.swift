internal import MapRender
internal import PoseRig

/// Compares the meaning of files in two trees, rather than their text.
package final class FileComparison {
  /// One of the two trees of files.
  package struct Side {
    /// The tree's files.
    package var loader: FileLoader
    /// The text before a path in messages: `HEAD~1:`.
    package var prefix: String

    package init(_ loader: FileLoader, prefix: String = "") {
      (self.loader, self.prefix) = (loader, prefix)
    }

    func label(_ path: String) -> String { path.hasPrefix("/") ? path : prefix + path }
  }

  private let before: Side
  private let after: Side
  private let documents: (before: DocumentStore, after: DocumentStore)
  /// Whether to find out which characters hide each other, which requires drawing.
  private let looksAtPictures: Bool

  /// Creates a comparison of two trees.
  package init(from before: Side, to after: Side, looksAtPictures: Bool = true) {
    (self.before, self.after) = (before, after)
    documents = (DocumentStore(before.loader), DocumentStore(after.loader))
    self.looksAtPictures = looksAtPictures
  }

  /// Returns the difference between a file's two states; nil for a file that is not a posemap
  /// document in either tree.
  ///
  /// - Parameters:
  ///   - oldPath: its path before; nil if it did not exist.
  ///   - path: its path after; nil if it does not exist.
  ///   - isNamed: whether the user named this file, so that an unreadable one is reported whatever
  ///     its type.
  package func difference(
    from oldPath: String?, to path: String?, isNamed: Bool = true
  ) -> FileDifference? {
    let old = oldPath.map { Content(read: $0, in: documents.before) }
    let new = path.map { Content(read: $0, in: documents.after) }
    let kinds = [new?.kind, old?.kind].compactMap(\.self)
    guard !kinds.isEmpty || isNamed else { return nil }
    var found = FileDifference(
      oldPath: oldPath, path: path, kind: kinds.first,
      status: oldPath == nil ? .added : path == nil ? .removed : .changed)
    if old == nil, new == nil { return nil }
    let isForeign = kinds.first == .foreign
    let isEqual = old?.bytes != nil && old?.bytes == new?.bytes
    let (one, other) =
      isForeign && !isEqual ? (moving(old, before), moving(new, after)) : (old, new)
    let parts = [(old, before), (new, after)]
    found.faults = parts.flatMap { content, side in
      content.map { $0.faults(side) } ?? []
    }
    if !found.faults.isEmpty {
      if !isNamed, kinds.allSatisfy({ $0 != .foreign }), !Self.isOurs(found.name) { return nil }
      found.status = .unreadable
    }
    fill(&found, one, other)
    return found
  }

  /// Returns the content of another program's file with its motion, if it has one.
  private func moving(_ content: Content?, _ side: Side) -> Content? {
    guard var content else { return nil }
    let loaded = try? side.loader.motion(MotionRequest(path: content.path)).get()
    if let motion = loaded?.motion, motion.duration > 0 { content.motion = motion }
    return content
  }

  /// Returns whether a file's name marks it as posemap's.
  package static func isOurs(_ path: String) -> Bool {
    [
      ".pose.json", ".clip.json", "scene.json", ".bones.json", ".prop.json", ".hair.json",
      ".garment.json",
    ].contains { path.hasSuffix($0) }
  }

  // MARK: What both say

  private func fill(_ found: inout FileDifference, _ old: Content?, _ new: Content?) {
    found.before = old?.state
    found.after = new?.state
    found.motions = (old?.motion, new?.motion)
    if let one = old?.state, let other = new?.state {
      let difference = SceneDifference(from: one, to: other)
      found.difference = difference
      found.groups = words(difference, isScene: found.kind == .scene)
    } else if let one = old?.motion, let other = new?.motion {
      let motion = MotionDifference(from: one, to: other, on: Mannequin.female.body.rig)
      found.motion = motion
      let lines = MotionWords.lines(motion)
      if !lines.isEmpty { found.groups = [DifferenceGroup(title: "", lines: lines)] }
    } else if let one = old?.design, let other = new?.design {
      let lines = DesignWords(from: one, to: other).lines()
      if !lines.isEmpty { found.groups = [DifferenceGroup(title: "", lines: lines)] }
    } else if let only = new ?? old, found.faults.isEmpty {
      found.groups = Self.summary(only, isNew: old == nil)
    }
    guard let one = old?.document, let other = new?.document else {
      if old?.document == nil, new?.document == nil { found.status = status(old, new, found) }
      return
    }
    let texts = Self.titles(one, other)
    if !texts.isEmpty { found.groups.append(DifferenceGroup(title: "", lines: texts)) }
    if found.groups.isEmpty, found.faults.isEmpty {
      found.status =
        one.bytes == other.bytes
        ? .same : one.sortedValue == other.sortedValue ? .layout : .rewritten
    } else if found.faults.isEmpty, one.bytes == other.bytes {
      found.status = .follows
    }
  }

  /// Returns how two files of other programs compare, such as models and motions.
  private func status(
    _ old: Content?, _ new: Content?, _ found: FileDifference
  ) -> FileDifference.Status {
    if let old, let new, let one = old.bytes, let other = new.bytes, one == other { return .same }
    return found.status
  }

  private func words(_ difference: SceneDifference, isScene: Bool) -> [DifferenceGroup] {
    func shares(_ state: SceneState) -> [HiddenShare] {
      guard isScene, looksAtPictures, let posed = state.posed else { return [] }
      return (try? Occlusion.shares(of: posed)) ?? []
    }
    // If nothing moved, the hidden shares are unchanged.
    let hidden =
      difference.isEmpty ? ([], []) : (shares(difference.before), shares(difference.after))
    var groups = SceneWords(difference, hidden: hidden, isScene: isScene).groups()
    if !isScene { for index in groups.indices { groups[index].title = "" } }
    return groups
  }

  /// Returns a one-line summary of a file that was added or removed.
  private static func summary(_ content: Content, isNew: Bool) -> [DifferenceGroup] {
    let kind: DifferenceLine.Kind = isNew ? .added : .removed
    var text: String?
    if let motion = content.motion {
      text = "a clip of \(motion.frameCount(at: motion.frameRate)) frames"
    } else if content.kind == .scene, let scene = content.state?.scene {
      let names = scene.characters.map(\.id)
      text =
        "a scene of \(MeasureWords.list(names)), \(scene.canvas)"
        + (scene.props.isEmpty
          ? "" : ", with \(MeasureWords.list(scene.props.map { "\"\($0.id)\"" }))")
    } else if content.kind == .pose {
      text = "a pose"
    } else if content.kind == .bones {
      text = "the bones of a model"
    } else if let design = content.design {
      text = "a prop of \(DesignWords.size(design.bounds.size))"
    }
    return text.map { [DifferenceGroup(title: "", lines: [DifferenceLine(kind, $0)])] } ?? []
  }

  /// Returns the changes of a file's name and description, and of the reference picture.
  private static func titles(_ old: Document, _ new: Document) -> [DifferenceLine] {
    ["name", "description", "plate"].compactMap { key in
      let (one, other) = (old.root[key]?.text, new.root[key]?.text)
      guard one != other else { return nil }
      return DifferenceLine(
        .changed,
        "\(key): \(one.map { "\"\($0)\"" } ?? "none") → \(other.map { "\"\($0)\"" } ?? "none")")
    }
  }

  /// The parsed content of a file in one tree.
  private struct Content {
    var path: String
    var kind: FileKind?
    var bytes: [UInt8]?
    var document: Document?
    var state: SceneState?
    var motion: PoseMotion?
    var design: PropDesign?
    private var problems: [Diagnostic] = []
    private var reason: String?

    init(read path: String, in documents: DocumentStore) {
      self.path = path
      if FileKind(named: path) == .foreign {
        kind = .foreign
        // Models can be larger than the limit for whole files; git knows whether they differ.
        bytes = try? documents.loader.read(path).get()
        return
      }
      switch documents.document(at: path) {
      case .failure(.unreadable(let failure)): reason = failure.reason
      case .failure(.malformed(let diagnostic)):
        if FileComparison.isOurs(path) { kind = .pose }
        problems = [diagnostic]
      case .success(let document):
        self.document = document
        bytes = document.bytes
        kind = document.kind ?? (path.hasSuffix(".pose.json") ? .pose : nil)
        interpret(documents)
      }
    }

    private mutating func interpret(_ documents: DocumentStore) {
      switch kind {
      case .scene:
        guard
          case .success(let reading) = SceneReader.read(
            path, in: documents, profile: nil, limits: .standard)
        else { return }
        problems = reading.diagnostics.filter { $0.severity == .error }
        guard let scene = reading.scene else { return }
        let state = SceneState(scene)
        self.state = state
        if state.posed == nil {
          problems += reading.source.diagnostics(of: state.findings.filter(\.isError), in: scene)
        }
      case .pose, .clip:
        guard
          case .success(let file) = PoseFile.read(path, in: documents, limits: .standard)
        else { return }
        problems = file.diagnostics.filter { $0.severity == .error }
        guard let pose = file.pose else { return }
        motion = file.motion
        if motion == nil { state = SceneState(pose, on: .female) }
      case .prop:
        let log = DiagnosticLog()
        if let root = document?.root {
          design = PropFileReader(file: path, log: log).design(in: root)
        }
        problems = documents.located(log.sorted).filter { $0.severity == .error }
      case .hair:
        let log = DiagnosticLog()
        if let root = document?.root { _ = HairFileReader(file: path, log: log).design(in: root) }
        problems = documents.located(log.sorted).filter { $0.severity == .error }
      case .garment:
        let log = DiagnosticLog()
        if let root = document?.root {
          _ = GarmentFileReader(file: path, log: log).design(in: root)
        }
        problems = documents.located(log.sorted).filter { $0.severity == .error }
      case .bones, .foreign, nil: break
      }
    }

    func faults(_ side: Side) -> [String] {
      let label = side.label(path)
      if let reason { return ["\(label): cannot be read: \(reason)"] }
      return problems.map { problem in
        var named = problem
        named.file = side.label(problem.file)
        return named.description
      }
    }
  }
}

extension Document {
  /// The value with its keys sorted.
  fileprivate var sortedValue: JSONValue { Self.sorted(JSONValue(root)) }

  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .list(let items): return .list(items.map(sorted))
    case .object(let members):
      return .object(
        members.map { JSONValue.Member(key: $0.key, value: sorted($0.value)) }
          .sorted { $0.key < $1.key })
    default: return value
    }
  }
}
