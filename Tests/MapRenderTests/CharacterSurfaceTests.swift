import MapRender
import PoseRig
import TestSupport
import Testing

/// A figure that faces the camera with a box in front of its left hand, which it also has as a
/// separate surface.
@Suite struct CharacterSurfaceTests {
  private static let text = """
    {"canvas": [256, 256], "camera": {"position": [0, 1.1, 4], "target": [0, 1.1, 0], "fovY": 32},
     "characters": [{"id": "a", "body": "female"}],
     "props": [{"id": "box", "shape": "box", "size": [0.3, 0.3, 0.1],
                "position": [0.78, 1.2, 0.25]}]}
    """

  /// Returns the figure alone, and with the box as a surface of a given kind.
  private func scenes(_ kind: SurfaceKind) throws -> (bare: PosedScene, dressed: PosedScene) {
    var bare = try #require(Fixture.solved(Self.text))
    let box = bare.props[0].surface
    bare.props = []
    var dressed = bare
    dressed.characters[0].otherSurfaces = [CharacterSurface(kind, box)]
    return (bare, dressed)
  }

  private func buffer(_ scene: PosedScene) throws -> GBuffer {
    try CharacterBuffers(scene).buffer(of: 0).whole
  }

  @Test(arguments: [SurfaceKind.hair, .worn, .held])
  func everySurfaceIsDrawnInMaskDepthAndNormal(_ kind: SurfaceKind) throws {
    let (bare, dressed) = try scenes(kind)
    let (without, with) = (try buffer(bare), try buffer(dressed))
    let box = with.depth.indices.filter { with.label($0)?.kind == kind }
    #expect(box.count > 500)
    #expect(box.allSatisfy { with.showsCharacter($0) && with.depth[$0] > 3.6 })
    #expect(box.count { with.normal($0).z > 0.9 } > box.count / 2)
    let mask = MaskMap.draw(with).image
    #expect(box.allSatisfy { mask.pixels[$0] == 255 })
    // Everything that the box does not hide is unchanged.
    let others = with.depth.indices.filter { with.label($0)?.kind != kind }
    #expect(others.allSatisfy { with.depth[$0] == without.depth[$0] })
    #expect(others.allSatisfy { with.shading[$0] == without.shading[$0] })
  }

  @Test(arguments: [SurfaceKind.hair, .held])
  func hairBelongsToTheHeadAndHeldObjectsToNoPart(_ kind: SurfaceKind) throws {
    let buffer = try buffer(try scenes(kind).dressed)
    let box = buffer.depth.indices.filter { buffer.label($0)?.kind == kind }
    let densePose = DensePoseMap.draw(buffer, palette: .parula).image
    let parts = PartsMap.draw(buffer).image
    let expected = kind == .hair ? PartName.head.rawValue + 1 : 0
    #expect(
      box.allSatisfy {
        (densePose.pixels[$0] == .black) == (kind == .held) && parts.pixels[$0] == expected
      })
    #expect(parts.pixels.contains { $0 > 0 && $0 != expected })
  }

  @Test(arguments: zip([SurfaceKind.hair, .worn, .held], [true, true, false]))
  func hairAndClothesBelongToThePersonInASegmentation(_ kind: SurfaceKind, _ isPerson: Bool) throws
  {
    let buffer = try buffer(try scenes(kind).dressed)
    let box = buffer.depth.indices.filter { buffer.label($0)?.kind == kind }
    let owners = buffer.depth.map { $0 > 0 ? 0 : nil }
    let classes = SegmentationMap.draw(buffer, palette: .ade20k, characters: owners).image
    #expect(box.allSatisfy { (classes.pixels[$0] == RGB8(150, 5, 61)) == isPerson })
    let people = SegmentationMap.draw(buffer, palette: .identities, characters: owners).image
    #expect(box.allSatisfy { people.pixels[$0] == RGB8(0, 0, 255) })
  }

  @Test(arguments: [SurfaceKind.hair, .worn, .held])
  func aHandIsVisibleInAGloveButNotBehindAnObject(_ kind: SurfaceKind) throws {
    let (bare, dressed) = try scenes(kind)
    func seen(_ scene: PosedScene) throws -> Double {
      KeypointProjection.keypoints(
        of: scene.characters[0], camera: scene.camera, in: try buffer(scene)
      ).leftHandSeen
    }
    #expect(try seen(bare) == 1)
    let share = try seen(dressed)
    #expect(kind == .worn ? share == 1 : share < 0.2, "\(share)")
  }
}
