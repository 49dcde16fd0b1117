internal import Synchronization

/// A key that opens the page once.
///
/// The command line of a browser is to be seen by every user of the machine, the address that it
/// shows is not: what it is started with is worth nothing once it has been there.
final class OnePass: Sendable {
  /// The key.
  let key = AccessGuard.newToken()
  private let isOpen = Mutex(true)

  /// Whether a key is this one, which it is once.
  func isUsed(_ key: String) -> Bool {
    guard AccessGuard.areEqual(key, self.key) else { return false }
    return isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
  }
}
