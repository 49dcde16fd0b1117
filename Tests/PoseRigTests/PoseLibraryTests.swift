import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// The promises of the library in addition to those that `posemap check` checks.
@Suite struct PoseLibraryTests {
  private static let folder = CommandRunner.repository + "/Rigs/poses"
  private static let names =
    FileManager.default.enumerator(atPath: folder)?
    .compactMap { $0 as? String }.filter { $0.hasSuffix(".pose.json") }.sorted() ?? []

  /// The tags of poses that stand, kneel, sit or lie on the ground. Other poses are in mid-motion,
  /// or are carried by something outside the pose: there is nothing to balance on.
  private static let balanced: Set = ["feet", "one-foot", "toes", "knees", "floor"]
  private static let standing = names.filter { name in
    guard PoseCard.Kind(ofName: name) == .pose,
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)"),
      let document = try? Document([UInt8](bytes), file: name)
    else { return false }
    return !balanced.isDisjoint(with: PoseCard(name, of: document).tags)
  }

  private func pose(_ name: String) throws -> Pose {
    let loader = Fixture.libraryLoader()
    return try #require(PoseFile.read("\(Self.folder)/\(name)", loader: loader).get().pose)
  }

  @Test func mostPosesStandStill() {
    #expect(Self.standing.count >= 140)
  }

  @Test(arguments: standing, Mannequin.all)
  func stillPosesBalanceOverTheGroundThatTheyTouch(_ name: String, _ body: Mannequin) throws {
    let posed = try #require(
      SceneSolver.pose(
        Character(
          id: "one", figure: .mannequin(body, Proportions()), pose: try pose(name)),
        withNormals: false))
    let touching = posed.bodySurface.points.filter { $0.y < 0.03 }.map { SIMD2($0.x, $0.z) }
    let center = posed.worldFromModel.apply(CenterOfMass.of(posed.posedRig))
    let out = Self.distance(of: SIMD2(center.x, center.z), outside: touching)
    #expect(out < 0.03, "\(name): \(Int(out * 100)) cm off")
  }

  /// A grounded character does not float, whatever the pose, and however low the ground.
  @Test(arguments: names.filter { PoseCard.Kind(ofName: $0) == .pose })
  func groundedCharactersDoNotFloat(_ name: String) throws {
    let height = [0.0, -3, 2][NameHash.of(name, below: 3)]
    let scene = Scene(
      canvas: Canvas(width: 64, height: 64),
      characters: [
        Character(
          id: "one", figure: .mannequin(.female, Proportions()), pose: try pose(name),
          position: Vector3(0, height, 0))
      ])
    var findings: [Finding] = []
    let posed = try #require(SceneSolver.solve(scene, findings: &findings))
    let air = SceneCheck.check(scene, posed).filter {
      switch $0.fact {
      case .floats, .insideFloor: true
      default: false
      }
    }
    #expect(air.isEmpty, "\(name): \(air)")
  }

  /// Returns how far a point is outside the hull of others, at most, in any direction.
  private static func distance(of point: SIMD2<Double>, outside others: [SIMD2<Double>]) -> Double {
    (0..<360).map { degree in
      let angle = Double(degree) * .pi / 180
      let way = SIMD2(cos(angle), sin(angle))
      return (point * way).sum() - (others.map { ($0 * way).sum() }.max() ?? 0)
    }.max() ?? 0
  }
}
