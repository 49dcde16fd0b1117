import Foundation
import PoseRig
import PosemapKit
import SceneFiles
import Studio
import TestSupport
import Testing

/// A session on a scene in its own folder, which is deleted with the value.
final class OpenedScene {
  let runner: CommandRunner
  private var opened: StudioSession?

  /// The session.
  var session: StudioSession {
    guard let opened else { preconditionFailure("the scene is closed") }
    return opened
  }

  /// Writes a scene and files beside it, and opens the scene.
  init(_ text: String?, _ files: [String: String] = [:]) throws {
    runner = try CommandRunner()
    if let text { try runner.write(text, to: "scene.json") }
    for (name, text) in files { try runner.write(text, to: name) }
    opened = try Self.open(runner)
  }

  private static func open(_ runner: CommandRunner) throws -> StudioSession {
    let path = runner.folder + "/scene.json"
    return try StudioSession(
      path, files: .disk(rigsFolder: CommandRunner.repository + "/Rigs"),
      cache: runner.folder + "/cache")
  }

  /// Opens the scene again, as after the server was killed: nothing is saved or journaled.
  func openAgain() throws {
    opened = nil
    opened = try Self.open(runner)
  }

  /// Opens the scene a second time, beside this session.
  func openBeside() throws -> StudioSession { try Self.open(runner) }

  /// The scene's path.
  var path: String { runner.folder + "/scene.json" }

  /// The scene's edited text.
  var text: String { String(decoding: session.files.contents[path]?.bytes ?? [], as: UTF8.self) }

  /// Returns a file's text on disk; nil if the file does not exist.
  func disk(_ name: String = "scene.json") -> String? {
    runner.bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes a file, as another program would.
  func write(_ text: String, to name: String = "scene.json") throws {
    try runner.write(text, to: name)
  }

  /// Whether a journal exists.
  var hasJournal: Bool { !runner.files("cache").isEmpty }

  /// Returns a joint's solved angle, in degrees.
  func angle(_ name: AngleName, _ joint: JointName, of id: String = "ana") throws -> Double {
    let character = try #require(session.posed?.characters.first { $0.id == id })
    let parent = try #require(joint.parent)
    let rotation =
      character.posedRig.modelFromJoint[parent.index].rotation.inverse
      * character.posedRig.modelFromJoint[joint.index].rotation
    return try #require(Anatomy.of(joint).degrees(of: rotation, side: joint.side)[name])
  }

  /// Returns a joint's position, in meters.
  func position(of joint: JointName, _ id: String = "ana") throws -> Vector3 {
    try #require(session.posed?.characters.first { $0.id == id }).position(of: joint)
  }
}

/// Returns a scene of one standing figure with a given pose.
func standingScene(_ pose: String = #""contrapposto""#, more: String = "") -> String {
  """
  {
    "canvas": [384, 512],
    "camera": {"position": [0.4, 1.2, 4], "target": [0, 1, 0], "fovY": 32},
    "characters": [
      {
        "id": "ana",
        "body": "female",
        "pose": \(pose)\(more)
      }
    ]
  }

  """
}
