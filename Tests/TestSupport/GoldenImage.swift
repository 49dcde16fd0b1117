internal import Export
internal import FoundationEssentials
public import MapRender

/// Compares a picture with one kept in the repository.
///
/// `POSEMAP_RECORD=all` writes every golden anew, `missing` those that are not there; by default a missing golden is
/// a failure. A failure leaves what was expected, what came and their difference in `Tests/<suite>/Failures/`.
public enum GoldenImage {
  /// Nil if `image` is the golden `name`; otherwise what differs and where to look.
  ///
  /// - Parameters:
  ///   - tolerance: How far each channel may be off.
  ///   - share: The share of pixels that may be off further.
  public static func difference(
    _ image: Image<RGB8>, from name: String, tolerance: Int = 2, share: Double = 0.001,
    file: String = #filePath
  ) throws -> String? {
    let suite = file.split(separator: "/").dropLast().joined(separator: "/")
    let path = "/\(suite)/Golden/\(name).png"
    let record = ProcessInfo.processInfo.environment["POSEMAP_RECORD"]
    let exists = FileManager.default.fileExists(atPath: path)
    if record == "all" || (record == "missing" && !exists) {
      try Data(try PNGFile.encode(image)).write(to: URL(filePath: path))
      return nil
    }
    guard exists else { return "there is no golden \(path); make it with: make golden" }
    let golden = try PNGFile.decodeRGB(Array(try Data(contentsOf: URL(filePath: path))))
    guard golden.width == image.width, golden.height == image.height else {
      return "\(name) is \(image.width)×\(image.height), not \(golden.width)×\(golden.height)"
    }
    let distances = zip(golden.pixels, image.pixels).map(distance)
    let off = distances.filter { $0 > tolerance }.count
    guard Double(off) > share * Double(distances.count) else { return nil }
    let folder = "/\(suite)/Failures"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let shown = Image(
      width: image.width, height: image.height,
      pixels: distances.map { RGB8(grey: UInt8(min(255, $0 * 4))) })
    for (kind, picture) in [("expected", golden), ("actual", image), ("difference", shown)] {
      let bytes = Data(try PNGFile.encode(picture))
      try bytes.write(to: URL(filePath: "\(folder)/\(name).\(kind).png"))
    }
    return "\(name): \(off) pixels differ by more than \(tolerance); see \(folder)/\(name).*.png"
  }

  /// The pixels of a PNG, for tests that look at what the command wrote.
  public static func decode(_ png: [UInt8]) throws -> Image<RGB8> {
    try PNGFile.decodeRGB(png)
  }

  private static func distance(_ a: RGB8, _ b: RGB8) -> Int {
    max(
      abs(Int(a.red) - Int(b.red)), abs(Int(a.green) - Int(b.green)),
      abs(Int(a.blue) - Int(b.blue)))
  }
}
