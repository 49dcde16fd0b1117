internal import PoseRig

/// Surfaces that cast shadows on others.
struct ShadowCasters {
  let surfaces: [PosedSurface]

  /// The finest pixel of a shadow map, in meters.
  private static let finest = 0.0004

  /// Returns the shadow map of a point of light for points in a box.
  ///
  /// - Parameter receivers: the corners of the box, in meters.
  func map(
    for sample: LightSample, onto receivers: [Vector3], in pass: borrowing GeometryPass
  ) throws(RenderError) -> ShadowMap {
    var map = ShadowMap()
    guard !surfaces.isEmpty, !receivers.isEmpty else { return map }
    switch sample.position {
    case .far(let toLight): try look(along: toLight, sample.side, receivers, pass, &map)
    case .near(let point): try look(around: point, sample.side, receivers, pass, &map)
    }
    return map
  }

  private func look(
    along toLight: Vector3, _ side: Int, _ receivers: [Vector3], _ pass: borrowing GeometryPass,
    _ map: inout ShadowMap
  ) throws(RenderError) {
    let rotation = Camera.orientation(direction: -toLight, roll: 0).inverse
    let casters = Box(of: surfaces, rotation)
    let area = Box(receivers.map(rotation.rotate))
    let low = pointwiseMax(casters.low, area.low)
    let high = pointwiseMin(casters.high, area.high)
    // Casters that are farther from the light than all receivers cast no shadow on them.
    guard low.x < high.x, low.y < high.y, casters.high.z > area.low.z else { return }
    let pixel = max(max(high.x - low.x, high.y - low.y) / Double(side - 6), Self.finest)
    let middle = (low + high) / 2
    let view = LightView(
      viewFromWorld: Transform(
        rotation: rotation,
        translation: Vector3(-middle.x, -middle.y, -casters.high.z - 0.1)),
      halfWidth: pixel * Double(side) / 2,
      range: 0.05...(casters.high.z - casters.low.z + 0.2))
    func pixels(_ length: Double) -> Range<Int> {
      let half = min(Int((length / 2 / pixel).rounded(.up)) + 2, side / 2)
      return side / 2 - half..<side / 2 + half
    }
    let bounds = PixelBounds(columns: pixels(high.x - low.x), rows: pixels(high.y - low.y))
    let distances = try pass.distances(of: surfaces, from: view, side: side, bounds: bounds)
    map.add(view, side: side, bounds: bounds, distances: distances)
  }

  /// Looks from a lamp through the sides of a cube around it that see something in the box.
  private func look(
    around point: Vector3, _ side: Int, _ receivers: [Vector3], _ pass: borrowing GeometryPass,
    _ map: inout ShadowMap
  ) throws(RenderError) {
    let area = Box(receivers)
    for face in CubeFace.allCases where face.sees(area, from: point) {
      let rotation = Camera.orientation(direction: face.axis, roll: 0).inverse
      let casters = Box(of: surfaces, rotation)
      let farthest = rotation.rotate(point).z - casters.low.z
      guard farthest > LightSample.nearest else { continue }
      let view = LightView(
        viewFromWorld: Transform(rotation: rotation, translation: rotation.rotate(-point)),
        halfWidth: nil, range: LightSample.nearest...(farthest * 1.05 + LightSample.nearest))
      let bounds = PixelBounds(width: side, height: side)
      let distances = try pass.distances(of: surfaces, from: view, side: side, bounds: bounds)
      map.add(view, side: side, bounds: bounds, distances: distances)
    }
  }
}
