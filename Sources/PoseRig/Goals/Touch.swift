/// A point to touch, with its surface normal if it has one. In the world, in meters.
struct Touch {
  var point: Vector3
  var normal: Vector3?
}

extension PosedSurface {
  /// Returns where a ray from inside first leaves the surface, at most `reach` meters away.
  func exit(from origin: Vector3, along direction: Vector3, within reach: Double) -> Touch? {
    let (start, ray) = (SIMD3<Float>(origin), SIMD3<Float>(direction))
    var nearest = Float(reach)
    var found: Touch?
    // An extra millimeter, much larger than any rounding error.
    let sides = outside(of: start, by: nearest + 0.001)
    for corners in triangles {
      // Most of a body is on one side of the region within reach.
      guard sides[Int(corners.x)] & sides[Int(corners.y)] & sides[Int(corners.z)] == 0 else {
        continue
      }
      let a = positions[Int(corners.x)]
      let edge1 = positions[Int(corners.y)] - a
      let edge2 = positions[Int(corners.z)] - a
      let p = ray.cross(edge2)
      let determinant = edge1.dot(p)
      // Negative for a triangle seen from behind, which means from inside.
      guard determinant < -1e-12 else { continue }
      let toStart = start - a
      let u = toStart.dot(p) / determinant
      guard (0...1).contains(u) else { continue }
      let q = toStart.cross(edge1)
      let v = ray.dot(q) / determinant
      let distance = edge2.dot(q) / determinant
      guard v >= 0, u + v <= 1, distance > 0, distance < nearest else { continue }
      nearest = distance
      found = Touch(
        point: Vector3(start + ray * distance), normal: Vector3(edge1.cross(edge2)).normalized)
    }
    return found
  }

  /// Returns, for each vertex, one bit per side of a cube around a point that the vertex is beyond.
  private func outside(of point: SIMD3<Float>, by reach: Float) -> [UInt8] {
    let (low, high) = (point - reach, point + reach)
    return positions.map { position in
      (position.x < low.x ? 1 : 0) | (position.y < low.y ? 2 : 0) | (position.z < low.z ? 4 : 0)
        | (position.x > high.x ? 8 : 0) | (position.y > high.y ? 16 : 0)
        | (position.z > high.z ? 32 : 0)
    }
  }
}

extension PosedCharacter {
  /// Returns a hand's or foot's frame in the world.
  package func frame(of joint: JointName) -> Transform {
    worldFromModel * posedRig.modelFromJoint[joint.index]
  }

  /// Returns the middle of a palm's skin in the hand's frame, along its outward normal, which is
  /// straight down in the T-pose.
  package func palm(of hand: JointName) -> Vector3 {
    let inside = LimbSolver.tip(of: hand, body.rig)
    let frame = frame(of: hand)
    let way = frame.rotation.rotate(-.unitY)
    let skin = bodySurface.exit(from: frame.apply(inside), along: way, within: 0.08 * body.rig.size)
    // For a surface with holes there, use a typical thickness of hands.
    let depth = skin.map { ($0.point - frame.apply(inside)).length } ?? 0.15 * inside.length
    return inside - .unitY * depth
  }

  /// Returns the skin over a joint on the side of a point, or of a hand the palm; for a joint
  /// without skin there, the joint itself.
  func touch(_ joint: JointName, from point: Vector3) -> Touch {
    let frame = frame(of: joint)
    if joint.kind == .hand {
      return Touch(point: frame.apply(palm(of: joint)), normal: frame.rotation.rotate(-.unitY))
    }
    guard let way = (point - frame.translation).normalized,
      let skin = bodySurface.exit(from: frame.translation, along: way, within: 0.4 * body.rig.size)
    else { return Touch(point: frame.translation) }
    return skin
  }

  /// The midpoint between the eyes.
  public var eyes: Vector3 {
    (position(of: .leftEye) + position(of: .rightEye)) / 2
  }

  /// The direction in which both eyes look, in the world, of arbitrary length.
  var look: Vector3 {
    let eyes = [JointName.leftEye, .rightEye].reduce(Vector3.zero) {
      $0 + posedRig.modelFromJoint[$1.index].rotation.rotate(.unitZ)
    }
    return worldFromModel.rotation.rotate(eyes)
  }
}

extension Rig {
  /// The size of the body relative to an adult's.
  package var size: Double { legLength / 0.85 }
}
