internal import MapRender

/// The XCF format, version 0, uncompressed, which every GIMP opens. The opacity of a layer is a
/// layer mask (GIMP's `devel-docs/xcf.txt`).
public struct XCF {
  /// The property types that are written, by the format's numbers.
  private enum Property: UInt32 {
    case end = 0
    case activeLayer = 2
    case opacity = 6
    case mode = 7
    case isVisible = 8
    case applyMask = 11
    case offsets = 15
    case compression = 17
  }

  /// The side of the square tiles that GIMP divides pictures into, in pixels.
  private static let tileSide = 64
  /// The largest offset: offsets in the file have 32 bits.
  private static let longest = Int(UInt32.max)

  private var bytes: [UInt8] = []

  /// Encodes a picture. Equal layers give equal bytes.
  public static func file(_ picture: LayeredPicture) throws(ExportError) -> [UInt8] {
    let (width, height) = (picture.merged.width, picture.merged.height)
    let size = picture.layers.reduce(1 << 20) { $0 + width * height * ($1.opacity == nil ? 3 : 4) }
    guard size < longest else {
      throw .cannotEncodeArchive(reason: "as XCF it would be larger than 4 GiB")
    }
    var file = XCF()
    file.bytes.reserveCapacity(size)
    file.add(picture, width, height)
    return file.bytes
  }

  private mutating func add(_ picture: LayeredPicture, _ width: Int, _ height: Int) {
    bytes += Array("gimp xcf file\0".utf8)
    // The picture's type 0 is RGB.
    [width, height, 0].forEach { add($0) }
    property(.compression, [0])
    property(.end, [])
    // The topmost layer comes first.
    let layers = Array(picture.layers.reversed())
    let pointers = bytes.count
    // A pointer per layer and an end marker; no channels, and an end marker.
    for _ in 0..<layers.count + 2 { add(0) }
    for (number, layer) in layers.enumerated() {
      put(bytes.count, at: pointers + 4 * number)
      add(layer, isActive: number == layers.count - 1)
    }
  }

  private mutating func add(_ layer: LayeredPicture.Layer, isActive: Bool) {
    let (width, height) = (layer.image.width, layer.image.height)
    // RGB without an alpha channel, so that hidden pixels keep their color.
    [width, height, 0].forEach { add($0) }
    add(layer.name)
    if isActive { property(.activeLayer, []) }
    property(.opacity, [255])
    property(.isVisible, [layer.isVisible ? 1 : 0])
    property(.applyMask, [layer.opacity == nil ? 0 : 1])
    property(.offsets, [0, 0])
    property(.mode, [0])
    property(.end, [])
    let pointers = bytes.count
    add(0)
    add(0)
    put(bytes.count, at: pointers)
    let pixels = layer.image.pixels
    hierarchy(width, height, channels: 3) { index, bytes in
      let pixel = pixels[index]
      bytes += [pixel.red, pixel.green, pixel.blue]
    }
    guard let opacity = layer.opacity?.image.pixels else { return }
    put(bytes.count, at: pointers + 4)
    [width, height].forEach { add($0) }
    add("\(layer.name) mask")
    property(.opacity, [255])
    property(.isVisible, [1])
    property(.end, [])
    add(bytes.count + 4)
    hierarchy(width, height, channels: 1) { index, bytes in bytes.append(opacity[index]) }
  }

  /// Writes pixels as a hierarchy of levels, of which programs read only the first.
  private mutating func hierarchy(
    _ width: Int, _ height: Int, channels: Int,
    _ pixel: (_ index: Int, _ bytes: inout [UInt8]) -> Void
  ) {
    [width, height, channels].forEach { add($0) }
    add(bytes.count + 8)
    add(0)
    [width, height].forEach { add($0) }
    let side = Self.tileSide
    let (across, down) = ((width + side - 1) / side, (height + side - 1) / side)
    let pointers = bytes.count
    for _ in 0..<across * down + 1 { add(0) }
    for tile in 0..<across * down {
      put(bytes.count, at: pointers + 4 * tile)
      let (left, top) = (tile % across * side, tile / across * side)
      for row in top..<min(top + side, height) {
        for column in left..<min(left + side, width) { pixel(row * width + column, &bytes) }
      }
    }
  }

  // MARK: Numbers

  private mutating func property(_ kind: Property, _ values: [Int]) {
    add(Int(kind.rawValue))
    // The only property with a single byte.
    let isByte = kind == .compression
    add(values.count * (isByte ? 1 : 4))
    for value in values { if isByte { bytes.append(UInt8(value)) } else { add(value) } }
  }

  private mutating func add(_ text: String) {
    add(text.utf8.count + 1)
    bytes += Array(text.utf8) + [0]
  }

  private mutating func add(_ number: Int) { bytes += Self.bigEndian(number) }

  private mutating func put(_ number: Int, at offset: Int) {
    bytes.replaceSubrange(offset..<offset + 4, with: Self.bigEndian(number))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    let number = UInt32(number)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
