public import MapRender

/// A picture in layers, to be painted on; ``OpenRaster`` and ``XCF`` write it as files.
public struct LayeredPicture: Sendable {
  /// One layer.
  public struct Layer: Sendable {
    /// The layer's name.
    public var name: String
    /// The layer's colors, including those of invisible pixels, so that a user can paint them back
    /// in.
    public var image: Image<RGB8>
    /// The opacity of each pixel, 0 to 255; nil for an opaque layer.
    public var opacity: Inset<UInt8>?
    /// Whether the layer is visible when the file is opened.
    public var isVisible: Bool
    /// The name of the group that it is in, together with its neighbors; nil outside groups.
    public var group: String?

    /// Creates a layer from its parts.
    public init(
      name: String, image: Image<RGB8>, opacity: Inset<UInt8>? = nil, isVisible: Bool = true,
      group: String? = nil
    ) {
      self.name = name
      self.image = image
      self.opacity = opacity
      self.isVisible = isVisible
      self.group = group
    }
  }

  /// The layers from the bottom up.
  public var layers: [Layer]
  /// The picture for programs that do not read layers.
  public var merged: Image<RGB8>

  /// Creates a picture from its layers, which have the merged picture's size.
  public init(layers: [Layer], merged: Image<RGB8>) {
    self.layers = layers
    self.merged = merged
  }
}
