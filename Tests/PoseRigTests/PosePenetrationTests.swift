import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// The limbs of the library's poses stay out of the body, on slim and heavy people too: each pose
/// is tried on one mannequin and one human, chosen by its name, since all four take twice as long.
@Suite(.enabled(if: InstalledHuman.isThere)) struct PosePenetrationTests {
  private static let folder = CommandRunner.repository + "/Rigs/poses"
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".pose.json") }.map { String($0.dropLast(10)) }.sorted() ?? []
  private static let bodies = BodyStore(human: InstalledHuman.template)

  /// The mannequins, and the human at its thinnest and fattest.
  private static let figures: [Figure] = {
    let humans = [0.0, 1].map { weight in
      var phenotype = Phenotype()
      phenotype.weight = weight
      return Figure.human(phenotype)
    }
    return Mannequin.all.map { .mannequin($0, Proportions()) } + humans
  }()

  /// Poses in which hands, forearms, shins or feet press into something, and the allowed depth on
  /// one of the four figures, in meters.
  private static let pressing = [
    "arms-crossed": 0.02, "at-ease": 0.02, "cry": 0.013, "disco": 0.02, "drive": 0.013,
    "facepalm": 0.012, "grief-kneeling": 0.016, "guard": 0.02, "hand-on-heart": 0.013,
    "hands-on-hips": 0.025, "hug": 0.018, "hug-self": 0.012, "salute": 0.014, "shush": 0.012,
    "shy": 0.019, "sit-cross-legged": 0.018, "sit-hug-knees": 0.02, "sit-w": 0.014,
    "waiting": 0.012,
  ]

  /// The allowed depth of trunks, heads, upper arms and thighs in each other on each figure, in
  /// meters: fat gives way.
  private static let flesh = [0.02, 0.02, 0.02, 0.04]

  /// Returns whether one of two parts is a forearm, hand, shin or foot.
  private static func isEnd(_ overlap: Finding.Overlap) -> Bool {
    [overlap.joint, overlap.inside].contains { joint in
      [.lowerArm, .hand, .lowerLeg, .foot, .toes].contains(joint.kind) || joint.isOfFinger
    }
  }

  @Test(arguments: names) func noLimbIsDeeperThanACentimeter(_ name: String) throws {
    let file = PoseFile.read("\(Self.folder)/\(name).pose.json", loader: Fixture.libraryLoader())
    let pose = try #require(try file.get().pose)
    for index in [NameHash.of(name, below: 2), 2 + NameHash.of(name + "2", below: 2)] {
      let figure = Self.figures[index]
      let character = Character(id: "one", figure: figure, pose: pose)
      let posed = try #require(SceneSolver.pose(character, Self.bodies))
      for overlap in BodyContact(posed).ownOverlaps(over: 0.01) {
        let most = Self.isEnd(overlap) ? Self.pressing[name] ?? 0.01 : Self.flesh[index]
        #expect(
          overlap.depth < most, "\(name), figure \(index): \(overlap.joint) in \(overlap.inside)")
      }
    }
  }
}
