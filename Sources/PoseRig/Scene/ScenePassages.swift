/// Characters between two poses of a clip that have different goals.
extension Scene {
  /// Returns the scene with characters that are on the way from one goal to another: between what
  /// their bodies make of the pose before and of the pose after.
  ///
  /// - Parameters:
  ///   - seconds: the time since the moments that the characters' poses are.
  ///   - camera: the camera that gazes depend on; nil for the one that frames the characters there.
  func solvingPassages(after seconds: Double, camera: Camera? = nil) -> Scene {
    let passages = characters.map { $0.motion?.passage(at: $0.time + seconds) }
    guard passages.contains(where: { $0 != nil }),
      let before = ends(passages.map { $0?.before }, camera),
      let after = ends(passages.map { $0?.after }, camera)
    else { return self }
    var scene = self
    for case (let index, let passage?) in passages.enumerated() {
      let (one, other) = (before[index], after[index])
      var pose = scene.characters[index].pose
      for joint in JointName.allCases
      where one.pose[joint] != passage.before[joint] || other.pose[joint] != passage.after[joint] {
        pose[joint] = one.pose[joint].mixed(with: other.pose[joint], share: passage.share)
      }
      scene.characters[index].pose = pose
      scene.characters[index].position += one.step + (other.step - one.step) * passage.share
    }
    return scene
  }

  /// A character at one end of a passage, with its goals solved.
  private struct End {
    var pose: Pose
    /// How far its goals moved it, in meters.
    var step: Vector3
  }

  /// Returns all characters after those with a pose here have taken it and reached its goals; nil
  /// for an unknown body.
  private func ends(_ poses: [Pose?], _ camera: Camera?) -> [End]? {
    var scene = self
    for case (let index, let pose?) in poses.enumerated() { scene.characters[index].pose = pose }
    var placed: [PosedCharacter] = []
    for character in scene.characters {
      guard let posed = SceneSolver.pose(character, bodies, withNormals: false) else { return nil }
      placed.append(posed)
    }
    var solver = GoalSolver(scene, placed)
    if let camera { solver.state.camera = camera } else { solver.seeCamera() }
    solver.reach()
    let reaching = solver.characters()
    solver.look(
      camera: camera
        ?? SceneSolver.camera(scene, holding: reaching.map(scene.camera.points)))
    return zip(zip(scene.characters, placed), solver.characters()).map { start, end in
      End(
        pose: solver.poses[start.0.id] ?? start.0.pose,
        step: end.worldFromModel.translation - start.1.worldFromModel.translation)
    }
  }
}
