import PoseRig
import SceneFiles
import TestSupport
import Testing

@Suite struct BodyTests {
  static let bodies = Mannequin.all.map(\.body)

  @Test(arguments: bodies) func faceLandmarksAreInOrderFromBrowToChin(_ body: Body) throws {
    let heights = try [
      LandmarkName.face(19), .eye(.left), .face(28), .nose, .face(33), .face(51), .face(66),
      .face(57), .face(8),
    ]
    .map { landmark in
      try #require(body.landmarks[landmark])
        .position(on: body.surface.positions, body.surface.triangles).y
    }
    #expect(heights == heights.sorted(by: >), "\(heights)")
    // The lips meet 35 to 50 % of the way from the tip of the nose to the chin.
    let share = (heights[3] - heights[6]) / (heights[3] - heights[8])
    #expect((0.35...0.55).contains(share), "\(share)")
  }

  @Test(arguments: bodies)
  func theMannequinStandsOnTheFloorInATPose(_ body: Body) {
    let positions = body.surface.positions
    #expect(abs(positions.map(\.y).min() ?? 1) < 1e-4)
    #expect((15_000...40_000).contains(body.surface.triangles.count))
    let shoulder = body.rig[.leftUpperArm]
    let wrist = body.rig[.leftHand]
    #expect(abs(shoulder.y - wrist.y) < 1e-3)
    #expect(wrist.x > shoulder.x + 0.4)
  }

  @Test(arguments: bodies)
  func theSurfaceIsOneClosedSheet(_ body: Body) {
    var edges: [SIMD2<UInt32>: Int] = [:]
    for t in body.surface.triangles {
      for (a, b) in [(t.x, t.y), (t.y, t.z), (t.z, t.x)] { edges[SIMD2(a, b), default: 0] += 1 }
    }
    // Every edge is traversed once in each direction, and V − E + F of one closed sheet without
    // handles is 2.
    #expect(edges.values.allSatisfy { $0 == 1 })
    #expect(edges.keys.allSatisfy { edges[SIMD2($0.y, $0.x)] == 1 })
    let euler =
      body.surface.positions.count - edges.count / 2 + body.surface.triangles.count
    #expect(euler == 2)
  }

  @Test(arguments: bodies)
  func jointsAreInsideTheBodyAndLandmarksOnIt(_ body: Body) {
    let surface = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest))
    for joint in JointName.allCases {
      #expect(surface.contains(body.rig[joint]), "\(body.name) \(joint)")
    }
    let nose = body.landmarks[.nose]?.position(on: surface.positions, surface.triangles)
    let heel = body.landmarks[.heel(.left)]?.position(on: surface.positions, surface.triangles)
    #expect(nose?.z ?? 0 > Float(body.rig[.head].z) + 0.05)
    #expect(heel?.y ?? 1 < 0.06)
  }

  @Test(arguments: [JointName.leftLowerArm, .rightLowerArm, .leftLowerLeg, .rightLowerLeg])
  func elbowsAndKneesKeepTheirVolumeWhenBent(_ joint: JointName) {
    for body in Self.bodies {
      var pose = Pose.rest
      let straight = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose)).volume
      for angle in [90.0, 120] {
        pose[joint] = Anatomy.of(joint).rotation(degrees: [.flexion: angle], side: joint.side)
        let bent = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose)).volume
        #expect(
          abs(bent / straight - 1) < 0.015, "\(body.name) \(joint) \(angle): \(bent / straight)")
      }
    }
  }

  @Test(arguments: bodies)
  func aTwistedForearmKeepsItsThickness(_ body: Body) {
    var pose = Pose.rest
    pose[.leftLowerArm] = Anatomy.of(.leftLowerArm).rotation(degrees: [.rotation: 80], side: .left)
    let rest = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest))
    let twisted = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose))
    let elbow = Float(body.rig[.leftLowerArm].x)
    let wrist = Float(body.rig[.leftHand].x)
    let middle = (elbow + wrist) / 2
    // The ring of skin halfway along the forearm keeps its thickness.
    for index in rest.positions.indices where abs(rest.positions[index].x - middle) < 0.03 {
      let axis = SIMD3<Float>(body.rig[.leftHand])
      func radius(_ p: SIMD3<Float>) -> Float {
        ((p.y - axis.y) * (p.y - axis.y) + (p.z - axis.z) * (p.z - axis.z)).squareRoot()
      }
      #expect(abs(radius(twisted.positions[index]) - radius(rest.positions[index])) < 0.004)
    }
  }

  @Test func bendingOneElbowMovesOnlyThatArm() throws {
    let body = try #require(Self.bodies.first)
    var pose = Pose.rest
    let before = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose))
    pose[.leftLowerArm] = Anatomy.of(.leftLowerArm).rotation(degrees: [.flexion: 10], side: .left)
    let after = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose))
    let shoulder = Float(body.rig[.leftUpperArm].x)
    for (a, b) in zip(before.positions, after.positions) where a.x < shoulder {
      #expect((a - b).length < 1e-5)
    }
  }

  @Test func proportionsMoveJointsAndSurfaceTogether() throws {
    let body = Mannequin.male.body
    var proportions = Proportions()
    proportions.height = 1.9
    proportions.legLength = 1.1
    proportions.shoulderWidth = 1.15
    let tall = body.proportioned(proportions)
    let heights = tall.surface.positions.map(\.y)
    #expect(abs((heights.max() ?? 0) - 1.9) < 1e-4)
    #expect(abs(heights.min() ?? 1) < 1e-4)
    func legs(_ body: Body) -> Double {
      (body.rig[.leftUpperLeg].y - body.rig[.leftFoot].y) / body.rig[.head].y
    }
    #expect(legs(tall) > legs(body) * 1.02)
    let surface = Skinning.pose(tall, PosedRig(rig: tall.rig, pose: .rest))
    for joint in [JointName.leftLowerLeg, .leftLowerArm, .leftHand, .head, .leftUpperLeg] {
      #expect(surface.contains(tall.rig[joint]), "\(joint)")
    }
  }

  @Test func everyCountInABodyFileIsChecked() {
    #expect(throws: BodyFile.Fault.notABody) { try BodyFile.decode(Array("glTFxxxxyyyy".utf8)) }
    let header = Array("posebody".utf8) + [9, 0, 0, 0, 0, 0, 0, 0]
    #expect(throws: BodyFile.Fault.unknownVersion(9)) { try BodyFile.decode(header) }
    let early = Array("posebody".utf8) + [1, 0, 0, 0, 255, 255, 255, 127]
    #expect(throws: BodyFile.Fault.damaged("it ends early")) { try BodyFile.decode(early) }
  }
}

extension PosedSurface {
  /// Returns the enclosed volume in cubic meters (divergence theorem).
  var volume: Float {
    triangles.reduce(0) { sum, t in
      let (a, b, c) = (positions[Int(t.x)], positions[Int(t.y)], positions[Int(t.z)])
      return sum + a.dot(b.cross(c)) / 6
    }
  }
}
