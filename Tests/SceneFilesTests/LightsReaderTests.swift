import MergeProperties
import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

/// Reads the lights of a scene with one woman and a table.
private func read(_ lights: String) -> SceneReader.Result? {
  Fixture.read(
    Fixture.scene(
      keys: #"""
        "props": [{"id": "table", "shape": "box", "size": [1, 0.7, 1], "position": [2, 0, 0]}],
        "lights": \#(lights)
        """#))
}

private func lights(_ text: String) throws -> Lights {
  let result = try #require(read(text))
  return try #require(result.scene?.lights, "\(result.diagnostics.map(\.description))")
}

@Suite("The lights of a scene file") struct LightsReaderTests {
  @Test("Every key is read")
  func everyKey() throws {
    let read = try lights(
      """
      {"key": {"side": "left", "of": "her", "height": 30, "strength": 2, "color": "#ff8000", "size": 5},
       "fill": {"angle": 20}, "rim": "backLeft",
       "sun": {"elevation": 20, "azimuth": 60, "strength": 0.5, "color": 6500, "size": 1},
       "lamps": {"desk": {"at": "props.table.top", "offset": [0, 0.4, 0], "strength": 3, "color": "#00ff00", "radius": 0.1},
                 "torch": {"at": [1, 2, 3]}},
       "ambient": {"strength": 0.2, "color": "#0000ff"}, "backdrop": "#ffffff", "floor": 0.5}
      """)
    var expected = Lights()
    expected.far[.key] = Lights.Far(.key, from: .side(-90, of: "her"))
    expected.far[.key]?.height = 30
    expected.far[.key]?.strength = 2
    expected.far[.key]?.color = LightColor(red: 255, green: 128, blue: 0)
    expected.far[.key]?.size = 5
    expected.far[.fill] = Lights.Far(.fill, from: .side(20, of: nil))
    expected.far[.rim] = Lights.Far(.rim, from: .side(-135, of: nil))
    expected.far[.sun] = Lights.Far(.sun, from: .azimuth(60))
    expected.far[.sun]?.height = 20
    expected.far[.sun]?.strength = 0.5
    expected.far[.sun]?.color = LightColor(kelvin: 6500)
    expected.far[.sun]?.size = 1
    let top = PoseGoals.Point.named(owner: "props", part: "table.top", offset: Vector3(0, 0.4, 0))
    expected.lamps["desk"] = Lights.Lamp(at: top)
    expected.lamps["desk"]?.strength = 3
    expected.lamps["desk"]?.color = LightColor(red: 0, green: 255, blue: 0)
    expected.lamps["desk"]?.radius = 0.1
    expected.lamps["torch"] = Lights.Lamp(at: .fixed(Vector3(1, 2, 3)))
    expected.ambient = Lights.Ambient(
      strength: 0.2, color: LightColor(red: 0, green: 0, blue: 255))
    expected.backdrop = .white
    expected.floor = 0.5
    #expect(read == expected)
    #expect(try lights(#"{"floor": false}"#).floor == nil)
    #expect(try lights("{}") == Lights())
    #expect(Fixture.read(Fixture.scene())?.scene?.lights == nil)
  }

  @Test("The sun of an hour is as high as trigonometry has it, and the redder the lower it stands")
  func sun() throws {
    func sun(_ hour: String) throws -> Lights.Far {
      try #require(try lights(#"{"sun": {"hour": \#(hour)}}"#).far[.sun])
    }
    // On the day of equal night, noon's sun is the latitude's complement high.
    #expect(abs(try sun("12").height - 45) < 1e-9)
    for hour in ["6", "18"] { #expect(abs(try sun(hour).height) < 1e-9) }
    // asin(cos 45° · cos 75°)
    #expect(abs(try sun("17").height - 10.5453) < 1e-3)
    let warmth = try ["12", "16", "17", "17.8"].map { hour in
      let color = try sun(hour).color.linear
      return color.z / color.x
    }
    #expect(warmth == warmth.sorted(by: >) && warmth[0] > 0.85 && warmth[3] < 0.2)
  }

  @Test(
    "Mistakes are told with their place and the nearest name",
    arguments: [
      (
        #"{"keey": {}}"#,
        #"unknown key "keey" in "lights"; did you mean "key"? allowed: key, fill, rim, sun, lamps, ambient, backdrop, floor"#
      ),
      (
        #"{"key": {"side": "lfet"}}"#,
        #"unknown side "lfet" for "key"; did you mean "left"? allowed: front, frontLeft, left, backLeft, back, backRight, right, frontRight"#
      ),
      (
        #"{"rim": "behind"}"#,
        #"unknown side "behind" for "rim"; allowed: front, frontLeft, left, backLeft, back, backRight, right, frontRight"#
      ),
      (
        #"{"key": {"side": "left", "angle": 3}}"#,
        #""side" and "angle" both say where "key" comes from: remove one"#
      ),
      (
        #"{"key": {"of": "hers"}}"#,
        #"unknown character "hers" in "of"; did you mean "her"? allowed: her, camera"#
      ),
      (#"{"key": {"height": 91}}"#, #""height" is 91; it must be -90 to 90 degrees"#),
      (#"{"key": {"strength": -1}}"#, #""strength" is -1; it must be 0 to 100"#),
      (
        #"{"key": {"color": "red"}}"#,
        ##""color" must be a color like "#ffd9b0", or a temperature in kelvins like 3200"##
      ),
      (#"{"key": {"color": 300}}"#, #""color" is 300; it must be 1000 to 20000 kelvins"#),
      (
        #"{"key": {"azimuth": 3}}"#,
        #"unknown key "azimuth" in "key"; allowed: side, angle, of, height, strength, color, size"#
      ),
      (
        #"{"sun": {"hour": 20}}"#,
        #""hour" is 20; it must be 6 to 18 o'clock, from sunrise to sunset"#
      ),
      (
        #"{"sun": {"hour": 9, "elevation": 20}}"#,
        #""hour" and "elevation" both place the sun: remove one of them"#
      ),
      (
        #"{"sun": {"side": "left", "azimuth": 20}}"#,
        #""azimuth" and "side" both place the sun: remove one of them"#
      ),
      (
        #"{"lamps": {"desk": {}}}"#,
        #"lamp "desk" needs an "at": [x, y, z] or a place like "props.lamp.top""#
      ),
      (
        #"{"lamps": [1]}"#,
        #""lamps" must be an object in { } with a name for each lamp, not a list"#
      ),
      (
        #"{"lamps": {"desk": {"at": "props.tabel.top"}}}"#,
        #"there is no prop "tabel"; did you mean "table"? there are: table"#
      ),
      (
        #"{"lamps": {"desk": {"at": "him.head"}}}"#,
        #"there is no character "him"; there are: her"#
      ),
      (#"{"ambient": "dark"}"#, #""ambient" must be an object in { }, not a string"#),
      (#"{"backdrop": 3200}"#, ##""backdrop" must be a color like "#ffd9b0""##),
      (#"{"floor": true}"#, #""floor" must be a height in meters, or false for no floor"#),
      (#"[]"#, #""lights" must be an object in { }, not a list"#),
    ])
  func mistakes(_ text: String, _ message: String) throws {
    let result = try #require(read(text))
    var messages = result.diagnostics.map(\.message)
    if let scene = result.scene {
      var findings: [Finding] = []
      #expect(SceneSolver.solve(scene, findings: &findings) == nil)
      let found = result.source.diagnostics(of: findings, in: scene)
      #expect(found.allSatisfy { $0.location?.line == 2 })
      messages += found.map(\.message)
    }
    #expect(messages == [message])
  }

  @Test("Each light has its line, and its keys an order")
  func layout() throws {
    let text = CanonicalLayout.text(
      of: Array(
        ##"""
        {"maps": {}, "lights": {"floor": 0, "lamps": {"b": {"radius": 1, "at": [0, 1, 0]}, "a": {"color": 3200, "at": "props.table.top"}},
         "key": {"size": 3, "color": "#ffffff", "height": 40, "side": "left"}, "sun": {"azimuth": 3, "hour": 9}, "rim": "back"}, "characters": []}
        """##.utf8), file: "scene.json", log: DiagnosticLog())
    #expect(
      text == ##"""
        {
          "characters": [],
          "lights": {
            "key": {"height": 40, "side": "left", "color": "#ffffff", "size": 3},
            "rim": "back",
            "sun": {"hour": 9, "azimuth": 3},
            "lamps": {
              "b": {"at": [0, 1, 0], "radius": 1},
              "a": {"at": "props.table.top", "color": 3200}
            },
            "floor": 0
          },
          "maps": {}
        }

        """##)
  }

  private func merge(_ base: String, _ ours: String, _ theirs: String) throws -> DocumentMerge {
    func scene(_ lights: String) -> [UInt8] {
      Array(Fixture.scene(keys: #""lights": \#(lights)"#).utf8)
    }
    return try DocumentMerge(
      base: scene(base), ours: scene(ours), theirs: scene(theirs), file: "scene.json")
  }

  @Test("Two people change two lights, or two keys of one")
  func merges() throws {
    let merged = try merge(
      #"{"key": "left", "lamps": {"desk": {"at": [0, 1, 0]}}}"#,
      #"{"key": {"side": "left", "height": 20}, "lamps": {"desk": {"at": [0, 2, 0]}}}"#,
      #"{"key": "right", "lamps": {"desk": {"at": [0, 1, 0]}, "wall": {"at": [1, 1, 1]}}}"#)
    let text = String(decoding: merged.bytes(ConflictMarkers()), as: UTF8.self)
    #expect(merged.conflicts.isEmpty && merged.faults.isEmpty)
    #expect(text.contains(#""key": {"height": 20, "side": "right"}"#))
    #expect(text.contains(#""desk": {"at": [0, 2, 0]}"#) && text.contains(#""wall": {"at""#))
  }

  @Test("A side and an angle are a conflict, not a file that nobody can read")
  func conflict() throws {
    let merged = try merge(
      #"{"key": {"height": 20}}"#, #"{"key": {"height": 20, "side": "left"}}"#,
      #"{"key": {"height": 20, "angle": 30}}"#)
    #expect(merged.conflicts.count == 1)
  }

  @Test("What changed is said in an artist's words")
  func words() throws {
    func lines(_ old: String?, _ new: String?) throws -> [String] {
      LightChanges(try old.map(lights), try new.map(lights)).lines().map(\.text)
    }
    #expect(try lines(nil, "{}") == ["lights are new, instead of the studio's"])
    #expect(try lines("{}", nil) == ["lights are gone; the studio's are back"])
    #expect(
      try lines(
        #"{"key": {"side": "left"}, "rim": {}, "lamps": {"desk": {"at": [0, 1, 0]}}}"#,
        #"{"key": {"side": "right", "height": 20}, "fill": {}, "ambient": 0.5, "floor": false}"#)
        == [
          "key comes from another side", "key height 40 → 20°", "fill is new", "rim is gone",
          #"lamp "desk" is gone"#, "the ambient light has changed", "floor: 0 m → none",
        ])
  }
}
