internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The items to choose from: the pose library with its gestures and hand shapes, the poses beside
/// the scene, pairs and props.
public struct StudioLibrary: Sendable {
  /// A pose, gesture or hand shape.
  public struct Item: Equatable, Sendable {
    /// The name, as in a pose's `"base"` or in `"hands"`.
    public var name: String
    /// The name to show.
    public var title: String
    /// The words by which it is found.
    public var tags: [String]
    /// The direction from which to draw its picture.
    var view = PoseCard.View.usual
    /// Whether a gesture can be meant for someone.
    var isDirected = false
    /// The limb that it poses; nil for a pose of the whole body, and for a hand shape.
    var limb: Limb?
    /// The angles of a limb's joints, as `pasteLimb` takes them.
    var joints: JSONValue?
  }

  /// The library's poses, sorted by name.
  public let poses: [Item]
  /// The library's gestures, sorted by name.
  public let gestures: [Item]
  /// The library's hand shapes, sorted by name.
  public let hands: [Item]
  /// The folder of the library; nil if it was not found.
  let rigsFolder: String?
  /// The scene beside which there can be more poses.
  private let scenePath: String?

  /// Loads the library in a folder.
  ///
  /// - Parameters:
  ///   - rigsFolder: nil for the folder `Rigs` beside the program.
  ///   - scenePath: a scene, to offer the pose files beside it too.
  public init(rigsFolder: String?, scenePath: String? = nil) {
    let folder = RigsFolder.find(rigsFolder)
    self.rigsFolder = folder
    self.scenePath = scenePath
    let items = (folder.map(PoseLibrary.cards) ?? []).map { card in
      let title = card.title == card.name ? card.bareName : card.title
      var item = Item(name: card.bareName, title: title, tags: card.tags, view: card.view)
      if card.kind == .gesture, let folder {
        item.isDirected = PoseLibrary.useOfGesture(card.bareName, in: folder).isDirected
      }
      return (kind: card.kind, item: item)
    }
    poses = items.filter { $0.kind == .pose }.map(\.item)
    gestures = items.filter { $0.kind == .gesture }.map(\.item)
    hands = items.filter { $0.kind == .hand }.map(\.item)
  }

  /// The size of the largest pose file that is offered, in bytes.
  private static let largest = 1 << 20
  /// The largest number of pose files that are offered.
  private static let most = 500

  static func document(_ path: String) -> Document? {
    guard case .success(let bytes) = FileLoader.bytes(path, upTo: largest) else { return nil }
    return try? Document(bytes, file: path)
  }

  // MARK: Beside the scene

  /// Returns the path of a pose file beside the scene; nil for a name that is not a valid file
  /// name.
  func path(ofOwn name: String) -> String? {
    guard let scenePath, name.hasSuffix(Self.suffix), !name.contains("/") else { return nil }
    return FilePath.resolve(name, besides: scenePath)
  }

  static let suffix = ".pose.json"

  /// Returns the poses and hand shapes in files beside the scene, as they are now.
  func own() -> (poses: [Item], hands: [Item]) {
    guard let scenePath else { return ([], []) }
    let folder = FilePath.resolve(".", besides: scenePath)
    let names = FolderListing.names(folder.isEmpty ? "." : folder)
      .filter { $0.hasSuffix(Self.suffix) }
    var (poses, hands): ([Item], [Item]) = ([], [])
    for name in names.prefix(Self.most) {
      guard let document = path(ofOwn: name).flatMap(Self.document), document.kind == .pose else {
        continue
      }
      let title = document.title ?? String(name.dropLast(Self.suffix.count))
      var item = Item(name: name, title: title, tags: ["own"])
      let joints = (document.root["joints"]?.members ?? []).compactMap {
        JointName(rawValue: $0.key)
      }
      let isWhole = document.root["base"] != nil || document.root["blend"] != nil || joints.isEmpty
      let limb = Limb.allCases.first { limb in joints.allSatisfy(limb.joints.contains) }
      switch isWhole ? .whole : limb {
      case .leftHand, .rightHand: hands.append(item)
      case .whole, nil: poses.append(item)
      case .some(let limb):
        item.limb = limb
        item.joints = document.root["joints"].map(JSONValue.init)
        poses.append(item)
      }
    }
    return (poses, hands)
  }

  // MARK: JSON

  /// The library in the form that pages read.
  var value: JSONValue {
    let own = own()
    return .members([
      "poses": .list((own.poses + poses).map(Self.value)),
      "gestures": .list(
        gestures.map {
          Self.value($0).with("isDirected", .boolean($0.isDirected))
        }),
      "hands": .list((own.hands + hands).map(Self.value)),
      "pairs": .list(
        LibraryPair.all.map {
          Self.value(Item(name: $0.name, title: $0.title, tags: $0.tags))
        }),
      "props": .list(
        LibraryProp.all.map { prop in
          .members([
            "name": .string(prop.name), "title": .string(prop.title), "tags": .texts(prop.tags),
            "value": prop.value,
          ])
        }),
    ])
  }

  private static func value(_ item: Item) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "name", value: .string(item.name)),
      .init(key: "title", value: .string(item.title)),
      .init(key: "tags", value: .texts(item.tags)),
    ]
    if let limb = item.limb, let joints = item.joints {
      members.append(.init(key: "limb", value: .string(limb.rawValue)))
      members.append(.init(key: "joints", value: joints))
    }
    return .object(members)
  }
}

extension Document {
  /// The name to show that a file specifies; nil if there is no name.
  fileprivate var title: String? { root["name"]?.text }
}
