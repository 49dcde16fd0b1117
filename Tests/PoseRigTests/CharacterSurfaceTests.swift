import SceneFiles
import Testing

@testable import PoseRig

@Suite struct CharacterSurfaceTests {
  /// Returns a figure in its T-pose with a box in its chest, which counts as held.
  private func character() throws -> PosedCharacter {
    var posed = try #require(
      SceneSolver.pose(
        Character(id: "a", figure: .mannequin(.female, Proportions()), pose: .rest)))
    let box = PosedProp(
      Prop(
        id: "box", shape: .box(size: Vector3(0.2, 0.2, 0.2)), position: Vector3(0, 1.2, 0),
        rotation: .zero, sceneClass: .box))
    posed.otherSurfaces = [CharacterSurface(.held, box.surface)]
    return posed
  }

  @Test func contactsUseOnlyTheBodysSurface() throws {
    var posed = try character()
    let dressed = BodyContact(posed)
    posed.otherSurfaces = []
    posed.move(by: Vector3(0.03, 0, 0))
    let bare = BodyContact(posed)
    #expect(dressed.ownOverlaps(over: 0.02).isEmpty && bare.ownOverlaps(over: 0.02).isEmpty)
    #expect(
      !dressed.overlaps(in: bare, over: 0).isEmpty && !bare.overlaps(in: dressed, over: 0).isEmpty)
  }

  @Test func allSurfacesMoveWithTheCharacter() throws {
    let posed = try character()
    var moved = posed
    moved.move(by: Vector3(1, 0, 0))
    #expect(moved.surfaces.count == 2)
    for (before, after) in zip(posed.surfaces, moved.surfaces) {
      #expect(zip(before.positions, after.positions).allSatisfy { $0 + SIMD3(1, 0, 0) == $1 })
    }
  }

  @Test func heldObjectsBelongToTheCharacterButNotToItsSkin() throws {
    var posed = try character()
    let skin = posed.bodySurface.positions.count
    #expect(posed.points.count == skin + 24)
    posed.otherSurfaces = []
    #expect(posed.points.count == skin)
  }

  @Test func everyLabelIdentifiesItsSurface() {
    for part in PartName.allCases {
      let label = SurfaceLabel(part: part)
      #expect(label.part == part && label.kind == .body && label.sceneClass == nil)
    }
    for part in PartName.allCases {
      let label = SurfaceLabel(wornOver: part)
      #expect(label.part == nil && label.kind == .worn && label.sceneClass == nil)
      #expect(label.underlyingPart == part && label.number < SurfaceLabel.firstThing)
    }
    for kind in [SurfaceKind.hair, .worn, .held] {
      let label = SurfaceLabel(kind)
      #expect(label.part == nil && label.kind == kind && label.sceneClass == nil)
      #expect((label.number >= SurfaceLabel.firstThing) == (kind == .held))
    }
    for sceneClass in SceneClass.allCases {
      let label = SurfaceLabel(sceneClass)
      #expect(label.part == nil && label.kind == nil && label.sceneClass == sceneClass)
      #expect(label.heldClass == nil)
      let held = SurfaceLabel(held: sceneClass)
      #expect(held.kind == .held && held.heldClass == sceneClass && held.sceneClass == nil)
      #expect(held.underlyingPart == nil && held.number < SurfaceLabel.firstThing)
    }
  }
}
