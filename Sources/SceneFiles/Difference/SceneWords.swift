package import MapRender
package import PoseRig

/// Describes a scene's changes: first those shared by all characters, then those of each.
package struct SceneWords {
  private let difference: SceneDifference
  private let hidden: (before: [HiddenShare], after: [HiddenShare])
  private let isScene: Bool

  /// Creates descriptions of a difference; for poses alone, the camera only frames them and is
  /// omitted.
  package init(
    _ difference: SceneDifference, hidden: (before: [HiddenShare], after: [HiddenShare]) = ([], []),
    isScene: Bool = true
  ) {
    self.difference = difference
    self.isScene = isScene
    self.hidden = hidden
  }

  /// Returns the groups that have lines.
  package func groups() -> [DifferenceGroup] {
    let (old, new) = (difference.before.scene, difference.after.scene)
    var shared: [DifferenceLine] = []
    if old.canvas != new.canvas {
      shared.append(DifferenceLine(.changed, "canvas: \(old.canvas) → \(new.canvas)"))
    }
    if old.profile != new.profile {
      shared.append(
        DifferenceLine(
          .changed, "profile: \(old.profile?.name ?? "none") → \(new.profile?.name ?? "none")"))
    }
    shared += CameraWords(difference).lines(ofScene: isScene)
    shared += CameraWords.lines(ofNamed: old.cameras, new.cameras)
    shared += difference.props.map(prop)
    shared += settings(old.mapSettings, new.mapSettings)
    if old.wind != new.wind {
      shared.append(DifferenceLine(.changed, "the wind has changed"))
    }
    shared += LightChanges(old.lights, new.lights).lines()
    if old.seed != new.seed {
      shared.append(DifferenceLine(.changed, "seed: \(old.seed) → \(new.seed)"))
    }
    shared += PromptWords.lines(old.prompt, new.prompt)
    shared += difference.findings.compactMap(sceneFinding)
    let groups = [DifferenceGroup(title: "", lines: shared)] + characters()
    return groups.filter { !$0.lines.isEmpty }
  }

  private func characters() -> [DifferenceGroup] {
    // A character can change in nothing other than being hidden.
    let ids = difference.after.scene.characters.map(\.id)
    let told = difference.characters
    let rest = ids.filter { id in !told.contains { $0.id == id } }
    let groups = told.map { change in
      DifferenceGroup(
        title: change.id,
        lines: CharacterWords(difference: change, hidden: shares(change.id)).lines())
    }
    let others = rest.map { id -> DifferenceGroup in
      let figure = difference.after.scene.characters.first { $0.id == id }?.figure
      let (before, after) = shares(id)
      let pronoun = figure.map(Pronoun.init) ?? .they
      return DifferenceGroup(title: id, lines: HiddenWords.lines(before, after, pronoun))
    }
    return groups + others
  }

  private func shares(_ id: String) -> (before: [HiddenShare], after: [HiddenShare]) {
    (hidden.before.filter { $0.id == id }, hidden.after.filter { $0.id == id })
  }

  private func settings(_ old: MapSettings, _ new: MapSettings) -> [DifferenceLine] {
    MapSettings.table.compactMap { row in
      let (before, after) = (old.value(of: row), new.value(of: row))
      guard before != after else { return nil }
      return DifferenceLine(.changed, "maps: \(row.key) \(before.words) → \(after.words)")
    }
  }

  private func sceneFinding(_ change: FindingChange) -> DifferenceLine? {
    if let now = change.after {
      return DifferenceLine(.worse, now.sentence(in: difference.after.scene))
    }
    return change.before.map {
      DifferenceLine(.better, "no longer: \($0.sentence(in: difference.before.scene))")
    }
  }

  // MARK: Props

  private func prop(_ change: SceneDifference.PropChange) -> DifferenceLine {
    switch (change.before, change.after) {
    case (nil, let prop?):
      return DifferenceLine(.added, "prop \"\(prop.id)\" is new: \(shape(prop))")
    case (let prop?, nil): return DifferenceLine(.removed, "prop \"\(prop.id)\" is gone")
    case (let old?, let new?):
      return DifferenceLine(.changed, "prop \"\(new.id)\" \(changes(old, new))")
    case (nil, nil): return DifferenceLine(.note, "")
    }
  }

  private func changes(_ old: Prop, _ new: Prop) -> String {
    var texts: [String] = []
    if old.position != new.position {
      let turn = difference.before.posed?.camera.cameraFromWorld.rotation ?? .identity
      texts.append(MeasureWords.wayInPicture(turn.rotate(new.position - old.position)))
    }
    if old.rotation != new.rotation {
      texts.append(
        "rotation \(GoalWords.numbers(old.rotation)) → \(GoalWords.numbers(new.rotation))")
    }
    if old.shape != new.shape { texts.append("\(size(old.shape)) → \(size(new.shape))") }
    if old.sceneClass != new.sceneClass {
      texts.append("class \(old.sceneClass.rawValue) → \(new.sceneClass.rawValue)")
    }
    let owners = (difference.before.scene.owner(of: old), difference.after.scene.owner(of: new))
    if owners.0 != owners.1 {
      texts.append("belongs to \(owners.0 ?? "nobody") → \(owners.1 ?? "nobody")")
    }
    if old.carrier != new.carrier || (texts.isEmpty && old != new) {
      texts.append(
        "moves with \(old.carrier?.words ?? "nothing") → \(new.carrier?.words ?? "nothing")")
    }
    return texts.joined(separator: ", ")
  }

  private func shape(_ prop: Prop) -> String {
    let name = prop.sceneClass == prop.shape.usualClass ? "" : "\(prop.sceneClass.rawValue), "
    return name + size(prop.shape)
  }

  private func size(_ shape: Prop.Shape) -> String {
    func text(_ numbers: Double...) -> String {
      numbers.map { DecimalText.rounded($0, 3) }.joined(separator: " × ") + " m"
    }
    switch shape {
    case .cylinder(let radius, let height): return "cylinder of \(text(radius * 2, height))"
    case .plane(let width, let depth): return "plane of \(text(width, depth))"
    case .thing(let design) where design.scale != 1:
      return "\(design.name), \(DecimalText.rounded(design.scale, 3)) times as large"
    case .thing(let design): return design.name
    default: return "\(name(of: shape)) of \(DesignWords.size(shape.bounds.size))"
    }
  }

  private func name(of shape: Prop.Shape) -> String {
    switch shape {
    case .box: "box"
    case .roundedBox: "rounded box"
    case .sphere: "sphere"
    case .cone: "cone"
    case .capsule: "capsule"
    case .torus: "torus"
    case .wedge: "wedge"
    case .arch: "arch"
    case .lathe: "lathe"
    case .prism: "prism"
    case .tube: "tube"
    case .cylinder, .plane, .thing: ""
    }
  }
}

extension Prop.Carrier {
  fileprivate var words: String { "\(character).\(joint)" }
}
