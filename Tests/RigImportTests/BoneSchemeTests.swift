import Foundation
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import RigImport

/// A scheme that no program uses.
private let madeUp = #"""
  {
    "name": "made up",
    "order": 5000,
    "sides": [["Wessex", "Essex"]],
    "prefixes": ["qq"],
    "bones": {
      "hips": "qqOak",
      "spine": "qqAsh",
      "chest": "qqElm",
      "neck": "qqFir",
      "head": "qqYew",
      "leftUpperLeg": "qqWessexDon",
      "leftLowerLeg": "qqWessexExe",
      "leftFoot": "qqWessexDee",
      "leftUpperArm": "qqWessexTay",
      "leftLowerArm": "qqWessexWye",
      "leftHand": "qqWessexUsk"
    }
  }
  """#

/// The entries of each scheme as written, and the joints of both sides that they name.
private let counts: [String: (entries: Int, joints: Int)] = [
  "VRM 1.0": (31, 55), "VRM 0.x": (31, 55), "Godot and Unity": (31, 55), "Mixamo": (29, 52),
  "Meshy": (14, 22), "Ready Player Me": (30, 54), "Unreal 5": (29, 52), "Unreal": (29, 52),
  "Rigify metarig": (31, 55), "Rigify DEF": (29, 52), "3ds Max Biped": (28, 51),
  "Valve Biped": (29, 52), "MakeHuman": (31, 55), "CMU": (17, 28), "ASF/AMC": (16, 26),
  "Poser and Daz": (23, 41),
  "collar, elbow, wrist": (13, 21), "VRoid": (30, 54), "Rocketbox": (29, 53), "SMPL-X": (31, 55),
  "Meebits": (12, 19), "MikuMikuDance": (31, 55), "MikuMikuDance in English": (30, 54),
  "VRChat": (31, 55), "Character Creator": (31, 55), "Azure Kinect": (14, 23), "Kinect": (12, 19),
  "Rokoko": (29, 52), "Synty": (33, 41), "AdvancedSkeleton": (31, 55), "Genesis 9": (31, 55),
  "Genesis 3 and 8": (31, 55), "Auto-Rig Pro": (31, 55), "DeepMotion": (29, 52), "SMPL": (30, 53),
  "Xsens": (14, 22), "OptiTrack": (28, 51), "Roblox R15": (9, 15),
]

private let folder = "Sources/RigImport/Resources"

/// Returns the messages about a scheme's file.
private func messages(_ text: String) -> [String] {
  let log = DiagnosticLog()
  let scheme = BoneSchemeReader.read(Array(text.utf8), file: "s.json", log: log)
  #expect((scheme == nil) == !log.diagnostics.isEmpty)
  return log.sorted.map(\.description)
}

@Suite struct BoneSchemeTests {
  @Test func noEntryOfAFileIsLost() throws {
    var seen: [String] = []
    for file in EmbeddedFiles.files(in: "\(folder)/bones") {
      let json = try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any]
      let name = try #require(json?["name"] as? String)
      let bones = try #require(json?["bones"] as? [String: Any])
      let scheme = try #require(BoneNaming.builtIn.schemes.first { $0.name == name })
      let expected = try #require(counts[name], "\(file.path): give its entries in `counts`")
      #expect(bones.count == expected.entries && scheme.bones.count == expected.joints, "\(name)")
      for (joint, bone) in bones {
        let names = try #require(bone as? [String] ?? (bone as? String).map { [$0] })
        #expect(
          scheme.bones.contains { $0.joint.rawValue == joint && $0.names == names }, "\(bone)")
      }
      seen.append(name)
    }
    #expect(Set(seen) == Set(counts.keys) && seen.count == counts.count)
    #expect(BoneNaming.builtIn.schemes.count == counts.count)
  }

  @Test func theRightSideFollowsFromTheLeft() throws {
    func right(_ scheme: String, _ joint: JointName) -> String? {
      BoneNaming.builtIn.schemes.first { $0.name == scheme }?
        .bones.first { $0.joint == joint }?.names.first
    }
    #expect(right("Mixamo", .rightUpperArm) == "mixamorig:RightArm")
    #expect(right("Unreal", .rightUpperArm) == "upperarm_r")
    #expect(right("Rigify DEF", .rightIndexDistal) == "DEF-f_index.03.R")
    #expect(right("3ds Max Biped", .rightHand) == "Bip001 R Hand")
    #expect(right("CMU", .rightThumbMetacarpal) == "RThumb")
    #expect(right("Poser and Daz", .rightLittleProximal) == "rPinky1")
    #expect(right("Poser and Daz", .rightEye) == "rightEye")
    #expect(right("VRoid", .rightEye) == "J_Adj_R_FaceEye")
    #expect(right("Rocketbox", .rightEye) == "REye")
  }

  @Test func addingAFileAddsAScheme() throws {
    let log = DiagnosticLog()
    let files =
      EmbeddedFiles.files(in: "\(folder)/bones")
      + [EmbeddedFile(path: "made-up.json", bytes: Array(madeUp.utf8))]
    let words = try #require(EmbeddedFiles.file("\(folder)/bone-words.json"))
    let naming = try #require(BoneNaming.read(schemes: files, words: words, log: log))
    #expect(naming.schemes.last?.name == "made up" && naming.schemes.last?.bones.count == 17)

    // With the names as in the file, and with a numbered prefix.
    let names = try #require(naming.schemes.last).bones
    for prefix in ["qq", "QQ07_"] {
      let made = MadeUpModel(
        names: Dictionary(
          uniqueKeysWithValues: names.map { ($0.joint, prefix + $0.names[0].dropFirst(2)) }))
      let map = try BoneMap.find(in: made.model, naming: naming)
      #expect(map.source == .names("made up"))
      #expect(map.nodes.count == 17)
      for (index, joint) in made.joints.enumerated() { #expect(map.nodes[joint] == index) }
      #expect(try BoneMap.find(in: made.model).source == .structure)
    }
  }

  @Test func schemesMustDiffer() throws {
    let words = try #require(EmbeddedFiles.file("\(folder)/bone-words.json"))
    func faults(_ second: String) -> [String] {
      let log = DiagnosticLog()
      let files = [madeUp, second].enumerated().map {
        EmbeddedFile(path: "\($0 + 1).json", bytes: Array($1.utf8))
      }
      #expect(BoneNaming.read(schemes: files, words: words, log: log) == nil)
      return log.sorted.map(\.description)
    }
    #expect(
      faults(madeUp.replacing("5000", with: "6000"))
        == ["2.json: error: another scheme is already called \"made up\""])
    #expect(
      faults(madeUp.replacing("made up", with: "other"))
        == ["2.json: error: \"made up\" already has the order 5000"])
  }

  @Test(arguments: [
    (
      #""leftHand""#, #""leftHnad""#,
      #"s.json:17:5: error: unknown joint "leftHnad" in "bones"; did you mean "leftHand"? allowed: "#
    ),
    (
      #""leftHand""#, #""leftFoot""#,
      #"s.json:17:5: error: key "leftFoot" is given twice; keep one"#
    ),
    (
      #""leftHand": "qqWessexUsk""#, #""leftHand": "qqWESSEX_Wye", "rightHand": "qqY""#,
      #"s.json:17:17: error: leftLowerArm and leftHand are both called "qqWESSEX_Wye""#
    ),
    (
      #""leftHand": "qqWessexUsk""#, #""leftHand": "qqWessexUsk", "rightHand": "qqEssexUsk""#,
      #"s.json:17:45: error: rightHand is given twice: it follows from leftHand and "sides""#
    ),
    (
      "qqWessexUsk", "qqUsk",
      #"s.json:17:17: error: "qqUsk" has none of the marks in "sides"; add one, or name rightHand too"#
    ),
    ("qqWessexUsk", "--", "s.json:17:17: error: leftHand must be a name with letters or digits"),
    (
      #""qqWessexUsk""#, "7",
      #"s.json:17:17: error: "leftHand" must be a string in double quotes, not a number"#
    ),
    (
      #""qqWessexUsk""#, #"["qqWessexUsk", 7]"#,
      #"s.json:17:17: error: "leftHand" must be a name, or a list of names"#
    ),
    (
      #""qqWessexUsk""#, #"["qqWessexUsk", "QQ_WESSEX_USK"]"#,
      #"s.json:17:17: error: leftHand is called "QQ_WESSEX_USK" twice"#
    ),
    (
      #"["Wessex", "Essex"]"#, #"["Wessex", "Essex"], ["l", "r"]"#,
      #"s.json:4:34: error: no left bone's name has "l" as its first mark"#
    ),
    (
      #"["Wessex", "Essex"]"#, #""Wessex""#,
      #"s.json:4:13: error: "sides" must be a list of pairs: [["Left", "Right"]]"#
    ),
    (
      #"["qq"]"#, #"["q_"]"#,
      #"s.json:5:16: error: "prefixes" must hold words in lowercase letters and digits only"#
    ),
    (#"["qq"]"#, #"["qq", "qq"]"#, #"s.json:5:22: error: "qq" is twice in "prefixes""#),
    (
      #""order": 5000,"#, "",
      #"s.json:1:1: error: "order" is missing: schemes of a lower order win where several fit"#
    ),
    ("5000", "-1", #"s.json:3:12: error: "order" is -1; it must be 0 to 9999"#),
    (
      #""name": "made up""#, #""name": """#,
      #"s.json:2:11: error: "name" must say what the scheme is called"#
    ),
    (
      "prefixes", "prefixs",
      #"s.json:5:3: error: unknown key "prefixs" in a bone scheme; did you mean "prefixes"? allowed: "#
    ),
  ])
  func aFaultIsNamedWithFileAndLine(_ right: String, _ wrong: String, _ message: String) {
    let found = messages(madeUp.replacing(right, with: wrong))
    #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
  }

  @Test func anEmptySchemeIsRejected() {
    #expect(
      messages(#"{"name": "n", "order": 1, "bones": {}}"#)
        == [#"s.json:1:36: error: "bones" is empty; name at least one joint"#])
    #expect(
      messages(#"{"name": "n", "order": 1}"#)
        == [#"s.json:1:1: error: "bones" is missing: {"bones": {"hips": "Hips", …}}"#])
  }

  @Test func theSchemaAgreesWithTheReader() throws {
    let path = "\(CommandRunner.repository)/docs/schema/bone-scheme.schema.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(properties.keys) == Set(BoneSchemeReader.keys))
    let bones = try #require(properties["bones"]?["properties"] as? [String: Any])
    #expect(Set(bones.keys) == Set(JointName.allCases.map(\.rawValue)))
    #expect(properties["order"]?["minimum"] as? Int == BoneSchemeReader.orders.lowerBound)
    #expect(properties["order"]?["maximum"] as? Int == BoneSchemeReader.orders.upperBound)
    #expect(schema["required"] as? [String] == ["name", "order", "bones"])
    for file in EmbeddedFiles.files(in: "\(folder)/bones") {
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(text.contains(#""$schema": "../../../../docs/schema/bone-scheme.schema.json""#))
    }
  }

  @Test func theDocumentationNamesEveryScheme() throws {
    let path = "\(CommandRunner.repository)/docs/models.md"
    let page = String(
      decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    for scheme in BoneNaming.builtIn.schemes {
      #expect(page.contains(scheme.name), "\(scheme.name) in docs/models.md")
    }
  }
}

@Suite struct BoneWordsTests {
  private var text: String {
    String(decoding: EmbeddedFiles.file("\(folder)/bone-words.json") ?? [], as: UTF8.self)
  }

  private func messages(_ right: String, _ wrong: String) -> [String] {
    let log = DiagnosticLog()
    let bytes = Array(text.replacing(right, with: wrong).utf8)
    #expect(BoneWordsReader.read(bytes, file: "w.json", log: log) == nil)
    return log.sorted.map { String($0.description.drop { $0 != " " }.dropFirst()) }
  }

  @Test func noWordIsLost() throws {
    let words = BoneNaming.builtIn.words
    #expect(words.parts.map(\.part.rawValue).count == 19)
    #expect(words.parts.flatMap(\.words).count == 86)
    #expect(words.excluded.count == 35 && words.prefixes.count == 10)
    #expect(words.left == ["left", "l", "lf", "lft", "左"] && words.right.count == 5)
    #expect(BoneNaming.builtIn.prefixes.count == 17)
  }

  @Test func aFaultIsNamed() {
    let parts = BoneWords.Part.allCases.map(\.rawValue).joined(separator: ", ")
    #expect(
      messages(#""part": "thumb""#, #""part": "thum""#).contains(
        #"error: unknown part "thum" in "parts"; did you mean "thumb"? allowed: "# + parts))
    #expect(
      messages(#""part": "thumb""#, #""part": "index""#) == [
        #"error: there are no words for the part "thumb""#,
        #"error: the part "index" is given twice"#,
      ])
    #expect(
      messages(#"["thumb", "親指"]"#, "[]") == [#"error: the part "thumb" has no words"#])
    #expect(
      messages(#"["thumb", "親指"]"#, #"["Thumb"]"#) == [
        #"error: the part "thumb" has no words"#,
        #"error: "words" must hold words in lowercase letters and digits only"#,
      ])
    #expect(
      messages(#""pinkie""#, #""pinky""#) == [#"error: "pinky" is twice in "words""#])
    #expect(
      messages(#""pinkie""#, #""thumb""#)
        == [#"error: "thumb" is a word of another part already"#])
    #expect(
      messages(#""excluded""#, #""excludes""#).contains(#"error: "excluded" is missing"#))
  }
}
