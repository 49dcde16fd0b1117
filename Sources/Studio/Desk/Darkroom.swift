internal import Export
internal import MapRender
internal import NIOCore
internal import PoseRig
internal import PosemapKit
internal import SceneFiles
internal import Synchronization

/// A request for maps of a scene.
struct MapOrder: Sendable {
  /// The solved scene.
  let scene: PosedScene
  /// The maps still to be drawn; the next one is the last in the list.
  var request: MapRequest
  /// The session's revision that the scene belongs to.
  let revision: Int

  /// Creates an order for the scene that a session shows; nil if there is nothing to see.
  init?(_ request: MapRequest, _ session: StudioSession, revision: Int) {
    guard let scene = session.shown else { return nil }
    (self.scene, self.request, self.revision) = (scene, request, revision)
    self.request.names.reverse()
  }
}

/// A second drawing thread, for pictures that are not dragged: the maps beside the view, and the
/// library's thumbnails.
actor Darkroom {
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.executor.asUnownedSerialExecutor()
  }
  nonisolated private let thread: any EventLoop
  nonisolated private let orders = Mutex<[Int: MapOrder]>([:])

  private let sessions = RenderSessions()
  private var thumbnails: [String: Thumbnail] = [:]
  private let library: StudioLibrary

  init(on thread: any EventLoop, library: StudioLibrary) {
    self.thread = thread
    self.library = library
  }

  // MARK: Maps

  /// Draws maps for a tab, replacing those that it wanted before; nil cancels them.
  nonisolated func want(_ order: MapOrder?, for link: TabLink) {
    let isNew = orders.withLock { orders in
      defer { orders[link.tab] = order }
      return orders[link.tab] == nil
    }
    if order != nil, isNew { Task { await develop(for: link) } }
  }

  /// Draws the next map that a tab wants; other tabs get their turn before the one after that.
  private func develop(for link: TabLink) {
    let next = orders.withLock { orders in
      let name = orders[link.tab]?.request.names.popLast()
      defer { if name == nil { orders[link.tab] = nil } }
      return name.flatMap { name in orders[link.tab].map { (name, $0) } }
    }
    guard let (name, order) = next else { return }
    do {
      if let map = MapName(rawValue: name), let picture = try small(map, order) {
        link.send(picture)
      }
    } catch {
      link.send(.refusal("the map \(name) cannot be drawn: \(error)"))
    }
    Task { develop(for: link) }
  }

  /// Draws a small preview of a map; returns nil if the character does not exist.
  private func small(_ name: MapName, _ order: MapOrder) throws -> Outgoing? {
    let canvas = order.scene.camera.canvas
    let height = min(order.request.height, canvas.height)
    let width = max(1, Int((Double(canvas.width * height) / Double(canvas.height)).rounded()))
    // Lines and limbs keep their width in pixels at any size, so draw the full map and shrink it.
    guard let whole = try picture(name, of: order.scene, order.request.subject) else { return nil }
    let small = SmallMap.of(name, whole.inColor, width: width, height: height)
    return .picture(
      head: .members([
        "kind": .string("map"), "name": .string(name.rawValue),
        "subject": .string(order.request.subject ?? "all"), "revision": .int(order.revision),
        "width": .int(width), "height": .int(height),
      ]), bytes: try PNGFile.encode(small))
  }

  /// Returns a full-size map of a scene, as `render` writes it; nil for an unknown map or
  /// character.
  func map(_ name: String, of scene: PosedScene, subject: String?) throws -> [UInt8]? {
    guard let map = MapName(rawValue: name) else { return nil }
    return try picture(map, of: scene, subject)?.png()
  }

  private func picture(
    _ map: MapName, of scene: PosedScene, _ subject: String?
  ) throws -> Picture? {
    let drawn: MapSubject
    if let subject {
      guard let index = scene.characters.firstIndex(where: { $0.id == subject }) else { return nil }
      drawn = .character(index)
    } else {
      drawn = .together(Array(scene.characters.indices))
    }
    let buffers = try CharacterBuffers(scene, in: try sessions.session(of: scene.camera.canvas))
    return try MapDrawing(drawn, of: scene, buffers: buffers, maps: [map]).picture(map)
  }

  // MARK: Thumbnails

  /// A picture of the library.
  struct Thumbnail {
    /// The picture's bytes.
    let bytes: [UInt8]
    /// The stamp of the pose file that it shows; nil for one that comes with the program.
    let stamp: FileStamp?
  }

  /// Returns the picture of a pose, hand shape or pair of the library; nil for an unknown name.
  func thumbnail(_ kind: String, _ name: String) throws -> Thumbnail? {
    let key = "\(kind)/\(name)"
    let stamp = library.path(ofOwn: name).map { FileStamp($0) }
    if let known = thumbnails[key], known.stamp == stamp { return known }
    guard let picture = try library.thumbnail(kind, name, sessions) else { return nil }
    let thumbnail = Thumbnail(bytes: try PNGFile.encode(picture), stamp: stamp)
    thumbnails[key] = thumbnail
    return thumbnail
  }
}
