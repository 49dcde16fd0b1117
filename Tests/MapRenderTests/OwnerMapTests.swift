import MapRender
import PoseRig
import TestSupport
import Testing

/// Two people, one in front of the other, beside a post in front of both.
private let text = """
  {"canvas": [192, 256], "camera": {"position": [0, 1, 5], "target": [0, 0.9, 0]},
   "characters": [{"id": "behind", "body": "male", "position": [0, 0, -0.8]},
    {"id": "before", "body": "female", "position": [0.25, 0, 0.8], "yaw": 90}],
   "props": [{"id": "post", "shape": "box", "size": [0.1, 2, 0.1], "position": [-0.3, 0, 1.2]}]}
  """

private func owners(
  _ pictured: [Int], base: Int?, grow: Int = 0
) throws -> (map: OwnerMap, seen: [Int?], everything: GBuffer) {
  let scene = try #require(Fixture.solved(text))
  let buffers = try CharacterBuffers(scene)
  let seen = try buffers.together([0, 1], withProps: true)
  let whole = seen.buffer.picture(-1) { seen.characters[$0] ?? -1 }.image
  let map = try OwnerMap(of: scene, pictured: pictured, base: base, grow: grow, buffers: buffers)
  return (
    map, whole.pixels.map { $0 < 0 ? nil : $0 },
    seen.buffer.spread(over: PixelBounds(width: 192, height: 256))
  )
}

@Suite struct OwnerMapTests {
  @Test func aPixelBelongsToTheVisibleCharactersPictureOrTheBase() throws {
    let (map, seen, _) = try owners([0], base: 1)
    #expect(map.owners == seen.map { $0 == 0 ? 1 : 0 })
    let (both, _, _) = try owners([1, 0], base: nil)
    #expect(both.owners == seen.map { $0 == 1 ? 1 : $0 == 0 ? 2 : 0 })
    #expect(both.owners.contains(1) && both.owners.contains(2))
  }

  @Test(arguments: [[0], [1], [0, 1]]) func growingTakesBackgroundButNoPersonOrNearerObject(
    _ pictured: [Int]
  ) throws {
    let base = [0, 1].first { !pictured.contains($0) }
    let (map, seen, everything) = try owners(pictured, base: base, grow: 8)
    let (before, _, _) = try owners(pictured, base: base)
    var gained = 0
    for index in seen.indices where map.owners[index] != before.owners[index] {
      #expect(seen[index] == nil)
      // The post is in front of both.
      #expect(everything.depth[index] == 0)
      gained += 1
    }
    #expect(gained > 500)
  }

  @Test func aroundTheNearerCharacterInTheBaseTheBackgroundStaysTheBases() throws {
    let (plate, seen, _) = try owners([0], base: nil, grow: 8)
    let (map, _, _) = try owners([0], base: 1, grow: 8)
    // The pixels that he gains if nobody is in the base, but does not gain beside her.
    let kept = seen.indices.filter {
      seen[$0] == nil && plate.owners[$0] == 1 && map.owners[$0] == 0
    }
    #expect(!kept.isEmpty && kept.allSatisfy { isNear($0, 1, seen) })
  }

  private func isNear(_ index: Int, _ person: Int, _ seen: [Int?]) -> Bool {
    let (x, y) = (index % 192, index / 192)
    return seen.indices.contains { other in
      let (dx, dy) = (other % 192 - x, other / 192 - y)
      return seen[other] == person && dx * dx + dy * dy <= 64
    }
  }

  @Test func aShrunkPictureLeavesPixelsOnlyToTheBase() throws {
    let (map, seen, _) = try owners([0, 1], base: nil, grow: -3)
    let (whole, _, _) = try owners([0, 1], base: nil)
    let lost = seen.indices.filter { map.owners[$0] != whole.owners[$0] }
    #expect(lost.count > 200 && lost.allSatisfy { map.owners[$0] == 0 })
    // Where the two touch, neither yields.
    let touching = seen.indices.dropLast().filter { seen[$0] == 0 && seen[$0 + 1] == 1 }
    #expect(touching.contains { map.owners[$0] == 1 && map.owners[$0 + 1] == 2 })
  }
}
