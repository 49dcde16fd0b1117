import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

extension FrameSelection {
  /// Parses `0..119` or `all` from the command line.
  static func parse(_ argument: String) throws -> FrameSelection {
    if argument == "all" { return .all }
    let ends = argument.replacing("..", with: " ").split(separator: " ").map(number)
    guard ends.count == 2, let first = ends[0], let last = ends[1], argument.contains("..") else {
      throw ValidationError("frames must be <first>..<last>, like 0..119, or all")
    }
    guard first <= last else {
      throw ValidationError("its first frame, \(first), is after its last, \(last)")
    }
    guard last < PoseMotion.maximumFrames else {
      throw ValidationError(
        "a clip has up to \(PoseMotion.maximumFrames) frames, so the last can be "
          + "\(PoseMotion.maximumFrames - 1)")
    }
    return .range(first...last)
  }

  /// Returns the number in a text, or the largest number if the digits exceed it.
  private static func number(_ text: Substring) -> Int? {
    let isNumber = !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    return isNumber ? Int(text) ?? .max : nil
  }
}
