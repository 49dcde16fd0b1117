import Foundation
import MapRender
import TestSupport
import Testing

@Suite struct GoldenImageTests {
  private static let gray = Image<RGB8>(width: 10, height: 10, filling: RGB8(gray: 100))

  private static func changed(_ count: Int, by distance: UInt8) -> Image<RGB8> {
    var image = gray
    for index in 0..<count { image.pixels[index].green += distance }
    return image
  }

  private static func complaint(_ actual: Image<RGB8>, _ tolerance: ImageTolerance) -> String? {
    ImageComparison(reference: gray, actual: actual).complaint(within: tolerance)
  }

  @Test func toleranceLimitsBothCountAndDistance() {
    let tolerance = ImageTolerance(pixelShare: 0.03, channelDistance: 2)
    #expect(Self.complaint(Self.gray, .exact) == nil)
    #expect(Self.complaint(Self.changed(1, by: 1), .exact) != nil)
    #expect(Self.complaint(Self.changed(3, by: 2), tolerance) == nil)
    #expect(Self.complaint(Self.changed(4, by: 1), tolerance) != nil)
    #expect(Self.complaint(Self.changed(1, by: 3), tolerance) != nil)
  }

  @Test func otherSizeIsADifference() {
    let wide = Image<RGB8>(width: 20, height: 5, filling: RGB8(gray: 100))
    let all = ImageTolerance(pixelShare: 1, channelDistance: 255)
    #expect(Self.complaint(wide, all) == "20×5 instead of 10×10")
  }

  @Test func continuousIntegrationRecordsOnlyOnRequest() {
    typealias Mode = GoldenImage.RecordMode
    #expect(Mode(environment: [:]) == .missing)
    #expect(Mode(environment: ["CI": "true"]) == .never)
    #expect(Mode(environment: ["CI": "true", "POSEMAP_RECORD": "all"]) == .all)
    #expect(Mode(environment: ["POSEMAP_RECORD": "sometimes"]) == nil)
  }

  /// Recording, comparing and failing, in the golden folder of an imaginary test file.
  @Test func differenceFailsAndLeavesThreePictures() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("golden-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func expect(_ image: Image<RGB8>, _ mode: String) throws {
      try GoldenImage.expect(
        image, named: "gray", environment: ["POSEMAP_RECORD": mode],
        testFile: "\(folder)/Some.swift")
    }
    withKnownIssue { try expect(Self.gray, "never") }
    withKnownIssue { try expect(Self.gray, "missing") }
    try expect(Self.gray, "never")
    withKnownIssue { try expect(Self.changed(1, by: 1), "missing") }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder)/Failures").sorted()
        == ["gray.actual.png", "gray.difference.png", "gray.reference.png"])
    withKnownIssue { try expect(Self.changed(1, by: 1), "all") }
    try expect(Self.changed(1, by: 1), "never")
  }
}
