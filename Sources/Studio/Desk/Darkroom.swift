internal import Export
internal import MapRender
internal import NIOCore
internal import PoseRig
internal import SceneFiles
internal import Synchronization

/// A request for maps of a scene.
struct MapOrder: Sendable {
  /// The scene as it was solved.
  let scene: PosedScene
  /// The maps.
  let wish: MapWish
  /// The state of the session that the scene is.
  let revision: Int

  /// An order for the scene that a session shows; nil while there is nothing to see.
  init?(_ wish: MapWish, _ session: StudioSession, revision: Int) {
    guard let scene = session.shown else { return nil }
    (self.scene, self.wish, self.revision) = (scene, wish, revision)
  }
}

/// A second thread, for pictures that nobody drags: maps beside the view and the library's
/// thumbnails.
actor Darkroom {
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.executor.asUnownedSerialExecutor()
  }
  nonisolated private let thread: any EventLoop
  nonisolated private let orders = Mutex<[Int: MapOrder]>([:])

  private let sessions = RenderSessions()
  private var thumbnails: [String: [UInt8]] = [:]
  private let library: StudioLibrary

  init(on thread: any EventLoop, library: StudioLibrary) {
    self.thread = thread
    self.library = library
  }

  // MARK: Maps

  /// Draws maps for a tab, in place of those that it wanted before; with nil no more.
  nonisolated func want(_ order: MapOrder?, for link: TabLink) {
    let isNew = orders.withLock { orders in
      defer { orders[link.tab] = order }
      return orders[link.tab] == nil
    }
    if order != nil, isNew { Task { await develop(for: link) } }
  }

  /// Draws map after map; what is wanted meanwhile comes first.
  private func develop(for link: TabLink) {
    while let order = orders.withLock({ $0[link.tab] }) {
      let isDone = draw(order, for: link)
      orders.withLock { orders in
        if isDone, orders[link.tab]?.revision == order.revision,
          orders[link.tab]?.wish == order.wish
        {
          orders[link.tab] = nil
        }
      }
    }
  }

  /// Draws the maps of an order; returns false where another took its place.
  private func draw(_ order: MapOrder, for link: TabLink) -> Bool {
    let canvas = order.scene.camera.canvas
    let height = min(order.wish.height, canvas.height)
    let width = max(1, Int((Double(canvas.width * height) / Double(canvas.height)).rounded()))
    for name in order.wish.names.compactMap(MapName.init(rawValue:)) {
      let isCurrent = orders.withLock {
        $0[link.tab]?.revision == order.revision && $0[link.tab]?.wish == order.wish
      }
      guard isCurrent else { return false }
      // Lines and sticks are some pixels wide at any size: only a whole map made smaller shows it.
      guard let whole = try? picture(name, of: order.scene, order.wish.subject),
        let bytes = try? PNGFile.encode(
          SmallMap.of(name, whole.inColor, width: width, height: height))
      else { continue }
      link.send(
        .picture(
          head: .members([
            "kind": .string("map"), "name": .string(name.rawValue),
            "subject": .string(order.wish.subject ?? "all"), "revision": .int(order.revision),
            "width": .int(width), "height": .int(height),
          ]), bytes: bytes))
    }
    return true
  }

  /// Returns a map of a scene in full size, as `render` writes it; nil for an unknown map or
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

  /// Returns the picture of a pose, hand shape or pair of the library; nil for an unknown name.
  func thumbnail(_ kind: String, _ name: String) throws -> [UInt8]? {
    let key = "\(kind)/\(name)"
    if let known = thumbnails[key] { return known }
    guard let picture = try library.thumbnail(kind, name, sessions) else { return nil }
    let bytes = try PNGFile.encode(picture)
    thumbnails[key] = bytes
    return bytes
  }
}
