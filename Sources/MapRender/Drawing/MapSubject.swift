/// The characters that a folder of maps shows.
public enum MapSubject: Equatable, Sendable {
  /// One character alone, by its index in the scene.
  case character(Int)
  /// Several characters in one picture, each hiding what is behind it.
  case together([Int])

  /// The indices of all these characters.
  public var indices: [Int] {
    switch self {
    case .character(let index): [index]
    case .together(let indices): indices
    }
  }
}
