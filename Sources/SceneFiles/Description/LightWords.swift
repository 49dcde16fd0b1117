internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// Describes lights as they fall on a point in front of a camera.
struct LightWords {
  private let lights: PosedLights
  private let hour: Double?
  private let camera: Camera
  private let point: Vector3

  /// Creates descriptions of lights; `hour` is the sun's, if it is known.
  init(_ lights: PosedLights, hour: Double?, _ camera: Camera, at point: Vector3) {
    (self.lights, self.hour, self.camera, self.point) = (lights, hour, camera, point)
  }

  /// Each light with its direction: `a warm key from the left`.
  var all: [String] {
    lights.sources.map { "\(noun($0)) \(direction($0))" }
  }

  /// Phrases for a prompt about the light and its direction.
  var tags: [String] {
    guard let main else { return [] }
    let kind = kind(main)
    var tags = ["lit \(direction(main))" + (kind == "light" ? "" : " by \(kind)")]
    if lights.sources.contains(where: { $0.role == .rim && $0.name != main.name }) {
      tags.append("rim light")
    }
    return tags
  }

  /// The light that shapes the figure: the brightest one, unless it comes from behind.
  private var main: PosedLights.Source? {
    func brightness(_ source: PosedLights.Source) -> Double {
      source.seen(from: point).light.sum() * (source.role == .rim ? 0.1 : 1)
    }
    return lights.sources.max { brightness($0) < brightness($1) }
  }

  private func noun(_ source: PosedLights.Source) -> String {
    let tone = tone(source)
    switch source.role {
    case .key: return PropWords.withArticle("\(tone)key")
    case .fill: return PropWords.withArticle("\(tone)fill")
    case .rim: return PropWords.withArticle("\(tone)rim light")
    case .sun: return kind(source)
    case nil: return PropWords.withArticle("\(tone)lamp (\"\(source.name)\")")
    }
  }

  /// Returns the kind of light: `warm evening sun`.
  private func kind(_ source: PosedLights.Source) -> String {
    switch source.role {
    case .sun: tone(source) + sun(source)
    case nil: tone(source) + "lamplight"
    case .key, .fill, .rim: tone(source) + "light"
    }
  }

  private func sun(_ source: PosedLights.Source) -> String {
    if let hour {
      switch hour {
      case ..<10.5: return "morning sun"
      case ...13.5: return "midday sun"
      case ..<16.25: return "afternoon sun"
      default: return "evening sun"
      }
    }
    let height = asin(min(1, source.seen(from: point).toLight.y)).radiansToDegrees
    return height < 20 ? "low sun" : height > 55 ? "high sun" : "sun"
  }

  /// Returns `warm `, `cool ` or nothing.
  private func tone(_ source: PosedLights.Source) -> String {
    let warmth = LightColor(linear: source.light).warmth
    return warmth > 0.25 ? "warm " : warmth < -0.15 ? "cool " : ""
  }

  /// Returns where a light comes from in the picture: `from the left`.
  private func direction(_ source: PosedLights.Source) -> String {
    let toLight = source.seen(from: point).toLight
    if toLight.y > 0.9 { return "from above" }
    if toLight.y < -0.5 { return "from below" }
    let seen = camera.cameraFromWorld.rotation.rotate(Vector3(toLight.x, 0, toLight.z))
    let side = seen.x < 0 ? "left" : "right"
    switch abs(atan2(seen.x, seen.z).radiansToDegrees) {
    case ..<25: return "from the front"
    case ..<120: return "from the \(side)"
    case ..<160: return "from behind on the \(side)"
    default: return "from behind"
    }
  }
}
