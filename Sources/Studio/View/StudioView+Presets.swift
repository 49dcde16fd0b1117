internal import Glibc
internal import PoseRig

/// Views from named directions, and of parts of figures.
extension StudioView {
  /// The direction of a camera preset.
  public enum Preset: String, CaseIterable, Sendable {
    case front, threeQuarter, side, back, high, low, overShoulder
  }

  /// The part of a figure that a view frames.
  public enum Part: String, Sendable {
    case figure, face, hands, leftHand, rightHand
  }

  /// The share of a view's sides to leave free around the framed part.
  private static let margin = 0.12

  /// The focal length in millimeters, as a scene specifies it; nil if there is nothing to see.
  public var focalLength: Double? {
    get {
      guard let posed = session.shown else { return nil }
      let tangentY = camera?.tangentY ?? posed.camera.tangents.y
      return Self.filmDiagonal(posed.camera.canvas) / tangentY
    }
    set {
      guard let newValue, let posed = session.shown else { return }
      look { $0.tangentY = Self.filmDiagonal(posed.camera.canvas) / newValue }
    }
  }

  /// Returns half the height, in millimeters, of a canvas-shaped picture with the diagonal of 36 ×
  /// 24 mm film.
  private static func filmDiagonal(_ canvas: Canvas) -> Double {
    let (width, height) = (Double(canvas.width), Double(canvas.height))
    return (36.0 * 36 + 24 * 24).squareRoot() / 2 * height
      / (width * width + height * height).squareRoot()
  }

  /// Looks at a figure from a preset direction relative to it; nil looks at all figures.
  func look(from preset: Preset, at id: String?) {
    guard let posed = session.shown else { return }
    if preset == .overShoulder { return lookOverShoulder(of: id ?? posed.characters.first?.id) }
    let yaw = id.flatMap { session.character($0)?.described.yaw } ?? 0
    let (azimuth, elevation): (Double, Double) =
      switch preset {
      case .front, .overShoulder: (0, 0)
      case .threeQuarter: (40, 8)
      case .side: (90, 0)
      case .back: (180, 0)
      case .high: (25, 45)
      case .low: (20, -25)
      }
    look {
      $0.azimuth = remainder((azimuth + yaw).degreesToRadians, 2 * .pi)
      $0.elevation = elevation.degreesToRadians
      $0.roll = 0
    }
    frame(id, .figure)
  }

  /// Centers figures, or a part of one, in the picture, as near as they fit.
  func frame(_ id: String?, _ part: Part) {
    guard let posed = session.shown else { return }
    let figures = posed.characters.filter { id == nil || $0.id == id }
    let points = figures.flatMap { Self.points(of: $0, part) }
    if part == .face, let figure = figures.first { faceIt(figure) }
    guard !points.isEmpty, let size = session.shown?.camera.canvas else { return }
    look { view in
      let rotation = view.camera(on: size).worldFromCamera.rotation.inverse
      let aspect = Double(size.width) / Double(size.height)
      let free = 1 - 2 * Self.margin
      let tangents = SIMD2(view.tangentY * aspect * free, view.tangentY * free)
      let inCamera = points.map(rotation.rotate)
      let middle = Self.middle(points)
      let center = rotation.rotate(middle)
      view.target = middle
      view.distance = inCamera.reduce(0.05) { distance, point in
        let off = point - center
        return max(distance, off.z + max(abs(off.x) / tangents.x, abs(off.y) / tangents.y))
      }
    }
  }

  /// Moves around a face that is turned away until its profile is visible.
  private func faceIt(_ character: PosedCharacter) {
    let way = character.frame(of: .head).rotation.rotate(.unitZ)
    look { view in
      let back = view.camera(on: Canvas(width: 1, height: 1)).worldFromCamera.rotation.rotate(
        .unitZ)
      guard back.dot(way) < cos(100.0.degreesToRadians) else { return }
      view.azimuth = atan2(way.x, way.z)
      view.elevation = asin(min(max(way.y, -0.7), 0.7))
    }
  }

  private static func middle(_ points: [Vector3]) -> Vector3 {
    let low = points.reduce(points[0]) {
      Vector3(min($0.x, $1.x), min($0.y, $1.y), min($0.z, $1.z))
    }
    let high = points.reduce(points[0]) {
      Vector3(max($0.x, $1.x), max($0.y, $1.y), max($0.z, $1.z))
    }
    return (low + high) / 2
  }

  private static func points(of character: PosedCharacter, _ part: Part) -> [Vector3] {
    switch part {
    case .figure: return character.bodySurface.positions.map { Vector3($0) }
    case .face:
      let head = character.frame(of: .head)
      let size = 0.16 * character.body.rig.size
      return [-1.0, 1].flatMap { side in
        [head.apply(Vector3(side * size, 0, 0)), character.eyes + Vector3(0, side * size, 0)]
      }
    case .hands, .leftHand, .rightHand:
      let hands: [JointName] =
        part == .leftHand
        ? [.leftHand] : part == .rightHand ? [.rightHand] : [.leftHand, .rightHand]
      return hands.flatMap { hand in
        let grip = character.grip(of: hand)
        return [-0.12, 0.12].map { grip + Vector3($0, $0, $0) }
      }
    }
  }

  /// Looks over a figure's right shoulder at the figure that it faces, or straight ahead.
  ///
  /// Its head is at the picture's edge, whatever the lens.
  private func lookOverShoulder(of id: String?) {
    guard let id, let posed = session.shown, let character = session.character(id)?.posed else {
      return
    }
    let size = character.body.rig.size
    let ahead = character.worldFromModel.rotation.rotate(.unitZ)
    let aspect = Double(posed.camera.canvas.width) / Double(posed.camera.canvas.height)
    look { view in
      let seen = Self.faced(by: character, ahead, among: posed) ?? character.eyes + ahead * 2
      let way = (seen - character.eyes).normalized ?? ahead
      let right = way.cross(.unitY).normalized ?? .unitX
      let aside = 0.3 * size
      let back = aside / (0.6 * view.tangentY * aspect)
      let eye = character.eyes - way * back + right * aside + Vector3(0, 0.08 * size, 0)
      let toEye = eye - seen
      view.target = seen
      view.distance = toEye.length
      view.azimuth = atan2(toEye.x, toEye.z)
      view.elevation = asin(min(max(toEye.y / max(toEye.length, 1e-6), -1), 1))
      view.roll = 0
    }
  }

  /// Returns the eyes of the nearest figure in front of another; nil if there is no such figure.
  private static func faced(
    by character: PosedCharacter, _ ahead: Vector3, among scene: PosedScene
  ) -> Vector3? {
    scene.characters.filter { $0.id != character.id }.map(\.eyes)
      .filter { other in
        let way = other - character.eyes
        return way.length > 0.2 && way.dot(ahead) > 0.5 * way.length
      }
      .min { ($0 - character.eyes).length < ($1 - character.eyes).length }
  }
}
