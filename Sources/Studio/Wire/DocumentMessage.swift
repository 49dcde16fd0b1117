internal import PoseRig
internal import SceneFiles

/// Writes the state of a session for pages.
enum DocumentMessage {
  /// The largest number of steps to undo or redo that are listed.
  private static let longest = 200

  /// Returns the files, the scene in them, and the errors in it.
  static func of(_ session: StudioSession, revision: Int, time: Double) -> Outgoing {
    .of(
      "document",
      [
        "revision": .int(revision),
        "files": .list(session.files.paths.map { file($0, session) }),
        "scene": JSONValue(session.files.scene.root),
        "history": .members([
          "past": .texts(session.history.done.suffix(longest).map(\.description)),
          "future": .texts(session.history.undone.reversed().prefix(longest).map(\.description)),
        ]),
        "undo": .optional(session.history.done.last?.description),
        "redo": .optional(session.history.undone.last?.description),
        "isUnsaved": .boolean(!session.files.unsaved.isEmpty),
        "diagnostics": .list(session.diagnostics.map { diagnostic($0, session) }),
        "outside": .list(
          session.outside.map {
            .members(["file": .string($0.file), "words": .string($0.description)])
          }),
        "unsavedChanges": session.unsavedChanges.map {
          .members(["id": .string($0.id), "words": .texts($0.words)])
        } ?? .null,
        "duration": .rounded(session.duration, 3),
        "time": .rounded(time, 3),
      ])
  }

  private static func file(_ path: String, _ session: StudioSession) -> JSONValue {
    let content = session.files.contents[path]
    return .members([
      "path": .string(path),
      "name": .string(name(of: path)),
      "text": .string(content?.document?.text ?? ""),
      "draft": content?.draft.map(draft) ?? .null,
      "isSaved": .boolean(session.files.isSaved(path)),
      "kind": .string(path == session.files.scenePath ? "scene" : "pose"),
    ])
  }

  private static func draft(_ draft: FileContent.Draft) -> JSONValue {
    .members([
      "text": .string(draft.text),
      "message": .string(draft.diagnostic.message),
      "line": draft.diagnostic.location.map { .int($0.line) } ?? .null,
      "column": draft.diagnostic.location.map { .int($0.column) } ?? .null,
    ])
  }

  /// Returns an error or warning with the character that it is about.
  static func diagnostic(_ diagnostic: Diagnostic, _ session: StudioSession) -> JSONValue {
    .members([
      "severity": .string(diagnostic.severity.rawValue),
      "code": .string(diagnostic.code.rawValue),
      "message": .string(diagnostic.message),
      "file": .string(diagnostic.file),
      "line": diagnostic.location.map { .int($0.line) } ?? .null,
      "column": diagnostic.location.map { .int($0.column) } ?? .null,
      "path": .optional(diagnostic.path?.description),
      "character": .optional(character(of: diagnostic, session)),
    ])
  }

  private static func character(of diagnostic: Diagnostic, _ session: StudioSession) -> String? {
    let items = session.files.scene.root["characters"]?.items ?? []
    if diagnostic.file == session.files.scenePath {
      guard let steps = diagnostic.path?.steps, steps.count > 1, steps[0] == .key("characters"),
        case .index(let index) = steps[1], items.indices.contains(index)
      else { return nil }
      return items[index]["id"]?.text
    }
    return items.first { item in
      item["pose"]?.text.map { FilePath.resolve($0, besides: session.files.scenePath) }
        == diagnostic.file
    }?["id"]?.text
  }

  private static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }
}
