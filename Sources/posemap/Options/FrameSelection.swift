import ArgumentParser
internal import PoseRig

/// `0..119` or `all` on the command line.
enum FrameSelection: Sendable {
  case all
  case range(ClosedRange<Int>)

  static func parse(_ argument: String) throws -> FrameSelection {
    if argument == "all" { return .all }
    let ends = argument.replacing("..", with: " ").split(separator: " ").map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, last >= first,
      last < 100_000, argument.contains("..")
    else {
      throw ValidationError("frames are <first>..<last>, like 0..119, or all")
    }
    return .range(first...last)
  }

  /// The frames meant, of a clip that lasts as long.
  func frames(lasting duration: Double, at rate: Double) -> ClosedRange<Int> {
    switch self {
    case .all: 0...Int((duration * rate + 1e-6).rounded(.down))
    case .range(let range): range
    }
  }
}
