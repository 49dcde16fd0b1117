#if canImport(Glibc)
  internal import Glibc
#endif

extension PropMesh {
  /// Adds an outline extruded along z, half in front and half behind.
  mutating func addPrism(_ outline: Outline, depth: Double) {
    addPrism(outline, depth: depth) { Vector3($0.x, $0.y, $1) }
  }

  /// Adds a ramp that rises from its front to its back.
  mutating func addWedge(_ size: Vector3) {
    addPrism(.wedge(size), depth: size.x) { Vector3(-$1, $0.y, $0.x) }
  }

  private mutating func addPrism(
    _ outline: Outline, depth: Double, _ point: (SIMD2<Double>, Double) -> Vector3
  ) {
    let (points, hard, half) = (outline.points, outline.isHard, depth / 2)
    let count = points.count
    func direction(_ normal: SIMD2<Double>) -> Vector3 {
      (point(normal, 0) - point(.zero, 0)).normalized ?? .unitY
    }
    for index in 0..<count {
      let next = (index + 1) % count
      let own = outline.normal(after: index)
      let before = direction(hard[index] ? own : own + outline.normal(after: index + count - 1))
      let after = direction(hard[next] ? own : own + outline.normal(after: next))
      addFace(
        [
          point(points[index], -half), point(points[next], -half), point(points[next], half),
          point(points[index], half),
        ], normals: [before, after, after, before])
    }
    for side in [half, -half] {
      let facing = (point(.zero, side) - point(.zero, 0)).normalized ?? .unitZ
      let first = UInt32(positions.count)
      for corner in points {
        positions.append(SIMD3<Float>(point(corner, side)))
        normals.append(SIMD3<Float>(facing))
      }
      for (a, b, c) in outline.triangles {
        let corners = side > 0 ? (a, b, c) : (a, c, b)
        addTriangle(
          first + UInt32(corners.0), first + UInt32(corners.1), first + UInt32(corners.2))
      }
    }
  }

  /// Adds a round tube with hemispheres at its ends.
  mutating func addTube(_ path: TubePath) {
    let sides = Circle.sides(radius: path.radii.max() ?? 0)
    let steps = max(sides / 4, 4)
    let angles = (0...sides).map { 2 * Double.pi * Double($0 % sides) / Double(sides) }
    var rows: [[(point: Vector3, normal: Vector3)]] = []
    /// Adds a ring around the path; `lean` is the component of its normals along the path.
    func addRing(_ frame: TubeFrame, at middle: Vector3, _ radius: Double, lean: Double) {
      rows.append(
        angles.map { angle in
          let way = frame.side * cos(angle) + frame.up * sin(angle)
          let normal = way * (1 - lean * lean).squareRoot() + frame.along * lean
          return (middle + way * radius, normal.normalized ?? .unitY)
        })
    }
    let frames = TubeFrame.frames(of: path.points)
    let last = path.points.count - 1
    for step in 0..<steps {
      let angle = (Double(step) / Double(steps) - 1) * .pi / 2
      let (out, along) = (step == 0 ? 0 : cos(angle), sin(angle))
      addRing(
        frames[0], at: path.points[0] + frames[0].along * (along * path.radii[0]),
        out * path.radii[0], lean: along)
    }
    for index in path.points.indices {
      addRing(frames[index], at: path.points[index], path.radii[index], lean: 0)
    }
    for step in 1...steps {
      let angle = Double(step) / Double(steps) * .pi / 2
      let (out, along) = (step == steps ? 0 : cos(angle), sin(angle))
      addRing(
        frames[last], at: path.points[last] + frames[last].along * (along * path.radii[last]),
        out * path.radii[last], lean: along)
    }
    addGrid(rows)
  }
}

/// The directions at a point of a path, which rotate with it and as little as possible about it.
private struct TubeFrame {
  /// The direction of the path.
  var along: Vector3
  var side: Vector3
  /// The direction perpendicular to both: seen against the path, counter-clockwise from the side.
  var up: Vector3

  /// Returns the frames at all points.
  static func frames(of points: [Vector3]) -> [TubeFrame] {
    let ways = zip(points, points.dropFirst()).map { ($1 - $0).normalized ?? .unitY }
    let tangents = points.indices.map { index in
      let before = ways[max(index - 1, 0)]
      let after = ways[min(index, ways.count - 1)]
      return (before + after).normalized ?? after
    }
    var side = tangents[0].perpendicular
    return tangents.indices.map { index in
      if index > 0 {
        side = Quaternion(from: tangents[index - 1], to: tangents[index]).rotate(side)
      }
      return TubeFrame(along: tangents[index], side: side, up: tangents[index].cross(side))
    }
  }
}
