internal import Glibc
internal import MapRender
internal import PoseRig

/// The floor of the world as lines a meter apart, behind everything that a picture shows.
struct FloorGrid {
  private let camera: Camera
  /// The color of lines.
  private static let line = RGB8(gray: 205)
  /// The color of the two lines through the middle of the world.
  private static let axis = RGB8(gray: 150)
  /// The distance in meters at which lines have faded away.
  private static let horizon = 14.0

  init(_ camera: Camera) { self.camera = camera }

  /// Draws the lines where a picture shows nothing but the studio's backdrop.
  func draw(into picture: inout Image<RGB8>) {
    let canvas = camera.canvas
    let eye = camera.position
    let pixel = 2 * camera.tangents.y / Double(canvas.height)
    for y in 0..<canvas.height {
      let left = camera.direction(through: SIMD2(0.5, Double(y) + 0.5))
      let right = camera.direction(through: SIMD2(Double(canvas.width) - 0.5, Double(y) + 0.5))
      let step = (right - left) / Double(max(canvas.width - 1, 1))
      for x in 0..<canvas.width {
        let direction = left + step * Double(x)
        let far = -eye.y / direction.y
        guard far > 0, far < Self.horizon else { continue }
        let at = y * canvas.width + x
        guard picture.pixels[at] == StudioLight.background else { continue }
        let floor = SIMD2(eye.x + direction.x * far, eye.z + direction.z * far)
        // A line is a pixel and a half wide, wherever it is; foreshortened, it would vanish.
        let width = far * pixel * 0.75
        let slant = max(abs(direction.y), 0.05)
        let strength = max(
          Self.coverage(floor.x, width), Self.coverage(floor.y, width / slant))
        guard strength > 0 else { continue }
        let fade = strength * (1 - far / Self.horizon)
        let isAxis = abs(floor.x) < width * 1.5 || abs(floor.y) < width * 1.5 / slant
        picture.pixels[at] = Self.mix(picture.pixels[at], isAxis ? Self.axis : Self.line, fade)
      }
    }
  }

  /// Returns how much of a line lies at a coordinate, from 0 to 1.
  private static func coverage(_ coordinate: Double, _ width: Double) -> Double {
    let off = abs(coordinate - coordinate.rounded())
    return max(0, min(1, 1.5 - off / width))
  }

  private static func mix(_ below: RGB8, _ above: RGB8, _ share: Double) -> RGB8 {
    func channel(_ one: UInt8, _ other: UInt8) -> UInt8 {
      UInt8(min(max(Double(one) + (Double(other) - Double(one)) * share, 0), 255))
    }
    return RGB8(
      channel(below.red, above.red), channel(below.green, above.green),
      channel(below.blue, above.blue))
  }
}
