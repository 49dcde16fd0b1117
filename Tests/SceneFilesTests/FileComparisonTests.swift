import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

@Suite("The comparison of two files")
struct FileComparisonTests {
  private func compare(
    _ before: [String: String], _ after: [String: String], _ path: String = "scene.json",
    isNamed: Bool = true
  ) -> FileDifference? {
    FileComparison(
      from: .init(Fixture.loader(before), prefix: "HEAD:"), to: .init(Fixture.loader(after)),
      looksAtPictures: false
    ).difference(
      from: before[path] == nil ? nil : path, to: after[path] == nil ? nil : path,
      isNamed: isNamed)
  }

  private func text(_ difference: FileDifference?) -> [String] {
    difference?.groups.flatMap { group in
      group.lines.map { group.title.isEmpty ? $0.text : "\(group.title): \($0.text)" }
    } ?? []
  }

  private func scene(_ character: String, _ keys: String = "") -> String {
    Fixture.scene(character: character, keys: keys)
  }

  @Test("Joints are named as in the studio, with angles and the hand's movement")
  func words() {
    let before = scene(#""pose": {"joints": {"leftLowerArm": {"flexion": 20}}}"#)
    let after = scene(#""pose": {"joints": {"leftLowerArm": {"flexion": 90}}}"#)
    let lines = text(compare(["scene.json": before], ["scene.json": after]))
    #expect(lines.contains("her: left elbow: flexion 20 → 90°"))
    let hand = lines.first { $0.hasPrefix("her: left hand ") } ?? ""
    #expect(hand.contains("cm forward") && hand.contains("to her right"), "\(lines)")
  }

  @Test("Newly held feet are reported")
  func ground() {
    let frames = Array(repeating: "{}", count: 31).joined(separator: ", ")
    let clip = #"{"frameRate": 30, "frames": [\#(frames)]}"#
    let before = scene(#""pose": {"file": "a.clip.json"}"#)
    let after = scene(#""pose": {"file": "a.clip.json", "ground": true}"#)
    let lines = text(
      compare(
        ["scene.json": before, "a.clip.json": clip], ["scene.json": after, "a.clip.json": clip]))
    #expect(lines.contains("her: her feet are now held where they stand"), "\(lines)")
  }

  @Test("Camera, canvas, maps, props and prompts are reported once each")
  func shared() {
    let before = scene(
      "",
      #""maps": {"depthBits": 8}, "prompt": "a park, sunset", "camera": {"frame": "all", "angle": 10}"#
    )
    let after = scene(
      "",
      #"""
      "maps": {"depthBits": 16}, "prompt": "a park, night, rain", "camera": {"frame": "all", "angle": 35},
       "props": [{"id": "box", "shape": "box", "size": [1, 0.5, 1], "position": [2, 0, 0]}]
      """#)
    #expect(
      text(compare(["scene.json": before], ["scene.json": after])) == [
        "camera angle 10 → 35°", "prop \"box\" is new: box of 1 × 0.5 × 1 m",
        "maps: depthBits 8 → 16", "prompt: without \"sunset\"", "prompt: with \"night\"",
        "prompt: with \"rain\"",
      ])
  }

  @Test("A different layout or spelling of equal content is reported as such")
  func sameMeaning() throws {
    let tight = scene(#""pose": {"joints": {"head": {"rotation": 20}}}, "yaw": 5"#)
    let loose = scene(
      #""yaw": 5.0,  "pose": {"joints": {"head": {"rotation": 20}}}"#)
    let other = scene(#""pose": {"joints": {"head": [0, 20, 0]}}, "yaw": 5"#)
    func status(_ one: String, _ two: String) -> FileDifference.Status? {
      compare(["scene.json": one], ["scene.json": two])?.status
    }
    #expect(status(tight, tight) == .same)
    #expect(status(tight, loose) == .layout)
    #expect(status(tight, other) == .rewritten)
  }

  @Test("A scene follows the pose that it names, and an unreadable scene is reported")
  func followsAndFaults() {
    let text = scene(#""pose": "a.pose.json""#)
    func files(_ pose: String) -> [String: String] { ["scene.json": text, "a.pose.json": pose] }
    let before = files(#"{"joints": {"head": {"rotation": 10}}}"#)
    let follows = compare(before, files(#"{"joints": {"head": {"rotation": 30}}}"#))
    #expect(follows?.status == .follows)
    #expect(self.text(follows).contains("her: head: rotation 10 → 30°"))
    let broken = compare(before, files(#"{"joints": {"heed": {"rotation": 30}}}"#))
    #expect(broken?.status == .unreadable)
    #expect(broken?.faults.count == 1)
    #expect(broken?.faults.first?.hasPrefix("a.pose.json:1:13: error: ") == true)
    let gone = compare(["scene.json": text], before)
    #expect(gone?.faults.first?.hasPrefix("HEAD:scene.json:2:") == true, "\(gone?.faults ?? [])")
  }

  @Test("Files of other programs are skipped unless requested")
  func others() {
    let package = #"{"name": "x", "version": "1.0.0"}"#
    #expect(compare(["package.json": package], [:], "package.json", isNamed: false) == nil)
    let sprites = #"{"frames": {"a": 1}}"#
    #expect(compare([:], ["sprites.json": sprites], "sprites.json", isNamed: false) == nil)
    #expect(compare([:], ["sprites.json": sprites], "sprites.json") != nil)
  }

  @Test("References are found anywhere, and in the library by name")
  func references() throws {
    let text = #"""
      {"characters": [{"id": "a", "model": "../m/hero.glb", "pose": {"base": "gr\u00fc\u00dfen.pose.json",
       "hands": {"both": "fist"}}}], "description": "no.json"}
      """#
    let document = try Document(Array(text.utf8), file: "s/scene.json")
    let paths = FileReferences.paths(in: document, rigsFolder: "Rigs")
    #expect(paths.contains("m/hero.glb") && paths.contains("s/grüßen.pose.json"))
    #expect(paths.contains("Rigs/poses/hands/fist.pose.json"))
    #expect(!paths.contains("s/no.json"))
  }

  @Test("Fingers share one line, and long lists of joints are shortened")
  func manyJoints() {
    let fist = JointName.allCases.filter { $0.isOfFinger && $0.side == .left }.map {
      PoseDifference.Turn(joint: $0, degrees: 30, angles: [])
    }
    let lines = TurnWords.lines(fist)
    #expect(lines.count == 1 && lines[0].text.hasPrefix("left fingers: \(fist.count) joints"))
    let body = JointName.allCases.filter { !$0.isOfFinger }.enumerated().map {
      PoseDifference.Turn(joint: $1, degrees: Double($0 + 1), angles: [])
    }
    #expect(TurnWords.lines(body).count == 13)
  }
}
