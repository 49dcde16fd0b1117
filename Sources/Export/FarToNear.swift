internal import PoseRig

extension PosedScene {
  /// The characters at these indices from the farthest to the nearest, by their hips; equally far ones by their ids.
  func farToNear(_ indices: [Int]) -> [Int] { sorted(indices) { hips($0).z } }

  /// The characters' ranks from left to right in the picture, by their hips; of equals by their ids.
  func ranksLeftToRight() -> [Int] {
    let order = sorted(Array(characters.indices)) { index in
      let hips = hips(index)
      // Behind the camera left and right say nothing; those come last.
      return hips.z < 0 ? hips.x / -hips.z : .infinity
    }
    return characters.indices.map { order.firstIndex(of: $0) ?? 0 }
  }

  /// Where a character's hips are in the camera's axes.
  private func hips(_ index: Int) -> Vector3 {
    camera.cameraFromWorld.apply(characters[index].position(of: .hips))
  }

  /// Indices by a number of each, the least first; of equal ones by the characters' ids.
  private func sorted(_ indices: [Int], by number: (Int) -> Double) -> [Int] {
    indices.sorted { a, b in
      let (one, other) = (number(a), number(b))
      return one == other ? characters[a].id < characters[b].id : one < other
    }
  }
}
