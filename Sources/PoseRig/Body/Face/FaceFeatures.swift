/// The features of a face, drawn on its plane by 300-W's points.
///
/// Each line is sharp on one side, like an illustrator's, and fades out on the other.
struct FaceFeatures: Equatable {
  private let points: [SIMD2<Float>]

  init(_ points: [SIMD2<Float>]) { self.points = points }

  /// Draws eyebrows: full near the nose, thin at their outer ends, sharp below.
  func drawBrows(on canvas: inout ToneCanvas) {
    for side in Side.both {
      let brow = numbers([17, 18, 19, 20, 21], side)
      canvas.stroke(
        brow.map { points[$0] }, halfWidths: [0, 0.9, 1.2, 1.3, 0], tone: 0.62,
        fade: fade(above: 3.6, below: 0, side))
    }
  }

  /// Draws the edges of the eyelids: lashes above, dark and fading into the lid, and a faint line
  /// below.
  ///
  /// The rims of the lids are dark too, down to the eyeball: otherwise, rim and eyeball would give
  /// two lines.
  /// - Parameter edges: the points of each eye's opening.
  func drawLidEdges(along edges: [[SIMD2<Float>]], on canvas: inout ToneCanvas) {
    for edge in edges {
      guard let inner = edge.min(by: { abs($0.x) < abs($1.x) }),
        let outer = edge.max(by: { abs($0.x) < abs($1.x) })
      else { continue }
      func isUpper(_ point: SIMD2<Float>) -> Bool {
        let share = (point.x - inner.x) / (outer.x - inner.x)
        return point.y > inner.y + (outer.y - inner.y) * share
      }
      let between = edge.filter { $0 != inner && $0 != outer }.sorted { abs($0.x) < abs($1.x) }
      let isLeft = outer.x > 0
      drawLid(
        [inner] + between.filter(isUpper) + [outer], rim: SIMD2(0, -1.5), tone: 0.55,
        fade: isLeft ? .init(left: 5, right: 0) : .init(left: 0, right: 5), on: &canvas)
      drawLid(
        [inner] + between.filter { !isUpper($0) } + [outer], rim: SIMD2(0, 1), tone: 0.8,
        fade: isLeft ? .init(left: 0, right: 4) : .init(left: 4, right: 0), on: &canvas)
    }
  }

  /// Draws a line that covers a lid's rim, faint at the corners of the eye.
  private func drawLid(
    _ edge: [SIMD2<Float>], rim: SIMD2<Float>, tone: Float, fade: ToneCanvas.Fade,
    on canvas: inout ToneCanvas
  ) {
    let (inner, outer) = (edge[0], edge[edge.count - 1])
    let shares = edge.map { point in
      min(abs(point.x - inner.x), abs(outer.x - point.x), Self.cornerOfEye) / Self.cornerOfEye
    }
    canvas.stroke(
      zip(edge, shares).map { $0 + rim * $1 }, halfWidths: shares.map { abs(rim.y) * $0 },
      tone: tone, fade: fade)
  }

  /// The offsets of irises from the middle of their eyes, in the plane of the face.
  struct EyeShifts: Equatable {
    var left: SIMD2<Float>
    var right: SIMD2<Float>

    static let ahead = EyeShifts(left: .zero, right: .zero)
  }

  /// The middle of the closed mouth, from its right corner to its left.
  var mouthLine: [SIMD2<Float>] {
    [points[60]] + [(61, 67), (62, 66), (63, 65)].map { (points[$0] + points[$1]) / 2 }
      + [points[64]]
  }

  /// Draws the red of the lips, which has no sharp edge.
  func drawLips(on canvas: inout ToneCanvas) {
    canvas.fill((48..<60).map { points[$0] }, tone: 0.92, fade: 3)
  }

  /// Draws the sclera, iris and pupil of an eyeball, on a plane measured in arc lengths of the
  /// eyeball.
  static func drawEye(on canvas: inout ToneCanvas, at center: SIMD2<Float>) {
    canvas.disc(center, radius: 17, tone: 1.14)
    drawIris(on: &canvas, at: center)
  }

  private static func drawIris(on canvas: inout ToneCanvas, at center: SIMD2<Float>) {
    canvas.disc(center, radius: Eyeball.irisRadius, tone: 0.4)
    canvas.disc(center, radius: Eyeball.pupilRadius / 2, tone: 0.45, fade: Eyeball.pupilRadius)
  }

  /// Draws the irises of eyes that are part of the skin, between their lids.
  ///
  /// - Parameter gaze: the offset of each iris from the middle of its eye.
  func drawIrises(on canvas: inout ToneCanvas, gaze: EyeShifts) {
    for side in Side.both {
      let opening = numbers([36, 37, 38, 39, 40, 41], side).map { points[$0] }
      let middle = (opening[0] + opening[3]) / 2
      canvas.clipped(to: opening) {
        Self.drawIris(on: &$0, at: middle + (side == .left ? gaze.left : gaze.right))
      }
    }
  }

  /// Draws the edge of the jaw, sharp above and fading over the throat, from below one ear to below
  /// the other.
  func drawJaw(on canvas: inout ToneCanvas) {
    let jaw = points[3...13]
    canvas.stroke(
      Array(jaw), halfWidths: [0, 0.1, 0.3, 0.4, 0.4, 0.4, 0.4, 0.4, 0.3, 0.1, 0], tone: 0.62,
      fade: .init(left: 0, right: 30))
  }

  /// Draws lids, nostrils and lips for a face without these shapes.
  func drawClosedForms(on canvas: inout ToneCanvas) {
    for side in Side.both {
      canvas.fill(
        numbers([36, 37, 38, 39, 40, 41], side).map { points[$0] }, tone: 1.1, fade: 0)
      canvas.stroke(
        numbers([36, 37, 38, 39], side).map { points[$0] }, halfWidths: [0, 0.6, 0.6, 0],
        tone: 0.6, fade: fade(above: 5, below: 0, side))
      canvas.stroke(
        numbers([36, 41, 40, 39], side).map { points[$0] }, halfWidths: [0, 0.2, 0.2, 0],
        tone: 0.74, fade: fade(above: 0, below: 4, side))
      let nostril = numbers([31, 32], side).map { points[$0] }
      let middle = (nostril[0] + nostril[1]) / 2
      canvas.stroke(
        [nostril[0] + (nostril[0] - middle) * 0.3, middle - SIMD2(0, 0.8), nostril[1]],
        halfWidths: [0, 0.6, 0], tone: 0.6, fade: fade(above: 3.5, below: 0, side))
    }
    let lips = [points[48]] + mouthLine + [points[54]]
    canvas.stroke(
      lips, halfWidths: [0, 0.2, 0.3, 0.3, 0.3, 0.2, 0], tone: 0.6,
      fade: .init(left: 0, right: 5))
    drawLips(on: &canvas)
  }

  /// Returns 300-W's numbers of the right side's points, or of their mirror images.
  private func numbers(_ right: [Int], _ side: Side) -> [Int] {
    side == .right ? right : right.map { Self.mirrored[$0] ?? $0 }
  }

  /// Returns the fade of a line that runs outward from the middle, for a side.
  private func fade(above: Float, below: Float, _ side: Side) -> ToneCanvas.Fade {
    side == .right ? .init(left: above, right: below) : .init(left: below, right: above)
  }

  /// The distance from the corners of an eye at which the lids' lines have their full width, in
  /// millimeters.
  private static let cornerOfEye: Float = 7

  private static let mirrored = [
    17: 26, 18: 25, 19: 24, 20: 23, 21: 22, 31: 35, 32: 34, 36: 45, 37: 44, 38: 43, 39: 42,
    40: 47, 41: 46,
  ]
}
