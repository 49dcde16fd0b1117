internal import MapRender
internal import PoseRig

/// The floor of the world as a grid of lines one meter apart, behind everything in a picture.
struct FloorGrid {
  private let camera: Camera
  private let eye: SIMD3<Float>
  /// The height of a pixel at distance 1.
  private let pixel: Float
  /// The gray level of lines.
  private static let line: Float = 205
  /// The gray level of the two lines through the origin.
  private static let axis: Float = 150
  /// The distance in meters at which lines have faded out.
  private static let horizon: Float = 14

  /// Eight adjacent pixels.
  private typealias Pixels = SIMD8<Float>

  init(_ camera: Camera) {
    self.camera = camera
    eye = SIMD3<Float>(camera.position)
    pixel = Float(2 * camera.tangents.y / Double(camera.canvas.height))
  }

  /// The lines on the studio's backdrop, with nothing else in the picture.
  var picture: Image<RGB8> {
    let canvas = camera.canvas
    var picture = Image(
      width: canvas.width, height: canvas.height, filling: StudioLight.background)
    let background = Float(StudioLight.background.red)
    for row in 0..<canvas.height {
      draw(row, &picture) { color, share in
        RGB8(gray: UInt8((color - background) * share + background))
      }
    }
    return picture
  }

  /// The lines alone, with transparency, for whatever the page shows behind them.
  var lines: Image<RGBA8> {
    let canvas = camera.canvas
    var picture = Image(
      width: canvas.width, height: canvas.height, filling: RGBA8(.black, opacity: 0))
    for row in 0..<canvas.height {
      draw(row, &picture) { color, share in
        RGBA8(RGB8(gray: UInt8(color)), opacity: UInt8(255 * share))
      }
    }
    return picture
  }

  /// Draws the lines in a row of a picture.
  ///
  /// - Parameter pixel: returns the pixel for a line's level and opacity.
  @inline(__always)
  private func draw<Pixel>(
    _ row: Int, _ picture: inout Image<Pixel>, _ pixel: (_ level: Float, _ share: Float) -> Pixel
  ) {
    let width = picture.width
    let left = SIMD3<Float>(camera.direction(through: SIMD2(0.5, Double(row) + 0.5)))
    let right = SIMD3<Float>(
      camera.direction(through: SIMD2(Double(width) - 0.5, Double(row) + 0.5)))
    // If both ends of a row are above the horizon, the whole row is.
    let steepest = eye.y < 0 ? max(left.y, right.y) : max(-left.y, -right.y)
    guard steepest * Self.horizon > abs(eye.y) else { return }
    let step = (right - left) / Float(max(width - 1, 1))
    var pixels = picture.pixels.mutableSpan
    for start in stride(from: 0, to: width, by: Pixels.scalarCount) {
      let columns = Pixels(0, 1, 2, 3, 4, 5, 6, 7) + Float(start)
      let (levels, shares) = lines(
        x: columns * step.x + left.x, y: columns * step.y + left.y, z: columns * step.z + left.z)
      for index in 0..<min(Pixels.scalarCount, width - start) where shares[index] > 0 {
        pixels[row * width + start + index] = pixel(levels[index], shares[index])
      }
    }
  }

  /// Returns the levels and opacities of the lines in these directions.
  @inline(__always)
  private func lines(x: Pixels, y: Pixels, z: Pixels) -> (levels: Pixels, shares: Pixels) {
    let far = -eye.y / y
    let isFloor = (far .> 0) .& (far .< Self.horizon)
    // A line is 1.5 pixels wide everywhere, since with perspective it would vanish.
    let width = far * (pixel * 0.75)
    let slant = Pixels(repeating: 0.05).replacing(with: y, where: y .> 0.05)
      .replacing(with: -y, where: y .< -0.05)
    let (across, along) = (x * far + eye.x, z * far + eye.z)
    let wide = width / slant
    let one = Self.coverage(across, width)
    let other = Self.coverage(along, wide)
    let strength = one.replacing(with: other, where: other .> one)
    let isAxis =
      (Self.magnitude(across) .< width * 1.5) .| (Self.magnitude(along) .< wide * 1.5)
    let color = Pixels(repeating: Self.line).replacing(with: Self.axis, where: isAxis)
    let fade = strength * (1 - far * (1 / Self.horizon))
    return (color, Pixels.zero.replacing(with: fade, where: isFloor))
  }

  /// Returns a line's coverage at a coordinate, from 0 to 1.
  @inline(__always)
  private static func coverage(_ coordinate: Pixels, _ width: Pixels) -> Pixels {
    // At this magnitude, a float has no bits left for fractions.
    let whole: Float = 12_582_912
    let off = magnitude(coordinate - ((coordinate + whole) - whole))
    let share = 1.5 - off / width
    return share.replacing(with: 0, where: share .< 0).replacing(with: 1, where: share .> 1)
  }

  @inline(__always)
  private static func magnitude(_ numbers: Pixels) -> Pixels {
    numbers.replacing(with: -numbers, where: numbers .< 0)
  }
}
