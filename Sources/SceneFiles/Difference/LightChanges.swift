internal import PoseRig

/// Describes changes of a scene's lights.
struct LightChanges {
  private let old: Lights?
  private let new: Lights?

  init(_ old: Lights?, _ new: Lights?) { (self.old, self.new) = (old, new) }

  func lines() -> [DifferenceLine] {
    switch (old, new) {
    case (nil, nil): return []
    case (nil, _): return [DifferenceLine(.added, "lights are new, instead of the studio's")]
    case (_, nil): return [DifferenceLine(.removed, "lights are gone; the studio's are back")]
    case (let old?, let new?):
      let names = Set(old.lamps.keys).union(new.lamps.keys).sorted()
      return Lights.Role.allCases.flatMap { far($0.rawValue, old.far[$0], new.far[$0]) }
        + names.flatMap { lamp("lamp \"\($0)\"", old.lamps[$0], new.lamps[$0]) }
        + rest(old, new)
    }
  }

  private func far(_ name: String, _ old: Lights.Far?, _ new: Lights.Far?) -> [DifferenceLine] {
    changes(name, old, new) { old, new in
      (old.heading != new.heading ? ["comes from another side"] : [])
        + number("height", old.height, new.height, "°")
        + number("strength", old.strength, new.strength)
        + (old.color != new.color ? ["has another color"] : [])
        + number("size", old.size, new.size, "°")
    }
  }

  private func lamp(_ name: String, _ old: Lights.Lamp?, _ new: Lights.Lamp?) -> [DifferenceLine] {
    changes(name, old, new) { old, new in
      (old.at != new.at ? ["is elsewhere"] : [])
        + number("strength", old.strength, new.strength)
        + (old.color != new.color ? ["has another color"] : [])
        + number("radius", old.radius, new.radius, " m")
    }
  }

  private func rest(_ old: Lights, _ new: Lights) -> [DifferenceLine] {
    let ambient =
      old.ambient != new.ambient ? [DifferenceLine(.changed, "the ambient light has changed")] : []
    let backdrop =
      old.backdrop != new.backdrop ? [DifferenceLine(.changed, "the backdrop has changed")] : []
    let floor =
      old.floor != new.floor
      ? [DifferenceLine(.changed, "floor: \(height(old.floor)) → \(height(new.floor))")] : []
    return ambient + backdrop + floor
  }

  private func changes<Light: Equatable>(
    _ name: String, _ old: Light?, _ new: Light?, _ words: (Light, Light) -> [String]
  ) -> [DifferenceLine] {
    switch (old, new) {
    case (nil, nil): []
    case (nil, _): [DifferenceLine(.added, "\(name) is new")]
    case (_, nil): [DifferenceLine(.removed, "\(name) is gone")]
    case (let old?, let new?): words(old, new).map { DifferenceLine(.changed, "\(name) \($0)") }
    }
  }

  private func number(
    _ name: String, _ old: Double, _ new: Double, _ unit: String = ""
  ) -> [String] {
    if old == new { return [] }
    return ["\(name) \(DecimalText.rounded(old, 2)) → \(DecimalText.rounded(new, 2))\(unit)"]
  }

  private func height(_ floor: Double?) -> String {
    floor.map { "\(DecimalText.rounded($0, 2)) m" } ?? "none"
  }
}
