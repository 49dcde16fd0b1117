public import PoseRig

extension HumanoidModel {
  /// The pose of the file's default transforms.
  public var defaultPose: Pose { pose(NodePose(model), from: .zero) }

  /// Returns the pose `time` seconds into a clip. A clip that begins far from the origin, as motion
  /// capture does, is moved to begin at the origin.
  public func pose(in clip: ForeignModel.Clip, at time: Double) -> Pose {
    let start = modelFromFile.apply(hips(nodes(of: clip, at: 0)))
    let level = Vector3(start.x, 0, start.z)
    return pose(
      nodes(of: clip, at: time),
      from: level.length > rig.legLength / 2 ? level : .zero)
  }

  private func hips(_ nodes: NodePose) -> Vector3 {
    bones[.hips].map(nodes.position) ?? .zero
  }

  /// Returns the pose of nodes relative to the T-pose: each joint's world rotation since rest,
  /// without the rotation from rest to the T-pose, relative to its parent's.
  private func pose(_ nodes: NodePose, from start: Vector3) -> Pose {
    let (rotations, restRotations) = (nodes.rotations, rest.rotations)
    var world: [Quaternion] = []
    var pose = Pose.rest
    for joint in JointName.allCases {
      let parent = joint.parent.map { world[$0.index] } ?? .identity
      guard let node = bones[joint] else {
        world.append(parent)
        continue
      }
      let turn = rotations[node] * restRotations[node].inverse
      let turned = facing * turn * facing.inverse * corrections[joint.index].inverse
      world.append(turned)
      pose[joint] = (parent.inverse * turned).normalized
    }
    let position = modelFromFile.apply(hips(nodes)) - start
    pose.translation = position + floor - rig[.hips]
    pose.legLength = rig.legLength
    pose.own = own(nodes, moved: floor - start)
    return pose
  }

  /// Returns the moment exactly as the file has it, for the model itself.
  private func own(_ nodes: NodePose, moved: Vector3) -> OwnPose? {
    guard !model.meshes.isEmpty else { return nil }
    let modelFromWorld =
      Matrix4(Transform(rotation: .identity, translation: moved)) * modelFromFile
    var own = OwnPose(
      source: source,
      bones: model.meshes.flatMap { mesh in
        model.binds(of: mesh).map { modelFromWorld * nodes.worldFromNode[$0.node] * $0.bind }
      },
      joints: JointName.allCases.map { joint in
        bones[joint].map { modelFromWorld.apply(nodes.position($0)) }
      })
    if !nodes.morphWeights.isEmpty {
      own.shapes = model.meshes.flatMap { mesh in
        let moved = nodes.morphWeights[mesh.node] ?? mesh.morphWeights
        return mesh.morphWeights.indices.map {
          $0 < moved.count ? moved[$0] : mesh.morphWeights[$0]
        }
      }
    }
    return own
  }

  /// The offset to the file's floor, which is at its y = 0 unless the rest stands elsewhere by less
  /// than a step.
  private var floor: Vector3 {
    let lift = lifted
    return bones[.hips] != nil && abs(lift.y) < 0.2 * rig.legLength ? lift : .zero
  }
}
