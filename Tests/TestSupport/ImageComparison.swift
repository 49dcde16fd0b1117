public import Export
public import MapRender

/// The allowed difference between a picture and its reference; both limits apply.
public struct ImageTolerance: Equatable, Sendable {
  /// The share of pixels that may differ, 0 to 1.
  public var pixelShare: Double
  /// The amount by which any channel of any pixel may differ, 0 to 255.
  public var channelDistance: Int

  /// Creates a tolerance from its two limits.
  public init(pixelShare: Double, channelDistance: Int) {
    self.pixelShare = pixelShare
    self.channelDistance = channelDistance
  }

  /// The tolerance under which every pixel must be equal.
  public static let exact = ImageTolerance(pixelShare: 0, channelDistance: 0)
  /// The tolerance for the differences between two builds of Mesa.
  public static let rendered = ImageTolerance(pixelShare: 0.001, channelDistance: 2)
}

/// A comparison of two pictures.
public struct ImageComparison: Sendable {
  /// The expected picture.
  public let reference: Image<RGB8>
  /// The actual picture.
  public let actual: Image<RGB8>
  /// The largest channel difference at each pixel; nil if the sizes differ.
  public let distances: Image<UInt8>?

  /// Compares pixel by pixel.
  public init(reference: Image<RGB8>, actual: Image<RGB8>) {
    self.reference = reference
    self.actual = actual
    guard reference.width == actual.width, reference.height == actual.height else {
      distances = nil
      return
    }
    distances = Image(
      width: actual.width, height: actual.height,
      pixels: zip(reference.pixels, actual.pixels).map(Self.distance))
  }

  /// Returns a description of the difference, or nil if it is within the tolerance.
  public func complaint(within tolerance: ImageTolerance) -> String? {
    guard let distances else {
      return "\(actual.width)×\(actual.height) instead of \(reference.width)×\(reference.height)"
    }
    let differing = distances.pixels.count { $0 > 0 }
    let largest = Int(distances.pixels.max() ?? 0)
    let allowed = Int(tolerance.pixelShare * Double(distances.pixels.count))
    if differing <= allowed, largest <= tolerance.channelDistance { return nil }
    return "\(differing) pixels differ (allowed \(allowed)), at most by \(largest) "
      + "(allowed \(tolerance.channelDistance))"
  }

  /// Writes the reference, the actual picture and their difference as PNGs, and returns their
  /// paths.
  public func write(to folder: String, named name: String) throws(ExportError) -> [String] {
    var files = [
      "\(name).reference.png": try PNGFile.encode(reference),
      "\(name).actual.png": try PNGFile.encode(actual),
    ]
    if let distances {
      let difference = distances.map { RGB8(gray: $0 > 0 ? 255 : 0) }
      files["\(name).difference.png"] = try PNGFile.encode(difference)
    }
    try AtomicFolder.write(files, to: folder)
    return files.keys.sorted().map { "\(folder)/\($0)" }
  }

  private static func distance(_ one: RGB8, _ other: RGB8) -> UInt8 {
    func apart(_ first: UInt8, _ second: UInt8) -> UInt8 { max(first, second) - min(first, second) }
    return max(
      apart(one.red, other.red), apart(one.green, other.green), apart(one.blue, other.blue))
  }
}
