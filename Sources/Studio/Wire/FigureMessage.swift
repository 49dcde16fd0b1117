internal import PoseRig
internal import SceneFiles

/// Writes the values of the figure that a page has selected.
enum FigureMessage {
  /// Returns the message of a character; nil for one that is not there.
  static func of(_ id: String, _ session: StudioSession) -> Outgoing? {
    guard case .object(let members)? = FigureState(of: id, in: session)?.value else { return nil }
    return .text(.object([.init(key: "type", value: .string("figure"))] + members))
  }
}
