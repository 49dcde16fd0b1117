internal import PoseRig
public import SceneFiles

/// A prop of the library, from `Resources/library/props.json`.
public struct LibraryProp: Equatable, Sendable {
  /// The name, which the ids of new props begin with.
  public let name: String
  /// The name to show.
  public let title: String
  /// The words by which it is found.
  public let tags: [String]
  /// The object for a scene's `"props"`, without an id, positioned on the floor at the origin.
  public let value: JSONValue

  /// All props, in the order to show them.
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

  /// Returns the prop for a scene that shows only it; nil if the value is not a prop.
  func prop() -> Prop? {
    guard case .object(var members) = value else { return nil }
    members.append(.init(key: "id", value: .string(name)))
    return PropReader.prop(in: .object(members))
  }
}
