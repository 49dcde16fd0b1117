public import MapRender

/// A picture in layers, to be painted on: ``OpenRaster`` and ``XCF`` are its files.
public struct LayeredPicture: Sendable {
  /// One layer.
  public struct Layer: Sendable {
    /// The layer's name.
    public var name: String
    /// The layer's colors, also of pixels that cannot be seen, so that they can be painted back.
    public var image: Image<RGB8>
    /// How much of it is seen, 0 to 255; all for nil.
    public var opacity: Inset<UInt8>?
    /// Whether it is shown when the file is opened.
    public var isVisible: Bool

    /// A layer from its parts.
    public init(
      name: String, image: Image<RGB8>, opacity: Inset<UInt8>? = nil, isVisible: Bool = true
    ) {
      self.name = name
      self.image = image
      self.opacity = opacity
      self.isVisible = isVisible
    }
  }

  /// From the bottom up.
  public var layers: [Layer]
  /// The picture that programs without layers show.
  public var merged: Image<RGB8>

  /// A picture from its layers, which are of the merged picture's size.
  public init(layers: [Layer], merged: Image<RGB8>) {
    self.layers = layers
    self.merged = merged
  }
}
