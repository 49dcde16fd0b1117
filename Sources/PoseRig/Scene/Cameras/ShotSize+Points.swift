extension Shot.Size {
  /// Returns the points of a character that a shot shows, in the world; for a body without a head,
  /// all points.
  func points(of character: PosedCharacter) -> [Vector3] {
    if self == .full || self == .wide { return character.points }
    let head = Self.head(of: character)
    if head.isEmpty { return character.points }
    if self == .face || self == .overShoulder { return head }
    return head + Self.hair(of: character, around: head) + trunk(of: character)
  }

  /// Returns the joints above the shot's lower edge, and the points on the edge.
  private func trunk(of character: PosedCharacter) -> [Vector3] {
    let chest = character.position(of: .chest)
    var points = [chest]
    for side in Side.both {
      let shoulder = character.position(of: JointName(.upperArm, side))
      // The joint is inside the shoulder.
      points.append(shoulder + (shoulder - chest) * 0.25)
    }
    if self == .bust { return points }
    points.append(character.position(of: .hips))
    if self == .waist { return points }
    for side in Side.both {
      let hip = character.position(of: JointName(.upperLeg, side))
      let knee = character.position(of: JointName(.lowerLeg, side))
      points += [hip, hip + (knee - hip) * 0.5]
      guard self == .knees else { continue }
      let foot = character.position(of: JointName(.foot, side))
      points += [knee, knee + (foot - knee) * 0.2]
    }
    return points
  }

  private static func head(of character: PosedCharacter) -> [Vector3] {
    let surface = character.bodySurface
    var isHead = [Bool](repeating: false, count: surface.positions.count)
    for (corners, label) in zip(surface.triangles, surface.labels) where label.part == .head {
      for corner in 0..<3 { isHead[Int(corners[corner])] = true }
    }
    return surface.positions.indices.filter { isHead[$0] }.map { Vector3(surface.positions[$0]) }
  }

  /// Returns the hair on a head, without the part that falls from it.
  private static func hair(of character: PosedCharacter, around head: [Vector3]) -> [Vector3] {
    let middle = head.reduce(Vector3.zero, +) / Double(head.count)
    let radius = head.reduce(0) { max($0, ($1 - middle).length) }
    return character.otherSurfaces.filter { $0.kind == .hair }.flatMap(\.surface.points)
      .filter { ($0 - middle).length < 1.5 * radius }
  }
}
