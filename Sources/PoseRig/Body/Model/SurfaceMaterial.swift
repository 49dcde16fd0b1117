/// What decides which pixels of some triangles of a surface are seen.
public struct SurfaceMaterial: Equatable, Sendable {
  /// The triangles it is on; materials follow each other without gaps.
  public var triangles: Range<Int>
  /// Seen from behind too.
  public var doubleSided: Bool
  /// What is cut away; nil for nothing.
  public var cutout: Cutout?

  /// A material from its parts.
  public init(triangles: Range<Int>, doubleSided: Bool, cutout: Cutout? = nil) {
    self.triangles = triangles
    self.doubleSided = doubleSided
    self.cutout = cutout
  }

  /// Where opacity falls below a limit, nothing is there.
  public struct Cutout: Equatable, Sendable {
    /// The limit.
    public var cutoff: Float
    /// What the texture's opacity is multiplied by.
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

/// The opacity of an image.
public struct OpacityTexture: Equatable, Sendable {
  /// What lies beyond the edges.
  public enum Wrap: UInt8, Sendable { case clamp, mirror, `repeat` }

  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// To the left and right.
  public var wrapX: Wrap
  /// Above and below.
  public var wrapY: Wrap
  /// Row by row from the top, 255 for opaque.
  public var opacity: [UInt8]

  /// An image from its parts, of `width * height` bytes.
  public init(width: Int, height: Int, wrapX: Wrap, wrapY: Wrap, opacity: [UInt8]) {
    precondition(opacity.count == width * height, "OpacityTexture: one byte a pixel")
    self.width = width
    self.height = height
    self.wrapX = wrapX
    self.wrapY = wrapY
    self.opacity = opacity
  }
}

/// How the pixels of a surface are decided: its materials, their textures, and where those lie.
public struct SurfaceLook: Equatable, Sendable {
  /// In the order of their triangles.
  public var materials: [SurfaceMaterial]
  /// What the materials refer to.
  public var textures: [OpacityTexture]
  /// One a vertex, (0, 0) the texture's upper left; empty without textures.
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
}
