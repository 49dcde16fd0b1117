/// What several maps are made of, made when the first of them asks for it.
final class MadeOnce<Key: Hashable, Made> {
  private var made: [Key: Made] = [:]

  /// What `make` gives for `key`, or gave before.
  func callAsFunction(_ key: Key, _ make: () -> Made) -> Made {
    if let known = made[key] { return known }
    let new = make()
    made[key] = new
    return new
  }
}
