internal import PoseRig

/// Describes the picture, the camera, the props and overlapping figures in sentences.
struct PictureSentences {
  private let state: SceneState
  private let figures: [FigureDescription]

  init(_ state: SceneState, _ figures: [FigureDescription]) {
    (self.state, self.figures) = (state, figures)
  }

  func text() -> String {
    ([format, who, height] + things + depths + [wind, light]).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private var format: String {
    let canvas = state.scene.canvas
    let form =
      canvas.width == canvas.height
      ? "A square" : canvas.width > canvas.height ? "A wide" : "An upright"
    return "\(form) picture of \(canvas) pixels."
  }

  private var who: String {
    let seen = figures.filter { $0.view.size != nil }.map(\.character.id)
    let missing = figures.filter { $0.view.size == nil }.map(\.character.id)
    let shown = seen.isEmpty ? "It shows nobody." : "It shows \(MeasureWords.list(seen))."
    guard !missing.isEmpty else { return shown }
    let verb = missing.count == 1 ? "is" : "are"
    return shown + " \(MeasureWords.list(missing)) \(verb) outside it."
  }

  private var height: String {
    let seen = figures.filter { $0.view.size != nil }
    guard !seen.isEmpty else { return "" }
    let mean = seen.map(\.view.elevation).reduce(0, +) / Double(seen.count)
    guard abs(mean) >= 8 else {
      return "The camera is level with \(seen.count == 1 ? "the figure" : "the figures")."
    }
    let degrees = "\(DecimalText.rounded(abs(mean), 0))°"
    return mean > 0 ? "The camera looks down by \(degrees)." : "The camera looks up by \(degrees)."
  }

  private var things: [String] {
    let names = state.scene.props.map(PropWords.name)
    return names.isEmpty ? [] : ["Props: \(MeasureWords.list(names))."]
  }

  /// Sentences about figures that are in front of others where they overlap in the picture.
  private var depths: [String] {
    let seen = figures.filter { $0.view.bounds != nil }.sorted {
      $0.view.distance < $1.view.distance
    }
    return seen.indices.dropLast().compactMap { index in
      let covered = seen[(index + 1)...].filter { Self.overlap(seen[index], $0) }
      guard !covered.isEmpty else { return nil }
      return
        "\(seen[index].character.id) is in front of \(MeasureWords.list(covered.map(\.character.id)))."
    }
  }

  /// Returns whether a figure covers part of another's bounds and is nearer by a body's depth.
  private static func overlap(_ near: FigureDescription, _ far: FigureDescription) -> Bool {
    guard far.view.distance - near.view.distance > 0.15, let a = near.view.bounds,
      let b = far.view.bounds
    else { return false }
    let shared = pointwiseMin(a.high, b.high) - pointwiseMax(a.low, b.low)
    return shared.x > 0.15 * (b.high.x - b.low.x) && shared.y > 0
  }

  private var light: String {
    guard let posed = state.posed, let lights = posed.lights else { return "" }
    let chests = posed.characters.map { $0.position(of: .chest) }
    let middle = chests.reduce(.zero, +) / Double(max(chests.count, 1))
    let words = LightWords(lights, hour: state.scene.lights?.hour, posed.camera, at: middle).all
    return words.isEmpty
      ? "Only ambient light falls on it." : "The light is \(MeasureWords.list(words))."
  }

  private var wind: String {
    let wind = state.scene.wind
    guard wind.length > 0.5, let camera = state.posed?.camera else { return "" }
    let way = camera.cameraFromWorld.rotation.rotate(wind)
    let words =
      abs(way.x) > abs(way.z)
      ? (way.x > 0 ? "from the left" : "from the right")
      : (way.z > 0 ? "toward the camera" : "away from the camera")
    return "The wind blows \(words) at \(DecimalText.rounded(wind.length, 0)) m/s."
  }
}

/// Descriptions of props.
enum PropWords {
  /// Returns a prop's name with an article: `a chair`, or `a box "wall"`.
  static func name(_ prop: Prop) -> String {
    let kind = kind(prop)
    let words = withArticle(kind)
    return prop.id == kind || prop.id.hasPrefix(kind) ? words : "\(words) (\"\(prop.id)\")"
  }

  /// Returns a noun with its article: `an umbrella`.
  static func withArticle(_ noun: String) -> String {
    (noun.first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + noun
  }

  /// Returns the noun for a prop: the library's name, or that of its shape.
  static func kind(_ prop: Prop) -> String {
    switch prop.shape {
    case .thing(let design):
      design.name.replacing("-", with: " ")
    case .box, .roundedBox: "box"
    case .cylinder: "cylinder"
    case .plane: "plane"
    case .sphere: "ball"
    case .cone: "cone"
    case .capsule: "capsule"
    case .torus: "ring"
    case .wedge: "ramp"
    case .arch: "arch"
    case .lathe, .prism, .tube: "shape"
    }
  }
}
