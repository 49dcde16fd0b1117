import MapRender
import PoseRig
import TestSupport
import Testing

private let sitting = """
  "pose": {"joints": {"leftUpperLeg": {"flexion": 80}, "leftLowerLeg": {"flexion": 80},
  "leftUpperArm": {"flexion": 60}, "leftLowerArm": {"flexion": 90}}}
  """

private func solved(_ angle: Double) throws -> PosedScene {
  let keys = #""camera": {"frame": "all", "angle": \#(angle)}"#
  return try #require(Fixture.solved(Fixture.scene(character: sitting, keys: keys)))
}

@Suite struct LineMapTests {
  private func lines(_ angle: Double) throws -> (LineMaps, GBuffer) {
    let scene = try solved(angle)
    let buffers = try CharacterBuffers(scene)
    let buffer = try buffers.buffer(of: 0)
    return (LineMaps(buffer, camera: scene.camera), buffer.whole)
  }

  @Test(arguments: [0.0, 40, 110]) func geometryEdgesAreOnePixelWide(_ angle: Double) throws {
    let edges = try lines(angle).0.canny()
    let lit = edges.pixels.count { $0 > 0 }
    let blocks = (0..<edges.height - 1).map { y in
      (0..<edges.width - 1).count { x in
        edges[x, y] > 0 && edges[x + 1, y] > 0 && edges[x, y + 1] > 0 && edges[x + 1, y + 1] > 0
      }
    }.reduce(0, +)
    #expect(lit > 500)
    // Where three lines meet, a block can remain.
    #expect(blocks * 200 <= lit, "\(blocks) blocks of 2 × 2 among \(lit) pixels")
  }

  @Test func theWholeSilhouetteIsDrawn() throws {
    let (lines, buffer) = try lines(40)
    let edges = lines.canny()
    let border = buffer.depth.indices.filter { index in
      let (x, y) = (index % buffer.width, index / buffer.width)
      return buffer.covers(index) && x > 0 && x < buffer.width - 1
        && (!buffer.covers(index - 1) || !buffer.covers(index + 1))
        && y > 0 && y < buffer.height - 1
    }
    let drawn = border.count { index in
      (-1...1).contains { dy in
        (-1...1).contains { dx in edges.pixels[index + dy * buffer.width + dx] > 0 }
      }
    }
    #expect(drawn * 100 >= border.count * 99, "\(drawn) of \(border.count)")
  }

  @Test func anArmInFrontOfTheChestHasAContour() throws {
    // The left forearm is in front of the body: some edges are well inside the silhouette.
    let (lines, buffer) = try lines(0)
    let edges = lines.canny()
    let inside = edges.pixels.indices.filter { index in
      let (x, y) = (index % buffer.width, index / buffer.width)
      guard edges.pixels[index] > 0, x > 6, y > 6, x < buffer.width - 7, y < buffer.height - 7
      else { return false }
      return [-6, 6, -6 * buffer.width, 6 * buffer.width].allSatisfy { buffer.covers(index + $0) }
    }
    #expect(inside.count > 40)
  }

  @Test func lineartIsWhiteOnBlackOrBlackOnWhite() throws {
    let light = Inset(try lines(40).0.lineart(), background: 0)
    #expect(light.drawn(.lightOnDark) == light)
    #expect(light.drawn(.darkOnLight).image == light.image.map { 255 - $0 })
    #expect(light.pixels.max() ?? 0 > 240 && light.pixels.min() == 0)
  }
}

@Suite struct SegmentationTests {
  /// Returns how many pixels show the front and the back of the torso, by their colors.
  private func torso(_ angle: Double) throws -> (front: Int, back: Int) {
    let buffers = try CharacterBuffers(try solved(angle))
    let map = DensePoseMap.draw(try buffers.buffer(of: 0), palette: .viridis).image
    return (
      map.pixels.count { $0 == RGB8(72, 31, 112) }, map.pixels.count { $0 == RGB8(71, 16, 99) }
    )
  }

  @Test func theTorsosFrontAndBackAreDifferentCharts() throws {
    let (before, behind) = (try torso(0), try torso(180))
    #expect(before.front > 10 * before.back && before.front > 500, "\(before)")
    #expect(behind.back > 10 * behind.front && behind.back > 500, "\(behind)")
  }

  @Test func theHandsHaveTheirOwnCharts() throws {
    let buffers = try CharacterBuffers(try solved(0))
    let buffer = try buffers.buffer(of: 0)
    let map = DensePoseMap.draw(buffer, palette: .viridis).image
    // Facing the camera, her right hand is on the left of the picture.
    let right = map.pixels.indices.filter { map.pixels[$0] == RGB8(71, 44, 122) }
    #expect(!right.isEmpty && right.allSatisfy { $0 % buffer.width < buffer.width / 2 })
  }

  @Test func aPersonHasADE20KsColorAndAPropItsClass() throws {
    let keys = """
      "camera": {"frame": "all"}, "maps": {"props": true},
      "props": [{"id": "wall", "shape": "box", "class": "wall", "size": [9, 9, 1], "position": [0, 0, -3]}]
      """
    let scene = try #require(Fixture.solved(Fixture.scene(keys: keys)))
    let buffers = try CharacterBuffers(scene)
    let buffer = try buffers.bufferWithProps(of: 0)
    let map = SegmentationMap.draw(
      buffer, palette: .ade20k, characters: Array(repeating: 0, count: buffer.depth.count))
    let colors = Set(zip(map.pixels, buffer.depth).filter { $0.1 > 0 }.map(\.0))
    #expect(colors == [RGB8(150, 5, 61), RGB8(120, 120, 120)])
  }

  @Test func heldObjectsHaveTheColorOfTheirClass() {
    let shading = [SurfaceLabel(held: .glass), SurfaceLabel(.glass), SurfaceLabel(part: .torso)]
      .map { SIMD4<UInt8>(0, 0, 0, $0.number + 1) }
    let buffer = GBuffer(
      width: 3, height: 1, depth: [1, 1, 1],
      normals: Array(repeating: PackedNormal(SIMD3(0, 0, 1)), count: 3), shading: shading)
    let map = SegmentationMap.draw(buffer, palette: .ade20k, characters: [0, nil, 0]).image
    #expect(map.pixels == [RGB8(25, 194, 194), RGB8(25, 194, 194), RGB8(150, 5, 61)])
  }

  /// SCAIL-2's node distinguishes people by the channels over 225 of 255, and treats black and
  /// white as background.
  @Test(arguments: [IdentityGround.black, .white])
  func identitiesAreSixFullChannelColorsAndTheGround(_ ground: IdentityGround) {
    let person = SIMD4<UInt8>(0, 0, 0, SurfaceLabel(part: .torso).number + 1)
    let wall = SIMD4<UInt8>(0, 0, 0, SurfaceLabel(.wall).number + 1)
    let buffer = GBuffer(
      width: 9, height: 1, depth: [1, 1, 1, 1, 1, 1, 1, 1, 0],
      normals: Array(repeating: PackedNormal(SIMD3(0, 0, 1)), count: 9),
      shading: Array(repeating: person, count: 7) + [wall, .zero])
    let map = SegmentationMap.draw(
      buffer, palette: .identities, characters: [0, 1, 2, 3, 4, 5, 6, nil, nil], ground: ground)
    let around: RGB8 = ground == .black ? .black : .white
    #expect(
      map.pixels == [
        RGB8(0, 0, 255), RGB8(255, 0, 0), RGB8(0, 255, 0), RGB8(255, 0, 255), RGB8(0, 255, 255),
        RGB8(255, 255, 0), RGB8(0, 0, 255), around, around,
      ])
    #expect(map.background == around)
  }

  @Test func everyPartHasItsOwnColor() {
    let part = { (part: PartName) -> RGB8 in
      let buffer = GBuffer(
        width: 1, height: 1, depth: [1], normals: [PackedNormal(SIMD3(0, 0, 1))],
        shading: [SIMD4(0, 0, 0, SurfaceLabel(part: part).number + 1)])
      return SegmentationMap.draw(buffer, palette: .parts, characters: [0]).image[0, 0]
    }
    #expect(Set(PartName.allCases.map(part)).count == 26)
  }
}

@Suite struct LayerTests {
  private static let two = """
    {"canvas": [128, 128], "camera": {"position": [0, 1, 4], "target": [0, 1, 0]},
     "characters": [{"id": "b", "body": "male", "position": [0, 0, -1]},
                    {"id": "a", "body": "female", "position": [0.1, 0, 0.5]}]}
    """

  @Test func theNearerCharacterHidesTheFarther() throws {
    let scene = try #require(Fixture.solved(Self.two))
    let buffers = try CharacterBuffers(scene)
    let seen = try buffers.together([0, 1], withProps: false)
    let bounds = seen.buffer.bounds
    let (him, her) = (
      try buffers.buffer(of: 0).spread(over: bounds), try buffers.buffer(of: 1).spread(over: bounds)
    )
    for index in seen.characters.indices {
      switch (him.covers(index), her.covers(index)) {
      case (_, true) where !him.covers(index) || her.depth[index] < him.depth[index]:
        #expect(seen.characters[index] == 1)
      case (true, _): #expect(seen.characters[index] == 0)
      default: #expect(seen.characters[index] == nil)
      }
    }
    #expect(seen.characters.contains(0) && seen.characters.contains(1))
  }
}
