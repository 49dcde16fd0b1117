import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

private let style = #"{"pieces": [{"cap": {}}]}"#

private func faults(of text: String) -> [String] {
  let log = DiagnosticLog()
  let loader = FileLoader { _ in .success(Array(text.utf8)) }
  _ = HairFileReader.design(at: "own.hair.json", loader: loader, log: log)
  return log.sorted.map(\.message)
}

private func scene(_ keys: String, more: String = "") -> SceneReader.Result? {
  let text = """
    {"canvas": [64, 64], "characters": [{"id": "a", "body": "female", \(keys)}]\(more)}
    """
  var loader = FileLoader(rigsFolder: "Rigs") { path in
    let files = [
      "s.scene.json": text, "Rigs/hair/bob.hair.json": style, "Rigs/hair/beard.hair.json": style,
      "my/own.hair.json": style, "Rigs/hair/bun-high.hair.json": style,
    ]
    return files[path].map { .success(Array($0.utf8)) }
      ?? .failure(UnreadableFile(reason: "No such file or directory"))
  }
  loader.libraryHair = { ["beard", "bob", "bun-high"] }
  return try? SceneReader.read("s.scene.json", loader: loader).get()
}

@Suite struct HairReaderTests {
  @Test func hairIsAStyleAnObjectOrAList() throws {
    let forms: [(String, [Hair])] = try [
      (#""bob""#, [Hair(design("bob"))]), (#""bald""#, []),
      (#""my/own.hair.json""#, [Hair(design("own"))]),
      (
        #"{"style": "bob", "length": 1.2, "volume": 0.9, "curl": 0.3}"#,
        [Hair(design("bob"), length: 1.2, volume: 0.9, curl: 0.3)]
      ),
      (#"["bob", "beard"]"#, [Hair(design("bob")), Hair(design("beard"))]),
    ]
    for (form, hair) in forms {
      let result = try #require(scene("\"hair\": \(form)"))
      #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
      #expect(result.scene?.characters.first?.hair == hair, "\(form)")
    }
  }

  private func design(_ name: String) throws -> HairDesign {
    let loader = FileLoader { _ in .success(Array(style.utf8)) }
    return try #require(
      HairFileReader.design(at: "\(name).hair.json", loader: loader, log: DiagnosticLog()))
  }

  @Test(
    arguments: [
      (
        #""bib""#,
        #"unknown hair "bib"; did you mean "bob"? allowed: bald, beard, bob, bun-high, or a .json file"#
      ),
      (
        #"{"style": "bob", "lenght": 1}"#,
        #"unknown key "lenght" in "hair"; did you mean "length"? allowed: style, length, volume, curl"#
      ),
      (
        #"{"style": "bob", "length": 9}"#,
        #""length" is 9; it must be 0.2 to 3 times the style's own"#
      ),
      (#"{"length": 1}"#, #""hair" needs a "style"; `posemap hair` lists them"#),
      (
        "3",
        #""hair" must be the name of a style, an object with "style", "length", "volume" and "curl", or a list of them, not a number"#
      ),
      (
        #""none.hair.json""#,
        #"cannot read hair "none.hair.json" (none.hair.json): No such file or directory"#
      ),
    ])
  func aMistakeIsReportedInASentence(_ hair: String, _ message: String) throws {
    let result = try #require(scene("\"hair\": \(hair)"))
    #expect(result.diagnostics.map(\.message) == [message])
  }

  @Test func windIsReadAndBounded() throws {
    let calm = try #require(scene("\"yaw\": 0"))
    #expect(calm.scene?.wind == .zero)
    let windy = try #require(scene("\"yaw\": 0", more: ", \"wind\": [3, 0, -2]"))
    #expect(windy.scene?.wind == Vector3(3, 0, -2))
    let storm = try #require(scene("\"yaw\": 0", more: ", \"wind\": [300, 0, 0]"))
    #expect(
      storm.diagnostics.map(\.message)
        == [#""wind" x is 300; it must be -100 to 100 meters per second"#])
  }

  @Test(
    arguments: [
      ("{}", #""pieces" is missing; hair is made of at least one"#),
      (#"{"pieces": []}"#, #""pieces" must be a list of 1 to 100 pieces"#),
      (
        #"{"pieces": [{}]}"#,
        "a piece is one of cap, locks, tufts, tail, braid, coil, cloth"
      ),
      (
        #"{"pieces": [{"locks": {}}]}"#,
        #"locks need "guides": a list of {"path": …, "fall": …}, or of such lists, one for each row"#
      ),
      (
        #"{"pieces": [{"locks": {"guides": [{"path": [[0, 1]]}, {"path": [[0, 1], [2, 3]]}]}}]}"#,
        #"all rows of "guides" must have the same number of guides, and all guides' "path" the same number of points"#
      ),
      (
        #"{"pieces": [{"tail": {"fall": 1}}]}"#,
        #"a guide needs a "path" of 1 to 20 points [longitude, latitude, height]"#
      ),
      (
        #"{"pieces": [{"tail": {"path": [[0, 1, 9]]}}]}"#,
        "a point of \"path\" is in degrees, with a height of at most 0.5 meters"
      ),
      (
        #"{"pieces": [{"cap": {"ridges": -1}}]}"#, #""ridges" is -1; it must be 0 to 200"#
      ),
      (
        #"{"hairline": [[90, 0], [20, 0]], "pieces": [{"cap": {}}]}"#,
        #"the longitudes of "hairline" go from 0 (straight ahead) to 180 (behind)"#
      ),
      (#"{"parts": []}"#, "this is a prop file; a hair style is needed here"),
    ])
  func aBrokenStyleIsReportedInASentence(_ text: String, _ message: String) {
    #expect(faults(of: text) == [message])
  }

  @Test func aModelKeepsItsOwnHair() throws {
    let text = """
      {"canvas": [64, 64], "characters": [{"id": "a", "model": "x.glb", "hair": "bob"}]}
      """
    let found = Fixture.read(text)?.diagnostics.map(\.message) ?? []
    #expect(found.contains(#"a model comes with its own hair; only a "body" takes "hair""#))
  }
}
