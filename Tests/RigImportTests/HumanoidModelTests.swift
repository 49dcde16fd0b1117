import PoseRig
import RigImport
import SceneFiles
import Testing

private func linearSkin(of body: Body) -> LinearSkin? {
  if case .linear(let skin) = body.binding { skin } else { nil }
}

@Suite struct HumanoidModelTests {
  private func humanoid(_ change: (inout MadeUpModel) -> Void) throws -> HumanoidModel {
    var made = MadeUpModel()
    change(&made)
    let model = made.model
    return HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
  }

  @Test(arguments: [(0, 0, 1), (0.8, 0.4, 1), (1.2, 2.9, 100), (0.3, -1.5, 39.37)])
  func anyRestPoseBecomesTheSameTPose(_ rest: (droop: Double, yaw: Double, unit: Double)) throws {
    let straight = try humanoid { _ in }
    let other = try humanoid { ($0.droop, $0.yaw, $0.unit) = rest }
    // The foot rests slightly differently on its toes; everything else is unchanged.
    for joint in JointName.allCases {
      #expect((straight.rig[joint] - other.rig[joint]).length < 2e-3, "\(joint)")
    }
    let rig = other.rig
    #expect(rig[.leftHand].x > 0.5 && abs(rig[.leftHand].y - rig[.leftUpperArm].y) < 0.01)
  }

  @Test func aPoseLooksTheSameOnAnyBody() throws {
    let other = try humanoid { ($0.droop, $0.yaw, $0.unit) = (0.9, 2, 100) }
    var pose = Pose.rest
    pose[.leftUpperArm] = Quaternion(angle: -1.2, axis: .unitZ)
    pose[.rightUpperLeg] = Quaternion(angle: -1, axis: .unitX)
    let body = try #require(other.body(named: "other"))
    let female = Mannequin.female.body
    let (ours, theirs) = (PosedRig(body: female, pose: pose), PosedRig(body: body, pose: pose))
    func direction(_ rig: PosedRig, _ from: JointName, _ to: JointName) -> Vector3 {
      (rig.position(of: to) - rig.position(of: from)).normalized ?? .zero
    }
    for (from, to) in [
      (JointName.leftUpperArm, JointName.leftLowerArm), (.leftLowerArm, .leftHand),
      (.rightUpperLeg, .rightLowerLeg), (.hips, .spine),
    ] {
      #expect(direction(ours, from, to).dot(direction(theirs, from, to)) > 0.999)
    }
    // The surface follows: the box around the left hand is where the hand is.
    let surface = Skinning.pose(body, theirs, pose: pose)
    let hand = theirs.position(of: .leftHand)
    let nearest = surface.positions.map { (Vector3($0) - hand).length }.min() ?? 1
    #expect(nearest < 0.06)
  }

  @Test func missingJointsPassTheirRotationsOn() throws {
    let other = try humanoid {
      for joint in [JointName.chest, .upperChest, .neck] { $0.names[joint] = nil }
    }
    let body = try #require(other.body(named: "other"))
    #expect(body.missing.isSuperset(of: [.chest, .upperChest, .neck]))
    var pose = Pose.rest
    pose[.upperChest] = Quaternion(angle: 0.6, axis: .unitX)
    // The file's spine joint bends by the rotation of the joints above it that the file lacks.
    let surface = Skinning.pose(body, PosedRig(body: body, pose: pose), pose: pose)
    let rest = Skinning.pose(body, PosedRig(body: body, pose: .rest))
    let spine = body.rig[.spine]
    let moved = zip(surface.positions, rest.positions).filter {
      (Vector3($1) - spine).length < 0.06 && ($0 - $1).length > 0.005
    }
    #expect(!moved.isEmpty)
  }

  @Test func hipsMoveInProportionToTheLegs() throws {
    let model = try humanoid { $0.unit = 100 }
    var file = model.model
    let start = file.nodes[0].local.translation
    file.clips = [
      .init(
        name: "step", duration: 1,
        tracks: [
          .init(
            node: 0, property: .translation, interpolation: .linear, times: [0, 1],
            values: [start, start + Vector3(0, 0, 78.88)].flatMap {
              [Float($0.x), Float($0.y), Float($0.z)]
            })
        ])
    ]
    let pose = HumanoidModel(file, bones: model.bones).pose(in: file.clips[0], at: 1)
    for name in Mannequin.all {
      let rig = name.body.rig
      let walked = PosedRig(rig: rig, pose: pose).position(of: .hips) - rig[.hips]
      #expect(abs(walked.z / rig.legLength - 1) < 0.02)
    }
  }

  @Test func expressionsMixTheirShapesIn() throws {
    var model = MadeUpModel().model
    let count = model.meshes[0].positions.count
    var shape = [SIMD3<Float>](repeating: .zero, count: count)
    shape[3] = SIMD3(0, 0.1, 0)
    model.meshes[0].morphs = [.init(name: "up", positions: shape)]
    model.meshes[0].morphWeights = [0]
    model.expressions = [.init(name: "aa", binds: [.init(mesh: 0, morph: 0, weight: 0.5)])]
    let humanoid = HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
    let body = try #require(humanoid.body(named: "other"))
    var pose = Pose.rest
    let still = Skinning.pose(body, PosedRig(body: body, pose: pose), pose: pose).positions
    pose.face = ["aa": 1]
    let moved = Skinning.pose(body, PosedRig(body: body, pose: pose), pose: pose).positions
    // Without normals, each triangle has its own corners; those of the one vertex moved up by half
    // of the shape.
    let rises = zip(moved, still).map { ($0 - $1).length }.filter { $0 > 0 }
    #expect(!rises.isEmpty && rises.allSatisfy { abs($0 - 0.05) < 1e-4 })
  }

  @Test func normalsThatPointIntoAMeshAreReversed() throws {
    var model = MadeUpModel().model
    let mesh = model.meshes[0]
    let outward = Skinning.vertexNormals(positions: mesh.positions, triangles: mesh.triangles)
    func skin(_ normals: [SIMD3<Float>]) throws -> LinearSkin {
      model.meshes[0].normals = normals
      model.meshes[0].morphs = [.init(name: "turn", positions: normals, normals: normals)]
      model.meshes[0].morphWeights = [0]
      model.expressions = [.init(name: "aa", binds: [.init(mesh: 0, morph: 0, weight: 1)])]
      let humanoid = HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
      return try #require(humanoid.body(named: "other").flatMap(linearSkin))
    }
    let (right, wrong) = (try skin(outward), try skin(outward.map { -$0 }))
    #expect(right.normals == outward && wrong.normals == outward)
    #expect(right.expressions["aa"]?.normals == wrong.expressions["aa"]?.normals)
  }

  @Test func trianglesWoundAgainstTheirNormalsAreReversed() throws {
    var model = MadeUpModel().model
    let mesh = model.meshes[0]
    model.meshes[0].normals = Skinning.vertexNormals(
      positions: mesh.positions, triangles: mesh.triangles)
    func triangles(_ winding: [SIMD3<UInt32>]) throws -> [SIMD3<UInt32>] {
      model.meshes[0].triangles = winding
      let humanoid = HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
      return try #require(humanoid.body(named: "other")).surface.triangles
    }
    let few = mesh.triangles.count / 3
    let partly = mesh.triangles.enumerated().map { index, corners in
      index < few ? SIMD3(corners.x, corners.z, corners.y) : corners
    }
    #expect(try triangles(partly) == triangles(mesh.triangles))
  }

  @Test func attachedNodesFollowTheirJoint() throws {
    var made = MadeUpModel()
    made.names[.leftEye] = "hair_01"
    let model = made.model
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.leftEye] == nil)
    let body = try #require(HumanoidModel(model, bones: map.nodes).body(named: "other"))
    let hair = try #require(made.joints.firstIndex(of: .leftEye))
    #expect(linearSkin(of: body)?.bones[hair].joint == .head)
  }

  @Test func aModelsOwnClipPlaysAsInItsFile() throws {
    var model = MadeUpModel().model
    let hand = try #require(model.nodes.firstIndex { $0.name == "leftHand" })
    let moved = model.nodes[hand].local.translation * 1.5
    model.clips = [
      .init(
        name: "stretch", duration: 1,
        tracks: [
          .init(
            node: hand, property: .translation, interpolation: .step, times: [0],
            values: [Float(moved.x), Float(moved.y), Float(moved.z)])
        ])
    ]
    let humanoid = HumanoidModel(
      model, bones: try BoneMap.find(in: model).nodes, source: "own.glb")
    let body = try #require(humanoid.body(named: "own"))
    let pose = humanoid.pose(in: model.clips[0], at: 0)
    let other = Mannequin.female.body
    func forearm(_ body: Body) -> Double {
      let rig = PosedRig(body: body, pose: pose)
      let length = (rig.position(of: .leftHand) - rig.position(of: .leftLowerArm)).length
      return length / (body.rig[.leftHand] - body.rig[.leftLowerArm]).length
    }
    #expect(abs(forearm(body) - 1.5) < 1e-6 && abs(forearm(other) - 1) < 1e-6)
  }

  @Test func aModelHasTheHeightFromTheScene() throws {
    let model = MadeUpModel().model
    let humanoid = HumanoidModel(
      model, bones: try BoneMap.find(in: model).nodes, source: "own.glb")
    let body = try #require(humanoid.body(named: "other"))
    let small = body.scaled(toHeight: 0.8)
    // Both from its joints' rotations and in its own pose.
    var own = humanoid.defaultPose
    for pose in [Pose.rest, own] {
      let surface = Skinning.pose(small, PosedRig(body: small, pose: pose), pose: pose)
      let high = surface.positions.map(\.y).max() ?? 0
      #expect(abs(high - 0.8) < 0.01)
    }
    own.own = nil
    let hand = PosedRig(body: small, pose: own).position(of: .leftHand).x
    #expect(
      abs(
        hand / PosedRig(body: body, pose: own).position(of: .leftHand).x
          - (linearSkin(of: small)?.scale ?? 0)) < 1e-6)
  }

  @Test func landmarksAreWhereTheyShouldBe() throws {
    let body = try #require(try humanoid { $0.droop = 0.7 }.body(named: "other"))
    func place(_ name: LandmarkName) -> Vector3? {
      body.landmarks[name].map {
        Vector3($0.position(on: body.surface.positions, body.surface.triangles))
      }
    }
    let tip = try #require(place(.tip(.index, .left)))
    #expect(tip.x > body.rig[.leftIndexDistal].x)
    let heel = try #require(place(.heel(.right)))
    let toe = try #require(place(.bigToe(.right)))
    #expect(toe.z > heel.z && toe.x < 0)
  }
}
