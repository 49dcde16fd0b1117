internal import Synchronization

/// Estimates when work will end, from the share that is done.
package final class RunClock: Sendable {
  /// The seconds before anything is estimated: the time that models take to load predicts nothing.
  private static let hesitation = 5.0

  package init() {}

  private let start = Mutex<(time: ContinuousClock.Instant, share: Double)?>(nil)

  /// Returns the share in percent and, once it can be estimated, the time left: "31 %, 2 min left".
  ///
  /// Work done before the first call, such as nodes from a cache, says nothing about the speed.
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
