import Foundation
import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

/// A convention that no family follows.
private let madeUp = #"""
  {
    "name": "made-up",
    "summary": "A convention of tests",
    "order": 5,
    "maps": {
      "depth": {"set": {"depth": "zoe"}, "because": "It is so.", "source": "nobody"},
      "shaded": {"because": "It is as it is.", "source": "nobody"}
    }
  }
  """#

@Suite struct ConventionTests {
  private func read(_ text: String) -> (conventions: [MapConvention]?, faults: [String]) {
    let log = DiagnosticLog()
    let files = [EmbeddedFile(path: "c.json", bytes: Array(text.utf8))]
    return (ConventionReader.read(files, log: log), log.sorted.map(\.description))
  }

  @Test func addingAFileAddsAConvention() throws {
    let convention = try #require(read(madeUp).conventions?.first)
    #expect(convention.name == "made-up" && convention.summary == "A convention of tests")
    #expect(convention.mapSettings.depth == .zoe && convention.mapSettings.canny == .shaded)
    #expect(
      convention.rule(for: .depth)
        == MapConvention.Rule(map: .depth, reason: "It is so.", source: "nobody"))
    #expect(convention.rules.map(\.map) == [.depth, .shaded])
    #expect(convention.rule(for: .normal) == nil)
  }

  @Test func theConventionsEqualTheFilesAndEachHasAFamily() {
    let files = EmbeddedFiles.files(in: MapConvention.folder).map(\.path).sorted()
    let names = MapConvention.all.map { "\(MapConvention.folder)/\($0.name).json" }.sorted()
    #expect(files == names)
    #expect(Set(Family.all.map(\.convention.name)) == Set(MapConvention.all.map(\.name)))
  }

  @Test func unionsFromOneMakerAreDrawnAlike() {
    let fun = Family.all.filter { $0.convention.name == "fun" }
    #expect(fun.contains { $0.profile.name == "z-image" })
    for family in fun {
      let settings = family.profile.mapSettings
      #expect(settings.depth == .zoe && settings.openpose == .comfy, "\(family.profile.name)")
    }
  }

  @Test(arguments: [
    (
      #""depth": {"#, #""dept": {"#,
      #"c.json:6:5: error: unknown map "dept" in "maps"; did you mean "depth"?"#
    ),
    (
      #"{"depth": "zoe"}"#, #"{"normal": "bae"}"#,
      #"c.json:6:23: error: unknown setting "normal" of the map "depth"; allowed: depth, depthRange, depthFloor, depthBits"#
    ),
    (
      #""zoe""#, #""zooe""#,
      #"c.json:6:32: error: unknown value "zooe" of "depth"; did you mean "zoe"?"#
    ),
    (
      #", "source": "nobody"},"#, "},", #"c.json:6:14: error: "source" is missing"#
    ),
    (
      #""because": "It is so.", "#, "", #"c.json:6:14: error: "because" is missing"#
    ),
    (
      "made-up", "Made up",
      #"c.json:2:11: error: "name" must have lowercase letters, digits and hyphens only"#
    ),
    (#""order": 5,"#, "", #"c.json:1:1: error: "order" is missing"#),
  ])
  func aFaultIsNamedWithFileAndLine(_ right: String, _ wrong: String, _ message: String) {
    let (conventions, faults) = read(madeUp.replacing(right, with: wrong))
    #expect(conventions == nil)
    #expect(faults.count == 1 && faults[0].hasPrefix(message), "\(faults)")
  }

  @Test func theSchemaAgreesWithTheReader() throws {
    let path = "\(CommandRunner.repository)/docs/schema/convention.schema.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(properties.keys) == Set(ConventionReader.keys))
    let map = properties["maps"]?["additionalProperties"] as? [String: Any]
    let keys = (map?["properties"] as? [String: Any])?.keys
    #expect(Set(keys.map(Array.init) ?? []) == Set(ConventionReader.mapKeys))
  }
}
