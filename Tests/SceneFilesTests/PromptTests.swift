import PoseRig
import SceneFiles
import TestSupport
import Testing

/// The prompts and the seed of a scene.
@Suite struct PromptTests {
  @Test func aSceneHasSharedPromptsAndEachCharacterItsOwn() throws {
    let scene = try #require(
      Fixture.read(
        Fixture.scene(
          character: #""prompt": "a woman in red", "negative": "beard""#,
          keys:
            #""prompt": ["a window", "evening light"], "negative": "text", "seed": 1125899906842623"#
        ))?.scene)
    #expect(scene.prompt == Prompt(text: "a window, evening light", negative: "text"))
    #expect(scene.seed == 1_125_899_906_842_623)
    #expect(
      scene.prompt.joined(with: scene.characters[0].prompt)
        == Prompt(text: "a window, evening light, a woman in red", negative: "text, beard"))
  }

  @Test func sentencesAreNotJoinedByCommas() throws {
    let keys = #""prompt": ["It is evening.", "Warm light,", "film"]"#
    let scene = try #require(Fixture.read(Fixture.scene(keys: keys))?.scene)
    #expect(scene.prompt.text == "It is evening. Warm light, film")
    let both = scene.prompt.joined(with: Prompt(text: "A woman."))
    #expect(both.text == "It is evening. Warm light, film, A woman.")
  }

  @Test func promptsAreOptional() throws {
    let scene = try #require(Fixture.read(Fixture.scene())?.scene)
    #expect(scene.prompt == Prompt())
    #expect(scene.seed == 0)
    #expect(scene.prompt.joined(with: scene.characters[0].prompt) == Prompt())
  }

  @Test(arguments: [
    (#""seed": -1"#, #""seed" is -1; it must be 0 to 1125899906842624"#),
    (#""seed": 1.5"#, #""seed" must be a whole number, not 1.5"#),
    (
      #""prompt": ["a", 7]"#,
      #""prompt" must be a string in double quotes, or a list of strings, not a number"#
    ),
    (
      #""negative_prompt": "a""#,
      #"unknown key "negative_prompt" in a scene; did you mean "negative"? allowed: name, description, profile, canvas, prompt, negative, seed, camera, cameras, plate, characters, arrange, props, wind, lights, maps"#
    ),
    (
      #""promt": "a""#,
      #"unknown key "promt" in a scene; did you mean "prompt"? allowed: name, description, profile, canvas, prompt, negative, seed, camera, cameras, plate, characters, arrange, props, wind, lights, maps"#
    ),
  ])
  func mistakesAreNamed(_ keys: String, _ sentence: String) {
    let found = Fixture.read(Fixture.scene(keys: keys))?.diagnostics.map(\.message)
    #expect(found == [sentence])
  }

  @Test func theMapsIgnorePrompts() throws {
    let plain = try #require(Fixture.solved(Fixture.scene()))
    let told = try #require(
      Fixture.solved(
        Fixture.scene(
          character: #""prompt": "x""#, keys: #""prompt": "y", "seed": 9"#)))
    #expect(plain.camera == told.camera)
    #expect(plain.characters[0].bodySurface.positions == told.characters[0].bodySurface.positions)
    #expect(plain.mapSettings == told.mapSettings)
  }

  @Test func aListOfPromptsHasOneLineEach() throws {
    let text = #"{"characters": [], "prompt": ["a", "b"]}"#
    let laidOut = CanonicalLayout.text(of: Array(text.utf8), file: "s", log: DiagnosticLog())
    #expect(
      laidOut == #"{\#n  "prompt": [\#n    "a",\#n    "b"\#n  ],\#n  "characters": []\#n}\#n"#)
  }
}
