internal import ComfyClient
internal import Export
internal import GitClient
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

extension Failure {
  /// Converts an error of any of posemap's libraries to a failure; nil for other errors.
  static func known(_ error: any Error) -> Failure? {
    switch error {
    case let faults as ComfyRecipeFaults:
      return Failure(
        faults.assignments.isEmpty ? .badData : .usage,
        lines: faults.assignments.map { "posemap: error: \($0.sentence)" }
          + faults.diagnostics.map(\.description))
    case let error as ComfyError:
      let lines = ["posemap: error: \(error.lines[0])"] + error.lines.dropFirst()
      if case .badAddress = error { return Failure(.usage, lines: lines) }
      return Failure(.unavailable, lines: lines)
    case let error as GitError: return Failure(error)
    default: return Failure(of: error)
    }
  }
}
