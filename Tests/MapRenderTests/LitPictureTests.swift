import Foundation
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import MapRender

@Suite("The scene in its lights") struct LitPictureTests {
  private static let two = """
    {"id": "ana", "body": "female", "pose": "stand"},
    {"id": "ben", "body": "male", "pose": "stand", "position": [-0.9, 0, 0]}
    """

  private func scene(_ characters: String, _ keys: String) throws -> PosedScene {
    let text = """
      {"canvas": [256, 384], "camera": {"position": [0.3, 1.6, 5], "target": [0, 0.8, 0], "fovY": 26},
       "characters": [\(characters)], \(keys)}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    let scene = try #require(reading.scene, "\(reading.diagnostics.map(\.description))")
    return try #require(SceneSolver.solve(scene))
  }

  private func picture(_ scene: PosedScene, _ map: MapName = .shaded, of index: Int = 0) throws
    -> Image<RGB8>
  {
    let buffers = try CharacterBuffers(scene)
    let drawing = try MapDrawing(.character(index), of: scene, buffers: buffers, maps: [map])
    return drawing.picture(map).inColor
  }

  private func mask(_ scene: PosedScene) throws -> [Bool] {
    try MaskMap.draw(CharacterBuffers(scene).buffer(of: 0)).image.pixels.map { $0 > 0 }
  }

  @Test("Lights change the shaded map and no other")
  func others() throws {
    let plain = try scene(Self.two, #""maps": {}"#)
    let lit = try scene(Self.two, #""lights": {"key": "left"}"#)
    #expect(try picture(plain) != picture(lit))
    for map in MapName.allCases where map != .shaded {
      #expect(try picture(plain, map) == picture(lit, map), "\(map.rawValue)")
    }
  }

  @Test(
    "Who stands in the light casts a shadow on another's own picture, but not on the floor there")
  func shadowOfAnother() throws {
    let lights = #""lights": {"key": {"side": "left", "height": 12, "size": 0}, "ambient": 0.1}"#
    let ana = #"{"id": "ana", "body": "female", "pose": "stand"}"#
    let (alone, beside) = (try scene(ana, lights), try scene(Self.two, lights))
    let isAna = try mask(alone)
    let (free, shaded) = (try picture(alone).pixels, try picture(beside).pixels)
    let darker = free.indices.filter { shaded[$0].green + 20 < free[$0].green }
    #expect(darker.allSatisfy { isAna[$0] })
    #expect(darker.count > isAna.count { $0 } / 20)
    // The shadow map of the floor alone has other pixels than that of both.
    #expect(
      free.indices.allSatisfy {
        isAna[$0] || abs(Int(free[$0].green) - Int(shaded[$0].green)) <= 1
      })
  }

  @Test("A shadow lies on the floor away from the light, and touches the feet")
  func floor() throws {
    let ana = #"{"id": "ana", "body": "female", "pose": "stand"}"#
    let lights = #"{"key": {"side": "left", "height": 40, "size": 0}, "ambient": 0.1"#
    let lit = try scene(ana, #""lights": \#(lights)}"#)
    let isAna = try mask(lit)
    let image = try picture(lit)
    let background = image[0, 0]
    let dark = image.pixels.indices.filter {
      !isAna[$0] && Int(image.pixels[$0].green) + 40 < Int(background.green)
    }
    let columns = isAna.indices.filter { isAna[$0] }.map { $0 % image.width }
    let middle = Double(columns.reduce(0, +)) / Double(columns.count)
    let center = Double(dark.map { $0 % image.width }.reduce(0, +)) / Double(max(dark.count, 1))
    #expect(dark.count > 300 && center > middle + 10)
    // Within two pixels of the sole.
    let low = try #require(isAna.lastIndex(of: true))
    let near = (-2...2).flatMap { row in (-2...2).map { low + row * image.width + $0 } }
    #expect(near.contains(where: Set(dark).contains))
    // Without a floor there is none.
    let bare = try picture(scene(ana, #""lights": \#(lights), "floor": false}"#))
    #expect(bare.pixels.indices.allSatisfy { isAna[$0] || bare.pixels[$0] == background })
  }

  @Test("The sun shines through a window pane and not through a wall; a key stands indoors")
  func walls() throws {
    let ana = #"{"id": "ana", "body": "female", "pose": "stand"}"#
    func brightness(_ kind: String, _ light: String) throws -> Int {
      let props =
        #"[{"id": "x", "shape": "box", "size": [0.1, 4, 6], "class": "\#(kind)", "position": [-1.5, 0, 0]}]"#
      let lit = try scene(ana, #""props": \#(props), "lights": {\#(light), "ambient": 0.1}"#)
      let isAna = try mask(lit)
      let levels = zip(try picture(lit).pixels, isAna).filter(\.1).map { Int($0.0.green) }
      return levels.reduce(0, +) / levels.count
    }
    let sun = #""sun": {"elevation": 20, "side": "left"}"#
    let key = #""key": {"height": 20, "side": "left"}"#
    let open = try brightness("windowpane", sun)
    #expect(try brightness("wall", sun) < open * 3 / 4)
    #expect(try brightness("box", key) < brightness("wall", key) * 3 / 4)
  }

  @Test("A picture is the same each time")
  func repeats() throws {
    let lit = try scene(
      Self.two,
      #""lights": {"key": {}, "sun": {"hour": 16}, "lamps": {"a": {"at": [0.4, 1, 0.6]}}}"#)
    #expect(try picture(lit) == picture(lit))
  }
}
