internal import PoseRig

/// Describes one character in comma-separated phrases that image models know: the noun first, then
/// posture, view, gaze, limbs, props and clothes, mostly in Danbooru's tags.
struct PromptPhrases {
  private let figure: FigureDescription
  private let scene: Scene
  private let posed: PosedScene?

  init(_ figure: FigureDescription, in state: SceneState) {
    (self.figure, scene, posed) = (figure, state.scene, state.posed)
  }

  func all() -> [String] {
    let character = figure.character
    let hair = FigureNouns.hair(character)
    let isWindy = scene.wind.length > 2 && !hair.isEmpty
    return [FigureNouns.noun(character.figure)] + PostureWords.tags(figure.posture)
      + (figure.legs.map(LegWords.tags) ?? []) + ViewWords.tags(figure.view) + gaze
      + GestureWords.tags(character) + ArmWords.tags(freeArms) + touches + held
      + FaceWords.tags(character.pose.face)
      + FigureNouns.garments(character).map { "wearing \($0)" } + hair
      + (isWindy ? ["wind", "floating hair"] : []) + light
  }

  private var light: [String] {
    guard let posed, let lights = posed.lights,
      let own = posed.characters.first(where: { $0.id == figure.character.id })
    else { return [] }
    let chest = own.position(of: .chest)
    return LightWords(lights, hour: scene.lights?.hour, posed.camera, at: chest).tags
  }

  private var gaze: [String] {
    switch figure.gaze {
    case .camera: ["looking at viewer"]
    case .character: ["looking at another"]
    case .up: ["looking up"]
    case .down: ["looking down"]
    case .left, .right: ["looking to the side"]
    case .ahead: []
    }
  }

  /// The arms that make no gesture, of hands that hold and touch nothing.
  private var freeArms: [ArmAttitude] {
    zip(Side.both, figure.arms).compactMap { side, arm in
      let hand = JointName(.hand, side)
      let isBusy =
        figure.character.hold[hand] != nil
        || figure.character.pose.gestures.contains { $0.arms.contains(side) }
        || figure.contacts.contains { $0.part == BodyRegion(hand) && isOthers($0) }
      return isBusy ? nil : arm
    }
  }

  private func isOthers(_ contact: Contact) -> Bool {
    if case .body(let id, _) = contact.other { id != figure.character.id } else { true }
  }

  private var touches: [String] {
    let touched = figure.contacts.compactMap { contact -> (part: BodyRegion, words: String)? in
      guard case .body(let id, let region) = contact.other, id != figure.character.id,
        contact.part.isHand
      else { return nil }
      return touch(contact.part, id, region).map { (contact.part, $0) }
    }
    let onBacks = Set(touched.filter { $0.words.hasSuffix("back") }.map(\.part))
    if onBacks.count == 2 { return ["hug"] }
    return touched.map(\.words).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The words in the names of body points that goals use, and the corresponding tags.
  private static let pointTags = [
    ("back", "back"), ("blade", "back"), ("shoulder", "shoulder"), ("waist", "waist"),
    ("breastbone", "chest"), ("cheek", "cheek"), ("chin", "chin"),
  ]

  /// Returns the tag for a hand on another character, by the point that it reaches for, otherwise
  /// by the region.
  private func touch(_ part: BodyRegion, _ id: String, _ region: BodyRegion) -> String? {
    let aim = figure.character.pose.goals.reach.first { BodyRegion($0.key) == part }?.value.at
    if case .named(id, let name, _)? = aim,
      let tag = Self.pointTags.first(where: { name.lowercased().contains($0.0) })
    {
      return "hand on another's \(tag.1)"
    }
    switch region {
    case .leftHand, .rightHand: return "holding hands"
    case .head: return "hand on another's head"
    case .hips: return "hand on another's hip"
    case .leftThigh, .rightThigh: return "hand on another's thigh"
    case .leftArm, .rightArm: return "hand on another's arm"
    case .trunk: return "hand on another's body"
    default: return nil
    }
  }

  private var held: [String] {
    let names = Side.both.compactMap { figure.character.hold[JointName(.hand, $0)]?.prop }
    let unique = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return unique.compactMap { id in
      scene.props.first { $0.id == id }.map {
        "holding \(PropWords.withArticle(PropWords.kind($0)))"
      }
    }
  }
}
