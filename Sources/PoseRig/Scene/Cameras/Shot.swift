#if canImport(Glibc)
  internal import Glibc
#endif

/// The size, subjects and direction of a camera's view, in a photographer's words.
///
/// A shot is framed by the body: `bust` ends at the breastbone of short and tall figures. The
/// camera's position is relative to the direction that the figure faces, its yaw:
///
/// ```swift
/// let shot = Shot(.bust, of: ["ana"], angle: Shot.View.threeQuarter.angle(from: .left))
/// let camera = CameraDescription(placement: .shot(shot), lens: .focalLength(85))
/// ```
public struct Shot: Equatable, Sendable {
  /// The visible part of a figure, from the crown down.
  public enum Size: String, CaseIterable, Sendable {
    /// The head.
    case face
    /// Head and shoulders, down to the breastbone.
    case bust
    /// Down to the hips.
    case waist
    /// Down to the middle of the thighs.
    case cowboy
    /// Down to below the knees.
    case knees
    /// The whole figure.
    case full
    /// The whole figure, small in the picture.
    case wide
    /// The face of one figure, past the head and the shoulder of another.
    case overShoulder

    /// The default fraction of the picture to leave free on each side.
    public var margin: Double {
      switch self {
      case .face: 0.1
      case .bust, .waist, .cowboy, .knees: 0.06
      case .full, .overShoulder: 0.08
      case .wide: 0.28
      }
    }
  }

  /// The horizontal direction of a camera.
  public enum View: String, CaseIterable, Sendable {
    case front, threeQuarter, profile, threeQuarterBack, back

    /// Returns the angle in degrees from straight ahead of the figure toward its left.
    public func angle(from side: Side) -> Double {
      let degrees: Double =
        switch self {
        case .front: 0
        case .threeQuarter: 40
        case .profile: 90
        case .threeQuarterBack: 140
        case .back: 180
        }
      return side == .right ? -degrees : degrees
    }
  }

  /// The vertical direction of a camera.
  public enum Height: String, CaseIterable, Sendable {
    case low, level, high, overhead

    /// The elevation of the camera in degrees, relative to the figure.
    public var elevation: Double {
      switch self {
      case .low: -20
      case .level: 0
      case .high: 25
      case .overhead: 70
      }
    }
  }

  /// The visible part of the figures.
  public var size: Size
  /// The ids of the framed figures; empty for all.
  public var subjects: [String]
  /// The id of the figure in the foreground of ``Size/overShoulder``.
  public var over: String?
  /// The shoulder in the foreground of ``Size/overShoulder``.
  public var shoulder: Side
  /// The angle in degrees from straight ahead of the figure toward its left.
  public var angle: Double
  /// The elevation in degrees, -89 to 89. The camera stays above the floor of the figure.
  public var elevation: Double
  /// The fraction of the picture to leave free on each side, 0 to 0.45.
  public var margin: Double

  /// Creates a shot; by default horizontal, from straight ahead.
  public init(
    _ size: Size, of subjects: [String] = [], over: String? = nil, shoulder: Side = .right,
    angle: Double = 0, elevation: Double = 0, margin: Double? = nil
  ) {
    (self.size, self.subjects, self.over, self.shoulder) = (size, subjects, over, shoulder)
    (self.angle, self.elevation) = (angle, elevation)
    self.margin = margin ?? size.margin
  }

  /// Returns whether a character is framed.
  func frames(_ id: String) -> Bool { subjects.isEmpty || subjects.contains(id) }

  /// Returns the direction of the camera's position, in degrees from +Z toward +X.
  func heading(in scene: Scene) -> Double {
    let framed = scene.characters.filter { frames($0.id) }
    let fronts = framed.map { character in
      let yaw = character.yaw.degreesToRadians
      return Vector3(sin(yaw), 0, cos(yaw))
    }
    var front = fronts.reduce(Vector3.zero, +)
    // Figures that face each other are seen from the side, the one nearer to +Z.
    if front.length < 0.5 * Double(fronts.count), let first = framed.first, let last = framed.last {
      let across = (last.position - first.position).cross(.unitY)
      let flat = Vector3(across.x, 0, across.z)
      front = flat.z < 0 || (flat.z == 0 && flat.x < 0) ? -flat : flat
    }
    guard front.length > 1e-9 else { return angle }
    return atan2(front.x, front.z).radiansToDegrees + angle
  }
}
