/// The lights of a scene, in a photographer's words, before the camera is known.
///
/// They light the shaded map; all other maps ignore them.
///
/// ```swift
/// var lights = Lights()
/// lights.far[.key] = Lights.Far(.key, from: .side(-90, of: nil))
/// lights.far[.key]?.color = LightColor(red: 255, green: 217, blue: 176)
/// lights.lamps["candle"] = Lights.Lamp(at: .fixed(Vector3(0.2, 0.8, 0.5)))
/// ```
public struct Lights: Equatable, Sendable {
  /// The name of a light that is far away.
  public enum Role: String, CaseIterable, Sendable {
    /// The main light.
    case key
    /// The light that makes the key's shadows less dark.
    case fill
    /// The light from behind, which draws a bright outline.
    case rim
    /// The sun.
    case sun
  }

  /// The horizontal direction that a light comes from, in degrees.
  public enum Heading: Equatable, Sendable {
    /// From where the camera is (nil) or where a character faces, positive toward the left of a
    /// figure that faces there: the right of the picture.
    case side(Double, of: String?)
    /// In the world, from +Z toward +X, like a character's yaw.
    case azimuth(Double)
  }

  /// A light so far away that all its rays are parallel.
  public struct Far: Equatable, Sendable {
    /// The horizontal direction that it comes from.
    public var heading: Heading
    /// The height above the horizon in degrees, -90 to 90.
    public var height: Double
    /// The light on a surface that faces it; 1 makes a white surface nearly white.
    public var strength: Double
    /// The color.
    public var color: LightColor
    /// The diameter in degrees from the point of view of the scene, which makes shadows soft.
    public var size: Double

    /// Creates a role's usual light, from another direction if one is given.
    public init(_ role: Role, from heading: Heading? = nil) {
      switch role {
      case .key: self.init(heading ?? .side(-45, of: nil), height: 40, strength: 1, size: 12)
      case .fill: self.init(heading ?? .side(45, of: nil), height: 15, strength: 0.3, size: 45)
      case .rim: self.init(heading ?? .side(150, of: nil), height: 45, strength: 1, size: 8)
      case .sun: self.init(heading ?? .side(-45, of: nil), height: 45, strength: 1, size: 0.53)
      }
    }

    private init(_ heading: Heading, height: Double, strength: Double, size: Double) {
      (self.heading, self.height, self.strength, self.size) = (heading, height, strength, size)
      color = .white
    }
  }

  /// A light at a point, which falls off with the square of the distance.
  public struct Lamp: Equatable, Sendable {
    /// The position of its middle.
    public var at: PoseGoals.Point
    /// The light on a surface that faces it at a distance of 1 m.
    public var strength = 1.0
    /// The color.
    public var color = LightColor.white
    /// The radius in meters, which makes shadows soft.
    public var radius = 0.05

    /// Creates a white lamp at a point.
    public init(at: PoseGoals.Point) { self.at = at }
  }

  /// The light that comes from everywhere.
  public struct Ambient: Equatable, Sendable {
    /// The light on a surface on which nothing casts a shadow.
    public var strength: Double
    /// The color.
    public var color: LightColor

    /// Creates ambient light.
    public init(strength: Double, color: LightColor = .white) {
      (self.strength, self.color) = (strength, color)
    }
  }

  /// The lights that are far away.
  public var far: [Role: Far] = [:]
  /// The hour of the day that determines the sun's height, if it was given.
  public var hour: Double?
  /// The lamps by name.
  public var lamps: [String: Lamp] = [:]
  /// The ambient light; nil for ``usualAmbient``.
  public var ambient: Ambient?
  /// The color behind everything; nil for a paper lit by these lights.
  public var backdrop: LightColor?
  /// The height of the floor in meters, on which shadows fall; nil means no floor.
  public var floor: Double? = 0

  /// Creates no lights.
  public init() {}

  /// The default ambient light: what walls throw back, or the sky beside a sun.
  public var usualAmbient: Ambient {
    far[.sun] == nil
      ? Ambient(strength: 0.12)
      : Ambient(strength: 0.3, color: LightColor(red: 205, green: 222, blue: 255))
  }
}
