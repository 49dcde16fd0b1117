internal import ComfyClient
internal import Export
internal import GitClient
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

extension Failure {
  /// An error of any library of posemap as a failure; nil for errors of other kinds.
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
