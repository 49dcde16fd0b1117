import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

private func settings(_ maps: String, profile: Profile? = nil) -> MapSettings? {
  let text = Fixture.scene(keys: #""maps": {\#(maps)}"#)
  let loader = Fixture.loader(["scene.json": text])
  return try? SceneReader.read("scene.json", loader: loader, profile: profile).get()
    .scene?.mapSettings
}

private func messages(_ keys: String) -> [String] {
  Fixture.read(Fixture.scene(keys: keys))?.diagnostics.map(\.message) ?? []
}

@Suite struct MapSettingsTests {
  @Test func everySettingIsRead() {
    let read = settings(
      """
      "openpose": "xinsir", "openposeParts": ["body"], "openposeDiscs": "scaled", "occluded": "drop", "depth": "zoe",
      "depthRange": [1, 5.5], "depthFloor": 0, "depthBits": 16, "normal": "directx",
      "canny": "geometry", "cannyThresholds": [50, 150], "cannyAperture": 5, "cannyNorm": "L2",
      "cannyGrey": true, "grow": -12, "feather": 24, "lines": "dark-on-light", "lineart": "light-on-dark", "segmentation": "parts", "identityGround": "white",
      "densepose": "parula", "props": ["depth"]
      """)
    var expected = MapSettings()
    expected.openpose = .xinsir
    expected.openposeParts = [.body]
    expected.openposeDiscs = .scaled
    expected.occluded = .drop
    expected.depth = .zoe
    expected.depthRange = .fixed(near: 1, far: 5.5)
    expected.depthFloor = 0
    expected.depthBits = 16
    expected.normal = .directx
    expected.canny = .geometry
    expected.cannyDetector = CannyDetector(low: 50, high: 150, aperture: 5, norm: .l2, gray: true)
    expected.grow = -12
    expected.feather = 24
    expected.lines = .darkOnLight
    expected.lineart = .lightOnDark
    expected.segmentation = .parts
    expected.identityGround = .white
    expected.densepose = .parula
    expected.props = [.depth]
    #expect(read == expected)
  }

  @Test(arguments: [
    (
      #""depth": "zo""#,
      #"unknown value "zo" of "depth"; did you mean "zoe"? allowed: disparity, zoe, linear"#
    ),
    (#""depthRange": [5, 2]"#, #""depthRange" is [near, far]; near must be the smaller"#),
    (
      #""depthRange": "all""#,
      #""depthRange" must be "characters", "scene", "character" or [near, far] in meters"#
    ),
    (#""depthBits": 12"#, #""depthBits" must be 8 or 16"#),
    (#""depthFloor": 1.5"#, #""depthFloor" must be a whole number, not 1.5"#),
    (#""grow": 257"#, #""grow" is 257; it must be -256 to 256 pixels"#),
    (#""grow": 1.5"#, #""grow" must be a whole number, not 1.5"#),
    (#""feather": -1"#, #""feather" is -1; it must be 0 to 256 pixels"#),
    (#""openposeParts": "body""#, #""openposeParts" must be a list of: body, hands, face, feet"#),
  ])
  func mistakesAreReported(_ maps: String, _ sentence: String) {
    #expect(messages(#""maps": {\#(maps)}"#) == [sentence])
  }

  @Test func unknownNamesAreAnsweredWithTheNearestAndAllNames() {
    func message(_ maps: String) -> String { messages(#""maps": {\#(maps)}"#).joined() }
    let key =
      #"unknown key "cany" in "maps"; did you mean "canny"? allowed: openpose, openposeParts, "#
    #expect(message(#""cany": 1"#).hasPrefix(key))
    let name = #"unknown name "mask" in "props"; allowed: openpose, depth, normal, canny, "#
    #expect(message(#""props": ["mask"]"#).hasPrefix(name))
  }

  @Test func theDepthRangeIsTheCharactersUnlessPropsAreDrawnOrItIsSet() throws {
    #expect(settings("")?.usedDepthRange == .characters)
    #expect(settings(#""props": ["normal"]"#)?.usedDepthRange == .characters)
    #expect(settings(#""props": true"#)?.usedDepthRange == .scene)
    #expect(
      settings(#""props": true, "depthRange": "characters""#)?.usedDepthRange == .characters)
    #expect(settings(#""depthRange": "scene""#)?.usedDepthRange == .scene)
  }

  @Test func settingsWithoutEffectAreReported() throws {
    func said(_ maps: String) throws -> [String] { try #require(settings(maps)).idle }
    let parts = #""openposeParts": ["body", "feet"]"#
    #expect(
      try said(parts) == [
        #""openposeParts" has "feet", which only the style "core" draws, not "comfy""#
      ])
    #expect(try said(parts + #", "openpose": "core""#).isEmpty)
    #expect(
      try said(parts + #", "openpose": "aapose""#) == [
        #""openposeParts" has "feet", which are "core"'s dots; "aapose" draws its toes with the body"#
      ])
    let discs = #""openposeDiscs": "scaled""#
    #expect(try said(discs) == [#""openposeDiscs" is for the style "xinsir", not for "comfy""#])
    #expect(try said(discs + #", "openpose": "xinsir""#).isEmpty)
    let ground = #""identityGround": "white""#
    #expect(
      try said(ground) == [
        #""identityGround" is for the segmentation "identities", not for "ade20k""#
      ])
    #expect(try said(ground + #", "segmentation": "identities""#).isEmpty)
  }

  @Test func theSceneOverridesTheProfileAndTheCommandOverridesTheScene() throws {
    #expect(settings("", profile: .builtIn("z-image"))?.depth == .zoe)
    var read = try #require(settings(#""depth": "linear""#, profile: .builtIn("z-image")))
    #expect(read.depth == .linear && read.cannyDetector.gray)
    let log = DiagnosticLog()
    read.set([("depth", "disparity"), ("cannyThresholds", "50,200")], source: "here", log: log)
    #expect(read.depth == .disparity && read.cannyDetector.low == 50 && !log.hasErrors)
    read.set([("props", "depth,normal"), ("openposeParts", "body")], source: "here", log: log)
    #expect(read.props == [.depth, .normal] && read.openposeParts == [.body] && !log.hasErrors)
    read.set([("normal", "gl")], source: "here", log: log)
    #expect(log.diagnostics.first?.description.hasPrefix("here: error: unknown value") == true)
  }
}
