import Foundation
import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

private let folder = "Sources/SceneFiles/Resources/profiles"

/// A family that nobody has trained.
private let madeUp = #"""
  {
    "name": "made-up",
    "summary": "A family of tests",
    "order": 5,
    "sizes": [[320, 640], [480, 480]],
    "multiple": 32,
    "source": "nobody",
    "convention": "fun",
    "takes": ["openpose", "canny"],
    "maps": {"depth": "linear", "cannyThresholds": [50, 150]}
  }
  """#

@Suite struct ProfileTests {
  @Test func everyProfileEqualsItsFile() throws {
    #expect(
      Profile.names == [
        "sd15", "sdxl-xinsir", "noobai", "flux-union", "flux2-fun",
        "flux2-klein", "qwen", "qwen-fun", "qwen21-fun", "qwen-edit",
        "z-image", "z-image-base", "anima", "krea2", "sd35",
        "wan-vace", "wan-vace-fun", "wan-fun", "wan-animate", "scail",
      ])
    #expect(
      Profile.all.map(\.multiple) == [
        64, 64, 64, 16, 16, 16, 16, 16, 32, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 32,
      ])
    #expect(
      Profile.all.map(\.sizes.count) == [
        7, 9, 9, 9, 9, 9, 7, 7, 9, 9, 9, 9, 9, 9, 9, 4, 4, 4, 2, 4,
      ])
    for file in EmbeddedFiles.files(in: folder) {
      let json = try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any]
      let name = try #require(json?["name"] as? String)
      let profile = try #require(Profile.named(name))
      #expect(file.path == "\(folder)/\(profile.name).json")
      #expect(profile.summary == json?["summary"] as? String)
      #expect(profile.multiple == json?["multiple"] as? Int)
      let upright = profile.sizes.filter { $0.width <= $0.height }
      #expect(upright.map { [$0.width, $0.height] } == json?["sizes"] as? [[Int]])
      let family = try #require(Family.of(profile))
      #expect(family.convention.name == json?["convention"] as? String)
      #expect(family.takes.map(\.rawValue) == json?["takes"] as? [String])
      #expect(family.source == json?["source"] as? String)
      let hasOwnSettings = json?["maps"] != nil
      #expect((profile.mapSettings == family.convention.mapSettings) == !hasOwnSettings)
    }
    #expect(EmbeddedFiles.files(in: folder).count == Profile.all.count)
  }

  @Test func addingAFileAddsAFamily() throws {
    let log = DiagnosticLog()
    let files =
      EmbeddedFiles.files(in: folder)
      + [EmbeddedFile(path: "made-up.json", bytes: Array(madeUp.utf8))]
    let families = try #require(ProfileReader.read(files, log: log))
    let profiles = families.map(\.profile)
    #expect(profiles.map(\.name) == ["made-up"] + Profile.names)
    #expect(families.first?.convention.name == "fun" && families.first?.source == "nobody")
    #expect(families.first?.takes == [.openpose, .canny])
    var settings = MapSettings()
    settings.set(
      [("depth", "linear"), ("cannyThresholds", "50,150"), ("cannyGrey", "true")], source: "here",
      log: log)
    #expect(
      profiles.first
        == Profile(
          name: "made-up", summary: "A family of tests",
          sizes: [
            Canvas(width: 320, height: 640), Canvas(width: 640, height: 320),
            Canvas(width: 480, height: 480),
          ],
          multiple: 32, mapSettings: settings))

    let text = #"{"characters": [{"id": "a", "body": "male"}]}"#
    let scene = try SceneReader.read(
      "scene.json", loader: Fixture.loader(["scene.json": text]), profile: profiles.first
    ).get().scene
    #expect(scene?.canvas == Canvas(width: 320, height: 640) && scene?.mapSettings == settings)
  }

  @Test(arguments: [
    (
      #""order": 5,"#, #""order": 5, "depth": 1,"#,
      #"p.json:4:15: error: unknown key "depth" in a profile;"#
    ),
    (
      "linear", "lineer",
      #"p.json:10:21: error: unknown value "lineer" of "depth"; did you mean "linear"?"#
    ),
    (
      #""depth""#, #""dept""#,
      #"p.json:10:12: error: unknown key "dept" in "maps"; did you mean "depth"?"#
    ),
    (
      #""fun""#, #""fan""#,
      #"p.json:8:17: error: unknown convention "fan" for a profile; did you mean "fun"? allowed: "#
    ),
    (
      #", "canny""#, #", "normal""#,
      #"p.json:9:25: error: unknown map "normal" of the convention "fun"; allowed: openpose, depth, canny, lineart, softedge"#
    ),
    (
      #"["openpose", "canny"]"#, "[]", #"p.json:9:12: error: "takes" must be a list of maps"#
    ),
    (#""source": "nobody","#, "", #"p.json:1:1: error: "source" is missing"#),
    (
      "[480, 480]", "[480, 500]", "p.json:5:25: error: the sides of 480×500 are not multiples of 32"
    ),
    (
      "[480, 480]", "[640, 480]",
      "p.json:5:25: error: the size 640×480 is landscape; write it as portrait: both are meant"
    ),
    ("[480, 480]", "[320, 640]", "p.json:5:25: error: the size 320×640 is given twice"),
    (
      "[480, 480]", "[480]",
      "p.json:5:25: error: a size is [width, height] in pixels, each from 64 to 8192"
    ),
    (
      "[480, 480]", "[480.5, 480]",
      "p.json:5:25: error: a size is [width, height] in pixels, each from 64 to 8192"
    ),
    (
      "[[320, 640], [480, 480]]", "[]",
      #"p.json:5:12: error: "sizes" must be a list of sizes: [[width, height], …]"#
    ),
    (
      #""multiple": 32"#, #""multiple": 0"#,
      #"p.json:6:15: error: "multiple" is 0; it must be 1 to 256 pixels"#
    ),
    (#""order": 5,"#, "", #"p.json:1:1: error: "order" is missing"#),
    (
      "made-up", "made up",
      #"p.json:2:11: error: "name" must have lowercase letters, digits and hyphens only"#
    ),
    (
      #""order": 5,"#, #""order": 5, "order": 6,"#,
      #"p.json:4:15: error: key "order" is given twice; keep one"#
    ),
  ])
  func aFaultIsNamedWithFileAndLine(_ right: String, _ wrong: String, _ message: String) {
    let log = DiagnosticLog()
    let bytes = Array(madeUp.replacing(right, with: wrong).utf8)
    #expect(ProfileReader.read([EmbeddedFile(path: "p.json", bytes: bytes)], log: log) == nil)
    let found = log.sorted.map(\.description)
    #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
  }

  @Test func profilesMustDiffer() {
    func faults(_ second: String) -> [String] {
      let log = DiagnosticLog()
      let files = [madeUp, second].enumerated().map {
        EmbeddedFile(path: "\($0 + 1).json", bytes: Array($1.utf8))
      }
      #expect(ProfileReader.read(files, log: log) == nil)
      return log.sorted.map(\.description)
    }
    #expect(
      faults(madeUp.replacing(#""order": 5"#, with: #""order": 6"#))
        == [#"2.json: error: another profile is already called "made-up""#])
    #expect(
      faults(madeUp.replacing("made-up", with: "other"))
        == [#"2.json: error: "made-up" already has the order 5"#])
  }

  @Test func theSchemaAgreesWithTheReader() throws {
    let path = "\(CommandRunner.repository)/docs/schema/profile.schema.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(properties.keys) == Set(ProfileReader.keys))
    for (key, range) in [("order", ProfileReader.orders), ("multiple", ProfileReader.multiples)] {
      #expect(properties[key]?["minimum"] as? Int == range.lowerBound)
      #expect(properties[key]?["maximum"] as? Int == range.upperBound)
    }
    let size = (properties["sizes"]?["items"] as? [String: Any])?["items"] as? [String: Any]
    #expect(size?["minimum"] as? Int == Canvas.allowedSides.lowerBound)
    #expect(size?["maximum"] as? Int == Canvas.allowedSides.upperBound)
  }

  @Test(arguments: Profile.names) func sizesSuitTheirOwnProfile(_ name: String) {
    let profile = Profile.builtIn(name)
    for size in profile.sizes {
      #expect(profile.suits(size), "\(size)")
      #expect(profile.nearestSize(to: size) == size)
    }
  }

  @Test func aProfileGivenByTheCallerUsesItsNearestSize() throws {
    func canvas(_ written: String, _ profile: String?) throws -> Canvas? {
      let text = #"{"canvas": \#(written), "characters": [{"id": "a", "body": "male"}]}"#
      let loader = Fixture.loader(["scene.json": text])
      return try SceneReader.read(
        "scene.json", loader: loader, profile: profile.flatMap(Profile.named)
      ).get().scene?.canvas
    }
    #expect(try canvas("[832, 1216]", "sd15") == Canvas(width: 512, height: 768))
    #expect(try canvas("[832, 1216]", "sdxl-xinsir") == Canvas(width: 832, height: 1216))
    #expect(try canvas("[1600, 900]", "wan-vace") == Canvas(width: 1280, height: 720))
    #expect(try canvas("[1600, 900]", nil) == Canvas(width: 1600, height: 900))
  }

  @Test func aScenesOwnProfileSetsTheSizeOrWarns() {
    let bare = #"{"profile": "qwen", "characters": [{"id": "a", "body": "male"}]}"#
    #expect(Fixture.read(bare)?.scene?.canvas == Canvas(width: 1328, height: 1328))
    func messages(_ keys: String) -> [String] {
      Fixture.read(Fixture.scene(keys: keys))?.diagnostics.map(\.message) ?? []
    }
    #expect(messages(#""profile": "sd15""#).first?.contains("multiples of 64") == true)
    #expect(messages(#""profile": "sd16""#).first?.contains(#"did you mean "sd15""#) == true)
  }
}
