public import MapRender

/// A picture in layers, as GIMP, Krita and MyPaint open it: an OpenRaster file
/// (<https://www.openraster.org/baseline/file-layout-spec.html>).
public struct OpenRaster: Sendable {
  /// One layer.
  public struct Layer: Sendable {
    /// What it is called.
    public var name: String
    /// Its colours; those of pixels that cannot be seen are kept, so that they can be painted back.
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
  /// What programs without layers show.
  public var merged: Image<RGB8>

  /// The longest side of the thumbnail, in pixels.
  private static let thumbnailSide = 256

  /// A picture from its layers, which are of the merged picture's size.
  public init(layers: [Layer], merged: Image<RGB8>) {
    self.layers = layers
    self.merged = merged
  }

  /// The file. Equal layers give equal bytes.
  public func file() throws(ExportError) -> [UInt8] {
    var zip = StoredZip()
    // First and as it is, so that the kind of file can be told by its first bytes.
    try zip.add("mimetype", Array("image/openraster".utf8))
    try zip.add("stack.xml", Array(stack.utf8))
    for (number, layer) in layers.enumerated() {
      try zip.add(path(number), try layer.png())
    }
    try zip.add("mergedimage.png", try PNGFile.encode(merged))
    try zip.add("Thumbnails/thumbnail.png", try PNGFile.encode(thumbnail))
    return zip.finished()
  }

  /// Numbered from the bottom up and named, for programs that take the pictures alone as layers.
  private func path(_ number: Int) -> String {
    let name = layers[number].name.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber) || "-_".contains($0)
    }
    return "data/\(number)-\(name).png"
  }

  /// The layers, the topmost first.
  private var stack: String {
    let lines = layers.enumerated().reversed().map { number, layer in
      let name = Self.escaped(layer.name)
      let visibility = layer.isVisible ? "visible" : "hidden"
      return """
            <layer name="\(name)" src="\(path(number))" x="0" y="0" opacity="1.0" visibility="\(visibility)" \
        composite-op="svg:src-over"/>
        """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <image version="0.0.3" w="\(merged.width)" h="\(merged.height)" xres="72" yres="72">
        <stack>
      \(lines.joined(separator: "\n"))
        </stack>
      </image>

      """
  }

  private static func escaped(_ name: String) -> String {
    let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]
    return name.map { entities[$0] ?? String($0) }.joined()
  }

  private var thumbnail: Image<RGB8> {
    let longest = max(merged.width, merged.height)
    if longest <= Self.thumbnailSide { return merged }
    func side(_ length: Int) -> Int { max(1, length * Self.thumbnailSide / longest) }
    return merged.shrunk(width: side(merged.width), height: side(merged.height))
  }
}

extension OpenRaster.Layer {
  /// With an opacity, four channels that know nothing of each other, as PNG has them.
  fileprivate func png() throws(ExportError) -> [UInt8] {
    guard let opacity else { return try PNGFile.encode(image) }
    return try PNGFile.encode(
      Image(
        width: image.width, height: image.height,
        pixels: zip(image.pixels, opacity.image.pixels).map { RGBA8($0, opacity: $1) }))
  }
}
