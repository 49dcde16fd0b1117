import PoseRig
import SceneFiles
import TestSupport
import Testing

/// Figures with few or many heads of stature, as mannequins and as the human.
@Suite struct FigureStyleTests {
  /// Returns the stature of a body at rest in heads, from chin to crown.
  private func heads(_ body: Body) throws -> Double {
    let surface = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest))
    let chin = try #require(body.landmarks[.face(8)])
      .position(on: surface.positions, surface.triangles).y
    let heights = surface.positions.map(\.y)
    let (low, high) = (heights.min() ?? 0, heights.max() ?? 0)
    return Double((high - low) / (high - chin))
  }

  @Test(arguments: [3, 4.5, 6, 7.5, 9], ["female", "male"])
  func aMannequinHasTheRequestedNumberOfHeads(count: Double, name: String) throws {
    var proportions = Proportions()
    proportions.heads = count
    proportions.legLength = 0.9
    proportions.height = 1.5
    let body = try #require(Mannequin.named(name)).body.proportioned(proportions)
    #expect(abs(try heads(body) - count) < 0.1)
    #expect(abs((body.surface.positions.map(\.y).max() ?? 0) - 1.5) < 1e-4)
  }

  @Test(.enabled(if: InstalledHuman.isThere), arguments: [3, 6, 8.5])
  func aHumanHasTheRequestedNumberOfHeads(count: Double) throws {
    let template = try #require(InstalledHuman.template)
    for gender in [0.0, 1] {
      var phenotype = Phenotype()
      (phenotype.gender, phenotype.height, phenotype.build.heads) = (gender, 1.6, count)
      let body = template.body(phenotype)
      #expect(abs(try heads(body) - count) < 0.1)
      let heights = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest)).positions.map(\.y)
      #expect(abs((heights.max() ?? 0) - 1.6) < 0.005)
      #expect(abs(heights.min() ?? 1) < 0.005)
    }
  }

  @Test func noHeadSinksIntoTheChest() throws {
    for mannequin in Mannequin.all {
      let body = mannequin.body.proportioned(FigureStyle.chibi.proportions)
      let surface = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest))
      let chin = try #require(body.landmarks[.face(8)])
        .position(on: surface.positions, surface.triangles).y
      #expect(Double(chin) > body.rig[.leftShoulder].y)
    }
  }

  @Test(arguments: [
    (
      #"{"like": "heroik"}"#,
      #"unknown build "heroik"; did you mean "heroic"? allowed: heroic, slender, fashion, chibi"#
    ),
    (#"{"heads": 1}"#, #""heads" is 1; it must be 2.5 to 10 heads tall"#),
    (#"{"headSize": 4}"#, #""headSize" is 4; it must be 0.6 to 3 times the body's own"#),
    (
      #"{"headSize": 2, "heads": 5}"#,
      #""headSize" and "heads" both say how large the head is; give one"#
    ),
  ])
  func mistakesAreReported(_ proportions: String, _ sentence: String) {
    let scene = Fixture.scene(character: #""proportions": \#(proportions)"#)
    #expect(Fixture.read(scene)?.diagnostics.map(\.message) == [sentence])
  }

  @Test func explicitProportionsAdjustANamedBuild() throws {
    let scene = Fixture.scene(
      character: #""proportions": {"like": "fashion", "build": 1, "headSize": 1.2}"#)
    let figure = try #require(Fixture.read(scene)?.scene).characters[0].figure
    guard case .mannequin(_, let proportions) = figure else {
      Issue.record("no mannequin")
      return
    }
    var expected = FigureStyle.fashion.proportions
    (expected.build, expected.headSize, expected.heads) = (1, 1.2, nil)
    #expect(proportions == expected)
  }
}
