/// What of a face stands out by itself, whatever is worn about it: the nose on the cheeks, the chin
/// over the throat, the breadth of what is seen of it from the front.
///
/// Brims, hoods and cones are wider or higher than the face and give other measures of the whole
/// piece; none of them stands out narrowly, with level ground above and below. From eyes to chin,
/// faces are 0.95 to 1.75 times as high as half their breadth, those of people as well as of drawn
/// characters.
struct FaceRelief {
  /// The height of the nose's tip.
  let nose: Float
  /// The height below which the profile falls back to the throat.
  let chin: Float
  /// The height of the eyes.
  let eyes: Float
  /// Half the breadth of the face at eyes and brow, as far as it is seen from the front.
  let halfBreadth: Float
  /// Whether what is worn hides that, so that it is the usual one of a face as high.
  let isBreadthGuessed: Bool

  /// The height from the eyes down to the chin.
  var height: Float { eyes - chin }

  /// How many heights are looked at.
  private static let rowCount = 192

  /// Finds the relief of a face; nil where no nose stands out, as on blocks and many drawn
  /// characters.
  ///
  /// - Parameters:
  ///   - x: Where the face's middle is.
  ///   - lowest: The height at which the head ends.
  ///   - top: The height at which all that is on it ends.
  ///   - noseHeight: The height of the nose's tip over the eyes, in heights from chin to eyes.
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

  /// Lays a face about the tip of a nose; nil if it would be none.
  private init?(
    _ face: SurfaceRays, _ profile: Profile, _ tip: Profile.Tip, at x: Float, noseHeight: Float
  ) {
    nose = tip.y
    // A nose stands out by about a fifth of the height from the eyes to the chin.
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
    // Ears that stand out are no part of a head's breadth.
    halfBreadth = isBreadthGuessed ? height / 1.2 : min(half, height)
  }

  // MARK: The profile

  /// How far forward a face reaches at its middle.
  private struct Profile {
    struct Tip {
      var y: Float
      var z: Float
      /// How much farther the tip is than level ground above and below it.
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

    /// The height of all that the profile goes along.
    var height: Float { step * Float(rowCount) }

    /// Returns the tips that stand out above, below and to both sides, the strongest first.
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

    /// Returns the row to which the profile rises from another; of level rows the middle one.
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

    /// Returns how much farther a row reaches than the level ground on one side of it, and how many
    /// rows away that is. Round things fall away the faster the farther, and have no such ground.
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

    /// Returns the height below which the profile falls back to the throat.
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

  /// Returns half the breadth of a face at eyes and brow; nil where there is none.
  static func halfBreadthAboveEyes(
    _ face: SurfaceRays, at x: Float, eyes: Float, height: Float
  ) -> Float? {
    guard var half = halfBreadth(face, at: x, y: eyes, scale: height) else { return nil }
    // Brows are broader than eyes are; whatever is much broader is worn.
    for row in 1...6 {
      let y = eyes + 0.05 * Float(row) * height
      guard let next = halfBreadth(face, at: x, y: y, scale: height), next < 1.12 * half
      else { break }
      half = max(half, next)
    }
    return half
  }

  /// Returns half the breadth of what is seen of a face from the front: as far as it bends back,
  /// without a hood's inside behind it or a cheek piece before it.
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
