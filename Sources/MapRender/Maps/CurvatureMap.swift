public import PoseRig

extension MapName {
  /// Ridges and valleys of the surface.
  public static let curvature = MapName(of: "curvature")
}

extension MapSettings {
  /// The distance over which the curvature map measures how a surface bends, in meters.
  public var curvatureRadius: Double {
    get { self[CurvatureMap.radius] }
    set { self[CurvatureMap.radius] = newValue }
  }
}

/// The curvature map: ridges lighter than mid-gray, valleys darker, 0 where there is nothing.
///
/// A level represents the sum of both principal curvatures times the radius, so it depends only on
/// the surface in meters, not on its distance or on the canvas. Bends closer together than the
/// radius, such as the edges of triangles, are smoothed out.
public enum CurvatureMap {
  static let radius = MapSetting<Double>(
    "curvatureRadius", .number(0.001...0.1, unit: "meters"), default: 0.008,
    help:
      "The distance over which the curvature map measures how a surface bends, 0.001 to 0.1 meters.",
    description:
      "The distance over which the curvature map measures how a surface bends, in meters; larger is "
      + "smoother and has more contrast; default 0.008.")

  static let kind = MapKind(
    .curvature, order: 140, summary: "ridges light, valleys dark, on mid-gray",
    takenBy: "your own line maps: folds, knuckles and faces without edges from the light",
    channels: .gray, showsProps: true, settings: [radius.row]
  ) { view in
    .gray(
      draw(view.buffer, tangents: view.camera.tangents, radius: view.settings.curvatureRadius))
  }

  /// Returns the level for principal curvatures that add up to `sum` per meter: 128 where a surface
  /// is flat, toward 255 on ridges and toward 1 in valleys.
  static func level(_ sum: Float, radius: Float) -> UInt8 {
    let bend = sum * radius
    return UInt8((128 + 127 * bend / (1 + abs(bend))).rounded())
  }

  /// Returns the map of a G-buffer.
  /// - Parameters:
  ///   - tangents: half the width and height of the picture at distance 1.
  ///   - radius: the distance in meters over which bends are measured.
  public static func draw(
    _ buffer: GBuffer, tangents: SIMD2<Double>, radius: Double
  ) -> Inset<UInt8> {
    let field = CurvatureField(buffer, tangents: SIMD2<Float>(tangents), radius: Float(radius))
    return Inset(
      width: buffer.width, height: buffer.height, background: 0, bounds: buffer.bounds,
      pixels: field.levels())
  }
}

/// The positions and directions of a G-buffer's pixels, for comparison with their neighbors.
private struct CurvatureField {
  private let columns: Int
  private let rows: Int
  private let radius: Float
  /// The number of pixels that the radius spans at distance 1.
  private let reach: Float
  /// The positions in camera coordinates, in meters; all 0 where there is nothing.
  private var points: [SIMD3<Float>]
  private var normals: [SIMD3<Float>]

  init(_ buffer: GBuffer, tangents: SIMD2<Float>, radius: Float) {
    columns = buffer.bounds.columns.count
    rows = buffer.bounds.rows.count
    self.radius = radius
    let pixel = tangents * 2 / SIMD2(Float(buffer.width), Float(buffer.height))
    reach = radius / pixel.y
    points = [SIMD3<Float>](repeating: .zero, count: buffer.depth.count)
    normals = points
    for row in 0..<rows {
      let y = tangents.y - (Float(buffer.bounds.rows.lowerBound + row) + 0.5) * pixel.y
      for column in 0..<columns {
        let index = row * columns + column
        let depth = buffer.depth[index]
        guard depth > 0 else { continue }
        let x = (Float(buffer.bounds.columns.lowerBound + column) + 0.5) * pixel.x - tangents.x
        points[index] = SIMD3(x, y, -1) * depth
        normals[index] = buffer.normal(index)
      }
    }
  }

  func levels() -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: points.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let index = row * columns + column
        let depth = -points[index].z
        guard depth > 0 else { continue }
        let step = max(1, Int((reach / depth).rounded()))
        let across = difference(
          index, 1, back: min(step, column), ahead: min(step, columns - 1 - column))
        let down = difference(
          index, columns, back: min(step, row), ahead: min(step, rows - 1 - row))
        levels[index] = CurvatureMap.level(Self.curvature(across, down), radius: radius)
      }
    }
    return levels
  }

  /// The vector between two points of a surface, and the change of its normal along it.
  private typealias Difference = (way: SIMD3<Float>, turn: SIMD3<Float>)

  /// Returns the sum of the principal curvatures of a surface: the trace of its shape operator,
  /// from the first and second fundamental forms. On a sphere it is exact, however long the vectors
  /// are.
  @inline(__always)
  private static func curvature(_ u: Difference, _ v: Difference) -> Float {
    let (e, f, g) = ((u.way * u.way).sum(), (u.way * v.way).sum(), (v.way * v.way).sum())
    let area = e * g - f * f
    // A line of pixels is not a surface.
    guard area > 1e-6 * e * g else { return 0 }
    let (l, n) = ((u.turn * u.way).sum(), (v.turn * v.way).sum())
    let m = ((u.turn * v.way).sum() + (v.turn * u.way).sum()) / 2
    return (e * n - 2 * f * m + g * l) / area
  }

  /// Returns the difference between the ends of a span through a pixel, along a row or a column.
  @inline(__always)
  private func difference(_ here: Int, _ stride: Int, back: Int, ahead: Int) -> Difference {
    let (first, last) = (side(here, -stride, back), side(here, stride, ahead))
    return (last.way - first.way, last.turn - first.turn)
  }

  /// Returns the vector from a pixel to others on one side of it, and the change of the normal
  /// along it: the sum over three distances, each limited to pixels that show the same surface. On
  /// a sphere, the change is proportional to the vector, so any sum works; on a mesh, the sum
  /// smooths the edges of triangles.
  @inline(__always)
  private func side(_ here: Int, _ stride: Int, _ count: Int) -> Difference {
    var sum: Difference = (.zero, .zero)
    var count = count
    for _ in 0..<3 where count > 0 {
      let there = here + stride * count
      if points[there].z < 0 {
        let share = sharedSurface(here, there)
        if share > 0 {
          sum.way += share * (points[there] - points[here])
          sum.turn += share * (normals[there] - normals[here])
        }
      }
      count /= 2
    }
    return sum
  }

  /// Returns how certain it is that the surface at one pixel continues to another, from 0 to 1. If
  /// it does, the mean of their normals is perpendicular to the line between them, exactly so on a
  /// circle, and off by less than the radius across the edge of a box. A ramp between yes and no
  /// keeps folds from being speckled.
  @inline(__always)
  private func sharedSurface(_ here: Int, _ there: Int) -> Float {
    let way = points[there] - points[here]
    let sum = normals[there] + normals[here]
    let length = max((sum * sum).sum().squareRoot(), 0.1)
    let off = abs((way * sum).sum()) / (length * radius)
    let far = (way * way).sum().squareRoot() / radius
    return min(max(2.5 - 2 * off, 0), 1) * min(max(2 - far / 5, 0), 1)
  }
}
