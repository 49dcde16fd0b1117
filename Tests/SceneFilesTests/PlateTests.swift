import PoseRig
import SceneFiles
import TestSupport
import Testing

@Suite("The picture behind a scene")
struct PlateTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2]
  private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2]

  /// Reads a scene in the folder `scenes` that names a plate, with other files beside it.
  private func read(
    _ plate: String, _ files: [String: [UInt8]] = [:]
  ) throws -> SceneReader.Result {
    let text = """
      {"canvas": [64, 64], "plate": \(plate),
       "characters": [{"id": "ana", "body": "female"}]}
      """
    let all = files.merging(["scenes/scene.json": Array(text.utf8)]) { first, _ in first }
    let loader = FileLoader(read: { path in
      all[path].map(Result.success)
        ?? .failure(UnreadableFile(reason: "No such file or directory"))
    })
    return try SceneReader.read("scenes/scene.json", loader: loader).get()
  }

  @Test("A picture is read, and is not one of the files that maps are made from")
  func taken() throws {
    for (name, path, bytes) in [
      ("photo.png", "scenes/photo.png", Self.png), ("../a b.jpg", "a b.jpg", Self.jpeg),
      ("/photos/x", "/photos/x", Array("RIFF....WEBPVP8 ".utf8)),
    ] {
      let result = try read("\"\(name)\"", [path: bytes])
      #expect(result.scene != nil && result.diagnostics.isEmpty, "\(name)")
      #expect(result.inputs.map(\.name) == ["scene.json"])
    }
  }

  @Test("A picture that cannot be shown is a located warning, and the scene stays valid")
  func missing() throws {
    let missing = try read("\"photo.png\"")
    #expect(missing.scene != nil)
    #expect(
      missing.diagnostics.map(\.description) == [
        "scenes/scene.json:1:31: warning: the studio cannot show the plate \"photo.png\" "
          + "(scenes/photo.png): No such file or directory; maps need none"
      ])
    #expect(missing.diagnostics.map(\.code) == [.unreadable])
    let text = try read("\"photo.png\"", ["scenes/photo.png": Array("a text".utf8)])
    #expect(text.diagnostics.map(\.severity) == [.warning] && text.scene != nil)
    #expect(text.diagnostics[0].message.contains("it is not a picture"))
  }

  @Test("Values other than names are errors", arguments: ["\"\"", "3", "[\"a.png\"]", "{}"])
  func wrong(_ plate: String) throws {
    let result = try read(plate)
    #expect(result.scene == nil && result.diagnostics.map(\.severity) == [.error])
  }

  @Test("Its line follows the camera's")
  func layout() throws {
    let log = DiagnosticLog()
    let text = CanonicalLayout.text(
      of: Array(#"{"characters": [], "plate": "a.png", "camera": {}, "canvas": [64, 64]}"#.utf8),
      file: "scene.json", log: log)
    #expect(
      text == """
        {
          "canvas": [64, 64],
          "camera": {},
          "plate": "a.png",
          "characters": []
        }

        """)
  }
}
