internal import PoseRig

/// A line of output that tells the calling program the progress of the work.
///
/// `posemap render` and `posemap comfyui` print progress lines on request.
public struct ProgressLine: Equatable, Sendable, CustomStringConvertible {
  /// The share of the work that is done, from 0 to 1.
  public var fraction: Double
  /// The current work, for people.
  public var words: String

  private static let keyword = "progress"

  /// Creates a line from its parts.
  public init(_ fraction: Double, _ words: String) {
    self.fraction = min(max(fraction, 0), 1)
    self.words = words
  }

  /// Reads a line; nil for any other line.
  public init?(_ line: some StringProtocol) {
    let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == Self.keyword, let fraction = Double(parts[1]),
      (0...1).contains(fraction)
    else { return nil }
    self.init(fraction, String(parts[2]))
  }

  /// The line in its printed form.
  public var description: String {
    "\(Self.keyword) \((fraction * 1000).rounded() / 1000) \(words)"
  }
}
