internal import MapRender

/// The OpenRaster format, which Krita, MyPaint and GIMP 3 open
/// (<https://www.openraster.org/baseline/file-layout-spec.html>).
public struct OpenRaster {
  private let picture: LayeredPicture

  /// The longest side of the thumbnail, in pixels.
  private static let thumbnailSide = 256

  /// Encodes a picture. Equal layers give equal bytes.
  public static func file(_ picture: LayeredPicture) throws(ExportError) -> [UInt8] {
    try OpenRaster(picture: picture).file()
  }

  private func file() throws(ExportError) -> [UInt8] {
    var zip = StoredZip()
    // First and uncompressed, so that the file type can be told by the first bytes.
    try zip.add("mimetype", Array("image/openraster".utf8))
    try zip.add("stack.xml", Array(stack.utf8))
    for (number, layer) in picture.layers.enumerated() {
      try zip.add(path(number), try layer.png())
    }
    try zip.add("mergedimage.png", try PNGFile.encode(picture.merged))
    try zip.add("Thumbnails/thumbnail.png", try PNGFile.encode(thumbnail))
    return zip.finished()
  }

  /// Returns the path of a layer, with a number from the bottom up and a name, for programs that
  /// import the pictures themselves as layers.
  private func path(_ number: Int) -> String {
    let name = picture.layers[number].name.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber) || "-_".contains($0)
    }
    return "data/\(number)-\(name).png"
  }

  /// The `stack.xml` of the layers, the topmost first.
  private var stack: String {
    var lines: [String] = []
    var group: String?
    for (number, layer) in picture.layers.enumerated().reversed() {
      if layer.group != group {
        if group != nil { lines.append("    </stack>") }
        if let name = layer.group {
          lines.append(
            #"    <stack name="\#(Self.escaped(name))" opacity="1.0" visibility="visible">"#)
        }
        group = layer.group
      }
      let name = Self.escaped(layer.name)
      let visibility = layer.isVisible ? "visible" : "hidden"
      lines.append(
        """
            <layer name="\(name)" src="\(path(number))" x="0" y="0" opacity="1.0" visibility="\(visibility)" \
        composite-op="svg:src-over"/>
        """)
    }
    if group != nil { lines.append("    </stack>") }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <image version="0.0.3" w="\(picture.merged.width)" h="\(picture.merged.height)" xres="72" yres="72">
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
    let merged = picture.merged
    let longest = max(merged.width, merged.height)
    if longest <= Self.thumbnailSide { return merged }
    func side(_ length: Int) -> Int { max(1, length * Self.thumbnailSide / longest) }
    return merged.shrunk(width: side(merged.width), height: side(merged.height))
  }
}

extension LayeredPicture.Layer {
  /// Encodes the layer; with an opacity, as unassociated alpha, which PNG requires.
  fileprivate func png() throws(ExportError) -> [UInt8] {
    guard let opacity else { return try PNGFile.encode(image) }
    return try PNGFile.encode(
      Image(
        width: image.width, height: image.height,
        pixels: zip(image.pixels, opacity.image.pixels).map { RGBA8($0, opacity: $1) }))
  }
}
