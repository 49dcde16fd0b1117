/// Spreads shade from the far sides of overlaps over their surfaces.
///
/// It works like a brush fire: outward from each overlap pixel by pixel, the darkest first, without
/// crossing another overlap; the distance between a pixel and the source of its shade is measured
/// in a straight line. Where shade reaches the near side of another overlap, the surface behind
/// that must be darker still, and a new fire starts there.
struct ShadeSpread {
  /// The strength of the shade at each pixel, 0 where it is unshaded.
  private(set) var strength: [UInt8]

  /// A pixel that shade has reached.
  private struct Spark {
    var location: Int32
    /// The distance from the pixel beside the overlap where its shade starts.
    var across: Int16
    var down: Int16
    /// The distance between the camera and the surface that casts the shade.
    var occluder: Float
    /// The strength of the shade beside the overlap.
    var full: UInt8
    /// The previous spark of equal strength, -1 for the first.
    var previous: Int32 = -1
  }

  /// The maximum difference between directions, in either coordinate of ``PackedNormal``, across
  /// which shade continues: folds end it.
  private static let fold: Float = 0.5
  /// The maximum number of steps of an object's shade that count for the surface behind it.
  private static let mostBefore: Float = 0.8
  /// The number of steps that count for shade that only ran around the end of a contour, where it
  /// would make a dark spot.
  private static let mostRoundTheEnd: Float = 0.25
  /// The number of steps of the darkest shade: fingers behind fingers must stay recognizable, and
  /// not become black spots.
  private static let most: Float = 2.0

  private let buffer: GBuffer
  private let overlaps: Overlaps
  private let columns: Int
  /// The strength lost at each squared distance in pixels.
  private let lossAtSquare: [UInt8]
  /// All sparks, burning or burned out.
  private var sparks: [Spark] = []
  /// The last spark of each strength; -1 where there is no spark, as above `front`.
  private var last = [Int32](repeating: -1, count: 256)
  private var front = 0

  /// Computes the shade of `overlaps` on `buffer`; one step fades out within `reach` pixels.
  init(of overlaps: Overlaps, on buffer: GBuffer, reach: Float) {
    self.buffer = buffer
    self.overlaps = overlaps
    columns = buffer.bounds.columns.count
    strength = [UInt8](repeating: 0, count: buffer.depth.count)
    lossAtSquare = ShadeScale.losses(reach: reach)
    sparks.reserveCapacity(buffer.depth.count / 16)
    for overlap in overlaps.occlusions { kindle(overlap, nearShade: 0) }
    burn()
    for touch in overlaps.touches { kindle(touch: touch) }
    burn()
  }

  /// Makes the far side of an overlap darker than the near side by the required amount; the near
  /// side has shade of `nearShade` levels.
  private mutating func kindle(_ overlap: Overlaps.Overlap, nearShade: Float) {
    let (near, far) = (Int(overlap.near), Int(overlap.far))
    let lit = Float(buffer.shading[far].y) - Float(buffer.shading[near].y)
    // A line that a tone draws along a rim, like that of lashes, separates the surfaces already.
    let drawn = min(overlaps.darkness(near) / ContactShade.step, 1)
    let level = overlap.strength * (1 - drawn) * (ContactShade.step + nearShade + lit)
    let own = ShadeScale.strengths[Int(min(max(level, 0), Self.most * ContactShade.step))]
    guard own > strength[far] else { return }
    add(
      Spark(location: overlap.far, across: 0, down: 0, occluder: buffer.depth[near], full: own), own
    )
    front = max(front, Int(own))
  }

  /// Makes one side of two that touch darker: the one that the occlusions at the ends of the touch
  /// have made darker.
  private mutating func kindle(touch: Overlaps.Overlap) {
    func level(_ location: Int32) -> Float {
      Float(ShadeScale.levels[Int(strength[Int(location)])])
    }
    func tone(_ location: Int32) -> Float {
      Float(buffer.shading[Int(location)].y) - level(location)
    }
    var touch = touch
    if level(touch.near) > 0, tone(touch.near) < tone(touch.far) {
      swap(&touch.near, &touch.far)
    }
    // Edges meet at the corner of a box, which must not become a dark spot.
    let isEdge = buffer.shading[Int(touch.near)].w == buffer.shading[Int(touch.far)].w
    let most = (isEdge ? Self.mostRoundTheEnd : Self.mostBefore) * ContactShade.step
    kindle(touch, nearShade: min(level(touch.near), most))
  }

  /// Shades a spark's pixel, and sets it burning.
  @inline(__always)
  private mutating func add(_ spark: Spark, _ own: UInt8) {
    strength[Int(spark.location)] = own
    var spark = spark
    spark.previous = last[Int(own)]
    last[Int(own)] = Int32(sparks.count)
    sparks.append(spark)
  }

  private mutating func burn() {
    while front > 0 {
      let number = Int(last[front])
      guard number >= 0 else {
        front -= 1
        continue
      }
      let spark = sparks[number]
      last[front] = spark.previous
      if Int(strength[Int(spark.location)]) == front { spread(spark) }
    }
  }

  private mutating func spread(_ spark: Spark) {
    let location = Int(spark.location)
    let own = UInt8(front)
    if overlaps.bars[location].contains(.isNear) { kindleBehind(spark, own) }
    if location > 0, !overlaps.bars[location - 1].contains(.right) { light(spark, own, -1, 0) }
    if !overlaps.bars[location].contains(.right) { light(spark, own, 1, 0) }
    if location >= columns, !overlaps.bars[location - columns].contains(.below) {
      light(spark, own, 0, -1)
    }
    if location + columns < strength.count, !overlaps.bars[location].contains(.below) {
      light(spark, own, 0, 1)
    }
  }

  private mutating func kindleBehind(_ spark: Spark, _ own: UInt8) {
    let location = Int(spark.location)
    let isBehind = buffer.depth[location] - spark.occluder > overlaps.slack(at: spark.occluder)
    let most = (isBehind ? Self.mostBefore : Self.mostRoundTheEnd) * ContactShade.step
    let shade = min(Float(ShadeScale.levels[Int(own)]), most)
    for index in overlaps.occlusions(before: location) {
      kindle(overlaps.occlusions[index], nearShade: shade)
    }
  }

  /// Spreads shade to a neighbor of a pixel with a given strength.
  @inline(__always)
  private mutating func light(_ spark: Spark, _ own: UInt8, _ right: Int, _ down: Int) {
    let here = Int(spark.location)
    let next = here + right + down * columns
    guard buffer.depth[next] > 0 else { return }
    let across = Int(spark.across) + right
    let below = Int(spark.down) + down
    let square = across * across + below * below
    guard square < lossAtSquare.count, spark.full > lossAtSquare[square] else { return }
    // Around a corner, shade can come closer to its source again, but does not get darker.
    let carried = min(spark.full - lossAtSquare[square], own)
    guard carried > strength[next],
      !buffer.normals[here].differs(from: buffer.normals[next], by: Self.fold)
    else { return }
    add(
      Spark(
        location: Int32(next), across: Int16(across), down: Int16(below), occluder: spark.occluder,
        full: spark.full), carried)
  }
}
