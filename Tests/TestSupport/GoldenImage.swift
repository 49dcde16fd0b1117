import Export
public import Foundation
public import MapRender
public import Testing

/// Compares pictures with those stored in `Tests/<Target>/Golden`.
///
/// The environment variable `POSEMAP_RECORD` selects the pictures to write there: `all`, `missing`
/// (the default) or `never` (the default where `CI` is set, so that a lost picture fails instead of
/// being recorded again). A test that records fails once, so that someone looks at the picture.
public enum GoldenImage {
  /// The pictures that a run may write.
  public enum RecordMode: String, Sendable {
    /// Every picture, including existing ones.
    case all
    /// The pictures that do not exist yet.
    case missing
    /// No picture.
    case never

    /// The mode that the environment selects; nil for an unknown word.
    public init?(environment: [String: String]) {
      if let word = environment["POSEMAP_RECORD"] {
        self.init(rawValue: word)
      } else {
        self = environment["CI"] == nil ? .missing : .never
      }
    }
  }

  /// Fails the test unless `image` equals `Golden/<name>.png` beside the test's source file.
  ///
  /// If they differ, the reference, the actual picture and their difference are written to
  /// `Failures/`.
  public static func expect(
    _ image: Image<RGB8>, named name: String, tolerance: ImageTolerance = .exact,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().path
    let golden = "\(folder)/Golden/\(name).png"
    guard let mode = RecordMode(environment: environment) else {
      Issue.record("POSEMAP_RECORD is all, missing or never", sourceLocation: sourceLocation)
      return
    }
    let isThere = FileManager.default.fileExists(atPath: golden)
    if mode == .all || (mode == .missing && !isThere) {
      try AtomicFolder.write(["\(name).png": PNGFile.encode(image)], to: "\(folder)/Golden")
      Issue.record(
        "recorded \(golden); look at it and run again without POSEMAP_RECORD",
        sourceLocation: sourceLocation)
      return
    }
    guard isThere else {
      Issue.record(
        "no \(golden); run with POSEMAP_RECORD=missing to make it", sourceLocation: sourceLocation)
      return
    }
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: golden)))
    let comparison = try ImageComparison(reference: PNGFile.decodeRGB(bytes), actual: image)
    if let complaint = comparison.complaint(within: tolerance) {
      let paths = try comparison.write(to: "\(folder)/Failures", named: name)
      Issue.record(
        "\(name): \(complaint)\n\(paths.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
  }

  /// Fails the test unless a gray picture equals its golden picture.
  public static func expect(
    _ image: Image<UInt8>, named name: String, tolerance: ImageTolerance = .exact,
    testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(
      image.map(RGB8.init(gray:)), named: name, tolerance: tolerance, testFile: testFile,
      sourceLocation: sourceLocation)
  }
}
