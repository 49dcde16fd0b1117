internal import Export
internal import SceneFiles

extension Verification.Reason: CustomStringConvertible {
  /// The reason as a sentence, without a final period.
  public var description: String {
    switch self {
    case .damaged: "manifest.json is damaged"
    case .noOrigin:
      "manifest.json was written by an older posemap and does not say which scene the maps show"
    case .sceneMissing(let path, let reason): "the scene \(path) cannot be read: \(reason)"
    case .sceneWrong(let diagnostics):
      "the scene has mistakes now: " + (diagnostics.first?.description ?? "it cannot be drawn")
        + (diagnostics.count > 1 ? " (and \(diagnostics.count - 1) more)" : "")
    case .difference(let difference): difference.sentence
    }
  }

  /// The one file that the reason is about; nil for a reason about all files.
  var file: String? {
    switch self {
    case .difference(.fileMissing(let path)), .difference(.fileAltered(let path)): path
    default: nil
    }
  }

  /// A stable word for programs.
  public var code: String {
    switch self {
    case .damaged: "damaged"
    case .noOrigin: "noOrigin"
    case .sceneMissing: "sceneMissing"
    case .sceneWrong: "sceneWrong"
    case .difference(let difference): difference.code
    }
  }
}

extension RenderedSet.Difference {
  /// The difference as a sentence, without a final period.
  fileprivate var sentence: String {
    switch self {
    case .version(let before, let now): "posemap was \(before), is \(now)"
    case .inputChanged(let name): "\(name) has changed"
    case .inputDropped(let name): "\(name) is no longer part of the scene"
    case .inputAdded(let name): "\(name) is now part of the scene"
    case .canvas(let before, let now): "the canvas was \(before), is \(now)"
    case .profile(let before, let now):
      "the profile was \(before ?? "none"), is \(now ?? "none")"
    case .settings(let keys): "these map settings have changed: " + keys.joined(separator: ", ")
    case .characterAdded(let id): "\(id) has no maps"
    case .characterDropped(let id): "\(id) is no longer in the scene"
    case .fileMissing(let path): "\(path) is missing or cut off"
    case .fileAltered(let path): "\(path) is not as posemap wrote it"
    }
  }

  fileprivate var code: String {
    switch self {
    case .version: "version"
    case .inputChanged: "inputChanged"
    case .inputDropped: "inputDropped"
    case .inputAdded: "inputAdded"
    case .canvas: "canvas"
    case .profile: "profile"
    case .settings: "settings"
    case .characterAdded: "characterAdded"
    case .characterDropped: "characterDropped"
    case .fileMissing: "fileMissing"
    case .fileAltered: "fileAltered"
    }
  }
}
