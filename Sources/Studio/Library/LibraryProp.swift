internal import PoseRig
public import SceneFiles

/// A prop of the library, from `Resources/library/props.json`.
public struct LibraryProp: Equatable, Sendable {
  /// The name, which ids of new props begin with.
  public let name: String
  /// The name for a person.
  public let title: String
  /// The words that it is found by.
  public let tags: [String]
  /// The object for a scene's `"props"`, without an id; its position is that on the floor at the
  /// middle of the world.
  public let value: JSONValue

  /// All of them, in the order to show them.
  public static let all: [LibraryProp] = {
    let bytes = EmbeddedFiles.file("Sources/Studio/Resources/library/props.json") ?? []
    let items = (try? JSONParser.parse(bytes))?.items ?? []
    return items.compactMap { item in
      guard let name = item["name"]?.text, let title = item["title"]?.text,
        let value = item["value"]
      else { return nil }
      return LibraryProp(
        name: name, title: title, tags: (item["tags"]?.items ?? []).compactMap(\.text),
        value: JSONValue(value))
    }
  }()

  /// Returns the prop for a scene that shows it alone; nil for a value that is not a prop.
  func prop() -> Prop? {
    guard case .object(var members) = value else { return nil }
    members.append(.init(key: "id", value: .string(name)))
    return PropReader.prop(in: .object(members))
  }
}
