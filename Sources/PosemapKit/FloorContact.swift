public import PoseRig
internal import SceneFiles

/// Puts poses on the floor.
public enum FloorContact {
  /// Moves all poses up or down together until the lowest point of any of them touches the floor.
  ///
  /// A jump stays a jump, because all poses move together. The points are those of the female
  /// mannequin.
  public static func settle(_ poses: inout [Pose]) {
    let body = Mannequin.female.body
    let lowest = poses.map { pose in
      let surface = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose))
      return Double(surface.positions.map(\.y).min() ?? 0)
    }
    guard let least = lowest.min() else { return }
    for index in poses.indices {
      let scale = poses[index].legLength.map { $0 / body.rig.legLength } ?? 1
      poses[index].translation.y -= least * scale
    }
  }
}
