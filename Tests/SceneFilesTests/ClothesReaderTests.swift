import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

private let dress = """
  {"layer": 4, "parameters": {"length": {"range": [0.2, 1], "default": 0.5}},
   "cloth": [{"shell": {"neck": 0.08, "bottom": 0.4}}, {"skirt": {"length": {"length": [0.2, 1]}}}]}
  """

private func scene(
  _ wear: String, body: String = "female", installed: [String] = []
) -> SceneReader.Result? {
  let text = """
    {"canvas": [64, 64], "characters": [{"id": "a", "body": "\(body)", "wear": \(wear)}]}
    """
  var loader = FileLoader(rigsFolder: "Rigs") { path in
    let files = [
      "s.scene.json": text, "Rigs/garments/dress.garment.json": dress,
      "Rigs/garments/boots.garment.json": #"{"cloth": [{"shoes": {}}]}"#,
      "my/own.garment.json": dress,
    ]
    return files[path].map { .success(Array($0.utf8)) }
      ?? .failure(UnreadableFile(reason: "No such file or directory"))
  }
  loader.libraryGarments = { ["boots", "dress"] }
  loader.installedGarments = { installed }
  loader.garment = { _ in
    let garment = Garment(
      name: "theirs", kind: .worn, anchors: [Garment.Anchor(on: 0)], triangles: [.zero])
    return .success(LoadedGarment(garment: garment, files: []))
  }
  return try? SceneReader.read("s.scene.json", loader: loader).get()
}

private func messages(
  _ wear: String, body: String = "female", installed: [String] = []
) -> [String] {
  (scene(wear, body: body, installed: installed)?.diagnostics ?? []).map(\.description).filter {
    !$0.contains("posemap body install")
  }
}

private func faults(of text: String) -> [String] {
  let log = DiagnosticLog()
  let loader = FileLoader { _ in .success(Array(text.utf8)) }
  _ = GarmentFileReader.design(at: "own.garment.json", loader: loader, log: log)
  return log.sorted.map(\.message)
}

@Suite struct ClothesReaderTests {
  @Test func mannequinsWearTheLibrary() throws {
    let result = try #require(
      scene(#"["boots", {"dress": {"length": 0.7}}, "my/own.garment.json"]"#))
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    let clothes = try #require(result.scene?.characters.first?.clothes)
    #expect(clothes.map(\.design.name) == ["boots", "dress", "own"])
    #expect(clothes.map(\.chosen) == [[:], [.length: 0.7], [:]])
    #expect(result.scene?.characters.first?.wear.isEmpty == true)
  }

  /// Scenes from before the library keep their meaning.
  @Test func anInstalledNameOnAHumanIsMakeHumans() {
    #expect(messages(#"["boots"]"#, body: "human", installed: ["boots"]).isEmpty)
    #expect(messages(#"["boots"]"#, installed: ["boots"]).isEmpty)
    #expect(messages(#"[{"boots": {}}]"#, body: "human", installed: ["boots"]).isEmpty)
  }

  @Test(arguments: [
    (
      #"["boot"]"#,
      #"1:76: error: unknown garment "boot"; did you mean "boots"? posemap wear lists them; you can also name an .mhclo file"#
    ),
    (
      #"[{"dres": {}}]"#,
      #"1:77: error: unknown garment "dres"; did you mean "dress"? allowed with parameters: boots, dress"#
    ),
    (
      #"[{"dress": {"lenght": 1}}]"#,
      #"1:87: error: unknown key "lenght" in "dress"; did you mean "length"? allowed: length"#
    ),
    (
      #"[{"dress": {"length": 3}}]"#,
      #"1:97: error: "length" is 3; it must be 0.2 to 1"#
    ),
    (
      #"[{"dress": 3}]"#,
      #"1:86: error: "dress" must be an object in { }, not a number"#
    ),
    (
      #"["none.garment.json"]"#,
      #"1:76: error: cannot read the garment "none.garment.json" (none.garment.json): No such file or directory"#
    ),
  ])
  func mistakesAreReportedAtTheirLocation(_ wear: String, _ message: String) {
    #expect(messages(wear) == ["s.scene.json:" + message])
  }

  @Test(arguments: [
    ("{}", #""cloth" is missing; a garment is made of at least one piece"#),
    (
      #"{"cloth": [{"shell": {"nek": 1}}]}"#,
      #"unknown key "nek" in a shell; did you mean "neck"? allowed: neck, scoop, top, bottom, sleeves, legs, ease, sleeveEase, legEase, hang, thickness, trim, placket, vee, lapel, collar"#
    ),
    (
      #"{"cloth": [{"shell": {"ease": {"width": [0, 1]}}}]}"#,
      #"unknown key "width" in "ease"; allowed: "#
    ),
    (
      #"{"parameters": {"size": {}}, "cloth": [{"shoes": {}}]}"#,
      #"unknown key "size" in "parameters"; allowed: length, width, flare, sleeves"#
    ),
    (#"{"cloth": [{"shoes": {"sole": 1}}]}"#, #""sole" is 1; it must be 0.002 to 0.1"#),
    (#"{"cloth": [{}]}"#, "a piece is one of shell, skirt, shoes, cloak, hat"),
  ])
  func aWrongFileIsReportedInASentence(_ text: String, _ message: String) {
    #expect(faults(of: text).contains(message), "\(faults(of: text))")
  }
}
