/// The path of a merged value, which identifies items by name, since their index can differ between
/// versions.
package struct MergePath: Hashable, Sendable, CustomStringConvertible {
  /// One step into a value.
  package enum Step: Hashable, Sendable {
    /// The member of an object.
    case key(String)
    /// The item of a list with this id or name.
    case item(String)
    /// The item of a list without ids, by its index in the base or in the side that added it.
    case index(Int)
  }

  /// The steps, outermost first.
  package var steps: [Step] = []

  func key(_ key: String) -> MergePath { MergePath(steps: steps + [.key(key)]) }
  func item(_ name: String) -> MergePath { MergePath(steps: steps + [.item(name)]) }
  func index(_ index: Int) -> MergePath { MergePath(steps: steps + [.index(index)]) }

  /// The path as written in messages: `characters[ana].pose.look`.
  package var description: String {
    steps.reduce("") { text, step in
      switch step {
      case .key(let key): text.isEmpty ? key : "\(text).\(key)"
      case .item(let name): "\(text)[\(name)]"
      case .index(let index): "\(text)[\(index)]"
      }
    }
  }
}
