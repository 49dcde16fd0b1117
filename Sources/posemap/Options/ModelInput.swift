internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// A model of another program on the command line.
enum ModelInput {
  /// Returns the value read from a model, or fails with the reason.
  static func value<Value>(
    of result: Result<Value, UnreadableFile>, _ path: String
  ) throws(Failure) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let failure):
      let isMissing = failure.reason.hasPrefix("No such")
      throw Failure(isMissing ? .noInput : .badData, of: path, failure.reason)
    }
  }
}
