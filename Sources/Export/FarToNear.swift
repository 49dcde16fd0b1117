internal import PoseRig

extension PosedScene {
  /// The characters at these indices from the farthest to the nearest, by their hips; equally far ones by their ids.
  func farToNear(_ indices: [Int]) -> [Int] {
    func distance(_ index: Int) -> Double {
      -camera.cameraFromWorld.apply(characters[index].position(of: .hips)).z
    }
    return indices.sorted { a, b in
      let (one, other) = (distance(a), distance(b))
      return one == other ? characters[a].id < characters[b].id : one > other
    }
  }
}
