public import PoseRig

/// The G-buffers of a scene: each character alone in front of the one camera, and the props.
///
/// The depth range needs all of them before the first map can be drawn. Small buffers are kept;
/// large ones, which would fill gigabytes, are drawn again.
public struct CharacterBuffers: ~Copyable {
  /// The number of pixels over all layers up to which buffers are kept; a pixel takes 16 bytes.
  static let keptPixels = 1 << 25

  private let scene: PosedScene
  private let session: RenderSession
  private var kept: [GBuffer] = []

  /// The range of distances in the whole scene, including props even where they are not drawn, so
  /// that a character's depth map does not change with its limbs or with the other characters
  /// drawn; nil if nothing is in the picture.
  public let depthRange: DepthRange?
  /// The range of distances of each character; nil if it is not in the picture.
  public let rangeOfCharacter: [DepthRange?]

  /// The range of distances of all characters, drawn or not; nil if nobody is in the picture.
  public var characterRange: DepthRange? { rangeOfCharacter.reduce(nil) { $0.union($1) } }

  /// Draws everything in `scene` once, in its own session or one shared by other scenes with this
  /// canvas.
  public init(_ scene: PosedScene, in session: RenderSession? = nil) throws(RenderError) {
    let canvas = scene.camera.canvas
    let session = if let session { session } else { try RenderSession(canvas: canvas) }
    let layers = Self.layers(scene)
    let keeps = canvas.width * canvas.height * layers <= Self.keptPixels
    var kept: [GBuffer] = []
    var ranges: [DepthRange?] = []
    for index in 0..<layers {
      let buffer = try session.pass.draw(Self.surfaces(scene, index), camera: scene.camera)
      ranges.append(DepthRange(covering: buffer))
      if keeps { kept.append(buffer) }
    }
    self.scene = scene
    self.session = session
    self.kept = kept
    rangeOfCharacter = Array(ranges.prefix(scene.characters.count))
    depthRange = ranges.reduce(nil) { $0.union($1) }
  }

  /// Returns the depth range of a scene that needs nothing else, with or without its props, joined
  /// with the range `known` before.
  public static func depthRange(
    of scene: PosedScene, withProps: Bool, and known: DepthRange?, in session: RenderSession
  ) throws(RenderError) -> DepthRange? {
    var range = known
    for index in 0..<(withProps ? layers(scene) : scene.characters.count) {
      let surfaces = surfaces(scene, index)
      if let range, let reach = DepthReach.range(of: surfaces, scene.camera),
        range.near <= reach.near, reach.far <= range.far
      {
        continue
      }
      range = range.union(try session.pass.depthRange(of: surfaces, camera: scene.camera))
    }
    return range
  }

  /// Returns bounds on how near and how far anything in a scene can be, with or without its props,
  /// without drawing it; nil if they cannot be determined.
  public static func reach(of scene: PosedScene, withProps: Bool) -> DepthRange? {
    let layers = withProps ? layers(scene) : scene.characters.count
    return DepthReach.range(of: (0..<layers).flatMap { surfaces(scene, $0) }, scene.camera)
  }

  /// Returns the character at `index` alone.
  public func buffer(of index: Int) throws(RenderError) -> GBuffer { try layer(index) }

  /// Returns the character at `index` among the props.
  public func bufferWithProps(of index: Int) throws(RenderError) -> GBuffer {
    let alone = try layer(index)
    if scene.props.isEmpty { return alone }
    let props = try layer(scene.characters.count)
    var buffer = alone.spread(over: alone.bounds.union(props.bounds))
    buffer.lay(props)
    return buffer
  }

  /// Returns several characters together, each hiding what is behind it, with the props if
  /// requested; and the index of the character at each pixel of the buffer's bounds, nil on props
  /// and background.
  /// - Precondition: `indices` is not empty.
  public func together(
    _ indices: [Int], withProps: Bool
  ) throws(RenderError) -> (buffer: GBuffer, characters: [Int?]) {
    // In the order of the ids, so that the order in the file never matters, even in ties.
    let order = indices.sorted {
      scene.characters[$0].id < scene.characters[$1].id
    }
    let showsProps = withProps && !scene.props.isEmpty
    var layers: [(index: Int?, buffer: GBuffer)] = []
    for index in order { layers.append((index, try layer(index))) }
    if showsProps { layers.append((nil, try layer(scene.characters.count))) }
    let first = layers[0]
    let bounds = layers.reduce(PixelBounds.none) { $0.union($1.buffer.bounds) }
    var buffer = first.buffer.spread(over: bounds)
    var characters: [Int?] = buffer.depth.map { $0 > 0 ? first.index : nil }
    for layer in layers.dropFirst() {
      buffer.lay(layer.buffer) { characters[$0] = layer.index }
    }
    return (buffer, characters)
  }

  /// Returns the picture of a buffer of some characters, with props or without, in the scene's
  /// lights; nil for a scene without lights.
  func lit(
    _ subject: MapSubject, _ buffer: GBuffer, withProps: Bool
  ) throws(RenderError) -> Inset<RGB8>? {
    guard let lights = scene.lights else { return nil }
    return try LitPicture.draw(
      buffer, showing: subject.indices, withProps: withProps, of: scene, by: lights,
      in: session.pass)
  }

  /// Returns a character or, after the last, all props.
  private func layer(_ index: Int) throws(RenderError) -> GBuffer {
    if kept.indices.contains(index) { return kept[index] }
    return try session.pass.draw(Self.surfaces(scene, index), camera: scene.camera)
  }

  private static func layers(_ scene: PosedScene) -> Int {
    scene.characters.count + (scene.props.isEmpty ? 0 : 1)
  }

  private static func surfaces(_ scene: PosedScene, _ index: Int) -> [PosedSurface] {
    index < scene.characters.count ? scene.characters[index].surfaces : scene.props.map(\.surface)
  }
}
