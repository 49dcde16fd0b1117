public import PoseRig

/// The locations of a scene's parts in its files; it turns findings into diagnostics with a file, a
/// line, a column and a path.
public struct SceneSource {
  private let file: String
  private let documents: DocumentStore
  var characters: [CharacterOrigin] = []
  var camera: FileOrigin?
  var props: [FileOrigin] = []
  var lamps: [String: FileOrigin] = [:]

  init(file: String, documents: DocumentStore) {
    self.file = file
    self.documents = documents
  }

  /// Returns the diagnostics of findings about a scene, in the order of their locations in each
  /// file.
  public func diagnostics(of findings: [Finding], in scene: Scene) -> [Diagnostic] {
    let log = DiagnosticLog()
    for finding in findings {
      let origin = origin(of: finding.subject)
      log.add(
        Diagnostic(
          finding.isError ? .error : .warning, finding.code, file: origin?.file ?? file,
          at: origin?.location, finding.sentence(in: scene)))
    }
    return documents.located(log.sorted)
  }

  private func origin(of subject: Finding.Subject) -> FileOrigin? {
    switch subject {
    case .camera: camera
    case .character(let index): characters[index].character
    case .goal(let name, let index): characters[index].goals[name] ?? characters[index].character
    case .placing(let index): characters[index].placing ?? characters[index].character
    case .facing(let index): characters[index].facing ?? characters[index].character
    case .hold(let hand, let index):
      characters[index].holds[hand] ?? characters[index].character
    case .prop(let index): props.indices.contains(index) ? props[index] : nil
    case .lamp(let name): lamps[name]
    case .pose: nil
    }
  }
}

/// The locations of a character and its goals.
struct CharacterOrigin {
  var character: FileOrigin
  var goals: [PoseGoals.Name: FileOrigin]
  var holds: [JointName: FileOrigin] = [:]
  /// The location of its position, if it is in words.
  var placing: FileOrigin?
  /// The location of its yaw, if it is in words.
  var facing: FileOrigin?
}
