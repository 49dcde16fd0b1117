/// The obstacles of hair: the head, neck, trunk, arms and floor, in the space of the head at rest.
struct HairObstacles {
  /// A rounded limb.
  struct Capsule {
    var start: SIMD3<Float>
    var end: SIMD3<Float>
    var radius: Float
  }

  /// The trunk, as a bulge around a point in it.
  struct Trunk {
    var middle: SIMD3<Float>
    var map: RadialMap
  }

  let head: HeadForm
  var capsules: [Capsule] = []
  var trunk: Trunk?
  /// The level of the floor along the direction opposite to the fall; nil if there is no floor.
  var floor: (up: SIMD3<Float>, level: Float)?
  /// Whether hair on a shoulder continues to the front or the back, like locks; cloth spreads.
  var parts = true
  /// Whether ears are obstacles.
  var overEars = false

  /// Creates obstacles with only a head.
  init(head: HeadForm) { self.head = head }

  /// Returns the position of a point that must keep a distance from obstacles, and the direction
  /// out of the obstacle; nil if it is free.
  func pushed(
    _ point: SIMD3<Float>, margin: Float
  ) -> (point: SIMD3<Float>, outward: SIMD3<Float>)? {
    var moved = point
    var outward: SIMD3<Float>?
    let over = head.height(of: moved, overEars: overEars)
    if over.height < margin {
      moved += over.outward * (margin - over.height)
      outward = over.outward
    }
    for capsule in capsules {
      let axis = capsule.end - capsule.start
      let along = min(max((moved - capsule.start).dot(axis) / max(axis.dot(axis), 1e-9), 0), 1)
      let offset = moved - (capsule.start + axis * along)
      let distance = offset.length
      guard distance < capsule.radius + margin, distance > 1e-6 else { continue }
      outward = offset / distance
      moved += offset / distance * (capsule.radius + margin - distance)
    }
    if let trunk {
      let offset = moved - trunk.middle
      let distance = max(offset.length, 1e-6)
      let direction = offset / distance
      // Beyond any trunk.
      if distance < 0.6 {
        let radius = trunk.map.radius(direction)
        if distance < radius + margin {
          let normal = trunk.map.normal(direction)
          let depth = (radius - distance) * max(direction.dot(normal), 0.25) + margin
          if depth > 0 {
            // Preferably to the front or the back rather than along the shoulder.
            let aside = (normal * SIMD3(parts ? 0.3 : 1, 1, 1)).unit
            let along = aside.dot(normal)
            moved += along > 0.5 ? aside * (depth / along) : normal * depth
            outward = normal
          }
        }
      }
    }
    if let floor, moved.dot(floor.up) < floor.level + margin {
      moved += floor.up * (floor.level + margin - moved.dot(floor.up))
      outward = floor.up
    }
    return outward.map { (moved, $0) }
  }
}
