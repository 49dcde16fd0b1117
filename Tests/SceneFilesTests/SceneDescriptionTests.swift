import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// Scenes in plain English, and in generator phrases.
@Suite struct SceneDescriptionTests {
  private static let folder = CommandRunner.repository + "/Rigs/poses"
  private static let cards =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".pose.json") }.sorted().compactMap { file -> PoseCard? in
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)")
      return bytes.flatMap { try? Document([UInt8]($0), file: file) }
        .map { PoseCard(String(file.dropLast(10)), of: $0) }
    } ?? []

  private func description(
    _ characters: String, _ rest: String = "", canvas: String = "[512, 768]"
  ) throws -> SceneDescription {
    let text = #"{"canvas": \#(canvas), "characters": [\#(characters)]\#(rest)}"#
    var loader = Fixture.libraryLoader(["scene.json": text])
    loader.libraryGarments = { ["trousers", "shirt"] }
    loader.libraryHair = { ["ponytail-high"] }
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    return SceneDescription(
      SceneState(try #require(reading.scene, "\(reading.diagnostics.map(\.description))")))
  }

  private func sentences(_ character: String, _ rest: String = "") throws -> String {
    try description(#"{"id": "ana", "body": "female", \#(character)}"#, rest).paragraphs()
      .joined(separator: " ")
  }

  private func phrases(_ character: String, _ rest: String = "") throws -> [String] {
    let prompts = try description(#"{"id": "ana", "body": "female", \#(character)}"#, rest)
      .prompts()
    return try #require(prompts.first).text.components(separatedBy: ", ")
  }

  @Test("Light is told with its side in the picture, its hour and its color")
  func light() throws {
    let stand = #""pose": "stand""#
    func said(_ lights: String, camera: String = "{}") throws -> (String, [String]) {
      let rest = #", "camera": \#(camera), "lights": \#(lights)"#
      let sentences = try sentences(stand, rest).components(separatedBy: "The light is ")
      let end = sentences.count == 2 ? sentences[1].components(separatedBy: ". ")[0] : ""
      return (end, try phrases(stand, rest).filter { $0.contains("lit") || $0.contains("light") })
    }
    let evening = try said(#"{"sun": {"hour": 17, "azimuth": -80}}"#)
    #expect(
      evening == ("warm evening sun from the left", ["lit from the left by warm evening sun"]))
    // The camera has gone round to the other side, the sun stays where it is.
    let behind = try said(#"{"sun": {"hour": 17, "azimuth": -80}}"#, camera: #"{"angle": 180}"#)
    #expect(behind.1 == ["lit from the right by warm evening sun"])
    let studio = try said(#"{"key": {"color": 9000}, "fill": {}, "rim": {}}"#)
    #expect(
      studio.0
        == "a cool key from the left, a fill from the right and a rim light from behind on the right"
    )
    #expect(studio.1 == ["lit from the left by cool light", "rim light"])
    #expect(try said(#"{"key": "right"}"#).1 == ["lit from the right"])
    let candle = try said(#"{"lamps": {"candle": {"at": [0, 0.2, 0.4], "color": 1900}}}"#)
    #expect(candle == (#"a warm lamp ("candle") from below"#, ["lit from below by warm lamplight"]))
    #expect(try said("{}").1.isEmpty)
    #expect(try sentences(stand, #", "lights": {}"#).contains("Only ambient light falls on it."))
    #expect(try !sentences(stand).contains("light"))
  }

  // MARK: Postures

  /// The postures that poses with a tag may have.
  private static let postures: [String: Set<Posture>] = [
    "stand": [.stands, .bendsOver, .crouches],
    "lie": [.liesOnBack, .liesFaceDown, .liesOnLeft, .liesOnRight],
    "kneel": [.kneels, .kneelsOnLeft, .kneelsOnRight, .onHandsAndKnees],
    "sit": [.sits, .sitsOnFloor, .kneels],
    "side": [.liesOnLeft, .liesOnRight],
    "chair": [.sits],
  ]

  @Test("The library's poses have the postures that their tags name")
  func postures() throws {
    var tried = 0
    for card in Self.cards {
      let loader = Fixture.libraryLoader()
      let file = try PoseFile.read("\(Self.folder)/\(card.name).pose.json", loader: loader).get()
      let character = Character(
        id: "a", figure: .mannequin(.female, Proportions()), pose: try #require(file.pose))
      let posed = try #require(SceneSolver.pose(character, BodyStore()))
      // Sitting on a saddle is like standing.
      for tag in card.tags where !card.tags.contains("saddle") {
        guard let allowed = Self.postures[tag] else { continue }
        tried += 1
        #expect(allowed.contains(Posture(posed)), "\(card.name), \(tag): \(Posture(posed))")
      }
    }
    #expect(tried > 150)
  }

  // MARK: Arms

  @Test(
    "Arms are described by what they do",
    arguments: [
      (
        #""leftUpperArm": {"abduction": 170}, "rightUpperArm": {"abduction": 170}"#,
        "arms are stretched overhead"
      ),
      (
        #""leftUpperArm": {"abduction": 90}, "rightUpperArm": {"abduction": 90}"#,
        "arms are stretched to the side"
      ),
      ("", "arms are down at her sides."),
      (#""leftUpperArm": {"flexion": 90}"#, "left arm is stretched forward"),
      (#""rightUpperArm": {"flexion": -45}"#, "right arm is stretched back"),
    ])
  func arms(_ joints: String, _ words: String) throws {
    let said = try sentences(#""pose": {"base": "stand", "joints": {\#(joints)}}"#)
    #expect(said.contains(words), "\(said)")
  }

  @Test(
    "Hands are described by the body part beside them",
    arguments: [
      ("hands-on-hips", "hip"), ("at-ease", "back"), ("arms-crossed", "folded"),
    ])
  func hands(_ pose: String, _ part: String) throws {
    let said = try sentences(#""pose": "\#(pose)""#)
    let about = said.components(separatedBy: ". ").filter {
      ($0.contains("hand") || $0.contains("arms")) && $0.contains(part)
    }
    #expect(!about.isEmpty, "\(said)")
  }

  // MARK: The camera

  @Test(
    "The visible side depends on the camera",
    arguments: [
      (0.0, "from the front", "straight-on"), (40, "three-quarter view", "three-quarter view"),
      (90, "in profile", "from side"), (180, "from behind", "from behind"),
    ])
  func sides(_ angle: Double, _ words: String, _ tag: String) throws {
    let camera = #", "camera": {"frame": "all", "angle": \#(angle)}"#
    #expect(try sentences(#""pose": "stand""#, camera).contains(words))
    #expect(try phrases(#""pose": "stand""#, camera).contains(tag))
  }

  @Test(
    "The visible part is the one that the shot requests",
    arguments: [
      ("face", "close-up"), ("bust", "portrait"), ("waist", "upper body"),
      ("cowboy", "cowboy shot"), ("full", "full body"), ("wide", "full body"),
    ])
  func sizes(_ shot: String, _ tag: String) throws {
    let prompt = try description(
      #"{"id": "ana", "body": "female", "pose": "stand"}"#,
      #", "camera": {"shot": "\#(shot)", "of": "ana"}"#, canvas: "[1024, 512]"
    ).prompts()[0].text
    #expect(prompt.components(separatedBy: ", ").contains(tag), "\(prompt)")
  }

  @Test("A camera above looks down, one below looks up")
  func heights() throws {
    let high = #", "camera": {"frame": "all", "elevation": 40}"#
    let low = #", "camera": {"frame": "all", "elevation": -20}"#
    #expect(try sentences(#""pose": "stand""#, high).contains("looks down by"))
    #expect(try phrases(#""pose": "stand""#, high).contains("from above"))
    #expect(try sentences(#""pose": "stand""#, low).contains("looks up by"))
    #expect(try phrases(#""pose": "stand""#, low).contains("from below"))
  }

  // MARK: People and objects

  @Test("A gaze, a touch, a seat and an object in a hand are named")
  func relations() throws {
    let ana =
      #"{"id": "ana", "body": "female", "pose": {"base": "stand", "look": "ben.head", "reach": {"leftHand": "ben.rightShoulderTop"}}, "yaw": "ben"}"#
    let ben =
      #"{"id": "ben", "body": "male", "position": [0.5, 0, 0.1], "pose": {"base": "stand", "look": "camera"}, "hold": {"leftHand": "props.sword"}}"#
    let said = try description(
      "\(ana), \(ben)", #", "props": [{"id": "sword", "shape": "sword"}]"#
    ).paragraphs()
    #expect(said.count == 3)
    #expect(said[0].contains("It shows ana and ben."))
    #expect(said[1].contains("She looks at ben."), "\(said[1])")
    #expect(said[1].contains("left hand touches ben's right shoulder top"), "\(said[1])")
    #expect(said[2].contains("He looks into the camera."), "\(said[2])")
    #expect(said[2].contains("left hand holds a sword"), "\(said[2])")
    let seated = try description(
      #"{"id": "ana", "body": "female", "pose": {"base": "sit-chair", "seat": "props.chair.seat"}}"#,
      #", "props": [{"id": "chair", "shape": "chair"}]"#
    ).paragraphs()[1]
    #expect(seated.contains("sits on the chair"), "\(seated)")
  }

  @Test("A gesture is told by its own words, with whom it is meant for; its arm is not told twice")
  func gestures() throws {
    let ana = #"""
      {"id": "ana", "body": "female", "pose": {"base": "stand", "gesture": {"right": "point", "left": "hand-on-hip", "at": "ben"}}}, {"id": "ben", "body": "male", "position": [1, 0, 1], "pose": {"base": "stand", "gesture": "arms-crossed"}}
      """#
    let scene = try description(ana)
    let said = scene.paragraphs()
    #expect(
      said[1].contains(
        "Her left arm makes a gesture: hand on own hip. Her right arm makes a gesture: pointing, to ben."
      ), "\(said[1])")
    #expect(!said[1].contains("stretched"), "\(said[1])")
    #expect(said[2].contains("His arms make a gesture: crossed arms."), "\(said[2])")
    let tags = scene.prompts().map { $0.text.components(separatedBy: ", ") }
    #expect(tags[0].contains("hand on own hip") && tags[0].contains("pointing at another"))
    #expect(!tags[0].contains("outstretched arm"), "\(tags[0])")
    #expect(tags[1].filter { $0 == "crossed arms" }.count == 1)
    let camera = #""pose": {"base": "stand", "gesture": {"left": "wave", "at": "camera"}}"#
    #expect(try phrases(camera).contains("waving at viewer"))
    #expect(try sentences(camera).contains("Her left arm makes a gesture: waving, to the camera."))
  }

  @Test("An arm with a goal of its own makes no gesture any more")
  func displacedGestures() throws {
    let said = try phrases(
      #""pose": {"base": "stand", "gesture": {"both": "wave"}, "reach": {"leftHand": [0.4, 1, 0.3]}}"#
    )
    #expect(!said.contains("waving"), "\(said)")
  }

  @Test("Every gesture of the library has a phrase of its own")
  func gesturePhrases() throws {
    let folder = Self.folder + "/gestures"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count >= 66)
    for file in files {
      let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"))
      let phrase = try Document([UInt8](bytes), file: file).root["phrase"]?.text ?? ""
      #expect((4...40).contains(phrase.count) && !phrase.contains(","), "\(file): \(phrase)")
    }
    #expect(PoseCard("my/big-wave.pose.json", of: nil).phrase == "big wave")
  }

  @Test("Clothes, hair and faces are described")
  func looks() throws {
    let character =
      #""pose": {"base": "stand", "face": {"happy": 0.8}}, "wear": ["trousers", {"shirt": {}}], "hair": "ponytail-high""#
    let said = try sentences(character)
    #expect(said.contains("She wears trousers and a shirt."), "\(said)")
    #expect(said.contains("Her hair: ponytail high."), "\(said)")
    #expect(said.contains("Her face: happy."), "\(said)")
    let tags = try phrases(character)
    #expect(tags.contains("wearing trousers") && tags.contains("ponytail high"))
    #expect(tags.first == "a woman" && tags.contains("smile"))
  }

  @Test("Everyone has the requested height", arguments: Fixture.averageFigures.indices)
  func statures(_ index: Int) throws {
    let body = ["female", "male", "human"][index]
    let key = body == "human" ? "phenotype" : "proportions"
    let said = try description(
      #"{"id": "ana", "body": "\#(body)", "pose": "sit-floor", "\#(key)": {"height": 1.7}}"#
    ).paragraphs()[1]
    #expect(said.contains(" 1.7 m tall"), "\(said)")
  }

  @Test("Characters outside the picture are reported, and have no view")
  func outside() throws {
    let said = try description(
      #"{"id": "ana", "body": "female", "pose": "stand"}, {"id": "ben", "body": "male", "pose": "stand", "position": [9, 0, 0]}"#,
      #", "camera": {"frame": "ana"}"#
    ).paragraphs()
    #expect(said[0].contains("It shows ana.") && said[0].contains("ben is outside it."), "\(said)")
    #expect(!said[2].contains("of the picture"), "\(said[2])")
  }
}
