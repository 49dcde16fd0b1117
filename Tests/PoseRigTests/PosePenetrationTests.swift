import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// Limbs of the library's poses stay out of the body, on slim and heavy people too: each pose is
/// tried on a mannequin and a human, which by its name, since all four take twice as long.
@Suite(.enabled(if: InstalledHuman.isThere)) struct PosePenetrationTests {
  private static let folder = CommandRunner.repository + "/Rigs/poses"
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".pose.json") }.map { String($0.dropLast(10)) }.sorted() ?? []
  private static let bodies = BodyStore(human: InstalledHuman.template)

  /// The mannequins, and the human as thin and as fat as it gets.
  private static let figures: [Figure] = {
    let humans = [0.0, 1].map { weight in
      var phenotype = Phenotype()
      phenotype.weight = weight
      return Figure.human(phenotype)
    }
    return Mannequin.all.map { .mannequin($0, Proportions()) } + humans
  }()

  /// Older poses that scenes and tests depend on, and how deep limbs may be in them on one of the
  /// four, in meters.
  private static let older = [
    "arms-crossed": 0.03, "at-ease": 0.02, "disco": 0.051, "drive": 0.013, "guard": 0.036,
    "hand-on-heart": 0.013, "hands-on-hips": 0.047, "hug": 0.018, "hug-self": 0.012,
    "salute": 0.014, "shy": 0.019, "sit-cross-legged": 0.018, "sit-hug-knees": 0.04,
    "waiting": 0.012,
  ]

  @Test(arguments: names) func noLimbIsDeeperThanACentimeter(_ name: String) throws {
    let file = PoseFile.read("\(Self.folder)/\(name).pose.json", loader: Fixture.libraryLoader())
    let pose = try #require(try file.get().pose)
    for index in [NameHash.of(name, below: 2), 2 + NameHash.of(name + "2", below: 2)] {
      let figure = Self.figures[index]
      let character = Character(id: "one", figure: figure, pose: pose)
      let posed = try #require(SceneSolver.pose(character, Self.bodies))
      for overlap in BodyContact(posed).ownOverlaps() {
        #expect(
          overlap.depth < Self.older[name] ?? 0.01,
          "\(name), figure \(index): \(overlap.joint) in \(overlap.inside)")
      }
    }
  }
}
