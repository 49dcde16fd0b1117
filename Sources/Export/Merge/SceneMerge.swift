public import MapRender
public import PoseRig

/// Puts pictures of a scene's characters, each generated alone, into one, the nearer before the
/// farther.
public struct SceneMerge {
  /// One character's picture.
  public struct Source: Sendable {
    /// The character's id; nil in a base that shows nobody.
    public var id: String?
    /// The picture, of the canvas' size.
    public var image: Image<RGB8>
    /// The opacity of each pixel, 0 to 255; nil for an opaque picture. The base shines through.
    public var opacity: Image<UInt8>?

    /// A picture and the id of the character it shows.
    public init(id: String?, image: Image<RGB8>, opacity: Image<UInt8>? = nil) {
      self.id = id
      self.image = image
      self.opacity = opacity
    }
  }

  /// The result of merging.
  public struct Result: Sendable {
    /// The merged picture.
    public var picture: Image<RGB8>
    /// The picture in layers, if requested.
    public var layers: LayeredPicture?
    /// The ids of the characters with too little background around them to match colors.
    public var unmatched: [String]
    /// The ids of the characters with no pixel in the merged picture.
    public var unused: [String]
  }

  /// How far what characters wear stands out from their silhouettes, in pixels; see ``OwnerMap``.
  public var grow: Int
  /// How wide the seam is in all, in pixels.
  public var feather: Int
  /// Whether each picture's colors are matched to the base's before.
  public var matches: Bool
  /// Whether layers are wanted.
  public var layered: Bool

  /// A merge from its settings.
  public init(grow: Int = 0, feather: Int = 8, matches: Bool = false, layered: Bool = false) {
    self.grow = grow
    self.feather = feather
    self.matches = matches
    self.layered = layered
  }

  /// Merges pictures of characters of `scene` into `base`.
  /// - Precondition: all ids are the scene's and differ, and the pictures have the canvas' size.
  public func merge(
    _ pictures: [Source], into base: Source, scene: PosedScene
  ) throws -> Result {
    // By id, so that the order of the arguments decides nothing.
    var pictures = pictures.sorted { ($0.id ?? "") < ($1.id ?? "") }
    let indices = pictures.map { index(of: $0, in: scene) ?? 0 }
    let baseIndex = index(of: base, in: scene)
    let buffers = try CharacterBuffers(scene)
    var unmatched: [String] = []
    if matches {
      let taken = try baseIndex.map { MaskMap.draw(try buffers.buffer(of: $0)) }
      for (number, index) in indices.enumerated() {
        let own = MaskMap.draw(try buffers.buffer(of: index))
        if let match = match(pictures[number], own, base.image, taken) {
          pictures[number].image = match.applied(to: pictures[number].image)
        } else {
          unmatched.append(scene.characters[index].id)
        }
      }
    }
    for (number, picture) in pictures.enumerated() {
      guard let opacity = picture.opacity else { continue }
      pictures[number].image = picture.image.over(base.image, opacity: opacity)
    }
    let owners = try OwnerMap(
      of: scene, pictured: indices, base: baseIndex, grow: grow, buffers: buffers)
    let merged = PictureMerge(owners, feather: feather)
      .merged([base.image] + pictures.map(\.image))
    let layers = layered ? layers(pictures, indices, base, owners, merged, scene) : nil
    let unused = indices.indices.filter { !owners.shows($0) }
      .map { scene.characters[indices[$0]].id }
    return Result(picture: merged, layers: layers, unmatched: unmatched, unused: unused)
  }

  private func index(of source: Source, in scene: PosedScene) -> Int? {
    scene.characters.firstIndex { $0.id == source.id }
  }

  private func match(
    _ picture: Source, _ own: Inset<UInt8>, _ base: Image<RGB8>, _ taken: Inset<UInt8>?
  ) -> ColorMatch? {
    let side = max(base.width, base.height)
    // Hair and clothes stand out by a hundredth or two of the picture.
    let gap = max(feather / 2 + max(0, grow), side / 48)
    let ring = ColorMatch.ring(around: own, besides: taken, gap: gap, width: side / 16)
      .filter { picture.opacity?.pixels[$0] ?? 255 == 255 }
    return ColorMatch(of: picture.image, to: base, over: ring)
  }

  private func layers(
    _ pictures: [Source], _ indices: [Int], _ base: Source, _ owners: OwnerMap,
    _ merged: Image<RGB8>, _ scene: PosedScene
  ) -> LayeredPicture {
    let order = scene.farToNear(indices).compactMap(indices.firstIndex)
    let opacities = LayerMasks(owners, feather: feather).opacities(inOrder: order)
    var layers = [LayeredPicture.Layer(name: "base", image: base.image)]
    for (number, opacity) in zip(order, opacities) {
      layers.append(
        .init(
          name: pictures[number].id ?? "", image: pictures[number].image, opacity: opacity))
    }
    layers.append(.init(name: "merged", image: merged, isVisible: false))
    return LayeredPicture(layers: layers, merged: merged)
  }
}
