import Foundation
import TestSupport
import Testing

/// A scene for generators: two people in a field, one of them without a prompt.
enum FieldScene {
  static let scene = """
    {"canvas": [512, 512], "prompt": "a field", "seed": 5, "characters": [
      {"id": "ana", "body": "female", "position": [-0.4, 0, 0], "prompt": "a woman \\"Ana\\""},
      {"id": "ben", "body": "male", "position": [0.5, 0, 0]}]}
    """

  static func runner(_ scene: String = scene) throws -> CommandRunner {
    let runner = try CommandRunner()
    try runner.write(scene, to: "field.scene.json")
    return runner
  }

  static func json(_ runner: CommandRunner, _ path: String) throws -> [String: Any] {
    let data = Data(try #require(runner.bytes(path)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}
