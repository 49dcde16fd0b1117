internal import PoseRig

/// Points of surfaces that are seen, and the light that falls on them.
struct LitSurfaces {
  /// The indices of the points in the picture's list of pixels.
  private(set) var pixels: [Int32] = []
  private(set) var points: [SIMD3<Float>] = []
  private(set) var normals: [SIMD3<Float>] = []
  /// The light on each point, in linear red, green and blue.
  private(set) var light: [SIMD3<Float>] = []
  /// The light that would fall on each point without shadows.
  private(set) var unshadowed: [SIMD3<Float>] = []

  /// Adds a point, before any light falls.
  mutating func add(_ pixel: Int, _ point: SIMD3<Float>, _ normal: SIMD3<Float>) {
    pixels.append(Int32(pixel))
    points.append(point)
    normals.append(normal)
  }

  /// The box around all points.
  var box: Box { Box(points.lazy.map { Vector3($0) }) }

  /// Lets light fall on all points.
  ///
  /// - Parameter samples: the points of light, each with the casters of its shadows.
  mutating func illuminate(
    by samples: [(LightSample, ShadowCasters)], in pass: borrowing GeometryPass
  ) throws(RenderError) {
    light = [SIMD3<Float>](repeating: .zero, count: points.count)
    unshadowed = light
    guard !points.isEmpty else { return }
    let corners = box.corners
    for (sample, casters) in samples {
      let map = try casters.map(for: sample, onto: corners, in: pass)
      Self.illuminate(points, normals, by: sample, through: map, &light, &unshadowed)
    }
  }

  private static func illuminate(
    _ points: [SIMD3<Float>], _ normals: [SIMD3<Float>], by sample: LightSample,
    through map: ShadowMap, _ light: inout [SIMD3<Float>], _ unshadowed: inout [SIMD3<Float>]
  ) {
    let count = points.count
    light.withUnsafeMutableBufferPointer { light in
      unshadowed.withUnsafeMutableBufferPointer { unshadowed in
        map.with { faces, distances in
          // Each point is written by one task, and gets its light in the same order on any number
          // of cores.
          nonisolated(unsafe) let (light, unshadowed) = (light, unshadowed)
          nonisolated(unsafe) let (faces, distances) = (faces, distances)
          let chunk = 1 << 14
          _ = (0...(count - 1) / chunk).concurrentMap { number in
            for index in number * chunk..<min((number + 1) * chunk, count) {
              let (way, strength) = sample.way(from: points[index])
              let cosine = normals[index].dot(way)
              guard cosine > 0 else { continue }
              var share: Float = 1
              for face in faces {
                share = min(
                  share,
                  face.share(
                    at: points[index], normal: normals[index], cosine: cosine, in: distances))
              }
              let full = sample.light * (cosine * strength)
              unshadowed[index] += full
              light[index] += full * share
            }
          }
        }
      }
    }
  }
}
