internal import Export
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// A listing of the maps that a family of models takes: how each is drawn, why, and who says so.
struct FamilyListing {
  private let family: Family
  private let recipe: ComfyRecipe?

  /// Lists a family with ComfyUI's numbers from its recipe; nil leaves them out.
  init(_ family: Family, recipe: ComfyRecipe?) {
    self.family = family
    self.recipe = recipe
  }

  /// The lines to print.
  var lines: [String] {
    let profile = family.profile
    let sizes = profile.sizes.map { "\($0.width)x\($0.height)" }.joined(separator: " ")
    return [
      "\(profile.name): \(profile.summary)",
      "sizes: \(sizes); sides are multiples of \(profile.multiple)",
      "source: \(family.source)",
      "convention: \(family.convention.name): \(family.convention.summary)",
    ] + family.takes.flatMap { [""] + lines(of: $0) }
  }

  private func lines(of map: MapName) -> [String] {
    guard let rule = family.convention.rule(for: map) else { return [] }
    var rows = [settings(of: map), rule.reason, "source: \(rule.source)"]
    if let numbers = recipe?.words(of: map) { rows.append("ComfyUI: \(numbers)") }
    let width = family.takes.map(\.rawValue.count).max() ?? 0
    return rows.enumerated().map { index, row in
      (index == 0 ? map.rawValue : "").padded(to: width) + "  " + row
    }
  }

  /// Returns the setting that names the map's style, and those with an unusual value.
  private func settings(of map: MapName) -> String {
    let rows = map.kind.settings + map.kind.sharedSettings
    let settings = family.profile.mapSettings
    let usual = MapSettings()
    let styles = rows.filter { $0.key == map.rawValue }
    let shown = rows.filter { row in
      (styles.isEmpty ? row.key == rows.first?.key : row.key == map.rawValue)
        || settings.value(of: row) != usual.value(of: row)
    }
    if shown.isEmpty { return "as it is always drawn" }
    return shown.map { "\($0.key): \(settings.value(of: $0).words)" }.joined(separator: ", ")
  }
}
