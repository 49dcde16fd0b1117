/// Spreads shade from the far sides of overlaps over their surfaces.
///
/// A brush fire: outwards from each overlap pixel by pixel, the darkest first, without crossing
/// another; how far a pixel is from where its shade comes from is measured straight. Where it comes
/// to the near side of another overlap, what lies behind that must be darker still and is kindled
/// again.
struct ShadeSpread {
  /// For each pixel how strong its shade is, 0 where it is unshaded.
  private(set) var strength: [UInt8]

  /// A pixel that shade has reached.
  private struct Spark {
    var location: Int32
    /// How far it is from the pixel beside the overlap that its shade comes from.
    var across: Int16
    var down: Int16
    /// How far from the camera the surface is that casts it.
    var occluder: Float
    /// How strong the shade is beside the overlap.
    var full: UInt8
    /// The spark of equal strength before this one, -1 if it is the first.
    var previous: Int32 = -1
  }

  /// By how much directions may differ, in either coordinate of ``PackedNormal``, for shade to go
  /// on: folds end it.
  private static let fold: Float = 0.5
  /// How many steps of the shade on a thing count, at most, for the surface behind it.
  private static let mostBefore: Float = 0.8
  /// How many steps count of shade that only ran round the end of the contour, and would make a
  /// dark spot there.
  private static let mostRoundTheEnd: Float = 0.25
  /// How many steps the darkest shade has: fingers behind fingers are to stay fingers, and not
  /// become black spots.
  private static let most: Float = 2.0

  private let buffer: GBuffer
  private let overlaps: Overlaps
  private let columns: Int
  /// The strength lost over a squared distance in pixels.
  private let lossAtSquare: [UInt8]
  /// All sparks that burn or have burned.
  private var sparks: [Spark] = []
  /// The last spark of each strength, -1 where there is no spark, as above `front`.
  private var last = [Int32](repeating: -1, count: 256)
  private var front = 0

  /// The shade of `overlaps` on `buffer`, one step of which fades out within `reach` pixels.
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

  /// Makes the far side of an overlap as much darker as it must be than the near side, on which
  /// there is shade of as many levels.
  private mutating func kindle(_ overlap: Overlaps.Overlap, nearShade: Float) {
    let (near, far) = (Int(overlap.near), Int(overlap.far))
    let lit = Float(buffer.shading[far].y) - Float(buffer.shading[near].y)
    // The line that a tone draws along a rim, as lashes do, sets it apart already.
    let drawn = min(overlaps.darkness(near) / ContactShade.step, 1)
    let level = overlap.strength * (1 - drawn) * (ContactShade.step + nearShade + lit)
    let own = ShadeScale.strengths[Int(min(max(level, 0), Self.most * ContactShade.step))]
    guard own > strength[far] else { return }
    add(
      Spark(location: overlap.far, across: 0, down: 0, occluder: buffer.depth[near], full: own), own
    )
    front = max(front, Int(own))
  }

  /// Makes one side of two that touch darker: the one that the occlusions at the touch's ends have
  /// made the darker.
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
    // At the corner of a box edges meet, and are not to become a dark spot.
    let isEdge = buffer.shading[Int(touch.near)].w == buffer.shading[Int(touch.far)].w
    let most = (isEdge ? Self.mostRoundTheEnd : Self.mostBefore) * ContactShade.step
    kindle(touch, nearShade: min(level(touch.near), most))
  }

  /// Shades a spark's pixel and has it burn.
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

  /// Carries shade on to a neighbor of a pixel of that strength.
  @inline(__always)
  private mutating func light(_ spark: Spark, _ own: UInt8, _ right: Int, _ down: Int) {
    let here = Int(spark.location)
    let next = here + right + down * columns
    guard buffer.depth[next] > 0 else { return }
    let across = Int(spark.across) + right
    let below = Int(spark.down) + down
    let square = across * across + below * below
    guard square < lossAtSquare.count, spark.full > lossAtSquare[square] else { return }
    // Round a corner it may come nearer to where it comes from again, and is no darker for it.
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
