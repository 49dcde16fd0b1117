/// Things that several maps are made of, each made when the first of them asks for it.
final class MadeOnce<Key: Hashable, Made> {
  private var made: [Key: Made] = [:]

  /// Returns the thing made for `key` before, or else the one that `make` makes now.
  func callAsFunction(_ key: Key, _ make: () -> Made) -> Made {
    if let known = made[key] { return known }
    let new = make()
    made[key] = new
    return new
  }
}
