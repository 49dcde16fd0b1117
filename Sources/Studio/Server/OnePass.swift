internal import Synchronization

/// A key that opens the page once.
///
/// Every user of the machine can see a browser's command line, but not the address that the browser
/// shows. The key on the command line is worthless after its first use.
final class OnePass: Sendable {
  /// The key.
  let key = AccessGuard.newToken()
  private let isOpen = Mutex(true)

  /// Returns whether a key is this one, and invalidates it.
  func isUsed(_ key: String) -> Bool {
    guard AccessGuard.areEqual(key, self.key) else { return false }
    return isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
  }
}
