import Foundation
import TestSupport
import Testing

/// A walk of two joints as BVH, with all the bones of a person.
private let bvh: String = {
  func joint(_ name: String, _ offset: String, _ children: String = "", root: Bool = false)
    -> String
  {
    let channels = root ? "6 Xposition Yposition Zposition " : "3 "
    let inner = children.isEmpty ? "End Site\n{\nOFFSET 0 -5 0\n}" : children
    return "\(root ? "ROOT" : "JOINT") \(name)\n{\nOFFSET \(offset)\n"
      + "CHANNELS \(channels)Zrotation Xrotation Yrotation\n\(inner)\n}\n"
  }
  func leg(_ side: String, _ x: Int) -> String {
    joint(
      side + "UpLeg", "\(x) -5 0", joint(side + "Leg", "0 -42 0", joint(side + "Foot", "0 -40 0")))
  }
  func arm(_ side: String, _ sign: Int) -> String {
    joint(
      side + "Arm", "\(17 * sign) 12 0",
      joint(side + "ForeArm", "\(26 * sign) 0 0", joint(side + "Hand", "\(25 * sign) 0 0")))
  }
  let trunk = joint(
    "Spine", "0 10 0",
    joint("Neck", "0 38 0", joint("Head", "0 9 0")) + arm("Left", 1) + arm("Right", -1))
  let tree = joint("Hips", "0 0 0", trunk + leg("Left", 9) + leg("Right", -9), root: true)
  let joints = tree.components(separatedBy: "CHANNELS").count - 1
  let frames = (0..<5).map { frame in
    (["0", "95", "\(frame * 10)"] + Array(repeating: "\(frame)", count: 3 * joints)).joined(
      separator: " ")
  }
  return "HIERARCHY\n\(tree)MOTION\nFrames: 5\nFrame Time: 0.1\n\(frames.joined(separator: "\n"))\n"
}()

@Suite struct ModelCommandTests {
  @Test func inspectListsBonesAndClips() throws {
    let runner = try CommandRunner()
    try runner.write(bvh, to: "walk.bvh")
    let outcome = try runner.run("inspect", "walk.bvh")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("leftLowerLeg = LeftLeg") && outcome.output.contains("0.4 s"))
    let json = try runner.run("inspect", "--json", "walk.bvh")
    let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((report?["bones"] as? [String: String])?["head"] == "Head")
    let gone = try runner.run("inspect", "gone.bvh")
    #expect(gone.code == 66 && gone.errorLines == ["gone.bvh: error: No such file or directory"])
  }

  @Test func importWritesPosesAndClipsThatScenesRead() throws {
    let runner = try CommandRunner()
    try runner.write(bvh, to: "walk.bvh")
    #expect(try runner.run("import", "walk.bvh", "-o", "w.pose.json", "--time", "0.2").code == 0)
    #expect(
      try runner.run("import", "walk.bvh", "-o", "w.clip.json", "--frames", "--ground").code == 0)
    try runner.write(
      """
      {"canvas": [96, 96], "characters": [
        {"id": "a", "body": "male", "pose": "w.pose.json"},
        {"id": "b", "body": "female", "position": [1, 0, 0], "pose": {"file": "w.clip.json", "time": 0.2}},
        {"id": "c", "body": "female", "position": [2, 0, 0], "pose": {"file": "walk.bvh", "time": 0.2}}]}
      """, to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let clip = try runner.run("import", "walk.bvh", "-o", "w.json", "--clip", "Run")
    #expect(clip.code == 65)
    #expect(clip.errorLines == [#"walk.bvh: error: it has no clip "Run"; it has "Motion""#])
    #expect(try runner.run("import", "walk.bvh", "-o", "w.json", "--time", "9").code == 64)
    let name = try runner.run("import", "walk.bvh", "-o", "w.txt")
    #expect(name.code == 64 && name.firstError == "Error: the output's name must end in .json")
  }

  /// A frame is equal whether it is drawn alone or among all, on the ground or above it.
  @Test func framesWithHeldFeetDoNotDependOnWhichAreDrawn() throws {
    let runner = try CommandRunner()
    let frames = (0...30).map { frame in
      let height = frame < 15 ? 0 : Double(frame - 15) * 0.02
      return #"{"translation": [\#(Double(frame % 3) * 0.004), \#(height), 0]}"#
    }
    try runner.write(
      #"{"frameRate": 30, "frames": [\#(frames.joined(separator: ", "))]}"#, to: "up.clip.json")
    try runner.write(
      #"{"canvas": [96, 96], "camera": {"position": [0, 1, 4], "target": [0, 1, 0]}, "characters": [{"id": "a", "body": "male", "pose": {"file": "up.clip.json", "ground": true}}]}"#,
      to: "scene.json")
    func render(_ frames: String) throws {
      let outcome = try runner.run(
        "render", "scene.json", "-o", frames, "--frames", frames, "--maps", "mask,openpose")
      #expect(outcome.code == 0 && outcome.errorLines.isEmpty, "\(outcome)")
    }
    try render("0..30")
    for frame in ["4", "27"] {
      try render("\(frame)..\(frame)")
      for map in ["mask", "openpose"] {
        let name = "a/\(map)/\(frame.count == 1 ? "0000" : "000")\(frame).png"
        #expect(runner.bytes("0..30/\(name)") != nil)
        #expect(runner.bytes("0..30/\(name)") == runner.bytes("\(frame)..\(frame)/\(name)"))
      }
    }
  }

  @Test func aRateThatClipFilesCannotHaveMustBeChosen() throws {
    let runner = try CommandRunner()
    try runner.write(bvh.replacing("Frame Time: 0.1", with: "Frame Time: 0.0002"), to: "fast.bvh")
    let line = ["import", "fast.bvh", "-o", "f.clip.json", "--frames"]
    let outcome = try runner.run(line)
    #expect(outcome.code == 65)
    #expect(
      outcome.errorLines == [
        "fast.bvh: error: the clip has 5000 frames per second, and a clip file takes 0.01 to 1000; give the number with --fps"
      ])
    #expect(try runner.run(line + ["--fps", "1000"]).code == 0)
    #expect(try runner.run("check", "f.clip.json").code == 0)
  }

  @Test func framesAreNumberedAndASecondRunContinues() throws {
    let runner = try CommandRunner()
    try runner.write(bvh, to: "walk.bvh")
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "body": "male", "pose": "walk.bvh"}]}"#,
      to: "scene.json")
    let maps = ["--maps", "depth,openpose"]
    func render(_ more: String...) throws -> CommandRunner.Outcome {
      try runner.run(
        ["render", "scene.json", "-o", "out", "--frames", "0..3", "--fps", "10"] + maps + more)
    }
    #expect(try render().output == "out: 4 frames\n")
    let files = runner.files("out")
    #expect(files.contains("a/depth/00003.png") && files.contains("a/keypoints/00000.json"))
    let before = runner.bytes("out/a/depth/00002.png")
    try FileManager.default.removeItem(atPath: runner.folder + "/out/a/depth/00002.png")
    #expect(try render().output == "out: 1 frames, 3 were already drawn\n")
    #expect(runner.bytes("out/a/depth/00002.png") == before)
    #expect(try render("--depth-floor", "0").output == "out: 4 frames\n")
    #expect(runner.bytes("out/a/depth/00002.png") != before)
  }

  /// No file shows which process drew it, or how many there were; and goals apply in every frame.
  @Test func filesDoNotDependOnTheNumberOfProcesses() throws {
    let runner = try CommandRunner()
    try runner.write(bvh, to: "walk.bvh")
    try runner.write(
      """
      {"canvas": [96, 96], "characters": [
        {"id": "a", "body": "male", "pose": {"file": "walk.bvh", "look": "camera", "reach": {"leftHand": {"at": "b.rightHand"}}}},
        {"id": "b", "body": "female", "position": [0.7, 0, 0.2], "pose": {"file": "walk.bvh", "time": 0.1}}]}
      """, to: "scene.json")
    var files: [[String: [UInt8]?]] = []
    for jobs in ["1", "2", "3"] {
      let outcome = try runner.run(
        "render", "scene.json", "-o", jobs, "--frames", "0..4", "--fps", "10", "--jobs", jobs)
      #expect(outcome.code == 0 && outcome.output == "\(jobs): 5 frames\n", "\(outcome)")
      files.append(
        Dictionary(
          uniqueKeysWithValues: runner.files(jobs).map { ($0, runner.bytes("\(jobs)/\($0)")) }))
    }
    #expect(files[0].count == 2 * 8 * 5 + 1)
    #expect(files[0] == files[1] && files[0] == files[2])
    // All processes report output that cannot be written in the same way.
    try FileManager.default.removeItem(atPath: runner.folder + "/2/a/depth")
    try runner.write("", to: "2/a/depth")
    let blocked = try runner.run(
      "render", "scene.json", "-o", "2", "--frames", "0..4", "--fps", "10", "--jobs", "2")
    #expect(blocked.code == 73)
    #expect(
      Set(blocked.errorLines) == [
        "posemap: error: cannot create '2/a/depth': a file is in the way where a folder is needed; move it or choose another folder"
      ])
  }

  @Test func framesNeedAMovingCharacter() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "body": "male"}]}"#,
      to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--frames", "0..3")
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == [
        #"posemap: error: scene.json: no character moves in it; --frames needs a character whose "pose" is a clip"#
      ])
  }

  @Test func aModelCanBeABody() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "body": "male", "yaw": 30}]}"#,
      to: "male.json")
    #expect(try runner.run("glb", "male.json", "-o", "male.glb").code == 0)
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "model": "male.glb", "yaw": 30}]}"#,
      to: "model.json")
    for (scene, folder) in [("male.json", "one"), ("model.json", "two")] {
      let outcome = try runner.run("render", scene, "-o", folder, "--maps", "mask,openpose")
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    // A model exported as glTF and imported again looks the same.
    #expect(runner.bytes("one/a/mask.png") == runner.bytes("two/a/mask.png"))
  }

  private func errors(_ runner: CommandRunner) throws -> [String] {
    try runner.run("check", "scene.json").output.split(separator: "\n").map(String.init)
      .filter { $0.contains(" error: ") }
  }

  @Test func partsAreHiddenByName() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "body": "male"}]}"#, to: "male.json")
    #expect(try runner.run("glb", "male.json", "-o", "male.glb").code == 0)
    let inspected = try runner.run("inspect", "--json", "male.glb")
    let report =
      try JSONSerialization.jsonObject(with: Data(inspected.output.utf8)) as? [String: Any]
    let part = try #require((report?["parts"] as? [String])?.first)
    #expect(try #require(report?["legLength"] as? Double) > 0.7)
    func said(_ hidden: String) throws -> [String] {
      try runner.write(
        """
        {"canvas": [96, 96], "characters": [{"id": "a", "model": "male.glb", "hide": \(hidden)}]}
        """, to: "scene.json")
      return try errors(runner)
    }
    let start = #"scene.json:1:58: error: cannot use the model "male.glb": "#
    #expect(
      try said(#"["\#(part)"]"#) == [
        start + #""hide" leaves nothing of it to draw; hide less"#
      ])
    #expect(
      try said(#"["Hat"]"#).first?.hasPrefix(start + #"it has nothing called "Hat""#) ?? false)
    #expect(try said("[]").isEmpty)
    #expect(
      try said(#""Hat""#) == [
        #"scene.json:1:78: error: "hide" must be a list of names, as `posemap inspect` prints them: ["Hat", "Sword"]"#
      ])
  }

  @Test func partsHiddenInOneFigureAreShownInAnotherOfItsModel() throws {
    let runner = try CommandRunner()
    try runner.write(bvh, to: "walk.bvh")
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "body": "male"}]}"#, to: "male.json")
    #expect(try runner.run("glb", "male.json", "-o", "male.glb").code == 0)
    func masks(_ hide: String, _ folder: String) throws -> [[UInt8]?] {
      try runner.write(
        """
        {"canvas": [96, 96], "camera": {"position": [0.5, 1, 4], "target": [0.5, 1, 0], "focalLength": 35},
         "characters": [
          {"id": "a", "model": "male.glb", \(hide)"pose": "walk.bvh"},
          {"id": "b", "model": "male.glb", "position": [1, 0, 0], "pose": "walk.bvh"}]}
        """, to: "scene.json")
      // Workers, which receive the model, draw the frames.
      let outcome = try runner.run(
        "render", "scene.json", "-o", folder, "--frames", "0..1", "--maps", "mask", "-q")
      #expect(outcome.code == 0, "\(outcome.errors)")
      return ["a", "b"].map { runner.bytes("\(folder)/\($0)/mask/00000.png") }
    }
    let (whole, hidden) = (try masks("", "one"), try masks(#""hide": ["head"], "#, "two"))
    #expect(whole.allSatisfy { $0 != nil } && whole[0] != hidden[0] && whole[1] == hidden[1])
  }

  @Test func aModelHiddenInItsFileIsReported() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "body": "male"}]}"#, to: "male.json")
    #expect(try runner.run("glb", "male.json", "-o", "male.glb").code == 0)
    var bytes = try #require(runner.bytes("male.glb"))
    let length = Int(bytes[12]) | Int(bytes[13]) << 8 | Int(bytes[14]) << 16
    let json = String(decoding: bytes[20..<(20 + length)], as: UTF8.self)
    let hidden = json.replacing(
      #""mesh":0"#,
      with: #""mesh":0,"extensions":{"KHR_node_visibility":{"visible":false}}"#)
    #expect(hidden != json)
    let padded = hidden + String(repeating: " ", count: (4 - hidden.utf8.count % 4) % 4)
    let rest = bytes[(20 + length)...]
    func word(_ number: Int) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let whole = 20 + padded.utf8.count + rest.count
    bytes =
      bytes[..<8] + word(whole) + word(padded.utf8.count) + bytes[16..<20] + Array(padded.utf8)
      + rest
    try Data(bytes).write(to: URL(filePath: "\(runner.folder)/hidden.glb"))
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", "model": "hidden.glb"}]}"#,
      to: "scene.json")
    #expect(
      try errors(runner) == [
        #"scene.json:1:58: error: cannot use the model "hidden.glb": all its surfaces are hidden in the file; show them in the program that made it and export it again"#
      ])
  }

  @Test(arguments: [
    (
      #""model": "walk.bvh""#,
      #"scene.json:1:58: error: cannot use the model "walk.bvh": it has a skeleton and no surface; name it as a "pose", not as a "model""#,
      66
    ),
    (
      #""model": "gone.glb""#,
      #"scene.json:1:58: error: cannot use the model "gone.glb": No such file or directory"#, 66
    ),
    (
      #""model": "walk.bvh", "body": "male""#,
      #"scene.json:1:78: error: a character has a "body" or a "model", not both; remove one"#, 65
    ),
    (
      #""model": "walk.bvh", "proportions": {"height": 2}"#,
      "scene.json:1:85: error: a model has its own proportions; only those of mannequins and humans can be changed",
      65
    ),
    (
      #""body": "male", "pose": {"file": "walk.bvh", "clip": "x"}"#,
      #"scene.json:1:82: error: cannot take the pose from "walk.bvh": it has no clip "x"; it has "Motion""#,
      66
    ),
    (
      #""body": "male", "pose": {"file": "walk.bvh", "tme": 1}"#,
      #"scene.json:1:94: error: unknown key "tme" in a moment of a clip; did you mean "time"? allowed: file, clip, time, bones, ground, gesture, step, reach, look"#,
      65
    ),
    (
      #""body": "male", "bones": "b.json""#,
      #"scene.json:1:74: error: "bones" names the joints of a "model"; there is none"#, 65
    ),
    (
      #""body": "male", "height": 2"#,
      #"scene.json:1:75: error: "height" is for a "model"; a mannequin has it in "proportions", a human in "phenotype""#,
      65
    ),
  ])
  func mistakesWithModelsAreNamed(_ keys: String, _ message: String, _ code: Int32) throws {
    let runner = try CommandRunner()
    try runner.write(bvh, to: "walk.bvh")
    try runner.write(
      #"{"canvas": [96, 96], "characters": [{"id": "a", \#(keys)}]}"#, to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out")
    #expect(outcome.code == code)
    #expect(outcome.errorLines.last == message)
  }
}
