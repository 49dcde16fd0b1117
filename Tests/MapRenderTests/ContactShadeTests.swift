import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

/// A box of 1 m in front of the camera, and a figure beside it.
private func box(rotation: [Double], camera: [Double]) throws -> PosedScene {
  let keys = """
    "camera": {"position": \(camera), "target": [0, 0.5, 0], "focalLength": 35}, "maps": {"props": true},
    "props": [{"id": "box", "shape": "box", "class": "box", "size": [1, 1, 1], "position": [0, 0, 0], "rotation": \(rotation)}]
    """
  return try #require(
    Fixture.solved(Fixture.scene(character: #""position": [1.6, 0, -0.6]"#, keys: keys)))
}

@Suite("The shade at edges and contours")
struct ContactShadeTests {
  /// In the first case, both sides are equally bright; in the second, the edge is oblique to the
  /// pixel grid.
  @Test(
    "An edge of a box is shaded on only one of its sides, all along it",
    arguments: [
      ([0, 45, 0], [0, 0.5, 3]), ([0, 45, 0], [0.2, 1.6, 2.6]), ([0, 30, 0], [0.4, 1.4, 2.6]),
      ([0, 70, 0], [1.2, 0.9, 2.6]), ([4, 60, 7], [-0.5, 1.2, 2.8]),
    ] as [([Double], [Double])])
  func edgesOfProps(rotation: [Double], position: [Double]) throws {
    let scene = try box(rotation: rotation, camera: position)
    let buffer = try CharacterBuffers(scene).bufferWithProps(of: 0)
    let drawn = ShadedMap.draw(buffer, camera: scene.camera).image.pixels
    let whole = buffer.whole
    let number = SurfaceLabel(.box).number + 1
    func shade(_ index: Int) -> Int { Int(whole.shading[index].y) - Int(drawn[index].green) }

    var darker: [Bool] = []
    for row in 0..<whole.height {
      for left in row * whole.width..<(row + 1) * whole.width - 1 {
        let sides = [left, left + 1]
        guard sides.allSatisfy({ whole.shading[$0].w == number }) else { continue }
        let directions = sides.map { whole.normals[$0].direction }
        // The edge between the two sides, but not those of the top.
        guard directions.allSatisfy({ abs($0.y) < 0.6 }),
          (directions[0] * directions[1]).sum() < 0.9
        else { continue }
        darker.append(shade(left) > shade(left + 1))
        #expect(max(shade(left), shade(left + 1)) > 40)
      }
    }
    #expect(darker.count > 100)
    // Near the ends of the edge, the shade of the top is added.
    #expect(Set(darker.dropFirst(12).dropLast(12)).count == 1)
  }

  /// The faces along a blade's edge are one pixel wide in places.
  @Test("A blade has no spots") func bladeWithoutSpots() throws {
    let path = CommandRunner.repository + "/Examples/fencers/scene.json"
    let read = try SceneReader.read(path, loader: Fixture.libraryLoader()).get().scene
    let fencers = try #require(read)
    let scene = try #require(SceneSolver.solve(fencers))
    for character in 0..<2 {
      let buffer = try CharacterBuffers(scene).buffer(of: character)
      let drawn = ShadedMap.draw(buffer, camera: scene.camera).image
      let whole = buffer.whole
      func isBladeOrNothing(_ x: Int, _ y: Int) -> Bool {
        guard let label = whole.label(y * whole.width + x) else { return true }
        return label.kind == .held
      }
      var spots = 0
      var seen = 0
      let rows = (0..<whole.height).filter { y in
        (0..<whole.width).contains { whole.label(y * whole.width + $0)?.kind == .held }
      }
      // Below are the guard and the hilt, which shade each other.
      for y in rows.prefix(rows.count / 2) {
        for x in 16..<whole.width - 16 where whole.label(y * whole.width + x)?.kind == .held {
          let isAlone = [-16, -8, 8, 16].allSatisfy {
            isBladeOrNothing(x + $0, y) && isBladeOrNothing(x, y + $0)
              && isBladeOrNothing(x + $0, y + $0) && isBladeOrNothing(x + $0, y - $0)
          }
          guard isAlone else { continue }
          seen += 1
          spots += whole.shading[y * whole.width + x].y > drawn[x, y].green + 6 ? 1 : 0
        }
      }
      #expect(seen > 1000)
      #expect(spots == 0)
    }
  }
}
