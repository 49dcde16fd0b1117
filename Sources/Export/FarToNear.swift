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

  /// The characters' ranks from left to right in the picture, by their hips; of equals by their ids.
  func ranksLeftToRight() -> [Int] {
    func place(_ index: Int) -> Double {
      let hips = camera.cameraFromWorld.apply(characters[index].position(of: .hips))
      // Behind the camera left and right say nothing; those come last.
      return hips.z < 0 ? hips.x / -hips.z : .infinity
    }
    let order = characters.indices.sorted { a, b in
      let (one, other) = (place(a), place(b))
      return one == other ? characters[a].id < characters[b].id : one < other
    }
    return characters.indices.map { order.firstIndex(of: $0) ?? 0 }
  }
}
