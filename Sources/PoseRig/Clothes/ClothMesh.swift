/// A point from which cloth is made: its position on the skin, and how it follows the joints.
struct ClothVertex {
  /// The point of the skin in the T-pose, in meters.
  var point: SIMD3<Float>
  /// The outward direction of the body there, of unit length.
  var normal: SIMD3<Float>
  /// Up to four skin joints.
  var influences: SIMD4<UInt8>
  /// Their weights, summing to 1.
  var weights: SIMD4<Float>
  /// The height above the skin of garments worn below, in meters.
  var height: Float = 0
  /// The body's own vertex; nil for a point between several.
  var source: Int?

  /// Returns a vertex interpolated with another by a share.
  func mixed(with other: ClothVertex, _ share: Float) -> ClothVertex {
    var mixed = self
    mixed.source = nil
    mixed.point += (other.point - point) * share
    mixed.height += (other.height - height) * share
    mixed.normal = (normal + (other.normal - normal) * share).unit
    (mixed.influences, mixed.weights) = Self.weights([(self, 1 - share), (other, share)])
    return mixed
  }

  /// Returns the four strongest joints of vertices that are weighted by shares.
  static func weights(
    _ vertices: [(vertex: ClothVertex, share: Float)]
  ) -> (SIMD4<UInt8>, SIMD4<Float>) {
    var sums: [(joint: UInt8, weight: Float)] = []
    for (vertex, share) in vertices {
      for slot in 0..<4 where vertex.weights[slot] * share > 0 {
        let joint = vertex.influences[slot]
        if let known = sums.firstIndex(where: { $0.joint == joint }) {
          sums[known].weight += vertex.weights[slot] * share
        } else {
          sums.append((joint, vertex.weights[slot] * share))
        }
      }
    }
    sums.sort { ($0.weight, $1.joint) > ($1.weight, $0.joint) }
    let total = sums.prefix(4).reduce(0) { $0 + $1.weight }
    var (influences, weights) = (SIMD4<UInt8>(), SIMD4<Float>(1, 0, 0, 0))
    guard total > 0 else { return (influences, weights) }
    weights = .zero
    for (slot, sum) in sums.prefix(4).enumerated() {
      influences[slot] = sum.joint
      weights[slot] = sum.weight / total
    }
    return (influences, weights)
  }
}

/// Triangles of the skin that become cloth.
struct ClothMesh {
  var vertices: [ClothVertex]
  /// Three vertices each, counter-clockwise from outside.
  var triangles: [SIMD3<UInt32>]

  /// The distance from a cut within which a vertex snaps to it, as a share of its edge, to avoid
  /// slivers.
  private static let snap: Float = 0.3

  /// Cuts along the line where a field is 0, and removes everything where it is negative.
  ///
  /// - Parameter keepsOutside: whether to keep the outside, so that edges are on the line.
  mutating func cut(keepsOutside: Bool = false, by field: (SIMD3<Float>) -> Float) {
    var values = vertices.map { field($0.point) }
    guard values.contains(where: { $0 < 0 }) else { return }
    snap(to: &values, field)
    var kept: [SIMD3<UInt32>] = []
    var crossings: [UInt64: UInt32] = [:]
    for corners in triangles {
      let inside = (0..<3).filter { values[Int(corners[$0])] >= 0 }
      switch inside.count {
      case 3:
        if keepsOutside || (0..<3).contains(where: { values[Int(corners[$0])] > 0 }) {
          kept.append(corners)
        }
      case 2:
        let out = 3 - inside[0] - inside[1]
        let (a, b, c) = (corners[(out + 1) % 3], corners[(out + 2) % 3], corners[out])
        let bc = crossing(b, c, &values, &crossings, field)
        let ca = crossing(a, c, &values, &crossings, field)
        if bc != b { kept.append(SIMD3(a, b, bc)) }
        if ca != a, ca != bc { kept.append(SIMD3(a, bc, ca)) }
        if keepsOutside { kept.append(SIMD3(bc, c, ca)) }
      case 1:
        let (a, b, c) = (
          corners[inside[0]], corners[(inside[0] + 1) % 3], corners[(inside[0] + 2) % 3]
        )
        let ab = crossing(a, b, &values, &crossings, field)
        let ac = crossing(a, c, &values, &crossings, field)
        if ab != a, ac != a { kept.append(SIMD3(a, ab, ac)) }
        guard keepsOutside else { continue }
        kept.append(SIMD3(ab, b, c))
        if ab != a { kept.append(SIMD3(ab, c, ac)) }
      default:
        if keepsOutside { kept.append(corners) }
      }
    }
    triangles = kept
    dropUnused()
  }

  /// Moves vertices near the line onto it.
  private mutating func snap(to values: inout [Float], _ field: (SIMD3<Float>) -> Float) {
    var nearest = [Float](repeating: Self.snap, count: vertices.count)
    var target = [UInt32](repeating: .max, count: vertices.count)
    for corners in triangles {
      for side in 0..<3 {
        let (a, b) = (corners[side], corners[(side + 1) % 3])
        let (one, other) = (values[Int(a)], values[Int(b)])
        guard one * other < 0 else { continue }
        let share = one / (one - other)
        if share < nearest[Int(a)] { (nearest[Int(a)], target[Int(a)]) = (share, b) }
        if 1 - share < nearest[Int(b)] { (nearest[Int(b)], target[Int(b)]) = (1 - share, a) }
      }
    }
    let before = vertices
    for index in vertices.indices where target[index] != .max {
      let (one, other) = (before[index], before[Int(target[index])])
      vertices[index] = one.mixed(with: other, Self.zero(field, one, other, values[index]))
      values[index] = 0
    }
  }

  /// Returns the share of the way between two vertices at which a field is 0, by false position,
  /// since a field is not linear between the vertices of a coarse mesh.
  private static func zero(
    _ field: (SIMD3<Float>) -> Float, _ one: ClothVertex, _ other: ClothVertex, _ value: Float
  ) -> Float {
    var (low, high) = (Float(0), Float(1))
    var (atLow, atHigh) = (value, field(other.point))
    var share: Float = 0.5
    for _ in 0..<4 {
      guard atLow * atHigh < 0 else { break }
      share = low + (high - low) * atLow / (atLow - atHigh)
      let value = field(one.point + (other.point - one.point) * share)
      if value * atLow > 0 {
        (low, atLow) = (share, value)
      } else {
        (high, atHigh) = (share, value)
      }
    }
    return share
  }

  /// Returns the vertex where an edge crosses the line.
  private mutating func crossing(
    _ inside: UInt32, _ outside: UInt32, _ values: inout [Float],
    _ known: inout [UInt64: UInt32], _ field: (SIMD3<Float>) -> Float
  ) -> UInt32 {
    if values[Int(inside)] == 0 { return inside }
    let key = UInt64(min(inside, outside)) << 32 | UInt64(max(inside, outside))
    if let vertex = known[key] { return vertex }
    let (one, other) = (vertices[Int(inside)], vertices[Int(outside)])
    let share = Self.zero(field, one, other, values[Int(inside)])
    vertices.append(one.mixed(with: other, share))
    values.append(0)
    known[key] = UInt32(vertices.count - 1)
    return UInt32(vertices.count - 1)
  }

  private mutating func dropUnused() {
    var number = [UInt32](repeating: .max, count: vertices.count)
    var kept: [ClothVertex] = []
    for index in triangles.indices {
      for corner in 0..<3 {
        let vertex = Int(triangles[index][corner])
        if number[vertex] == .max {
          number[vertex] = UInt32(kept.count)
          kept.append(vertices[vertex])
        }
        triangles[index][corner] = number[vertex]
      }
    }
    vertices = kept
  }

  /// Splits edges with both ends in a region to be refined.
  mutating func refine(where isFine: (SIMD3<Float>) -> Bool = { _ in true }) {
    let fine = vertices.map { isFine($0.point) }
    var middles: [UInt64: UInt32] = [:]
    var finer: [SIMD3<UInt32>] = []
    for corners in triangles {
      var middle = SIMD3<UInt32>(repeating: .max)
      for side in 0..<3 {
        let (a, b) = (corners[side], corners[(side + 1) % 3])
        guard fine[Int(a)], fine[Int(b)] else { continue }
        let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
        if let known = middles[key] {
          middle[side] = known
        } else {
          middle[side] = UInt32(vertices.count)
          middles[key] = middle[side]
          vertices.append(vertices[Int(min(a, b))].mixed(with: vertices[Int(max(a, b))], 0.5))
        }
      }
      let split = (0..<3).filter { middle[$0] != .max }
      switch split.count {
      case 3:
        finer += [
          SIMD3(corners.x, middle.x, middle.z), SIMD3(middle.x, corners.y, middle.y),
          SIMD3(middle.z, middle.y, corners.z), middle,
        ]
      case 1:
        let (a, b, c) = (
          corners[split[0]], corners[(split[0] + 1) % 3], corners[(split[0] + 2) % 3]
        )
        finer += [SIMD3(a, middle[split[0]], c), SIMD3(middle[split[0]], b, c)]
      default: finer.append(corners)
      }
    }
    triangles = finer
  }
}

/// The adjacency of a mesh's vertices.
struct ClothNeighbors {
  private var starts: [Int] = []
  private var list: [Int] = []
  /// The edges that belong to only one triangle, in its direction.
  private(set) var rim: [(UInt32, UInt32)] = []

  /// Finds the neighbors in a mesh; for vertices at its rim, only those along the rim.
  init(count: Int, triangles: [SIMD3<UInt32>]) {
    var directed = Set<UInt64>()
    for corners in triangles {
      for side in 0..<3 {
        directed.insert(UInt64(corners[side]) << 32 | UInt64(corners[(side + 1) % 3]))
      }
    }
    var isRim = [Bool](repeating: false, count: count)
    for corners in triangles {
      for side in 0..<3 {
        let (a, b) = (corners[side], corners[(side + 1) % 3])
        guard !directed.contains(UInt64(b) << 32 | UInt64(a)) else { continue }
        rim.append((a, b))
        isRim[Int(a)] = true
        isRim[Int(b)] = true
      }
    }
    var found = [[Int]](repeating: [], count: count)
    func join(_ a: Int, _ b: Int) { if !found[a].contains(b) { found[a].append(b) } }
    for (a, b) in rim {
      join(Int(a), Int(b))
      join(Int(b), Int(a))
    }
    for corners in triangles {
      for side in 0..<3 {
        let (a, b) = (Int(corners[side]), Int(corners[(side + 1) % 3]))
        if !isRim[a] { join(a, b) }
        if !isRim[b] { join(b, a) }
      }
    }
    starts = [0]
    for neighbors in found {
      list += neighbors
      starts.append(list.count)
    }
  }

  /// Returns the mean of values around each vertex.
  func means(_ values: [SIMD3<Float>]) -> [SIMD3<Float>] {
    values.indices.map { vertex in
      let (first, end) = (starts[vertex], starts[vertex + 1])
      guard end > first else { return values[vertex] }
      var sum = SIMD3<Float>.zero
      for index in first..<end { sum += values[list[index]] }
      return sum / Float(end - first)
    }
  }

  /// Smooths values without shrinking the whole (Taubin, *A Signal Processing Approach to Fair
  /// Surface Design*, 1995).
  func smooth(_ values: inout [SIMD3<Float>], times: Int) {
    for step in 0..<2 * times {
      let rate: Float = step % 2 == 0 ? 0.5 : -0.52
      let means = means(values)
      for index in values.indices { values[index] += (means[index] - values[index]) * rate }
    }
  }
}
