import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

/// Numbers keep their value, however a file is formatted.
@Suite struct NumberTests {
  private static func laidOut(_ text: String) throws -> String {
    try #require(
      CanonicalLayout.text(of: Array(text.utf8), file: "a.json", log: DiagnosticLog()))
  }

  private static func numbers(in text: String) throws -> [Double] {
    let root = try JSONParser.parse(Array(text.utf8))
    return try #require(root["name"]?.items).compactMap(\.number)
  }

  @Test(arguments: [
    ("5.00", "5"), ("1e3", "1000"), ("-0.0", "0"), ("0.1", "0.1"), ("1e-5", "0.00001"),
    ("1e-12", "1e-12"), ("0.12345", "0.12345"), ("922337203685477", "922337203685477"),
    ("1125899906842624", "1125899906842624"), ("1e15", "1000000000000000"),
    ("9007199254740991", "9007199254740991"), ("9007199254740992", "9007199254740992"),
    ("922337203685477.5", "922337203685477.5"), ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775807", "9.223372036854776e+18"), ("1e300", "1e+300"),
  ])
  func formattingSpellsANumberInOneWay(_ written: String, _ spelled: String) throws {
    #expect(try Self.laidOut(#"{"name": [\#(written)]}"#) == "{\n  \"name\": [\(spelled)]\n}\n")
  }

  @Test func formattingChangesNoNumberAndIsIdempotent() throws {
    var random = SplitMix64(seed: 18)
    for _ in 0..<300 {
      let written = (0..<50).map { _ in Self.number(&random) }
      let once = try Self.laidOut(#"{"name": [\#(written.joined(separator: ","))]}"#)
      #expect(try Self.numbers(in: once) == written.compactMap(Double.init))
      #expect(try Self.laidOut(once) == once)
    }
  }

  /// Returns a number of any size, an integer, or one with a few decimals, as people write them.
  private static func number(_ random: inout SplitMix64) -> String {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let any = Double(bitPattern: random.next())
      return any.isFinite ? "\(any)" : "0"
    case 1: return "\(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))"
    case 2: return "\(Int.random(in: -9_999_999...9_999_999, using: &random))e-4"
    default:
      return "\(Int.random(in: 0...9_007_199_254_740_992, using: &random)).\(random.next() % 1000)"
    }
  }

  @Test func aPoseHasFourDecimalsAndRotationsSix() throws {
    let text =
      #"{"joints": {"head": {"flexion": 12.3456789, "rotation": 30.00000000001}, "neck": "#
      + #"{"quaternion": [0.123456789, 0, 0, 0.992349]}, "hips": [1e15, 0, 1.00004]}, "#
      + #""translation": [0.333333333, 0, 0]}"#
    let laidOut = try Self.laidOut(text)
    for line in [
      #""translation": [0.3333, 0, 0]"#, #""flexion": 12.3457"#, #""rotation": 30"#,
      #""quaternion": [0.123457, 0, 0, 0.992349]"#, #""hips": [1000000000000000, 0, 1]"#,
    ] { #expect(laidOut.contains(line), "\(laidOut)") }
    #expect(try Self.laidOut(laidOut) == laidOut)
  }

  @Test func numbersAreReadEquallyBeforeAndAfter() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<200 {
      func any(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
      let near = any(0.5...3)
      let text = Fixture.scene(
        character: """
          "yaw": \(any(-360...360)), "position": [\(any(-1e-5...1e-5)), \(any(-3...3)), 0],
          "proportions": {"height": \(any(1.2...2.3))},
          "pose": {"joints": {"head": [\(Int.random(in: -90_000...90_000, using: &random))e-4, 0, 1]}}
          """,
        keys: """
          "seed": \(Int.random(in: Prompt.seeds, using: &random)),
          "maps": {"depthRange": [\(near), \(near + any(1e-6...1e-4))], "curvatureRadius": \(any(0.001...0.1))}
          """)
      let before = try #require(Fixture.read(text))
      let after = try #require(Fixture.read(try Self.laidOut(text)))
      #expect(before.scene != nil && after.scene == before.scene)
      #expect(after.diagnostics.map(\.message) == before.diagnostics.map(\.message))
    }
  }

  @Test(
    arguments: [
      (1e15, 4, "1000000000000000"), (1e300, 4, "1e+300"), (-1e300, 0, "-1e+300"), (.nan, 1, "nan"),
      (.infinity, 0, "inf"), (-0.00001, 4, "0"), (0.03125, 4, "0.0313"), (2.999_96, 4, "3"),
      (922_337_203_685_477.2, 1, "922337203685477.2"),
    ] as [(Double, Int, String)])
  func numbersOfAnySizeAreRounded(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(DecimalText.rounded(value, decimals) == text)
  }

  @Test func aPoseIsWrittenWithFourDecimalsAndItsRotationsWithSix() throws {
    var pose = Pose.rest
    pose.translation = Vector3(1.0 / 3, 1e15, 0)
    pose[.head] = Quaternion(angle: 2e-5, axis: .unitX)
    let text = PoseWriter.text(of: pose)
    #expect(text.contains(#""translation": [0.3333, 1000000000000000, 0]"#), "\(text)")
    #expect(text.contains(#""quaternion": [0.00001, 0, 0, 1]"#), "\(text)")
    #expect(try Self.laidOut(text) == text)
  }

  @Test func anEditOfAnyNumberCanBeUndone() throws {
    let text = "{\n  \"name\": [0.123456789, 922337203685477]\n}\n"
    let document = try Document(Array(text.utf8), file: "a.json")
    for index in 0..<2 {
      let path = try #require(DocumentPath("name[\(index)]"))
      let (edited, inverse) = try document.applying(.set(path, .number(1e15)))
      #expect(edited.text.contains("1000000000000000"))
      #expect(try edited.applying(inverse).document.text == text)
    }
  }
}
