import Export
import MapRender
import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

/// The library's objects as shown by maps.
@Suite struct PropSheetTests {
  private static let rigs = CommandRunner.repository + "/Rigs"

  @Test(arguments: PropLibrary.names(in: rigs))
  func eachObjectIsVisibleInEveryMapThatShowsProps(_ name: String) throws {
    let design = try PropLibrary.design(named: name, in: Self.rigs)
    let canvas = Canvas(width: 256, height: 256)
    for angle in [35.0, -120] {
      var scene = try #require(
        SceneSolver.still(
          of: Prop(id: "p", shape: .thing(design)), beside: .mannequin(.female, Proportions()),
          angle: angle, elevation: 18, canvas: canvas))
      let maps = MapName.showingProps.filter { $0 != .openpose }
      scene.mapSettings.props = Set(maps)
      let session = try RenderSession(canvas: canvas)
      let drawing = try MapDrawing(
        .character(0), of: scene, buffers: try CharacterBuffers(scene, in: session), maps: maps)
      for map in maps {
        let picture = drawing.picture(map).inColor
        let ground = picture[0, 0]
        let drawn = (0..<256).reduce(0) { sum, y in
          sum + (0..<256).count { picture[$0, y] != ground }
        }
        // The outline of the thinnest object, a bow, has a thousand pixels.
        #expect(drawn > 250, "\(map) from \(angle)°: \(drawn) pixels")
      }
    }
  }

  @Test func aSheetHasOnePicturePerObjectAndMap() throws {
    var sheet = PropSheet()
    (sheet.columns, sheet.side, sheet.maps) = (4, 40, [.shaded, .canny])
    let props = try ["cup", "ball", "chair"].map {
      Prop(id: $0, shape: .thing(try PropLibrary.design(named: $0, in: Self.rigs)))
    }
    let picture = try sheet.draw(props)
    #expect(picture.width == 4 * 46 + 6 && picture.height == 2 * 46 + 6)
    // In front of the center of the ball.
    #expect(picture[6 + 2 * 46 + 20, 26] != picture[6 + 2 * 46 + 2, 8])
  }
}
