/// The characters that a folder of maps shows.
public enum MapSubject: Equatable, Sendable {
  /// One character alone, by its index in the scene.
  case character(Int)
  /// Several in one picture, each hiding the things behind it.
  case together([Int])

  /// The indices of all of them.
  public var indices: [Int] {
    switch self {
    case .character(let index): [index]
    case .together(let indices): indices
    }
  }
}
