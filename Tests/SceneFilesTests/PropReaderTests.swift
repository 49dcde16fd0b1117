import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

/// A prop file with one part, and additional keys.
private func file(_ part: String, _ rest: String = "") -> String {
  "{\"parts\": [\(part)]\(rest)}"
}

private func faults(of text: String) -> [String] {
  let log = DiagnosticLog()
  let loader = FileLoader { _ in .success(Array(text.utf8)) }
  _ = PropFileReader.design(at: "thing.prop.json", loader: loader, log: log)
  return log.sorted.map(\.description)
}

private func scene(_ prop: String, things: [String: String] = [:]) -> SceneReader.Result? {
  let text = """
    {"canvas": [64, 64], "characters": [{"id": "a", "body": "female"}], "props": [\(prop)]}
    """
  var loader = FileLoader(rigsFolder: "Rigs") { path in
    let found = path == "s.scene.json" ? text : things[path]
    return found.map { .success(Array($0.utf8)) }
      ?? .failure(UnreadableFile(reason: "No such file or directory"))
  }
  loader.libraryProps = { ["chair", "armchair", "sword"] }
  return try? SceneReader.read("s.scene.json", loader: loader).get()
}

@Suite struct PropReaderTests {
  private let box = #"{"shape": "box", "size": [1, 1, 1]}"#

  @Test func everyShapeIsReadInAScene() throws {
    let shapes = [
      #""shape": "sphere", "radius": 0.2"#, #""shape": "sphere", "size": [1, 2, 3]"#,
      #""shape": "cone", "radius": 0.2, "height": 1"#,
      #""shape": "cone", "radius": 0.2, "topRadius": 0.1, "height": 1"#,
      #""shape": "capsule", "radius": 0.2, "height": 1"#,
      #""shape": "torus", "radius": 0.4, "thickness": 0.1"#,
      #""shape": "wedge", "size": [1, 1, 1]"#,
      #""shape": "arch", "size": [1, 2, 0.4], "thickness": 0.2"#,
      #""shape": "box", "size": [1, 2, 0.4], "round": 0.1"#,
      #""shape": "lathe", "profile": [[0.1, 0], [0.2, 1]]"#,
      #""shape": "prism", "outline": [[0, 0], [1, 0], [0, 1]], "depth": 0.3"#,
      #""shape": "tube", "path": [[0, 0, 0], [0, 1, 0], [1, 1, 0]], "radius": 0.1, "smooth": true"#,
    ]
    for shape in shapes {
      let result = try #require(scene("{\"id\": \"p\", \(shape)}"))
      #expect(result.diagnostics.isEmpty, "\(shape): \(result.diagnostics.map(\.message))")
      #expect(result.scene?.props.count == 1)
    }
  }

  @Test(
    arguments: [
      (
        #""shape": "sphere""#, #"a sphere needs "radius" in meters"#
      ),
      (
        #""shape": "sphere", "radius": 1, "size": [1, 1, 1]"#,
        #"a sphere has a "radius" or a "size", not both; remove one"#
      ),
      (
        #""shape": "sphere", "radius": 1, "height": 2"#,
        #"a sphere has no "height"; it has radius and size"#
      ),
      (
        #""shape": "capsule", "radius": 1, "height": 1"#,
        "a capsule's ends are half spheres: its height must be at least its width"
      ),
      (
        #""shape": "torus", "radius": 1, "thickness": 1"#,
        #"a torus' "thickness" must be less than its "radius", which is the outer one, so that there is a hole"#
      ),
      (
        #""shape": "arch", "size": [1, 2, 1], "thickness": 0.5"#,
        #"an arch's "thickness" must be less than half of its width, so that there is an opening"#
      ),
      (
        #""shape": "arch", "size": [2, 0.5, 1], "thickness": 0.2"#,
        "an arch's top is a half circle: its height must be at least half its width"
      ),
      (
        #""shape": "arch", "size": [1, 2, 1]"#, #"an arch needs "thickness" in meters"#
      ),
      (
        #""shape": "box", "size": [1, 1, 1], "round": 0.5"#,
        #""round" is the radius of the edges; it must be less than half of each side"#
      ),
      (
        #""shape": "cone", "radius": -1, "height": 1"#,
        #""radius" is -1; it must be 0.001 to 1000 meters"#
      ),
      (
        #""shape": "prism", "outline": [[0, 0], [1, 1], [1, 0], [0, 1]], "depth": 1"#,
        #""outline" crosses or touches itself"#
      ),
      (
        #""shape": "prism", "outline": [[0, 0], [1, 1]], "depth": 1"#,
        #""outline" must be a list of 3 to 200 points [x, y]"#
      ),
      (
        #""shape": "lathe", "profile": [[-1, 0], [1, 1]]"#,
        #"a radius of "profile" is -1; it must be 0 or more"#
      ),
      (
        #""shape": "lathe", "profile": [[0, 0], [0, 1]]"#, #""profile" encloses nothing"#
      ),
      (
        #""shape": "tube", "path": [[0, 0, 0], [0, 0, 0]], "radius": 1"#,
        #""path" has no length: its points are all the same"#
      ),
      (
        #""shape": "chiar""#,
        #"unknown shape "chiar"; did you mean "chair"? allowed: box, cylinder, plane, sphere, cone, capsule, torus, wedge, arch, lathe, prism, tube, a prop from the library (`posemap props` lists them), or a .json file"#
      ),
      (
        #""shape": "my.prop.json""#,
        #"cannot read prop "my.prop.json" (my.prop.json): No such file or directory"#
      ),
      (
        #""shape": "../chair""#,
        #"unknown shape "../chair"; did you mean "chair"? allowed: box, cylinder, plane, sphere, cone, capsule, torus, wedge, arch, lathe, prism, tube, a prop from the library (`posemap props` lists them), or a .json file"#
      ),
    ])
  func mistakesAreReportedInASentence(_ keys: String, _ sentence: String) throws {
    let result = try #require(scene("{\"id\": \"p\", \(keys)}"))
    #expect(result.scene == nil)
    #expect(result.diagnostics.map(\.message) == [sentence])
  }

  @Test func aLibraryObjectIsReadOnceAndScaled() throws {
    let seat = #"{"position": [0, 1, 0], "direction": [0, 3, 0]}"#
    let chair = file(box, #", "class": "chair", "places": {"seat": \#(seat)}"#)
    let result = try #require(
      scene(
        #"{"id": "p", "shape": "chair"}, {"id": "q", "shape": "chair", "scale": 2, "class": "sofa"}"#,
        things: ["Rigs/props/chair.prop.json": chair]))
    #expect(result.diagnostics.isEmpty)
    let props = try #require(result.scene).props
    #expect(props.map(\.sceneClass) == [.chair, .sofa])
    #expect(props[0].shape.point(named: "seat")?.direction == .unitY)
    #expect(props[1].shape.point(named: "seat")?.point == Vector3(0, 2, 0))
    #expect(result.inputs.map(\.name) == ["s.scene.json", "chair"])
    let sized = try #require(
      scene(
        #"{"id": "p", "shape": "chair", "size": [1, 1, 1]}"#,
        things: ["Rigs/props/chair.prop.json": chair]))
    #expect(sized.diagnostics.map(\.message) == [#"a chair has no "size"; it has scale"#])
  }

  @Test func aModelReplacesAShape() throws {
    let text = """
      {"canvas": [64, 64], "characters": [{"id": "a", "body": "female"}],
       "props": [{"id": "p", "model": "lamp.glb", "scale": 2, "class": "lamp"}, {"id": "q", "model": "b.glb"},
         {"id": "r", "model": "lamp.glb", "shape": "box", "radius": 1}]}
      """
    var loader = FileLoader { _ in .success(Array(text.utf8)) }
    loader.thing = { path in
      guard path == "scenes/lamp.glb" else {
        return .failure(UnreadableFile(reason: "it is damaged"))
      }
      let design = PropDesign(
        name: "lamp.glb", positions: [SIMD3(0, 1, 0), SIMD3(1, 1, 0), SIMD3(0, 2, 0)],
        normals: Array(repeating: SIMD3(0, 0, 1), count: 3), triangles: [SIMD3(0, 1, 2)])
      return .success(LoadedThing(design: design, bytes: [7], warnings: ["it has no feet"]))
    }
    let result = try SceneReader.read("scenes/s.scene.json", loader: loader).get()
    #expect(
      result.diagnostics.map(\.message) == [
        #"the model "lamp.glb": it has no feet"#, #"cannot use the model "b.glb": it is damaged"#,
        #"the model "lamp.glb": it has no feet"#,
        #"a prop has a "shape" or a "model", not both; remove one"#,
        #"a model has no "radius"; it has scale"#,
      ])
  }

  @Test func mistakesInAnObjectAreReportedForItsFile() throws {
    let result = try #require(
      scene(
        #"{"id": "p", "shape": "chair"}, {"id": "q", "shape": "chair"}"#,
        things: ["Rigs/props/chair.prop.json": #"{"parts": [{"shape": "ball"}]}"#]))
    #expect(
      result.diagnostics.map(\.description) == [
        #"Rigs/props/chair.prop.json:1:22: error: unknown shape "ball" of a part; allowed: box, cylinder, sphere, cone, capsule, torus, wedge, arch, lathe, prism, tube"#
      ])
  }

  @Test func anUnknownPointOfAPropIsReportedWithItsExistingPoints() throws {
    let text = """
      {"canvas": [64, 64], "characters": [{"id": "a", "body": "female",
        "pose": {"reach": {"leftHand": "props.p.gripp"}}}], "props": [{"id": "p", "shape": "thing.json"}]}
      """
    let thing = file(box, #", "places": {"grip": {"position": [0, 1, 0], "axis": [0, 1, 0]}}"#)
    let loader = FileLoader { path in
      .success(Array((path == "s.scene.json" ? text : thing).utf8))
    }
    let found = try CheckedFile.read("s.scene.json", loader: loader).get()
    #expect(
      found.map(\.message).first
        == #""p" has no place "gripp"; did you mean "grip"? its places are top, middle, grip"#)
  }

  @Test(
    arguments: [
      (
        #"{"places": {}}"#,
        #"thing.prop.json:1:1: error: "parts" is missing; a prop is made of at least one"#
      ),
      (
        file(#"{"shape": "plane", "size": [1, 1]}"#),
        #"thing.prop.json:1:22: error: unknown shape "plane" of a part; allowed: box, cylinder, sphere, cone, capsule, torus, wedge, arch, lathe, prism, tube"#
      ),
      (
        file(#"{"shape": "box", "size": [1, 1, 1], "mirror": "y"}"#),
        #"thing.prop.json:1:58: error: "mirror" repeats a part on the other side: "x" left and right, "z" front and back, "xz" both; not "y""#
      ),
      (
        file(#"{"shape": "cylinder", "radius": 1, "from": [0, 0, 0]}"#),
        #"thing.prop.json:1:12: error: a part that goes "from" a point "to" another needs both"#
      ),
      (
        file(
          #"{"shape": "box", "size": [1, 1, 1]}"#, #", "places": {"top": {"position": [0, 0, 0]}}"#),
        #"thing.prop.json:1:61: error: every prop already has the place "top"; give this one another name"#
      ),
      (
        file(
          #"{"shape": "box", "size": [1, 1, 1]}"#, #", "places": {"seat": {"axis": [0, 0, 0]}}"#),
        #"thing.prop.json:1:69: error: the place "seat" needs a "position": [x, y, z]"#
      ),
      (
        file(#"{"shape": "box", "size": [1, 1, 1], "colour": 1}"#),
        #"thing.prop.json:1:48: error: unknown key "colour" in a part"#
      ),
    ])
  func propFilesAreReadStrictly(_ text: String, _ sentence: String) {
    let found = faults(of: text)
    #expect(found.first?.hasPrefix(sentence) == true, "\(found)")
  }

  @Test func anObjectHasALimitedNumberOfParts() {
    let many = Array(repeating: #"{"shape": "sphere", "radius": 1, "mirror": "xz"}"#, count: 126)
    #expect(
      faults(of: file(many.joined(separator: ", "))) == [
        "thing.prop.json:1:11: error: a prop has at most 500 parts, including mirror images; this one has 504"
      ])
  }

  @Test func propFilesHaveOneLayout() throws {
    let text = """
      {"places": {"seat": {"direction": [0, 1, 0], "position": [0, 1, 0]}}, "parts": [{"size": [1, 1, 1], "shape": "box"}, \
      {"radius": 0.2, "shape": "sphere"}], "class": "chair", "description": "A chair."}
      """
    let log = DiagnosticLog()
    let laidOut = CanonicalLayout.text(of: Array(text.utf8), file: "a.prop.json", log: log)
    #expect(
      laidOut == """
        {
          "description": "A chair.",
          "class": "chair",
          "parts": [
            {"shape": "box", "size": [1, 1, 1]},
            {"shape": "sphere", "radius": 0.2}
          ],
          "places": {
            "seat": {"position": [0, 1, 0], "direction": [0, 1, 0]}
          }
        }

        """)
  }

  @Test func changesInAnObjectAreDescribedInWords() throws {
    let old = file(box, #", "class": "chair", "places": {"seat": {"position": [0, 1, 0]}}"#)
    let new = file(
      #"{"shape": "box", "size": [1, 1.5, 1]}"#,
      #", "class": "sofa", "places": {"seat": {"position": [0, 1.5, 0]}, "grip": {"position": [0, 1, 0]}}"#
    )
    func side(_ text: String) -> FileComparison.Side {
      .init(FileLoader { _ in .success(Array(text.utf8)) })
    }
    let difference = try #require(
      FileComparison(from: side(old), to: side(new)).difference(
        from: "a.prop.json", to: "a.prop.json"))
    #expect(difference.kind == .prop)
    #expect(
      difference.groups.flatMap(\.lines).map(\.text) == [
        "size: 1 × 1 × 1 m → 1 × 1.5 × 1 m", "1 part is another", "class: chair → sofa",
        #"place "grip" is new"#, #"place "seat" moved by 50 cm"#,
      ])
  }
}
