import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

private func messages(_ character: String, installed: [String] = []) -> [String] {
  let text = #"{"canvas": [64, 64], "characters": [{"id": "a", \#(character)}]}"#
  var loader = FileLoader(
    human: { .failure(UnreadableFile(reason: "it is not installed here")) },
    read: { path in
      path == "s.scene.json"
        ? .success(Array(text.utf8)) : .failure(UnreadableFile(reason: "No such file or directory"))
    })
  loader.installedGarments = { installed }
  loader.garment = { source in
    let garment = Garment(
      name: "g", kind: .worn, anchors: [Garment.Anchor(on: 0)], triangles: [.zero])
    switch source {
    case .file("clothes/good.mhclo"), .installed:
      return .success(LoadedGarment(garment: garment, files: [], warnings: ["it is doubtful"]))
    case .file: return .failure(UnreadableFile(reason: "it is cut off"))
    }
  }
  let result = try? SceneReader.read("s.scene.json", loader: loader).get()
  return (result?.diagnostics ?? []).map(\.description).filter {
    !$0.contains("it is not installed here")
  }
}

@Suite struct WearReaderTests {
  @Test func garmentsAreNamedByFileOrAsInstalled() {
    #expect(
      messages(
        #""body": "human", "wear": ["clothes/good.mhclo", "shoes01"]"#, installed: ["shoes01"])
        == [
          #"s.scene.json:1:75: warning: the garment "clothes/good.mhclo": it is doubtful"#,
          #"s.scene.json:1:97: warning: the garment "shoes01": it is doubtful"#,
        ])
  }

  @Test func hairCanBeAGarment() throws {
    let text = """
      {"canvas": [64, 64], "characters": [{"id": "a", "body": "human",
       "hair": ["long01", "my/bob.mhclo"], "wear": ["shoes01"]}]}
      """
    var loader = FileLoader { _ in .success(Array(text.utf8)) }
    loader.installedGarments = { ["long01", "shoes01"] }
    loader.garment = { source in
      let garment = Garment(
        name: "\(source)", kind: .worn, anchors: [Garment.Anchor(on: 0)], triangles: [.zero])
      return .success(LoadedGarment(garment: garment, files: []))
    }
    let result = try SceneReader.read("s.scene.json", loader: loader).get()
    // Without a human nothing can be drawn, but nothing else is wrong.
    #expect(result.diagnostics.count == 1)
    loader.installedGarments = { ["shoes01"] }
    let unknown = try SceneReader.read("s.scene.json", loader: loader).get()
    #expect(unknown.diagnostics.contains { $0.message.hasPrefix("unknown hair \"long01\"") })
  }

  @Test(arguments: [
    (
      #""body": "human", "wear": "shoes01""#,
      #"s.scene.json:1:74: error: "wear" must be a list of garments, not a string: ["shoes01", "my/shirt.mhclo"]"#
    ),
    (
      #""body": "human", "wear": [7]"#,
      #"s.scene.json:1:75: error: a garment is a name, an .mhclo file, or a name with parameters: {"dress": {"length": 0.7}}, not a number"#
    ),
    (
      #""body": "female", "wear": ["shoes01"]"#,
      #"s.scene.json:1:76: error: only "body": "human" wears MakeHuman's garments: they are bound to its body"#
    ),
    (
      #""body": "human", "wear": ["shoe01"]"#,
      #"s.scene.json:1:75: error: unknown garment "shoe01"; did you mean "shoes01"? posemap wear lists them; you can also name an .mhclo file"#
    ),
    (
      #""body": "human", "wear": ["bad.mhclo"]"#,
      #"s.scene.json:1:75: error: cannot use the garment "bad.mhclo": it is cut off"#
    ),
  ])
  func mistakesAreReportedAtTheirLocation(_ character: String, _ message: String) {
    #expect(messages(character, installed: ["shoes01"]) == [message])
  }

  @Test func withoutInstalledGarmentsTheMessageTellsHowToInstallThem() {
    #expect(
      messages(#""body": "human", "wear": ["shoes01"]"#) == [
        #"s.scene.json:1:75: error: unknown garment "shoes01"; none is installed; run: posemap wear install FOLDER, or name an .mhclo file"#
      ])
  }
}
