import PosemapKit
import SceneFiles
import TestSupport
import Testing

@Suite struct SceneLoaderTests {
  private let runner: CommandRunner
  private let rigs = CommandRunner.repository + "/Rigs"

  init() throws { runner = try CommandRunner() }

  /// Returns the failure with which loading a scene ends.
  private func failure(
    of text: String?, _ choices: SceneChoices = SceneChoices()
  ) throws -> Failure? {
    var choices = choices
    choices.rigsFolder = rigs
    if let text { try runner.write(text, to: "a.json") }
    do throws(Failure) {
      _ = try SceneLoader(choices).load("\(runner.folder)/a.json")
      return nil
    } catch {
      return error
    }
  }

  private static let standing = #"""
    {"canvas": [128, 128], "characters": [{"id": "a", "body": "female", "pose": "stand"}]}
    """#

  @Test func aMissingSceneIsNoInput() throws {
    let failure = try #require(try failure(of: nil))
    #expect(failure.code == .noInput)
    #expect(
      failure.lines == [
        "\(runner.folder)/a.json: error: cannot read this scene: No such file or directory"
      ])
  }

  @Test func aMissingPoseIsNoInput() throws {
    let text = Self.standing.replacing("stand", with: "nothing.pose.json")
    #expect(try failure(of: text)?.code == .noInput)
  }

  @Test func wrongContentIsBadDataWithItsLocation() throws {
    let failure = try #require(try failure(of: Self.standing.replacing("female", with: "femle")))
    #expect(failure.code == .badData)
    #expect(failure.diagnostics.map(\.location?.line) == [1])
  }

  @Test func aWrongChoiceIsUsageBeforeAnyFileIsRead() throws {
    let choices = SceneChoices(mapSettings: [("depth", "zooe")])
    let failure = try #require(try failure(of: nil, choices))
    #expect(failure.code == .usage)
    #expect(failure.lines.count == 1)
    #expect(failure.lines[0].hasPrefix("posemap: error: "))
  }

  @Test func warningsAreErrorsIfStrict() throws {
    let bent = #"""
      {"canvas": [128, 128], "characters": [{"id": "a", "body": "female",
       "pose": {"joints": {"leftLowerArm": {"flexion": 200}}}}]}
      """#
    #expect(try failure(of: bent) == nil)
    let failure = try #require(try failure(of: bent, SceneChoices(isStrict: true)))
    #expect(failure.code == .badData)
    #expect(failure.diagnostics.map(\.severity) == [.error])
  }

  @Test func aSceneIsNamedAfterItsFileOrItsFolder() {
    #expect(LoadedScene.name(of: "/a/window/scene.json") == "window")
    #expect(LoadedScene.name(of: "/a/hug.scene.json") == "hug")
  }
}
