import Foundation
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("Commands that pages may run")
struct JobOrderTests {
  /// A scene of ana and ben in its own folder.
  private func opened() throws -> OpenedScene { try OpenedScene(pairScene) }

  private func fault(_ work: () throws -> Void) -> String {
    do { try work() } catch { return "\(error)" }
    return ""
  }

  @Test("Files go into folders below the scene's, and nowhere else")
  func folders() throws {
    let opened = try opened()
    let home = opened.runner.folder
    let elsewhere = try CommandRunner()
    try FileManager.default.createSymbolicLink(
      atPath: home + "/away", withDestinationPath: elsewhere.folder)
    try FileManager.default.createSymbolicLink(
      atPath: home + "/nowhere", withDestinationPath: elsewhere.folder + "/not-there")
    try opened.runner.write("x", to: "inside/x.txt")
    try FileManager.default.createSymbolicLink(
      atPath: home + "/within", withDestinationPath: "inside")
    for (wish, name) in [
      ("out", "out"), ("out/", "out"), ("a b/ü", "a b/ü"), ("./out/x", "out/x"),
      (home + "/out", "out"), ("within/more", "within/more"), ("a/b/c/d", "a/b/c/d"),
    ] {
      let folder = try JobFolder(wish, besides: opened.path)
      #expect(folder.name == name && folder.path == "\(home)/\(name)", "\(wish)")
    }
    for wish in [
      "", ".", "/", "..", "../out", "out/../..", "out/../../x", "/tmp/out", home, home + "/../x",
      home + "x/out", "away", "away/out", "nowhere", "nowhere/out", ".git", "out/.hidden",
      "out\nx", "a/../../\(FilePath.lastName(of: home))x",
    ] {
      #expect(fault { _ = try JobFolder(wish, besides: opened.path) } != "", "\(wish)")
    }
    #expect(
      fault { _ = try JobFolder("/tmp/out", besides: opened.path) }
        == "\"/tmp/out\" is not in the scene's folder, the only place where the studio writes; "
        + "posemap render -o writes to any folder")
    #expect(try JobFolder("out", besides: "scene.json").path == "out")
    #expect(try JobFolder("out", besides: "not-there/yet/scene.json").path == "not-there/yet/out")
    #expect(try JobFolder("out", besides: "Examples/scene.json").path == "Examples/out")
  }

  @Test("An export is the command that a person would type")
  func words() throws {
    let opened = try opened()
    let files = opened.session.files
    func order(
      _ maps: [String] = [], _ only: [String]? = nil, together: Bool = false
    ) throws -> [String] {
      try JobOrder(
        .init(folder: "out", maps: maps, only: only, together: together), of: files,
        rigsFolder: "R"
      ).arguments
    }
    let (folder, scene) = (
      "--output=\(FilePath.resolve("out", besides: files.scenePath))", files.scenePath
    )
    #expect(try order() == ["render", folder, "--progress", "--rigs=R", "--", scene])
    #expect(
      try order(["depth", "mask"], ["ben"], together: true) == [
        "render", folder, "--progress", "--maps=depth,mask", "--only=ben", "--together",
        "--rigs=R", "--", scene,
      ])
    #expect(fault { _ = try order(["depth,mask"]) } == "there is no map \"depth,mask\"")
    #expect(fault { _ = try order([], ["eva"]) } == "there is no character \"eva\" to export")
    #expect(fault { _ = try order([], []) } == "choose at least one character to export")
    let sent = try JobOrder(
      comfyUI: "-x", folder: "comfy", of: files, rigsFolder: nil)
    #expect(sent.arguments.contains("--submit=-x"), "no value is taken for an option")
    #expect(fault { _ = try JobOrder(comfyUI: "", folder: "c", of: files, rigsFolder: nil) } != "")
  }
}

/// A scene of two people, small enough to be drawn immediately.
let pairScene = """
  {
    "canvas": [128, 192],
    "camera": {"position": [0.4, 1.2, 5], "target": [0, 1, 0], "fovY": 32},
    "characters": [
      {"id": "ana", "body": "female", "pose": "contrapposto", "position": [-0.5, 0, 0]},
      {"id": "ben", "body": "male", "pose": "squat", "position": [0.5, 0, 0]}
    ]
  }

  """
