import ArgumentParser
internal import PosemapKit

extension FrameSelection {
  /// `0..119` or `all` on the command line.
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
}
