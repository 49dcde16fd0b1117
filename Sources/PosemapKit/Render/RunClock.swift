internal import Synchronization

/// Estimates when work ends, from the share that is done.
package final class RunClock: Sendable {
  /// The seconds before which nothing is estimated: models load at first, and that tells nothing.
  private static let hesitation = 5.0

  package init() {}

  private let start = Mutex<(time: ContinuousClock.Instant, share: Double)?>(nil)

  /// Returns the share in percent and, once it can be told, the time left: "31 %, 2 min left".
  ///
  /// What was done before the first call, as nodes from a cache, says nothing of the speed.
  package func words(at share: Double, now: ContinuousClock.Instant = .now) -> String {
    let percent = "\(Int((share * 100).rounded(.down))) %"
    let begun = start.withLock { start in
      if start == nil { start = (now, share) }
      return start ?? (now, share)
    }
    let (seconds, done) = ((now - begun.time) / .seconds(1), share - begun.share)
    guard seconds >= Self.hesitation, done > 0 else { return percent }
    let left = seconds / done * (1 - share)
    return left < 90
      ? "\(percent), \(Int(left.rounded())) s left"
      : "\(percent), \(Int((left / 60).rounded())) min left"
  }
}
