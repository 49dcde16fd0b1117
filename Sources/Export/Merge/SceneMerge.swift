public import MapRender
public import PoseRig

/// Combines pictures of a scene's characters, each generated alone, into one, with the nearer ones
/// in front.
public struct SceneMerge {
  /// One character's picture.
  public struct Source: Sendable {
    /// The character's id; nil for a base without characters.
    public var id: String?
    /// The picture, with the canvas' size.
    public var image: Image<RGB8>
    /// The opacity of each pixel, 0 to 255, where the base shows through; nil for an opaque
    /// picture.
    public var opacity: Image<UInt8>?

    /// Creates a source from a picture and the id of the character that it shows.
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
    /// The ids of the characters without a pixel in the merged picture.
    public var unused: [String]
  }

  /// The distance by which hair and clothes extend beyond the silhouettes, in pixels; see
  /// ``OwnerMap``.
  public var grow: Int
  /// The total width of the seam, in pixels.
  public var feather: Int
  /// Whether to match each picture's colors to the base's first.
  public var matches: Bool
  /// Whether to return layers too.
  public var layered: Bool

  /// Creates a merge from its settings.
  public init(grow: Int = 0, feather: Int = 8, matches: Bool = false, layered: Bool = false) {
    self.grow = grow
    self.feather = feather
    self.matches = matches
    self.layered = layered
  }

  /// Merges pictures of characters of `scene` into `base`.
  ///
  /// - Precondition: the ids are different and in the scene, and the pictures have the canvas'
  ///   size.
  public func merge(
    _ pictures: [Source], into base: Source, scene: PosedScene
  ) throws -> Result {
    // Sort by id, so that the order of the arguments has no effect.
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
    // Hair and clothes extend by one or two percent of the picture's size.
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
