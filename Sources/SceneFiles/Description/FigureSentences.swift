internal import PoseRig

/// Describes one character in sentences: position, posture, limbs, contacts, gaze, face and
/// clothes.
struct FigureSentences {
  private let figure: FigureDescription
  private let scene: Scene
  private let others: [FigureDescription]

  init(_ figure: FigureDescription, in scene: Scene, among all: [FigureDescription]) {
    (self.figure, self.scene) = (figure, scene)
    others = all.filter { $0.character.id != figure.character.id }
  }

  private var id: String { figure.character.id }
  private var pronoun: Pronoun { Pronoun(figure.character.figure) }
  /// The possessive at the beginning of a sentence, such as `Her`.
  private var own: String { pronoun.own.capitalizedFirst }

  /// Returns the subject and a regular verb: `She looks`, `They look`.
  private func does(_ verb: String) -> String {
    pronoun.subject.capitalizedFirst + " " + verb + (pronoun == .they ? "" : "s")
  }

  func text() -> String {
    ([posture, position, look] + arms + [legs] + contacts + [face] + clothes).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  // MARK: The whole

  private var posture: String {
    let size = DecimalText.rounded(figure.stature, 2)
    let seat = figure.posture == .sits ? seatWords : ""
    return
      "\(id), \(FigureNouns.noun(figure.character.figure)) \(size) m tall, \(PostureWords.verb(figure.posture))\(seat)."
  }

  private var seatWords: String {
    guard case .named("props", let part, _)? = figure.character.pose.goals.seat,
      let prop = scene.props.first(where: { part.hasPrefix($0.id + ".") || part == $0.id })
    else { return "" }
    return " on the \(PropWords.kind(prop))"
  }

  private var position: String {
    guard let size = figure.view.size else { return "" }
    let side =
      switch figure.view.column {
      case .left: "on the left"
      case .middle: "in the middle"
      case .right: "on the right"
      }
    let distance = MeasureWords.length(figure.view.distance)
    let subject = pronoun.subject.capitalizedFirst
    let verb = pronoun == .they ? "are" : "is"
    return
      "\(subject) \(verb) \(side) of the picture, \(distance) from the camera, "
      + "seen \(ViewWords.size(size))\(figure.view.turn.map { ", " + ViewWords.turn($0) } ?? "")."
  }

  private var look: String {
    let way =
      switch figure.gaze {
      case .camera: "into the camera"
      case .character(let id): "at \(id)"
      case .up: "up"
      case .down: "down"
      case .left: "to \(pronoun.own) left"
      case .right: "to \(pronoun.own) right"
      case .ahead: "straight ahead"
      }
    return "\(does("look")) \(way)."
  }

  // MARK: Limbs

  private var arms: [String] {
    let gesturing = figure.character.pose.gestures.flatMap(\.arms)
    let told = zip(Side.both, figure.arms).filter { side, _ in
      !isHolding(side) && !isTouching(side) && !gesturing.contains(side)
    }
    let gestures = GestureWords.sentences(figure.character, in: scene)
    if told.count == 2, told[0].1 == told[1].1 {
      return gestures + ["\(own) \(ArmWords.both(told[0].1, pronoun))."]
    }
    return gestures + told.map { side, arm in "\(own) \(ArmWords.one(arm, side, pronoun))." }
  }

  private var legs: String {
    figure.legs.flatMap { LegWords.sentence($0, pronoun) } ?? ""
  }

  private func isHolding(_ side: Side) -> Bool {
    figure.character.hold[JointName(.hand, side)] != nil
  }

  private func isTouching(_ side: Side) -> Bool {
    let hand = JointName(.hand, side)
    return figure.contacts.contains {
      $0.part == BodyRegion(hand) && !isOfHands($0) && !isOfFoldedArms($0)
    }
  }

  /// Returns whether a contact is between the hand of a folded arm and the figure itself.
  private func isOfFoldedArms(_ contact: Contact) -> Bool {
    guard case .body(id, _) = contact.other else { return false }
    return zip(Side.both, figure.arms).contains { side, arm in
      arm == .folded && contact.part == BodyRegion(JointName(.hand, side))
    }
  }

  /// Returns whether a contact is between the figure's two hands.
  private func isOfHands(_ contact: Contact) -> Bool {
    guard case .body(id, let region) = contact.other else { return false }
    return region.isHand && contact.part.isHand
  }

  /// Sentences about the things that hands and feet touch and hold.
  private var contacts: [String] {
    let held = Side.both.compactMap { side -> String? in
      guard let hold = figure.character.hold[JointName(.hand, side)] else { return nil }
      let prop = scene.props.first { $0.id == hold.prop }
      let thing = prop.map { PropWords.withArticle(PropWords.kind($0)) } ?? "\"\(hold.prop)\""
      return "\(own) \(side.rawValue) hand holds \(thing)."
    }
    let touched = figure.contacts.filter {
      !isHeld($0) && !isOfHands($0) && !isOfFoldedArms($0)
    }.map { contact in
      "\(own) \(BodyWords.region(contact.part)) touches \(object(contact))."
    }
    let meets = figure.contacts.contains(where: isOfHands) && !holdsInBoth
    return held + touched + (meets ? ["\(own) hands touch each other."] : [])
  }

  /// Whether both hands hold a single prop.
  private var holdsInBoth: Bool {
    let hold = figure.character.hold
    return hold[.leftHand] != nil && hold[.leftHand]?.prop == hold[.rightHand]?.prop
  }

  /// Returns whether a contact is between a hand and the prop that it holds.
  private func isHeld(_ contact: Contact) -> Bool {
    guard case .prop(let id) = contact.other else { return false }
    return figure.character.hold.contains { joint, hold in
      BodyRegion(joint) == contact.part && hold.prop == id
    }
  }

  private func object(_ contact: Contact) -> String {
    switch contact.other {
    case .floor: return "the floor"
    case .prop(let id):
      return scene.props.first { $0.id == id }.map { "the \(PropWords.kind($0))" } ?? "\"\(id)\""
    case .body(let owner, let region):
      let part = aim(contact, at: owner) ?? BodyWords.region(region)
      return owner == id ? "\(pronoun.own) own \(part)" : "\(owner)'s \(part)"
    }
  }

  /// Returns the part of the body that the hand or foot reaches for, if it is on the touched body.
  private func aim(_ contact: Contact, at owner: String) -> String? {
    for (joint, reach) in figure.character.pose.goals.reach where BodyRegion(joint) == contact.part
    {
      guard case .named(let name, let part, _) = reach.at, name == owner || name == "self" else {
        continue
      }
      return JointName(rawValue: part).map(\.partWords) ?? BodyWords.spaced(part)
    }
    return nil
  }

  // MARK: Face and clothes

  private var face: String {
    let words = FaceWords.all(figure.character.pose.face)
    guard !words.isEmpty else { return "" }
    return "\(own) face: \(MeasureWords.list(words))."
  }

  private var clothes: [String] {
    let worn = FigureNouns.garments(figure.character)
    let hair = FigureNouns.hair(figure.character)
    return (worn.isEmpty ? [] : ["\(does("wear")) \(MeasureWords.list(worn))."])
      + (hair.isEmpty ? [] : ["\(own) hair: \(MeasureWords.list(hair))."])
  }
}
