/// Values that several maps share, each made when the first map requests it.
final class MadeOnce<Key: Hashable, Made> {
  private var made: [Key: Made] = [:]

  /// Returns the value made earlier for `key`, or makes it now with `make`.
  func callAsFunction(_ key: Key, _ make: () -> Made) -> Made {
    if let known = made[key] { return known }
    let new = make()
    made[key] = new
    return new
  }
}
