internal import Dispatch
internal import Synchronization

/// Runs asynchronous work from a synchronous command, and waits for it.
///
/// Only the commands that talk to servers need it.
enum Waiting {
  static func result<Value: Sendable>(
    of work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Value, any Error>?>(nil)
    Task.detached {
      let outcome: Result<Value, any Error>
      do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
      result.withLock { $0 = outcome }
      done.signal()
    }
    done.wait()
    guard let outcome = result.withLock({ $0 }) else { fatalError("work ended without a result") }
    return try outcome.get()
  }
}
