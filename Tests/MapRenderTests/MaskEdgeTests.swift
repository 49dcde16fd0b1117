import MapRender
import PoseRig
import TestSupport
import Testing

/// A mask that contains a rectangle, stored as tightly as a map.
private func mask(
  _ columns: Range<Int>, _ rows: Range<Int>, width: Int = 24, height: Int = 18
) -> Inset<UInt8> {
  let bounds = PixelBounds(columns: columns, rows: rows)
  return Inset(
    width: width, height: height, background: 0, bounds: bounds,
    pixels: Array(repeating: 255, count: bounds.count))
}

@Suite struct MaskEdgeTests {
  @Test func withoutGrowOrFeatherNothingChanges() {
    #expect(MaskEdge().applied(to: mask(3..<9, 4..<8)) == mask(3..<9, 4..<8))
  }

  @Test(arguments: [0, 1, 2, 5]) func aGrownMaskIsADiscAroundEveryPixel(_ grow: Int) {
    let point = MaskEdge(grow: grow).applied(to: mask(10..<11, 8..<9)).image
    for y in 0..<18 {
      for x in 0..<24 {
        let isNear = (x - 10) * (x - 10) + (y - 8) * (y - 8) <= grow * grow
        #expect(point[x, y] == (isNear ? 255 : 0), "\(x), \(y)")
      }
    }
  }

  @Test func aShrunkMaskRetreatsFromItsEdgeButNotFromThePicturesSide() {
    // It extends past the left side of the picture.
    let shrunk = MaskEdge(grow: -2).applied(to: mask(0..<12, 4..<14)).image
    #expect(shrunk.text(blank: 0) == mask(0..<10, 6..<12).image.text(blank: 0))
    #expect(
      MaskEdge(grow: -9).applied(to: mask(5..<12, 4..<14)).image.pixels.allSatisfy { $0 == 0 })
  }

  @Test func theRampHasItsWidthAndIsCenteredOnTheEdge() {
    let feather = 6
    let image = MaskEdge(feather: feather).applied(to: mask(0..<12, 0..<18)).image
    for x in 0..<24 {
      // The edge is between columns 11 and 12.
      let way = 0.5 + (12 - (Double(x) + 0.5)) / Double(feather)
      let share = min(max(way, 0), 1)
      let level = (share * share * (3 - 2 * share) * 255).rounded()
      #expect((0..<18).allSatisfy { image[x, $0] == UInt8(level) }, "column \(x)")
    }
    #expect(image[8, 5] == 255 && image[9, 5] < 255 && image[14, 5] > 0 && image[15, 5] == 0)
  }

  @Test func aGrownEdgeIsFeatheredInItsNewPosition() {
    let edge = MaskEdge(grow: 3, feather: 4).applied(to: mask(8..<12, 0..<18)).image
    let moved = MaskEdge(feather: 4).applied(to: mask(5..<15, 0..<18)).image
    #expect(edge == moved)
  }

  @Test func aTightlyStoredMaskEqualsAWholeOne() {
    let edge = MaskEdge(grow: 2, feather: 5)
    let tight = mask(6..<10, 5..<9)
    #expect(
      edge.applied(to: tight).image == edge.applied(to: Inset(tight.image, background: 0)).image)
  }
}

@Suite struct VisibleMapTests {
  /// A wide man is behind a narrow one; both are in front of a wall farther back.
  private static let text = """
    {"canvas": [192, 256], "camera": {"position": [0, 1, 5], "target": [0, 0.9, 0]},
     "characters": [{"id": "behind", "body": "male", "position": [0, 0, -0.8]},
      {"id": "before", "body": "male", "position": [0.25, 0, 0.8], "yaw": 90}],
     "props": [{"id": "wall", "shape": "box", "size": [3, 2, 0.1], "position": [0, 0, -2]},
      {"id": "post", "shape": "box", "size": [0.1, 2, 0.1], "position": [-0.4, 0, 0.8]}]}
    """

  @Test func growingCoversTheWallButNothingInFront() throws {
    let scene = try #require(Fixture.solved(Self.text))
    let seen = try CharacterBuffers(scene).together([0, 1], withProps: true)
    let grow = 6
    func draw(_ grow: Int) -> Image<UInt8> {
      VisibleMap.draw(seen.buffer, edge: MaskEdge(grow: grow)) { seen.characters[$0] == 0 }.image
    }
    let (own, grown) = (draw(0), draw(grow))
    var (overWall, besideOthers) = (0, 0)
    for y in 0..<own.height {
      for x in 0..<own.width where own[x, y] == 0 {
        let near = nearest(to: x, y, within: grow, of: own)
        let index = seen.buffer.bounds.index(x: x, y: y)
        let label = index.flatMap { seen.buffer.label($0) }
        let isBefore = label?.part != nil || label?.sceneClass == .box && isPost(x, y, seen.buffer)
        if grown[x, y] == 255 {
          #expect(near && !isBefore, "\(x), \(y)")
          overWall += 1
        } else if near {
          #expect(isBefore, "\(x), \(y)")
          besideOthers += 1
        }
      }
    }
    #expect(overWall > 500 && besideOthers > 300)
  }

  /// The post is nearer than the man, and the wall is farther.
  private func isPost(_ x: Int, _ y: Int, _ buffer: GBuffer) -> Bool {
    buffer.bounds.index(x: x, y: y).map { buffer.depth[$0] < 5 } ?? false
  }

  private func nearest(to x: Int, _ y: Int, within distance: Int, of mask: Image<UInt8>) -> Bool {
    for dy in -distance...distance {
      for dx in -distance...distance where dx * dx + dy * dy <= distance * distance {
        if mask.contains(x: x + dx, y: y + dy), mask[x + dx, y + dy] != 0 { return true }
      }
    }
    return false
  }
}
