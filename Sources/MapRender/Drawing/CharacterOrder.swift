public import PoseRig

extension PosedScene {
  /// Returns the characters at these indices from the farthest to the nearest, measured at their
  /// hips; equally distant ones are ordered by id.
  public func farToNear(_ indices: [Int]) -> [Int] { sorted(indices) { hips($0).z } }

  /// Returns the characters' ranks from left to right in the picture, measured at their hips; ties
  /// are ordered by id.
  public func ranksLeftToRight() -> [Int] {
    let order = sorted(Array(characters.indices)) { index in
      let hips = hips(index)
      // Behind the camera, left and right mean nothing; those characters come last.
      return hips.z < 0 ? hips.x / -hips.z : .infinity
    }
    return characters.indices.map { order.firstIndex(of: $0) ?? 0 }
  }

  /// Returns the characters' ranks in the order of their ids.
  func ranksOfIds() -> [Int] {
    let ids = characters.map(\.id).sorted()
    return characters.map { ids.firstIndex(of: $0.id) ?? 0 }
  }

  /// Returns the position of a character's hips in camera coordinates.
  private func hips(_ index: Int) -> Vector3 {
    camera.cameraFromWorld.apply(characters[index].position(of: .hips))
  }

  /// Returns indices ordered by a number, the smallest first; ties are ordered by the characters'
  /// ids.
  private func sorted(_ indices: [Int], by number: (Int) -> Double) -> [Int] {
    indices.sorted { a, b in
      let (one, other) = (number(a), number(b))
      return one == other ? characters[a].id < characters[b].id : one < other
    }
  }
}
