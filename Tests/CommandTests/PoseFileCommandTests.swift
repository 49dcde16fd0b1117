import Export
import Foundation
import MapRender
import TestSupport
import Testing

@Suite struct PoseFileCommandTests {
  private let poses = CommandRunner.repository + "/Rigs/poses"

  private func library() throws -> [String] {
    ["", "gestures/", "hands/"].flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: poses + "/" + folder)) ?? [])
        .filter { $0.hasSuffix(".json") }.map { "\(poses)/\(folder)\($0)" }
    }.sorted()
  }

  @Test func everyLibraryPoseIsValidWithinLimitsAndFormatted() throws {
    let runner = try CommandRunner()
    let files = try library()
    #expect(files.filter { $0.contains("/hands/") }.count >= 20)
    #expect(files.filter { !$0.contains("/hands/") }.count >= 60)
    let checked = try runner.run(["check", "--strict"] + files)
    #expect(checked.code == 0 && checked.output.isEmpty, "\(checked.output)")
    let laidOut = try runner.run(["fmt", "--check"] + files)
    #expect(laidOut.code == 0, "\(laidOut.output)")
  }

  /// The repository must be formatted as `fmt` formats everyone's files.
  @Test func everyFileOfTheRepositoryIsFormatted() throws {
    let runner = try CommandRunner()
    let root = CommandRunner.repository
    let files = ["Examples", "Rigs/poses", "Rigs/props", "Tools", "docs"].flatMap { folder in
      CommandRunner.files(under: "\(root)/\(folder)").map { "\(root)/\(folder)/\($0)" }
    }.filter { name in
      [".pose.json", ".clip.json", ".bones.json", ".prop.json", "scene.json"].contains {
        name.hasSuffix($0)
      }
    }
    #expect(files.count > 90)
    let laidOut = try runner.run(["fmt", "--check"] + files)
    #expect(laidOut.code == 0, "\(laidOut.output)\(laidOut.errors)")
  }

  @Test func posesAreFoundByWords() throws {
    let runner = try CommandRunner()
    let found = try runner.run("poses", "find", "sad", "sitting", "--limit", "3")
    #expect(found.code == 0 && found.output.split(separator: "\n").count <= 3)
    #expect(found.output.hasPrefix("  sit-slumped"), "\(found.output)")
    #expect(try runner.run("poses", "find", "sad sitting", "--limit", "3").output == found.output)
    let unknown = try runner.run("poses", "find", "chairr")
    #expect(
      unknown.errors
        == "posemap: error: no pose matches \"chairr\"; did you mean \"chair\"? `posemap poses` lists them all\n"
    )
    #expect(unknown.code == 66)
  }

  @Test func theSheetHasALineForNames() throws {
    let runner = try CommandRunner()
    #expect(try runner.run("poses", "find", "violin", "--limit", "1", "--sheet", "v.png").code == 0)
    let sheet = try PNGFile.decodeRGB(try #require(runner.bytes("v.png")))
    #expect((sheet.width, sheet.height) == (1654, 287))
    let names = sheet.pixels[(267 * sheet.width)..<(281 * sheet.width)]
    let light = names.count { $0.red > 150 }
    #expect((30...600).contains(light), "\(light)")
  }

  @Test func libraryPosesAreFoundByName() throws {
    let runner = try CommandRunner()
    let path = "\(CommandRunner.repository)/Rigs/poses/sit-chair.pose.json"
    let named = try runner.run("pose", "flatten", "sit-chair")
    let read = try runner.run("pose", "flatten", path)
    #expect(named.code == 0 && named.output == read.output)
    #expect(try runner.run("check", "hands/fist", "bow").code == 0)
    // A file with that name takes precedence over the library's pose.
    try runner.write(#"{"joints": {"elbow": {}}}"#, to: "bow")
    #expect(try runner.run("check", "bow").output.hasPrefix("bow:1:13: error: "))
  }

  @Test func aPoseCanEditOthers() throws {
    let runner = try CommandRunner()
    func flat(_ text: String) throws -> String {
      try runner.write(text, to: "p.pose.json")
      let outcome = try runner.run("pose", "flatten", "p.pose.json")
      #expect(outcome.code == 0, "\(outcome.errors)")
      return outcome.output
    }
    try runner.write(
      #"{"joints": {"leftLowerArm": {"flexion": 60}, "head": {"rotation": 20}}}"#,
      to: "a.pose.json")
    let mirrored = try flat(
      #"{"base": "a.pose.json", "mirror": true, "joints": {"leftFoot": {"flexion": 5}}}"#)
    #expect(mirrored.contains(#""rightLowerArm": {"flexion": 60}"#))
    #expect(mirrored.contains(#""head": {"rotation": -20}"#))
    #expect(mirrored.contains(#""leftFoot": {"flexion": 5}"#))
    try runner.write(#"{"joints": {"leftLowerArm": {"flexion": 20}}}"#, to: "b.pose.json")
    let blended = try flat(#"{"blend": [["a.pose.json", 3], ["b.pose.json", 1]]}"#)
    #expect(blended.contains(#""leftLowerArm": {"flexion": 50}"#))
    #expect(blended.contains(#""head": {"rotation": 15}"#))
    let fists = try flat(#"{"hands": {"both": "fist", "right": "point"}, "joints": {}}"#)
    #expect(fists.contains(#""leftIndexProximal": {"flexion": 82}"#))
    #expect(fists.contains(#""rightIndexIntermediate": {"flexion": 2}"#))
    // A face can be named after an expression, or come from another pose.
    let smiling = try flat(#"{"face": "happy", "joints": {}}"#)
    #expect(smiling.contains(#""face": {"happy": 1}"#))
    try runner.write(smiling, to: "smiling.pose.json")
    #expect(try flat(#"{"face": "smiling.pose.json", "joints": {}}"#) == smiling)
    // Flattening a flat pose changes nothing.
    #expect(try flat(fists) == fists)
  }

  @Test(arguments: [
    (
      #"{"base": "stnad"}"#,
      #"p.pose.json:1:10: error: there is no pose "stnad"; did you mean "stand"? `posemap poses` lists them"#
    ),
    (
      #"{"face": "hapy"}"#,
      #"p.pose.json:1:10: error: unknown expression "hapy" for "face"; did you mean "happy"? allowed: blinkLeft, blinkRight, blink, eyeWideLeft, eyeWideRight, eyeSquintLeft, eyeSquintRight, browDownLeft, browDownRight, browInnerUp, browOuterUpLeft, browOuterUpRight, jawOpen, mouthPucker, mouthFunnel, mouthPress, mouthStretch, mouthFrown, mouthUpperUp, mouthSmile, noseSneerLeft, noseSneerRight, smile, happy, angry, sad, aa, ih, ou, ee, oh, relaxed, surprised"#
    ),
    (
      #"{"hands": {"left": "fits"}}"#,
      #"p.pose.json:1:20: error: there is no hand shape "fits"; did you mean "fist"? `posemap poses --hands` lists them"#
    ),
    (
      #"{"hands": {"lefft": "fist"}}"#,
      #"p.pose.json:1:12: error: unknown key "lefft" in "hands"; did you mean "left"? allowed: both, left, right"#
    ),
    (
      #"{"blend": [["stand"]]}"#, #"p.pose.json:1:12: error: a part of a blend is ["pose", weight]"#
    ),
    (
      #"{"blend": [["stand", 0]]}"#,
      #"p.pose.json:1:22: error: the weight of "stand" is 0; it must be 0.001 to 1000"#
    ),
    (
      #"{"blend": [["stand", 1]], "base": "stand"}"#,
      #"p.pose.json:1:11: error: a pose has a "base" or a "blend", not both; blend the base too"#
    ),
  ])
  func mistakesInEditsAreNamed(_ text: String, _ message: String) throws {
    let runner = try CommandRunner()
    try runner.write(text, to: "p.pose.json")
    let outcome = try runner.run("check", "p.pose.json")
    #expect(outcome.output == message + "\n")
    // A missing file has a different exit code than a wrong one.
    #expect(outcome.code == (message.contains("there is no ") ? 66 : 65))
    let github = try runner.run("check", "--format", "github", "p.pose.json")
    let parts = try #require(message.wholeMatch(of: #/p\.pose\.json:1:(\d+): error: (.+)/#))
    #expect(github.output == "::error file=p.pose.json,line=1,col=\(parts.1)::\(parts.2)\n")
  }

  @Test func aPoseFileCanHaveExpressionsOfAModel() throws {
    let runner = try CommandRunner()
    try runner.write(#"{"face": {"Tongue Out": 0.4, "happy": 1}}"#, to: "p.pose.json")
    let outcome = try runner.run("check", "p.pose.json")
    #expect(outcome.code == 0)
    #expect(
      outcome.output
        == #"p.pose.json:1:11: warning: body human does not have the expression "Tongue Out"; it shows only on models that have it (`posemap inspect` lists theirs)"#
        + "\n")
    // A mistake is one wherever it is, and a scene's own pose is for one body.
    try runner.write(#"{"face": {"hapy": 1}}"#, to: "p.pose.json")
    #expect(try runner.run("check", "p.pose.json").code == 65)
    try runner.write(
      """
      {"canvas": [96, 96], "characters": [{"id": "a", "body": "male", "pose": {"face": {"Tongue Out": 1}}}]}
      """, to: "scene.json")
    #expect(try runner.run("check", "scene.json").code == 65)
  }

  @Test func formattingChangesOnlyTheLayout() throws {
    let runner = try CommandRunner()
    let scene = """
      {"characters": [{"pose": {"joints": {"rightHand": {"flexion": 5.00}, "head": [1, 2, 3]}}, "body": "male",
       "id": "a"}], "camera": {"focalLength": 50, "frame": "all"}, "canvas": [128,128]}
      """
    try runner.write(scene, to: "scene.json")
    #expect(try runner.run("render", "scene.json", "-o", "before", "--maps", "mask").code == 0)
    #expect(try runner.run("fmt", "--check", "scene.json").code == 65)
    #expect(try runner.run("fmt", "scene.json").code == 0)
    #expect(try runner.run("fmt", "--check", "scene.json").code == 0)
    #expect(try runner.run("render", "scene.json", "-o", "after", "--maps", "mask").code == 0)
    #expect(runner.bytes("before/a/mask.png") == runner.bytes("after/a/mask.png"))
    let text = String(decoding: runner.bytes("scene.json") ?? [], as: UTF8.self)
    #expect(
      text.contains(#"          "head": [1, 2, 3],\#n\#n          "rightHand": {"flexion": 5}\#n"#)
    )
    try runner.write(#"{"joints": "#, to: "broken.json")
    #expect(try runner.run("fmt", "broken.json").code == 65)
    #expect(runner.bytes("broken.json").map { $0.count } == 11)
  }

  @Test func twoBranchesThatMoveDifferentArmsMerge() throws {
    let runner = try CommandRunner()
    func git(_ arguments: String...) throws -> CommandRunner.Outcome {
      let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
      return try runner.run(executable: "/usr/bin/git", identity + arguments)
    }
    func pose(_ left: Int, _ right: Int) -> String {
      #"{"joints": {"leftLowerArm": {"flexion": \#(left)}, "rightUpperArm": {"flexion": \#(right)}}}"#
    }
    func commit(_ left: Int, _ right: Int) throws {
      try runner.write(pose(left, right), to: "a.pose.json")
      #expect(try runner.run("fmt", "a.pose.json").code == 0)
      _ = try git("add", "a.pose.json")
      #expect(try git("commit", "-qm", "pose").code == 0)
    }
    _ = try git("init", "-q", "-b", "main")
    try commit(10, 10)
    _ = try git("checkout", "-qb", "left")
    try commit(40, 10)
    let diff = try git("diff", "--numstat", "main", "left")
    #expect(diff.output.hasPrefix("1\t1\t"), "a nudged elbow is one line: \(diff.output)")
    _ = try git("checkout", "-q", "main")
    try commit(10, 70)
    #expect(try git("merge", "-q", "--no-edit", "left").code == 0)
    let merged = String(decoding: runner.bytes("a.pose.json") ?? [], as: UTF8.self)
    #expect(merged.contains(#""flexion": 40"#) && merged.contains(#""flexion": 70"#))
  }

  @Test func aDifferenceIsInDegreesAndCentimeters() throws {
    let runner = try CommandRunner()
    try runner.write(#"{"joints": {"leftLowerArm": {"flexion": 20}}}"#, to: "a.json")
    try runner.write(#"{"joints": {"leftLowerArm": {"flexion": 32}}}"#, to: "b.json")
    let outcome = try runner.run("diff", "a.json", "b.json")
    #expect(
      outcome.output == "leftLowerArm turned 12°: flexion 20 → 32\nleftHand moved 5.1 cm\n")
    #expect(try runner.run("diff", "a.json", "a.json").output == "the same pose\n")
  }

  @Test func goalsStayGoalsInAWrittenPose() throws {
    let runner = try CommandRunner()
    let goals = """
      "seat": {"at": [0, 0.5, 0], "offset": [0, 0.1, 0]}, "reach": {"leftHand": "self.rightHand", \
      "rightHand": {"at": "ben.head", "offset": [0, 0.2, 0], "pole": [0, -1, 0], "palm": [0, -1, 0], \
      "fingers": "camera"}}, "look": "ben.head"
      """
    try runner.write(#"{"base": "stand", \#(goals)}"#, to: "p.pose.json")
    let once = try runner.run("pose", "flatten", "p.pose.json", "-o", "flat.pose.json")
    #expect(once.code == 0, "\(once.errors)")
    #expect(try runner.run("fmt", "--check", "flat.pose.json").code == 0)
    #expect(try runner.run("diff", "p.pose.json", "flat.pose.json").output == "the same pose\n")
    // Equality could be accidental: a different goal must give a different pose.
    try runner.write(#"{"base": "flat.pose.json", "look": "ana.head"}"#, to: "other.pose.json")
    #expect(
      try runner.run("diff", "p.pose.json", "other.pose.json").output
        == "now looks at ana's head, no longer ben's head\n")
  }

  @Test func aSceneTurnsGoalsIntoAngles() throws {
    let runner = try CommandRunner()
    func scene(_ pose: String) -> String {
      #"{"canvas": [64, 64], "characters": [{"id": "ana", "body": "female", "pose": \#(pose), "yaw": 30}]}"#
    }
    try runner.write(
      scene(#"{"base": "sit-chair", "reach": {"leftHand": [0.3, 1.2, 0.4]}, "look": [1, 1, 3]}"#),
      to: "goals.scene.json")
    let baked = try runner.run(
      "pose", "flatten", "ana", "--scene", "goals.scene.json", "-o", "ana.pose.json")
    #expect(baked.code == 0, "\(baked.errors)")
    let text = try String(contentsOfFile: "\(runner.folder)/ana.pose.json", encoding: .utf8)
    #expect(!text.contains("reach") && !text.contains("look"))
    try runner.write(scene(#""ana.pose.json""#), to: "angles.scene.json")
    let difference = try runner.run("diff", "goals.scene.json", "angles.scene.json").output
    // Goals are gone; no joint moved or turned.
    #expect(!difference.contains("moved") && !difference.contains("turned"), "\(difference)")
    let unknown = try runner.run("pose", "flatten", "anna", "--scene", "goals.scene.json")
    #expect(
      unknown.firstError
        == #"goals.scene.json: error: there is no character "anna"; did you mean "ana"? there are: ana"#
    )
  }

  @Test func plantedFeetThatAreLeftOutAreReported() throws {
    let runner = try CommandRunner()
    try runner.write(#"{"base": "stand", "feet": "planted"}"#, to: "p.pose.json")
    #expect(
      try runner.run("pose", "flatten", "p.pose.json").errors
        == "posemap: note: its planted feet are left out, because they stand where the base stands; --scene keeps them\n"
    )
  }

  /// Returns the report of `check` about a person at a table, in files of a temporary folder.
  private func check(_ character: String, props: String = "") throws -> String {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "female", \#(character)}], "props": [\#(props)]}"#,
      to: "s.scene.json")
    let outcome = try runner.run("check", "s.scene.json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return outcome.output
  }

  /// A person on another's shoulders is carried; both in the air, or a step to the side, are not.
  @Test func carriedCharactersDoNotFloat() throws {
    func floating(_ height: Double, aside: Double = 0, base: Double = 0) throws -> [String] {
      let runner = try CommandRunner()
      try runner.write(
        """
        {"canvas": [64, 64], "characters": [
          {"id": "ben", "body": "male", "pose": "stand", "position": [0, \(base), 0], "ground": false},
          {"id": "ana", "body": "female", "pose": "stand", "position": [\(aside), \(base + height), 0], "ground": false}]}
        """, to: "s.scene.json")
      return try runner.run("check", "s.scene.json").output.split(separator: "\n")
        .filter { $0.contains(" floats ") }.map { String($0.prefix { $0 != ":" }) }
    }
    // One of her feet is on his head.
    #expect(try floating(1.74, aside: 0.1).isEmpty)
    #expect(try floating(1.74, aside: 1).count == 1)
    #expect(try floating(1.74, aside: 0.1, base: 0.5).count == 2)
  }

  @Test func checkFindsWhatAnArtistWouldSee() throws {
    #expect(try check(#""pose": "stand""#).isEmpty)
    #expect(
      try check(#""pose": "stand", "position": [0, 0.3, 0], "ground": false"#)
        == #"s.scene.json:1:37: warning: "a" floats 29 cm above what is under it"# + "\n")
    #expect(
      try check(
        #""pose": "stand", "position": [0, -0.2, 0], "ground": false"#,
        props: #"{"id": "f", "shape": "plane", "size": [3, 3]}"#
      ) == #"s.scene.json:1:37: warning: "a" is 21 cm in the floor"# + "\n")
    #expect(
      try check(
        #""pose": {"base": "stand", "joints": {"leftUpperArm": {"flexion": 10, "abduction": -30}}}"#
      ) == #"""
        s.scene.json:1:37: warning: leftLowerArm of "a" is 9 cm inside its spine
        s.scene.json:1:37: warning: leftUpperArm of "a" is 8 cm inside its chest

        """#)
    #expect(
      try check(
        #""pose": "stand""#,
        props: #"{"id": "post", "shape": "box", "size": [0.3, 2, 0.3]}"#
      ) == #"s.scene.json:1:37: warning: head of "a" is 15 cm inside "post""# + "\n")
    #expect(
      try check(
        #""pose": "stand"}, {"id": "b", "body": "male", "pose": "stand", "position": [0.36, 0, 0]"#
      ) == #"""
        s.scene.json:1:37: warning: "a" and "b" run into each other, rightLittleProximal 8 cm inside leftUpperLeg
        s.scene.json:1:37: warning: "a" and "b" run into each other, rightLowerArm 7 cm inside hips
        s.scene.json:1:37: warning: "a" and "b" run into each other, rightLowerArm 7 cm inside leftUpperLeg
        s.scene.json:1:37: warning: "a" and "b" run into each other, leftLowerArm 6 cm inside rightUpperLeg
        s.scene.json:1:37: warning: "a" and "b" run into each other, leftHand 6 cm inside rightUpperLeg
        s.scene.json:1:37: warning: "a" and "b" run into each other, leftLowerLeg 6 cm inside rightLowerLeg
        s.scene.json:1:37: warning: "a" and "b" run into each other, rightUpperArm 5 cm inside leftShoulder

        """#)
    #expect(
      try check(#""pose": {"base": "stand", "reach": {"leftHand": {"at": [2, 1, 0]}}}"#)
        == #"s.scene.json:1:122: warning: leftHand of "a" stays 105.8 cm short of this point"#
        + "\n")
  }

  @Test func diffDrawsBeforeAndAfter() throws {
    let runner = try CommandRunner()
    try runner.write(#"{"base": "stand"}"#, to: "a.pose.json")
    try runner.write(#"{"base": "waving"}"#, to: "b.pose.json")
    let outcome = try runner.run("diff", "a.pose.json", "b.pose.json", "--sheet", "ab.png")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let picture = try PNGFile.decodeRGB(try #require(runner.bytes("ab.png")))
    #expect(picture.width > 2 * 380 && picture.height > 500)
  }

  @Test func printedSchemasEqualTheDocumentation() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("schema", "-o", "schemas")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for kind in ["scene", "pose", "clip", "bones", "prop"] {
      let written = String(
        decoding: try #require(runner.bytes("schemas/\(kind).schema.json")), as: UTF8.self)
      let kept = try String(
        contentsOfFile: "\(CommandRunner.repository)/docs/schema/\(kind).schema.json",
        encoding: .utf8)
      #expect(written == kept)
      #expect(try runner.run("schema", kind).output == kept)
    }
    let unknown = try runner.run("schema", "posse")
    #expect(unknown.code == 64)
    #expect(
      unknown.firstError
        == #"Error: there is no schema "posse"; there are scene, pose, clip, bones, prop, hair, garment"#
    )
  }
}
