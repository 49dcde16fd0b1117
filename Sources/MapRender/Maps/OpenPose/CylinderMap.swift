internal import Glibc
public import PoseRig

/// A body as shaded 3D cylinders with round ends, as drawn by SCAIL's renderer.
///
/// Source: zai-org/SCAIL-Pose, `render_3d/taichi_cylinder.py` and `NLFPoseExtract/nlf_render.py`.
/// That program marches rays to within a micrometer; this code intersects them in closed form.
/// Lengths are in millimeters.
public struct CylinderMap: Sendable {
  /// A limb between two points in SCAIL's camera coordinates: x right, y down, z ahead.
  struct Limb {
    var start: SIMD3<Double>
    var end: SIMD3<Double>
    /// The color, with components from 0 to 1.
    var color: SIMD3<Double>
  }

  private static let radius = 21.5
  private let limbs: [Limb]
  private let camera: Camera
  private let nearest: Double
  private let farthest: Double

  /// Creates the bodies of `people` in front of `camera`; points without a distance are missing.
  ///
  /// One person alone is drawn in full colors. Among several, those with even `ranks` are pale,
  /// like the first of two in SCAIL's program, and those with odd ranks saturated, like the second;
  /// the program supports no more than two.
  public init(_ people: [PersonKeypoints], ranks: [Int]? = nil, camera: Camera) {
    self.camera = camera
    limbs = people.indices.flatMap { index -> [Limb] in
      let person = people[index]
      let colors =
        people.count == 1
        ? OpenPoseTables.cylinderColors
        : OpenPoseTables.pairedCylinderColors[(ranks?[index] ?? index) % 2]
      return zip(OpenPoseTables.limbs, colors).compactMap { ends, color in
        guard let start = Self.point(person.body[ends.0], camera),
          let end = Self.point(person.body[ends.1], camera)
        else { return nil }
        let shade = SIMD3(Double(color.red), Double(color.green), Double(color.blue))
        return Limb(start: start, end: end, color: shade / 300 + 0.15)
      }
    }
    let distances = limbs.flatMap { [$0.start.z, $0.end.z] }
    nearest = max(distances.min() ?? 0, 0.1)
    farthest = min((distances.max() ?? 0) + 6000, 20_000)
  }

  /// Returns the bodies on black, with the hands and faces of `people` drawn flat on top.
  public func draw(_ people: [OpenPosePerson], parts: Set<OpenPosePart>) -> Image<RGB8> {
    let black = Image<RGB8>(
      width: camera.canvas.width, height: camera.canvas.height, filling: .black)
    return OpenPoseMap.draw(
      people, over: parts.contains(.body) ? cylinders() : black, style: .scail,
      parts: parts.subtracting([.body]))
  }

  private func cylinders() -> Image<RGB8> {
    let canvas = camera.canvas
    var image = Image<RGB8>(width: canvas.width, height: canvas.height, filling: .black)
    var depth = [Double](repeating: .infinity, count: canvas.width * canvas.height)
    for limb in limbs {
      let (columns, rows) = bounds(of: limb)
      for y in rows {
        for x in columns {
          let ray = ray(x: x, y: y)
          guard let distance = Self.hit(ray, limb), distance < depth[y * canvas.width + x] else {
            continue
          }
          depth[y * canvas.width + x] = distance
          image[x, y] = shade(ray * distance, ray, limb)
        }
      }
    }
    return image
  }

  private static func point(_ keypoint: Keypoint, _ camera: Camera) -> SIMD3<Double>? {
    guard keypoint.depth > 0 else { return nil }
    let size = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height))
    let plane = (keypoint.position / size * 2 - 1) * camera.tangents
    return SIMD3(plane.x, plane.y, 1) * (keypoint.depth * 1000)
  }

  /// Returns the unit vector through a pixel. SCAIL's rays pass through the corners of pixels.
  private func ray(x: Int, y: Int) -> SIMD3<Double> {
    let size = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height))
    let plane = (SIMD2(Double(x), Double(y)) / size * 2 - 1) * camera.tangents
    return Self.unit(SIMD3(plane.x, plane.y, 1))
  }

  /// Returns columns and rows that contain everything a limb covers.
  private func bounds(of limb: Limb) -> (Range<Int>, Range<Int>) {
    let size = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height))
    var low = SIMD2(repeating: Double.infinity)
    var high = -low
    for end in [limb.start, limb.end] {
      // A nearer limb is in front of the picture plane in some pixels: examine all of them.
      guard end.z > 2 * Self.radius else { return (0..<Int(size.x), 0..<Int(size.y)) }
      for corner in 0..<8 {
        let offset = SIMD3(
          corner & 1 == 0 ? -1.0 : 1, corner & 2 == 0 ? -1.0 : 1, corner & 4 == 0 ? -1.0 : 1)
        let p = end + offset * Self.radius
        let pixel = (SIMD2(p.x, p.y) / p.z / camera.tangents + 1) / 2 * size
        low = pointwiseMin(low, pixel)
        high = pointwiseMax(high, pixel)
      }
    }
    func range(_ low: Double, _ high: Double, _ size: Double) -> Range<Int> {
      let first = min(max(low.rounded(.down), 0), size)
      return Int(first)..<Int(max(first, min(max(high.rounded(.up) + 1, 0), size)))
    }
    return (range(low.x, high.x, size.x), range(low.y, high.y, size.y))
  }

  private func shade(_ p: SIMD3<Double>, _ ray: SIMD3<Double>, _ limb: Limb) -> RGB8 {
    let n = Self.unit(p - Self.nearestOnAxis(p, limb))
    let toLight = SIMD3(0.0, 0, -1)
    let diffuse = 0.3 + 0.7 * max((n * toLight).sum(), 0)
    let half = Self.unit(toLight - ray)
    let gloss = 0.5 * pow(max((n * half).sum(), 0), 32)
    let near = min(max(1 - (p.z - nearest) / (farthest - 0.1), 0), 1)
    let level = (limb.color * diffuse + gloss) * near
    let bytes = pointwiseMin(level, SIMD3(repeating: 1)) * 255
    return RGB8(UInt8(bytes.x), UInt8(bytes.y), UInt8(bytes.z))
  }

  private static func nearestOnAxis(_ p: SIMD3<Double>, _ limb: Limb) -> SIMD3<Double> {
    let run = limb.end - limb.start
    let length = (run * run).sum()
    guard length > 0 else { return limb.start }
    let along = min(max(((p - limb.start) * run).sum() / length, 0), 1)
    return limb.start + run * along
  }

  /// Returns the distance along a ray from the camera to its first hit of a limb; nil if it misses.
  private static func hit(_ ray: SIMD3<Double>, _ limb: Limb) -> Double? {
    var first: Double?
    func consider(_ distance: Double?) {
      guard let distance, distance > 0 else { return }
      first = min(first ?? distance, distance)
    }
    let run = limb.end - limb.start
    let length = (run * run).sum()
    if length > 0 {
      // The cylinder around the axis, if the foot of the point lies between the ends.
      let axis = run / length.squareRoot()
      let across = ray - axis * (ray * axis).sum()
      let offset = limb.start - axis * (limb.start * axis).sum()
      let entry = entry(
        a: (across * across).sum(), b: -(across * offset).sum(),
        c: (offset * offset).sum() - radius * radius)
      if let entry {
        let along = ((ray * entry - limb.start) * run).sum() / length
        if (0...1).contains(along) { consider(entry) }
      }
    }
    for end in [limb.start, limb.end] {
      consider(entry(a: 1, b: -(ray * end).sum(), c: (end * end).sum() - radius * radius))
    }
    return first
  }

  /// Returns the smaller root of a·t² + 2b·t + c; nil if it has no root.
  private static func entry(a: Double, b: Double, c: Double) -> Double? {
    let discriminant = b * b - a * c
    guard discriminant >= 0, a > 1e-12 else { return nil }
    return (-b - discriminant.squareRoot()) / a
  }

  private static func unit(_ v: SIMD3<Double>) -> SIMD3<Double> {
    v / (v * v).sum().squareRoot()
  }
}
