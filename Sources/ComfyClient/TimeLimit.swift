/// The failure of work that took too long.
struct LateError: Error {}

/// Returns the result of `work`, or cancels it and throws ``LateError`` when the time is up.
func within<Value: Sendable>(
  seconds: Double, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask(operation: work)
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      throw LateError()
    }
    defer { group.cancelAll() }
    guard let value = try await group.next() else { throw LateError() }
    return value
  }
}
