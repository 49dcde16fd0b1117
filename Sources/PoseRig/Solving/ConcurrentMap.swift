internal import Dispatch

extension ClosedRange<Int> {
  /// Returns the results of `transform` for each number, in order, calculated on all cores.
  package func concurrentMap<Result: Sendable>(_ transform: @Sendable (Int) -> Result) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // Each element is written once, by the task with its number.
      nonisolated(unsafe) let results = buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        results.initializeElement(at: index, to: transform(lowerBound + index))
      }
      initializedCount = count
    }
  }
}
