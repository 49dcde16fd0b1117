internal import PoseRig
internal import SceneFiles

/// Free space on the floor for another figure or prop.
struct FreeFloor {
  /// The distance that a standing figure extends to its sides, in meters.
  static let figure = 0.3
  /// The height of a standing figure, in meters.
  private static let height = 1.8
  /// The largest radius of a prop that is put beside others, in meters.
  private static let largest = 1.2
  /// The height up to which figures stand on a prop rather than beside it, in meters.
  private static let lowest: Float = 0.05

  private let figures: [Vector3]
  private let props: [Footprint]
  private let camera: Camera

  /// The part of the floor that a prop covers.
  private struct Footprint {
    var low: SIMD3<Float>
    var high: SIMD3<Float>

    /// Measures a prop's footprint; nil for a prop that lies on the floor.
    init?(_ prop: PosedProp) {
      guard let first = prop.surface.positions.first else { return nil }
      (low, high) = prop.surface.positions.reduce((first, first)) { bounds, point in
        (pointwiseMin(bounds.0, point), pointwiseMax(bounds.1, point))
      }
      guard high.y > FreeFloor.lowest else { return nil }
    }

    func isNear(_ point: Vector3, within reach: Double) -> Bool {
      abs(point.x - Double(low.x + high.x) / 2) < Double(high.x - low.x) / 2 + reach
        && abs(point.z - Double(low.z + high.z) / 2) < Double(high.z - low.z) / 2 + reach
    }
  }

  /// Measures what is in the way in a scene.
  init(in scene: PosedScene) {
    figures = scene.characters.map { Self.onFloor($0.position(of: .hips)) }
    props = scene.props.compactMap(Footprint.init)
    camera = scene.camera
  }

  /// Returns a prop's radius, in meters; nil for a prop that lies on the floor, or is too large to
  /// be put beside others.
  static func radius(of value: JSONValue) -> Double? {
    guard let shape = PropReader.prop(in: value)?.shape else { return nil }
    if case .plane = shape { return nil }
    let size = shape.bounds.size
    let radius = max(size.x, size.z) / 2
    return radius <= largest ? radius : nil
  }

  /// Returns the point nearest to the middle of the figures that is at least `radius` away from
  /// everything, preferably one where the camera sees the whole radius.
  func find(radius: Double) -> Vector3 {
    let middle = figures.reduce(Vector3.zero, +) / Double(max(figures.count, 1))
    let right = camera.worldFromCamera.rotation.rotate(.unitX)
    let across = Self.onFloor(right).normalized ?? .unitX
    let deep = across.cross(.unitY)
    let steps = (-16...16).sorted { (abs($0), -$0) < (abs($1), -$1) }
    // Prefer points behind, where nothing is hidden by the addition.
    let points = [0.0, -1, 1, -2].flatMap { (row: Double) -> [Vector3] in
      let start = middle + deep * (row * 2 * Self.figure)
      return steps.map { start + across * (Double($0) * Self.figure) }
    }
    let free = points.filter { isFree($0, radius) }
    return free.first { isSeen($0, across * radius) } ?? free.first ?? middle
  }

  private static func onFloor(_ point: Vector3) -> Vector3 { Vector3(point.x, 0, point.z) }

  private func isFree(_ point: Vector3, _ radius: Double) -> Bool {
    figures.allSatisfy { ($0 - point).length >= radius + Self.figure - 1e-9 }
      && !props.contains { $0.isNear(point, within: radius) }
  }

  private func isSeen(_ point: Vector3, _ side: Vector3) -> Bool {
    [side, -side, side + .unitY * Self.height, -side + .unitY * Self.height].allSatisfy { offset in
      guard let pixel = camera.project(point + offset)?.pixel else { return false }
      return (0...Double(camera.canvas.width)).contains(pixel.x)
        && (0...Double(camera.canvas.height)).contains(pixel.y)
    }
  }
}
