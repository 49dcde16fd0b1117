import MapRender
import PoseRig
import TestSupport
import Testing

/// A figure that fills part of its picture, seen from several sides.
private func scene(_ angle: Double) throws -> PosedScene {
  try #require(
    Fixture.solved(
      Fixture.scene(
        keys: #""camera": {"frame": "all", "angle": \#(angle), "margin": 0.2}"#)))
}

@Suite struct InsetTests {
  @Test func everythingIsInsideTheRectangleThatIsReadBack() throws {
    let scene = try scene(30)
    let buffer = try CharacterBuffers(scene).buffer(of: 0)
    let whole = buffer.whole
    #expect(buffer.depth.count < whole.depth.count / 2)
    #expect(buffer.depth.count { $0 > 0 } == whole.depth.count { $0 > 0 })
    #expect(MaskMap.draw(buffer).image == MaskMap.draw(whole).image)
    #expect(NormalMap.draw(buffer).image == NormalMap.draw(whole).image)
    // One more row or column on each side would be empty too: the rectangle is not too small.
    let columns = buffer.bounds.columns
    for y in buffer.bounds.rows {
      for x in [columns.lowerBound, columns.upperBound - 1] {
        #expect(buffer.bounds.index(x: x, y: y).map(buffer.covers) == false)
      }
    }
  }

  @Test(arguments: [3, 5, 7]) func edgesOfARectangleEqualThoseOfTheWhole(_ aperture: Int) throws {
    let scene = try scene(30)
    let shaded = ShadedMap.draw(try CharacterBuffers(scene).buffer(of: 0), camera: scene.camera)
    let detector = CannyDetector(low: 100, high: 200, aperture: aperture)
    let edges = CannyMap.detect(shaded, detector).image
    #expect(edges == CannyMap.detect(shaded.image, detector))
    #expect(edges.pixels.contains(255))
  }

  @Test func aRangeAddedToOthersIsTheRangeOfAll() throws {
    let scenes = try [0.0, 60, 120, 240].map(scene)
    let session = try RenderSession(canvas: scenes[0].camera.canvas)
    var known: DepthRange?
    var all: DepthRange?
    for scene in scenes {
      known = try CharacterBuffers.depthRange(
        of: scene, withProps: true, and: known, in: session)
      all = all.union(
        try CharacterBuffers.depthRange(
          of: scene, withProps: true, and: nil, in: session))
      let own = try CharacterBuffers(scene).depthRange
      #expect(
        try CharacterBuffers.depthRange(
          of: scene, withProps: true, and: nil, in: session) == own)
      #expect(known == all)
    }
  }
}
