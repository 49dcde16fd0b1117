/// Eighteen lengths, widths and girths of a body, measured like ANSUR II's as closely as a surface
/// allows.
///
/// Bony landmarks are measured where they are under the skin: the acromion 15 mm outside the
/// shoulder joint, radiale and stylion at the elbow and wrist joints. Girths are those of a tape:
/// the convex hull of a cross-section.
public struct Anthropometry {
  /// One measure, in meters.
  public struct Measure: Equatable, Sendable {
    /// The measure's name.
    public var name: String
    /// The value in meters.
    public var value: Double
  }

  private let body: Body
  private let standing: PosedSurface
  private let rig: PosedRig
  private let heights: ClosedRange<Float>

  /// Measures `body` standing with its arms hanging slightly away from it.
  public init(_ body: Body) {
    self.body = body
    var pose = Pose.rest
    for joint in [JointName.leftUpperArm, .rightUpperArm] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: [.abduction: 25], side: joint.side)
    }
    rig = PosedRig(rig: body.rig, pose: pose)
    standing = Skinning.pose(body, rig)
    let ys = standing.positions.map(\.y)
    heights = (ys.min() ?? 0)...(ys.max() ?? 1)
  }

  /// All measures, in the order of ``AnthropometryReference``.
  public var all: [Measure] {
    let reach = rig.position(of: .leftUpperArm)
    let acromion = acromionHeight
    let joints = { (a: JointName, b: JointName) in
      (rig.position(of: a) - rig.position(of: b)).length
    }
    let buttocks = hips
    return [
      Measure(name: "stature", value: stature),
      Measure(name: "sitting height", value: sittingHeight),
      Measure(name: "acromial height", value: acromion),
      Measure(name: "biacromial breadth", value: 2 * (reach.x + 0.015)),
      Measure(name: "hip breadth", value: buttocks.breadth),
      Measure(
        name: "acromion-radiale length",
        value: joints(.leftUpperArm, .leftLowerArm) + max(acromion - reach.y + ground, 0)),
      Measure(name: "radiale-stylion length", value: joints(.leftLowerArm, .leftHand)),
      Measure(name: "hand length", value: handLength),
      Measure(name: "crotch height", value: crotchHeight),
      Measure(
        name: "knee height, midpatella", value: rig.position(of: .leftLowerLeg).y - ground),
      Measure(name: "foot length", value: footLength),
      Measure(name: "head breadth", value: headBreadth),
      Measure(name: "tragion to top of head", value: tragionToTop),
      Measure(name: "chest circumference", value: girth([.torso], 0.69...0.77).most),
      Measure(name: "waist circumference", value: girth([.torso, .pelvis], 0.595...0.605).most),
      Measure(name: "buttock circumference", value: buttocks.girth),
      Measure(name: "thigh circumference", value: thighGirth),
      Measure(name: "calf circumference", value: girth([.leftLowerLeg], 0.12...0.26).most),
    ]
  }

  // MARK: Lengths

  private var ground: Double { Double(heights.lowerBound) }
  private var stature: Double { Double(heights.upperBound - heights.lowerBound) }

  private var sittingHeight: Double {
    var pose = Pose.rest
    for joint in [JointName.leftUpperLeg, .rightUpperLeg] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: [.flexion: 90], side: joint.side)
    }
    let sitting = Skinning.pose(body, PosedRig(rig: body.rig, pose: pose))
    let seat = vertices(of: [.pelvis, .torso, .leftUpperLeg, .rightUpperLeg])
      .map { sitting.positions[$0] }.filter { $0.z < 0.1 }
    let top = sitting.positions.map(\.y).max() ?? 0
    return Double(top - (seat.map(\.y).min() ?? 0))
  }

  /// The height of the top of the shoulder above the acromion.
  private var acromionHeight: Double {
    let shoulder = rig.position(of: .leftUpperArm)
    let near = standing.positions.filter {
      abs(Double($0.x) - shoulder.x) < 0.02 && abs(Double($0.z) - shoulder.z) < 0.03
    }
    return Double(near.map(\.y).max() ?? 0) - ground
  }

  private var handLength: Double {
    guard let tip = landmark(.tip(.middle, .left)) else { return 0 }
    return (tip - rig.position(of: .leftHand)).length
  }

  /// The lowest point of the trunk on the midline.
  private var crotchHeight: Double {
    let middle = standing.positions.filter { abs($0.x) < 0.004 && Double($0.y) < 0.7 * stature }
    return Double(middle.map(\.y).min() ?? 0) - ground
  }

  private var footLength: Double {
    let z = vertices(of: [.leftFoot]).map { standing.positions[$0] }
      .filter { Double($0.y) - ground < 0.06 }.map(\.z)
    return Double((z.max() ?? 0) - (z.min() ?? 0))
  }

  private var headBreadth: Double {
    guard let eye = landmark(.eye(.left)) else { return 0 }
    let x = vertices(of: [.head]).map { standing.positions[$0] }
      .filter { (0.045...0.08).contains(Double($0.y) - eye.y) }.map(\.x)
    return Double((x.max() ?? 0) - (x.min() ?? 0))
  }

  private var tragionToTop: Double {
    landmark(.ear(.left)).map { Double(heights.upperBound) - $0.y } ?? 0
  }

  private func landmark(_ name: LandmarkName) -> Vector3? {
    body.landmarks[name].map { Vector3($0.position(on: standing.positions, standing.triangles)) }
  }

  private func vertices(of parts: Set<PartName>) -> [Int] {
    var found: Set<Int> = []
    for (corners, label) in zip(standing.triangles, standing.labels) {
      guard let part = label.part, parts.contains(part) else { continue }
      for corner in 0..<3 { found.insert(Int(corners[corner])) }
    }
    return found.sorted()
  }

  // MARK: Girths

  private var hips: (girth: Double, breadth: Double) {
    let cut = girth([.torso, .pelvis, .leftUpperLeg, .rightUpperLeg], 0.47...0.56)
    return (cut.most, cut.breadth)
  }

  private var thighGirth: Double {
    let crotch = crotchHeight / stature
    return girth([.leftUpperLeg, .pelvis], (crotch - 0.03)...(crotch - 0.005), side: 1).most
  }

  /// Returns the largest girth of parts of the body between two heights (shares of the stature),
  /// and the width there.
  private func girth(
    _ parts: Set<PartName>, _ range: ClosedRange<Double>, side: Float = 0
  ) -> (most: Double, breadth: Double) {
    var best = (most: 0.0, breadth: 0.0)
    let steps = 12
    for step in 0...steps {
      let share =
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / Double(steps)
      let points = cut(parts, at: Float(ground + share * stature)).filter { $0.x * side >= 0 }
      let hull = Self.hull(points)
      let length = Self.perimeter(hull)
      if length > best.most {
        let x = hull.map(\.x)
        best = (length, Double((x.max() ?? 0) - (x.min() ?? 0)))
      }
    }
    return best
  }

  /// Returns the points where the edges of parts' triangles cross a height, seen from above.
  private func cut(_ parts: Set<PartName>, at height: Float) -> [SIMD2<Float>] {
    var points: [SIMD2<Float>] = []
    for (corners, label) in zip(standing.triangles, standing.labels) {
      guard let part = label.part, parts.contains(part) else { continue }
      let ends = (0..<3).map { standing.positions[Int(corners[$0])] }
      for (a, b) in [(0, 1), (1, 2), (2, 0)] {
        let (low, high) = (ends[a].y - height, ends[b].y - height)
        guard (low < 0) != (high < 0) else { continue }
        let p = ends[a] + (ends[b] - ends[a]) * (low / (low - high))
        points.append(SIMD2(p.x, p.z))
      }
    }
    return points
  }

  /// Returns the convex hull, counter-clockwise (Andrew's monotone chain).
  private static func hull(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    func chain(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
      var result: [SIMD2<Float>] = []
      for point in points {
        while result.count >= 2 {
          let (a, b) = (result[result.count - 2], result[result.count - 1])
          let turn = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
          if turn > 0 { break }
          result.removeLast()
        }
        result.append(point)
      }
      return Array(result.dropLast())
    }
    return chain(sorted) + chain(sorted.reversed())
  }

  private static func perimeter(_ hull: [SIMD2<Float>]) -> Double {
    zip(hull, hull.dropFirst() + hull.prefix(1)).reduce(0) { sum, edge in
      let run = edge.1 - edge.0
      return sum + Double((run * run).sum().squareRoot())
    }
  }
}
