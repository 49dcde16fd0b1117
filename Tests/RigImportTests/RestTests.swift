import Foundation
import PoseRig
import SceneFiles
import Testing

@testable import RigImport

@Suite struct RestTests {
  private func humanoid(_ model: ForeignModel) throws -> HumanoidModel {
    HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
  }

  private func vrm(
    _ format: ForeignModel.Format, _ change: (inout MadeUpModel) -> Void
  ) throws -> HumanoidModel {
    var made = MadeUpModel()
    change(&made)
    var model = made.model
    model.format = format
    for (index, joint) in made.joints.enumerated() { model.humanoid[joint] = index }
    return try humanoid(model)
  }

  // MARK: VRM

  @Test func aPosedVRMIsMovedToTheTPose() throws {
    for format in [ForeignModel.Format.vrm1, .vrmAnimation] {
      for droop in [0.8, 0.15] {
        let resting = try vrm(format) { $0.droop = droop }
        #expect(abs(resting.rig[.leftHand].y - resting.rig[.leftUpperArm].y) < 0.02)
        #expect(resting.notes.contains { $0.hasPrefix("its format promises the T-pose") })
      }
      // A file that keeps its promise is used unchanged, including its elbows.
      let sound = try vrm(format) { $0.droop = 0.05 }
      #expect(sound.corrections.allSatisfy { $0 == .identity } && sound.notes.isEmpty)
    }
  }

  @Test func aVRMThatFacesTheOtherWayIsTurnedAround() throws {
    for (format, yaw) in [(ForeignModel.Format.vrm1, Double.pi), (.vrm0, 0)] {
      let turned = try vrm(format) { $0.yaw = yaw }
      #expect(turned.rig[.leftHand].x > 0.5, "\(format)")
      #expect(turned.notes.contains { $0.hasPrefix("its left and right bones say") })
      let sound = try vrm(format) { $0.yaw = .pi - yaw }
      #expect(sound.rig[.leftHand].x > 0.5 && sound.notes.isEmpty, "\(format)")
    }
  }

  @Test func aVRMThatFacesSidewaysOrLiesIsTurned() throws {
    for format in [ForeignModel.Format.vrm0, .vrm1, .vrmAnimation] {
      let between = try vrm(format) { $0.yaw = (format == .vrm0 ? .pi : 0) + 0.8 }
      #expect(between.rig[.leftHand].x > 0.5 && between.notes.count == 1)
      let aside = try vrm(format) { $0.yaw = .pi / 2 }
      #expect(aside.rig[.leftHand].x > 0.5 && aside.rig[.leftToes].z > aside.rig[.leftFoot].z)
      #expect(aside.notes.count == 1 && aside.notes[0].contains("faces +X, but its format says"))
      var made = MadeUpModel()
      made.yaw = format == .vrm0 ? .pi : 0
      var model = made.model
      for (index, joint) in made.joints.enumerated() { model.humanoid[joint] = index }
      model.format = format
      let turn = Quaternion(angle: .pi / 2, axis: .unitX)
      model.nodes[0].local.translation = turn.rotate(model.nodes[0].local.translation)
      model.nodes[0].local.rotation = turn * model.nodes[0].local.rotation
      let lying = try humanoid(model)
      #expect(lying.height > 1.5 && lying.rig[.leftHand].x > 0.5)
      #expect(lying.notes.count == 1 && lying.notes[0].contains("up is +Z, but"))
    }
  }

  // MARK: Inverse binds

  /// Returns the vertices of a model in the T-pose.
  private func vertices(_ model: ForeignModel) throws -> [SIMD3<Float>] {
    try #require(try humanoid(model).body(named: "x")).surface.positions
  }

  @Test func aSkinWithoutInverseBindsRestsAtItsNodes() throws {
    let sound = MadeUpModel().model
    var model = sound
    let binds = model.skins[0].inverseBinds
    // Vertices in the spaces of their joints.
    for vertex in model.meshes[0].positions.indices {
      let bind = binds[Int(model.meshes[0].joints[4 * vertex])]
      model.meshes[0].positions[vertex] = SIMD3<Float>(
        bind.apply(Vector3(model.meshes[0].positions[vertex])))
    }
    model.skins[0].inverseBinds = binds.map { _ in NodeTransform.identity.matrix }
    let (found, expected) = (try vertices(model), try vertices(sound))
    #expect(zip(found, expected).allSatisfy { ($0 - $1).length < 1e-4 })
  }

  @Test func aPosedDefaultOfAQuantizedMeshIsNotARestPose() throws {
    let sound = MadeUpModel().model
    var model = sound
    // Bound in a space with another scale, as quantized meshes are.
    let scaled = Matrix4(
      SIMD4(0.37, 0, 0, 0), SIMD4(0, 0.37, 0, 0), SIMD4(0, 0, 0.37, 0), SIMD4(0.2, -0.9, 0.1, 1))
    let inverse = try #require(scaled.affineInverse)
    model.skins[0].inverseBinds = model.skins[0].inverseBinds.map { $0 * scaled }
    model.meshes[0].positions = model.meshes[0].positions.map {
      SIMD3<Float>(inverse.apply(Vector3($0)))
    }
    // Standing bent forward with one arm raised.
    let hips = model.nodes[0].local.rotation
    model.nodes[0].local.rotation = Quaternion(angle: 0.2, axis: .unitX) * hips
    let arm = try #require(model.nodes.firstIndex { $0.name == "leftUpperArm" })
    model.nodes[arm].local.rotation =
      model.nodes[arm].local.rotation * Quaternion(angle: 0.7, axis: .unitY)
    let (found, expected) = (try vertices(model), try vertices(sound))
    #expect(zip(found, expected).allSatisfy { ($0 - $1).length < 1e-3 })
  }

  @Test func theBodyDeterminesTheRestPoseWhicheverSkinComesFirst() throws {
    let sound = MadeUpModel().model
    // A moment of an idle animation: the head is turned and tilted.
    var model = sound
    let head = try #require(model.nodes.firstIndex { $0.name == "head" })
    model.nodes[head].local.rotation =
      model.nodes[head].local.rotation * Quaternion(angle: 0.35, axis: Vector3(0.6, 0, 0.8))
    // Eyes or hair, which only the head bends, come first.
    let skin = ForeignModel.Skin(
      joints: [head], inverseBinds: [model.skins[0].inverseBinds[head]])
    var hair = ForeignModel.Mesh(node: 0)
    let middle = SIMD3<Float>(NodePose(sound).worldFromNode[head].translation)
    hair.positions = [middle, middle + SIMD3(0.1, 0, 0), middle + SIMD3(0, 0.1, 0)]
    hair.triangles = [SIMD3(0, 1, 2)]
    hair.skin = 0
    hair.influencesPerVertex = 4
    hair.joints = Array(repeating: 0, count: 12)
    hair.weights = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    model.skins.insert(skin, at: 0)
    model.meshes[0].skin = 1
    model.meshes.insert(hair, at: 0)
    let (found, expected) = (try vertices(model).dropFirst(3), try vertices(sound))
    #expect(zip(found, expected).allSatisfy { ($0 - $1).length < 1e-3 })
  }

  // MARK: Motion alone

  /// The bones that are compared by direction.
  private static let bones: [(JointName, JointName)] = [
    (.leftUpperArm, .leftLowerArm), (.leftLowerArm, .leftHand), (.rightUpperArm, .rightLowerArm),
    (.rightLowerArm, .rightHand), (.leftUpperLeg, .leftLowerLeg), (.leftLowerLeg, .leftFoot),
    (.rightUpperLeg, .rightLowerLeg), (.rightLowerLeg, .rightFoot), (.rightUpperArm, .leftUpperArm),
    (.rightUpperLeg, .leftUpperLeg),
  ]

  /// Returns the largest angle, in degrees, between the bones of a mannequin that moves like a
  /// model and the model's own bones, with the model's world rotated by `upright`.
  private func error(
    _ humanoid: HumanoidModel, at time: Double, upright: Quaternion = .identity
  ) -> Double {
    let model = humanoid.model
    let pose = humanoid.pose(in: model.clips[0], at: time)
    let ours = PosedRig(rig: Mannequin.female.body.rig, pose: pose)
    let theirs = NodePose(model, clip: model.clips[0], time: time)
    return Self.bones.map { start, end in
      guard let one = humanoid.bones[start], let other = humanoid.bones[end],
        let a = upright.rotate(theirs.position(other) - theirs.position(one)).normalized,
        let b = (ours.position(of: end) - ours.position(of: start)).normalized
      else { return 180 }
      return acos(min(max(a.dot(b), -1), 1)) * 180 / .pi
    }.max() ?? 180
  }

  /// A motion without a surface: the T-pose or another pose, then one leg and one arm bent.
  private func motion(
    sits: Bool = false, turned: Quaternion = .identity
  ) -> ForeignModel {
    var made = MadeUpModel()
    made.hasSurface = false
    made.names = made.names.filter { !$0.key.isOfFinger }
    var model = made.model
    let hips = made.joints.firstIndex(of: .hips) ?? 0
    var bent = model
    func bend(_ joint: JointName, _ turn: Quaternion, in model: inout ForeignModel) {
      guard let index = made.joints.firstIndex(of: joint) else { return }
      let world = NodePose(model).worldFromNode
      let parent = world[model.nodes[index].parent].rotation
      model.nodes[index].local.rotation =
        (parent.inverse * turn * parent * model.nodes[index].local.rotation).normalized
    }
    if sits {
      for joint in [JointName.leftUpperLeg, .rightUpperLeg] {
        bend(joint, Quaternion(angle: -1.5, axis: .unitX), in: &model)
        bend(joint, Quaternion(angle: -1.5, axis: .unitX), in: &bent)
      }
      for joint in [JointName.leftLowerLeg, .rightLowerLeg] {
        bend(joint, Quaternion(angle: 1.5, axis: .unitX), in: &model)
        bend(joint, Quaternion(angle: 1.5, axis: .unitX), in: &bent)
      }
    }
    bend(.leftUpperArm, Quaternion(angle: -1.1, axis: .unitZ), in: &bent)
    bend(.leftLowerArm, Quaternion(angle: -1.3, axis: .unitY), in: &bent)
    bend(.rightUpperLeg, Quaternion(angle: -0.8, axis: .unitX), in: &bent)
    bend(.rightLowerLeg, Quaternion(angle: 1.0, axis: .unitX), in: &bent)
    func numbers(_ q: Quaternion) -> [Float] { (0..<4).map { Float(q.components[$0]) } }
    var tracks = model.nodes.indices.map { index in
      var (one, two) = (model.nodes[index].local.rotation, bent.nodes[index].local.rotation)
      if index == hips { (one, two) = (turned * one, turned * two) }
      return ForeignModel.Track(
        node: index, property: .rotation, interpolation: .linear, times: [0, 1],
        values: numbers(one) + numbers(two))
    }
    let offset = turned.rotate(model.nodes[hips].local.translation)
    tracks.append(
      .init(
        node: hips, property: .translation, interpolation: .linear, times: [0, 1],
        values: [offset, offset].flatMap { [Float($0.x), Float($0.y), Float($0.z)] }))
    model.clips = [.init(name: "move", duration: 1, tracks: tracks)]
    return model
  }

  @Test func anImplausibleDefaultPoseIsNotARestPose() throws {
    // With all rotations at zero, the joints of this model, whose axes are rotated arbitrarily, are
    // scattered; the motion starts in the T-pose.
    var model = motion()
    for index in model.nodes.indices { model.nodes[index].local.rotation = .identity }
    let found = try humanoid(model)
    #expect(
      found.notes.contains { $0.hasPrefix("nobody could stand in its rest pose; the pose at 0") })
    for time in [0.0, 0.5, 1] { #expect(error(found, at: time) < 3) }
    #expect((1.5...1.8).contains(found.height))
  }

  @Test func theZeroPoseIsTheRestPoseIfTheDefaultIsPartOfTheMotion() throws {
    // In the T-pose, the joints' axes are the world's; the default pose is in the middle of a step.
    var made = MadeUpModel()
    made.hasSurface = false
    made.hasPlainAxes = true
    made.names = made.names.filter { !$0.key.isOfFinger }
    var model = made.model
    let turns: [(String, Quaternion)] = [
      ("hips", Quaternion(angle: 0.75, axis: .unitY)),
      ("leftUpperArm", Quaternion(angle: -1.2, axis: .unitZ)),
      ("rightUpperLeg", Quaternion(angle: 0.4, axis: .unitX)),
      ("rightLowerLeg", Quaternion(angle: 0.5, axis: .unitX)),
    ]
    var tracks: [ForeignModel.Track] = []
    for (name, turn) in turns {
      let index = try #require(model.nodes.firstIndex { $0.name == name })
      model.nodes[index].local.rotation = turn
      tracks.append(
        .init(
          node: index, property: .rotation, interpolation: .linear, times: [0, 1],
          values: (0..<4).map { Float(turn.components[$0]) } + [0, 0.1, 0, 0.995]))
    }
    model.clips = [.init(name: "step", duration: 1, tracks: tracks)]
    let found = try humanoid(model)
    #expect(
      found.notes.contains {
        $0.hasPrefix("its default pose is not a rest pose; the pose with all")
      })
    for time in [0.0, 1] { #expect(error(found, at: time) < 3) }
  }

  @Test func anImplausibleRestPoseIsMadeUprightByOffsets() throws {
    var model = motion(sits: true)
    for index in model.nodes.indices { model.nodes[index].local.rotation = .identity }
    let found = try humanoid(model)
    #expect(found.notes.contains { $0.hasPrefix("nobody could stand in its rest pose; limbs") })
    for time in [0.0, 0.5, 1] { #expect(error(found, at: time) < 3) }
    #expect((1.4...1.9).contains(found.height))
  }

  @Test func aCharacterWithOneHigherHipStands() {
    let rig = Mannequin.female.body.rig
    func stance(_ lift: Vector3) -> Stance {
      Stance { joint in
        let isMoved =
          joint.side == .right && [.upperLeg, .lowerLeg, .foot, .toes].contains(joint.kind)
        return rig[joint] + (isMoved ? lift : .zero)
      }
    }
    let sound = stance(.zero)
    let lifted = stance(Vector3(-0.04, 0.1, 0))
    #expect(sound.isStanding && lifted.isStanding && abs(lifted.oddness - sound.oddness) < 0.1)
    // Nobody has one leg above the other.
    #expect(!stance(Vector3(0.1, 0.4, 0)).isStanding)
  }

  @Test func motionThatStandsAlongAnotherAxisIsMadeUpright() throws {
    let upright = Quaternion(angle: -.pi / 2, axis: .unitX)
    let found = try humanoid(motion(turned: upright.inverse))
    #expect(found.notes.contains { $0.hasPrefix("the up axis of its motion") })
    for time in [0.0, 1] { #expect(error(found, at: time, upright: upright) < 3) }
    // A character that lies on the floor remains lying, with hips and feet near it.
    var lying = motion(turned: upright.inverse)
    let moving = try #require(lying.clips[0].tracks.lastIndex { $0.property == .translation })
    lying.clips[0].tracks[moving].values = [0, 0.1, 0, 0, 0.1, 0]
    let other = try humanoid(lying)
    #expect(other.notes.isEmpty && error(other, at: 1) < 3)
  }

  @Test func aFallenCharacterLies() throws {
    // Backward, with the feet at the origin.
    let fallen = motion(turned: Quaternion(angle: -.pi / 2, axis: .unitX))
    let found = try humanoid(fallen)
    #expect(found.notes.isEmpty && error(found, at: 1) < 3)
    // Forward; another clip of the file stands, and has the same name and length.
    let prone = motion(turned: Quaternion(angle: .pi / 2, axis: .unitX))
    var both = motion()
    both.clips.insert(prone.clips[0], at: 0)
    let other = try humanoid(both)
    #expect(other.notes.isEmpty && error(other, at: 1) < 3)
  }

  @Test func aLyingCharacterAloneInAFileLies() throws {
    // Forward, with the feet at the origin: head and hips are along +Z, like those of a character
    // standing there.
    var prone = motion(turned: Quaternion(angle: .pi / 2, axis: .unitX))
    let still = ["rightUpperLeg", "leftLowerArm"].map { name in
      prone.nodes.firstIndex { $0.name == name }
    }
    for index in prone.clips[0].tracks.indices {
      let track = prone.clips[0].tracks[index]
      if track.property == .translation {
        for key in 0..<2 { prone.clips[0].tracks[index].values[3 * key + 1] += 0.2 }
      } else if still.contains(track.node) {
        prone.clips[0].tracks[index].values = Array(track.values[..<4] + track.values[..<4])
      }
    }
    let found = try humanoid(prone)
    #expect(error(found, at: 1) < 3)
    #expect(found.notes.count == 1 && found.notes[0].hasPrefix("the figure in its motion lies"))
    // No program has its up axis along X.
    let aside = motion(turned: Quaternion(angle: -.pi / 2, axis: .unitZ))
    let other = try humanoid(aside)
    #expect(other.notes.isEmpty && error(other, at: 1) < 3)
  }

  @Test func clipsWithOneNameHaveTheirOwnRotations() throws {
    let model = motion()
    var other = motion(turned: Quaternion(angle: .pi / 2, axis: .unitX)).clips[0]
    other.name = model.clips[0].name
    let turn = Quaternion(angle: 1, axis: .unitX)
    #expect(ClipTurn(other, turn: turn).isOf(other))
    #expect(!ClipTurn(other, turn: turn).isOf(model.clips[0]))
  }
}
