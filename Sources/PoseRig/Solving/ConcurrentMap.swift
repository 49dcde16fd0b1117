internal import Dispatch

extension ClosedRange<Int> {
  /// What `transform` makes of each number, in order, worked out on all cores.
  func concurrentMap<Result: Sendable>(_ transform: @Sendable (Int) -> Result) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // Each place is written once, by whoever has its number.
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        places.initializeElement(at: index, to: transform(lowerBound + index))
      }
      initializedCount = count
    }
  }
}
