/// Finds props that go through hands, such as a hilt through a fist that does not hold it.
struct PiercedHands {
  /// The depth of a bone inside a prop that counts, in meters, allowing for the flesh around it.
  private static let deep = 0.001
  /// The number of points to test per bone.
  private static let steps = 4

  /// Returns points along the bones of a hand in the world, and between the bones of the palm.
  private static func bones(_ character: PosedCharacter, _ hand: JointName) -> [Vector3] {
    func point(_ kind: JointKind) -> Vector3 {
      character.position(of: JointName(kind, hand.side))
    }
    var lines: [(Vector3, Vector3)] = []
    for finger in Finger.allCases {
      let joints = finger.joints.map(point)
      lines += zip(joints, joints.dropFirst())
      if finger != .thumb { lines.append((point(.hand), joints[0])) }
    }
    let knuckles = Finger.allCases.dropFirst().map { point($0.joints[0]) }
    for (one, other) in zip(knuckles, knuckles.dropFirst()) {
      lines.append((point(.hand), (one + other) / 2))
    }
    return lines.flatMap { start, end in
      (1...steps).map { start + (end - start) * (Double($0) / Double(steps)) }
    }
  }

  /// Returns the first hand of a character that a prop goes through; nil if there is no such hand.
  static func hand(of character: PosedCharacter, in solid: PropSolid, but free: Set<JointName>)
    -> JointName?
  {
    [JointName.leftHand, .rightHand].first { hand in
      !free.contains(hand) && bones(character, hand).contains { solid.depth(of: $0) > deep }
    }
  }
}
