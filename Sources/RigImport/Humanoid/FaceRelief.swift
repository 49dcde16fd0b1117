/// The parts of a face that protrude whatever is worn around it: the nose between the cheeks, the
/// chin over the throat, and the width visible from the front.
///
/// Brims, hoods and cones are wider or higher than the face and distort the measures of the whole
/// piece, but none of them protrudes narrowly, with level ground above and below. From eyes to
/// chin, faces are 0.95 to 1.75 times as high as half their width, both in people and in drawn
/// characters.
struct FaceRelief {
  /// The height of the tip of the nose.
  let nose: Float
  /// The height below which the profile recedes to the throat.
  let chin: Float
  /// The height of the eyes.
  let eyes: Float
  /// Half the width of the face at eyes and brow, as far as it is visible from the front.
  let halfBreadth: Float
  /// Whether something worn hides the width, so that it is estimated from the height.
  let isBreadthGuessed: Bool

  /// The vertical distance from the eyes to the chin.
  var height: Float { eyes - chin }

  /// The number of heights to examine.
  private static let rowCount = 192

  /// Finds the relief of a face; nil if no nose protrudes, as on blocks and many drawn characters.
  ///
  /// - Parameters:
  ///   - x: the position of the face's middle.
  ///   - lowest: the height at which the head ends.
  ///   - top: the height at which everything on the head ends.
  ///   - noseHeight: the height of the tip of the nose above the eyes, as a share of the height
  ///     from chin to eyes.
  init?(
    _ face: SurfaceRays, at x: Float, lowest: Float, top: Float, noseHeight: Float
  ) {
    let profile = Profile(face, at: x, low: lowest, high: top)
    let found = profile.tips().lazy.compactMap {
      Self(face, profile, $0, at: x, noseHeight: noseHeight)
    }
    guard let relief = found.first else { return nil }
    self = relief
  }

  /// Measures a face around the tip of a nose; nil if the result is implausible.
  private init?(
    _ face: SurfaceRays, _ profile: Profile, _ tip: Profile.Tip, at x: Float, noseHeight: Float
  ) {
    nose = tip.y
    // A nose protrudes by about a fifth of the height from the eyes to the chin.
    let usual = min(5 * tip.excess, 0.6 * profile.height)
    let beside = Self.halfBreadth(face, at: x, y: tip.y - 0.15 * usual, scale: usual) ?? usual
    chin = profile.chin(below: tip, back: 0.85 * min(beside, usual), scale: usual)
    eyes = (tip.y + noseHeight * chin) / (1 + noseHeight)
    let height = eyes - chin
    guard height > 0.1 * profile.height, tip.excess > 0.1 * height,
      let half = Self.halfBreadthAboveEyes(face, at: x, eyes: eyes, height: height),
      height > 0.45 * half, height < 2 * half
    else { return nil }
    isBreadthGuessed = height < 0.9 * half
    // Protruding ears do not count toward a head's width.
    halfBreadth = isBreadthGuessed ? height / 1.2 : min(half, height)
  }

  // MARK: The profile

  /// How far forward a face extends along its middle.
  private struct Profile {
    struct Tip {
      var y: Float
      var z: Float
      /// How much farther the tip protrudes than level ground above and below it.
      var excess: Float
    }

    private let low: Float
    private let step: Float
    private let depths: [Float]
    private let contours: [FrontContour]
    private let x: Float

    init(_ face: SurfaceRays, at x: Float, low: Float, high: Float) {
      self.low = low
      self.x = x
      let step = (high - low) / Float(rowCount)
      self.step = step
      contours = (0..<rowCount).map { FrontContour(face, at: low + step * (Float($0) + 0.5)) }
      depths = contours.map { $0.z(at: x) ?? -.infinity }
    }

    private func y(_ row: Int) -> Float { low + step * (Float(row) + 0.5) }

    /// The height of the whole profile.
    var height: Float { step * Float(rowCount) }

    /// Returns the tips that protrude above, below and to both sides, the strongest first.
    func tips() -> [Tip] {
      var tips: [Int: Tip] = [:]
      for row in depths.indices where depths[row].isFinite {
        guard let above = excess(row, 1), let below = excess(row, -1) else { continue }
        let least = min(above.excess, below.excess)
        let aside = 1.5 * Float(min(above.rows, below.rows)) * step
        let isNarrow = [-1, 1].allSatisfy { side in
          contours[row].z(at: x + Float(side) * aside).map { depths[row] - $0 > 0.35 * least }
            ?? false
        }
        let foremost = foremost(from: row)
        guard isNarrow, least > tips[foremost]?.excess ?? 0 else { continue }
        tips[foremost] = Tip(y: y(foremost), z: depths[foremost], excess: least)
      }
      return tips.values.sorted { ($0.excess, $0.y) > ($1.excess, $1.y) }
    }

    /// Returns the row that the profile rises to from another; of level rows, the middle one.
    private func foremost(from row: Int) -> Int {
      var row = row
      while let next = [row - 1, row + 1].max(by: { depth($0) < depth($1) }),
        depth(next) > depths[row]
      { row = next }
      var (first, last) = (row, row)
      while depth(first - 1) >= depths[row] - 1e-3 * step { first -= 1 }
      while depth(last + 1) >= depths[row] - 1e-3 * step { last += 1 }
      return (first + last) / 2
    }

    private func depth(_ row: Int) -> Float {
      depths.indices.contains(row) ? depths[row] : -.infinity
    }

    /// Returns how much farther a row protrudes than the level ground on one side of it, and how
    /// many rows away the ground is. Round things recede faster and faster, so they have no level
    /// ground.
    private func excess(_ row: Int, _ direction: Int) -> (excess: Float, rows: Int)? {
      var best: (excess: Float, rows: Int)?
      for count in 1..<(depths.count / 4) {
        let (near, far) = (row + direction * count, row + 2 * direction * count)
        guard depths.indices.contains(far), depths[near].isFinite, depths[far].isFinite else {
          break
        }
        let drop = depths[row] - depths[near]
        let excess = drop - abs(depths[near] - depths[far])
        if excess > 0.2 * Float(count) * step, excess > best?.excess ?? 0 {
          best = (excess, count)
        }
      }
      return best
    }

    /// Returns the height below which the profile recedes to the throat.
    func chin(below tip: Tip, back: Float, scale: Float) -> Float {
      let first = Int((tip.y - low) / step)
      let span = max(1, Int((0.06 * scale / step).rounded(.up)))
      var chin = tip.y
      for row in stride(from: first, through: 0, by: -1) {
        guard depths[row] > tip.z - back else { break }
        chin = y(row)
        let isUnderNose = tip.y - chin < 0.5 * scale
        if !isUnderNose, row >= span,
          depths[row] - depths[row - span] > max(2.5 * Float(span) * step, 0.15 * scale)
        {
          break
        }
      }
      return chin
    }
  }

  // MARK: The breadth

  /// Returns half the width of a face at eyes and brow; nil if there is no face.
  static func halfBreadthAboveEyes(
    _ face: SurfaceRays, at x: Float, eyes: Float, height: Float
  ) -> Float? {
    guard var half = halfBreadth(face, at: x, y: eyes, scale: height) else { return nil }
    // Brows are wider than eyes; anything much wider is worn.
    for row in 1...6 {
      let y = eyes + 0.05 * Float(row) * height
      guard let next = halfBreadth(face, at: x, y: y, scale: height), next < 1.12 * half
      else { break }
      half = max(half, next)
    }
    return half
  }

  /// Returns half the width of the visible face from the front: up to where it bends back, without
  /// a hood's inside behind it or a cheek piece in front of it.
  private static func halfBreadth(_ face: SurfaceRays, at x: Float, y: Float, scale: Float)
    -> Float?
  {
    let contour = FrontContour(face, at: y)
    let step = 0.02 * scale
    let cheeks = stride(from: 0.2 * scale, to: 0.5 * scale, by: step)
    func edge(_ side: Float) -> Float? {
      guard let front = cheeks.compactMap({ contour.z(at: x + side * $0) }).max() else {
        return nil
      }
      var (lowest, at): (Float, Float) = (.infinity, 0)
      for distance in stride(from: 0.3 * scale, to: 3 * scale, by: step) {
        guard let z = contour.z(at: x + side * distance) else { return distance - step }
        let fallen = front - min(z, lowest)
        if lowest < .infinity, lowest - z > 4 * step, fallen > 0.4 * scale {
          return distance - step
        }
        if z > lowest + 0.08 * scale, fallen > 0.3 * scale { return at }
        if z < lowest { (lowest, at) = (z, distance) }
      }
      return at
    }
    guard let left = edge(1), let right = edge(-1) else { return nil }
    return (left + right) / 2
  }
}
