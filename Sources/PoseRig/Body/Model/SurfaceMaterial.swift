/// The rule that determines visible pixels for some triangles of a surface.
public struct SurfaceMaterial: Equatable, Sendable {
  /// The triangles with the material; the ranges of materials are contiguous.
  public var triangles: Range<Int>
  /// Whether the triangles are visible from behind too.
  public var doubleSided: Bool
  /// The cutout; nil if nothing is cut away.
  public var cutout: Cutout?
  /// The index in the surface's textures of the one with the skin's tones (``FaceTones``); nil for
  /// a uniform tone. A material has a cutout or tones, not both.
  public var tones: Int?

  /// Creates a material from its parts.
  public init(
    triangles: Range<Int>, doubleSided: Bool, cutout: Cutout? = nil, tones: Int? = nil
  ) {
    self.triangles = triangles
    self.doubleSided = doubleSided
    self.cutout = cutout
    self.tones = tones
  }

  /// A cutout: pixels with an opacity below a limit are not drawn.
  public struct Cutout: Equatable, Sendable {
    /// The smallest visible opacity.
    public var cutoff: Float
    /// The factor for the texture's opacity.
    public var factor: Float
    /// The index in the surface's textures; nil if it is opaque everywhere.
    public var texture: Int?

    /// Creates a cutout from its parts.
    public init(cutoff: Float, factor: Float, texture: Int?) {
      self.cutoff = cutoff
      self.factor = factor
      self.texture = texture
    }
  }
}

/// The opacity of an image, or the tones of skin as shares of the brightest tone.
public struct OpacityTexture: Equatable, Sendable {
  /// The treatment of coordinates beyond the edges.
  public enum Wrap: UInt8, Sendable { case clamp, mirror, `repeat` }

  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// The horizontal wrap mode.
  public var wrapX: Wrap
  /// The vertical wrap mode.
  public var wrapY: Wrap
  /// The opacity of each pixel, row by row from the top, 255 for opaque.
  public var opacity: [UInt8]
  /// Whether to create smaller copies for distant views.
  public var isMinified: Bool

  /// Creates an image from its parts, with `width * height` bytes.
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

/// The materials of a surface, with their textures and texture coordinates.
public struct SurfaceLook: Equatable, Sendable {
  /// The materials, in the order of their triangles.
  public var materials: [SurfaceMaterial]
  /// The textures that the materials refer to.
  public var textures: [OpacityTexture]
  /// The texture coordinates of each vertex, with (0, 0) in the upper left; empty without textures.
  public var textureCoordinates: [SIMD2<Float>]

  /// Creates a look from its parts.
  public init(
    materials: [SurfaceMaterial], textures: [OpacityTexture] = [],
    textureCoordinates: [SIMD2<Float>] = []
  ) {
    self.materials = materials
    self.textures = textures
    self.textureCoordinates = textureCoordinates
  }

  /// Whether no material is double-sided or has a cutout.
  package var isWhole: Bool { materials.allSatisfy { !$0.doubleSided && $0.cutout == nil } }
}
