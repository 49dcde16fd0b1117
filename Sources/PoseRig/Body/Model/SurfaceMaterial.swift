/// The rule by which pixels of some triangles of a surface are seen.
public struct SurfaceMaterial: Equatable, Sendable {
  /// The triangles that the material is on; materials follow each other without gaps.
  public var triangles: Range<Int>
  /// Whether the triangles are seen from behind too.
  public var doubleSided: Bool
  /// The cut; nil if nothing is cut away.
  public var cutout: Cutout?
  /// The index among the surface's textures of the one with the skin's tones (``FaceTones``); nil
  /// for one tone everywhere. A material has a cutout or tones, not both.
  public var tones: Int?

  /// A material from its parts.
  public init(
    triangles: Range<Int>, doubleSided: Bool, cutout: Cutout? = nil, tones: Int? = nil
  ) {
    self.triangles = triangles
    self.doubleSided = doubleSided
    self.cutout = cutout
    self.tones = tones
  }

  /// A cut: where opacity falls below a limit, nothing is there.
  public struct Cutout: Equatable, Sendable {
    /// The least opacity that is seen.
    public var cutoff: Float
    /// The factor on the texture's opacity.
    public var factor: Float
    /// Index into the surface's textures; nil for opaque everywhere.
    public var texture: Int?

    /// A cutout from its parts.
    public init(cutoff: Float, factor: Float, texture: Int?) {
      self.cutoff = cutoff
      self.factor = factor
      self.texture = texture
    }
  }
}

/// The opacity of an image, or the tones of skin as shares of the brightest.
public struct OpacityTexture: Equatable, Sendable {
  /// The image beyond its edges.
  public enum Wrap: UInt8, Sendable { case clamp, mirror, `repeat` }

  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// The image to the left and right.
  public var wrapX: Wrap
  /// The image above and below.
  public var wrapY: Wrap
  /// The opacity of each pixel, row by row from the top, 255 for opaque.
  public var opacity: [UInt8]
  /// Whether smaller copies of it are made for views from afar.
  public var isMinified: Bool

  /// An image from its parts, of `width * height` bytes.
  public init(
    width: Int, height: Int, wrapX: Wrap, wrapY: Wrap, isMinified: Bool = true, opacity: [UInt8]
  ) {
    precondition(opacity.count == width * height, "OpacityTexture: one byte a pixel")
    self.width = width
    self.height = height
    self.wrapX = wrapX
    self.wrapY = wrapY
    self.opacity = opacity
    self.isMinified = isMinified
  }
}

/// The materials of a surface, with their textures and where these lie.
public struct SurfaceLook: Equatable, Sendable {
  /// The materials, in the order of their triangles.
  public var materials: [SurfaceMaterial]
  /// The textures that the materials refer to.
  public var textures: [OpacityTexture]
  /// The point of the texture at each vertex, (0, 0) the upper left; empty without textures.
  public var textureCoordinates: [SIMD2<Float>]

  /// A look from its parts.
  public init(
    materials: [SurfaceMaterial], textures: [OpacityTexture] = [],
    textureCoordinates: [SIMD2<Float>] = []
  ) {
    self.materials = materials
    self.textures = textures
    self.textureCoordinates = textureCoordinates
  }

  /// Whether no material is seen from behind, and nothing is cut away.
  package var isWhole: Bool { materials.allSatisfy { !$0.doubleSided && $0.cutout == nil } }
}
