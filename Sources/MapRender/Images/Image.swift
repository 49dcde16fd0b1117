/// A picture in memory, with rows from the top and pixels from the left.
public struct Image<Pixel: BitwiseCopyable & Equatable & Sendable>: Equatable, Sendable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The `width * height` pixels, row by row from the top left.
  public var pixels: [Pixel]

  /// Creates a picture filled with one color.
  public init(width: Int, height: Int, filling pixel: Pixel) {
    self.width = width
    self.height = height
    pixels = Array(repeating: pixel, count: width * height)
  }

  /// Creates a picture from existing pixels.
  /// - Precondition: `pixels.count == width * height`.
  public init(width: Int, height: Int, pixels: [Pixel]) {
    precondition(pixels.count == width * height, "Image: pixel count must be width × height")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The pixel at column `x` and row `y`, both counted from 0.
  public subscript(x: Int, y: Int) -> Pixel {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// Returns whether column `x`, row `y` is inside the picture.
  public func contains(x: Int, y: Int) -> Bool {
    x >= 0 && y >= 0 && x < width && y < height
  }

  /// Returns the picture with each pixel transformed by `transform`.
  public func map<Other>(_ transform: (Pixel) -> Other) -> Image<Other> {
    Image<Other>(width: width, height: height, pixels: pixels.map(transform))
  }
}

/// An 8-bit color, packed in 3 bytes as in PNG files and OpenCV's RGB arrays.
public struct RGB8: BitwiseCopyable, Hashable, Sendable {
  /// Red, 0 to 255.
  public var red: UInt8
  /// Green, 0 to 255.
  public var green: UInt8
  /// Blue, 0 to 255.
  public var blue: UInt8

  /// Creates a color from its three channels.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Creates a gray of one level.
  public init(gray: UInt8) {
    self.init(gray, gray, gray)
  }

  /// Black.
  public static let black = RGB8(0, 0, 0)
  /// White.
  public static let white = RGB8(255, 255, 255)
}

/// An 8-bit color with opacity, not premultiplied, as in PNG files.
public struct RGBA8: BitwiseCopyable, Hashable, Sendable {
  /// The color, whether or not it is visible.
  public var color: RGB8
  /// The opacity from 0, which is invisible, to 255.
  public var opacity: UInt8

  /// Creates a color from its parts.
  public init(_ color: RGB8, opacity: UInt8) {
    self.color = color
    self.opacity = opacity
  }
}
