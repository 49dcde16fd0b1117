import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// Hanging cloth stays smooth, however far the legs are drawn up.
@Suite struct SkirtTests {
  private static let rigs = CommandRunner.repository + "/Rigs"
  private static var loader: FileLoader { Fixture.libraryLoader() }
  private static let bodies = BodyStore(human: InstalledHuman.template)
  private static let figures = Fixture.averageFigures
  private static let hardPoses = [
    "sit-chair", "sit-hug-knees", "sit-floor", "crouch", "squat", "kneel-one", "lie-back",
    "lie-side", "high-kick",
  ]

  /// Returns the hanging cloth of a figure, ring by ring, without its hem.
  private func cloth(
    _ garment: String, on figure: Figure, pose: String
  ) throws -> [SIMD3<Float>] {
    let log = DiagnosticLog()
    let design = GarmentFileReader.design(
      at: "\(Self.rigs)/garments/\(garment).garment.json", loader: Self.loader, log: log)
    let read = PoseFile.read("\(Self.rigs)/poses/\(pose).pose.json", loader: Self.loader)
    var character = Character(id: "a", figure: figure, pose: try #require(read.get().pose))
    character.clothes = [Clothes(try #require(design))]
    var posed = try #require(SceneSolver.pose(character, Self.bodies))
    posed.dress(character, Self.bodies, wind: .zero)
    let points = try #require(posed.otherSurfaces.last).surface.positions
    return Array(points.dropLast(2 * HangingCloth.columns))
  }

  /// Returns how crumpled cloth is: the share of adjacent faces that turn away from each other, and
  /// the share of its edges that are more than twice as long as in another pose.
  private func crumple(
    _ points: [SIMD3<Float>], standing: [SIMD3<Float>]
  ) -> (folded: Double, stretched: Double) {
    let columns = HangingCloth.columns
    let rows = points.count / columns
    func normal(_ row: Int, _ column: Int) -> SIMD3<Float> {
      let next = (column + 1) % columns
      let along = points[row * columns + next] - points[row * columns + column]
      return (points[(row + 1) * columns + column] - points[row * columns + column]).cross(along)
        .unit
    }
    var (faces, folded, edges, stretched) = (0, 0, 0, 0)
    for row in 1..<rows - 2 {
      for column in 0..<columns {
        let (own, beside) = (normal(row, column), normal(row, (column + 1) % columns))
        faces += 2
        folded += own.dot(beside) < 0 ? 1 : 0
        folded += own.dot(normal(row + 1, column)) < 0 ? 1 : 0
        let index = row * columns + column
        for other in [index + columns, row * columns + (column + 1) % columns] {
          edges += 1
          let before = (standing[other] - standing[index]).length
          stretched += (points[other] - points[index]).length > 2 * before + 0.004 ? 1 : 0
        }
      }
    }
    return (Double(folded) / Double(faces), Double(stretched) / Double(edges))
  }

  /// There are no spikes: cloth lies in folds, and is no longer than it was cut.
  @Test(arguments: [
    ("skirt", 0.019), ("dress", 0.019), ("robe", 0.027),
  ])
  func clothDoesNotCrumple(_ garment: String, _ allowed: Double) throws {
    var worst = ("", 0.0)
    var folded: [Double] = []
    for figure in Self.figures {
      let standing = try cloth(garment, on: figure, pose: "stand")
      for pose in Self.hardPoses {
        let crumple = try crumple(
          cloth(garment, on: figure, pose: pose), standing: standing)
        folded.append(crumple.folded)
        if crumple.stretched > worst.1 { worst = (pose, crumple.stretched) }
      }
    }
    let mean = folded.reduce(0, +) / Double(folded.count)
    print("crumpled \(garment): folded \(mean), stretched at most \(worst)")
    #expect(mean < allowed)
    #expect(worst.1 < 0.025)
  }
}
