internal import Synchronization

/// A cache of bodies at rest, each made once for all frames and characters that show it.
///
/// Morphing the human takes longer than posing and skinning it, and the phenotype does not change
/// within a clip. The contents of the cache do not affect results.
public final class BodyStore: Sendable {
  /// The template of humans; nil if it is not installed.
  public let human: HumanTemplate?

  /// A finished body, and the inputs that it was made from.
  private struct Entry {
    var figure: Source
    var body: Body
  }

  /// The inputs that determine a body.
  private enum Source: Equatable {
    case mannequin(Mannequin, Proportions)
    case human(Phenotype, face: [String: Double], wear: [Garment])
    case dressed(Figure, face: [String: Double], wear: [Garment], clothes: [Clothes])
  }

  /// The largest number of bodies to keep; a clip of changing faces makes one per frame.
  private static let kept = 16

  /// The bodies, the newest last.
  private let entries = Mutex<[Entry]>([])

  /// The measured trunks, with their bodies, the newest last.
  private let trunks = Mutex<[(body: Body, shape: TrunkShape)]>([])

  /// A figure's clothes, fitted to it. Expressions do not change them.
  private struct Fitting {
    var figure: Figure
    var wear: [Garment]
    var clothes: [Clothes]
    var outfit: Outfit?
  }

  /// The fitted outfits, the newest last.
  private let fittings = Mutex<[Fitting]>([])

  /// The measured heads, with their bodies, the newest last.
  private let heads = Mutex<[(body: Body, form: HeadForm?)]>([])

  /// The grips of held props, by the inputs that determine them, the newest last.
  private let grips = Mutex<[(key: GripKey, fit: GripFit)]>([])

  /// The inputs that determine how a hand holds a prop.
  private struct GripKey: Equatable {
    var body: Body
    var hand: JointName
    var shape: Prop.Shape
    var grip: Grip
  }

  /// Creates an empty cache.
  public init(human: HumanTemplate? = nil) {
    self.human = human
  }

  /// Returns the body of a figure with a face; nil for a human without a template.
  ///
  /// - Parameters:
  ///   - face: the weight of each expression, by ``FaceExpression`` name.
  ///   - wear: a human's garments of MakeHuman's.
  ///   - clothes: the garments of the library; models do not wear any.
  public func body(
    of figure: Figure, face: [String: Double] = [:], wear: [Garment] = [], clothes: [Clothes] = []
  ) -> Body? {
    guard let body = bare(figure, face, wear) else { return nil }
    guard !clothes.isEmpty || !body.worn.isEmpty else { return body }
    let outfit = clothes.isEmpty ? nil : outfit(of: figure, wear, clothes)
    return self.body(of: .dressed(figure, face: face, wear: wear, clothes: clothes)) {
      var dressed = body
      if let outfit { dressed.putOn(outfit) }
      dressed.tuckSkin()
      return dressed
    }
  }

  private func outfit(of figure: Figure, _ wear: [Garment], _ clothes: [Clothes]) -> Outfit? {
    let known = fittings.withLock { fittings in
      fittings.last { $0.clothes == clothes && $0.figure == figure && $0.wear == wear }
    }
    if let known { return known.outfit }
    let outfit = bare(figure, [:], wear).flatMap { Outfit(clothes, on: $0) }
    fittings.withLock { fittings in
      if fittings.count == Self.kept { fittings.removeFirst() }
      fittings.append(Fitting(figure: figure, wear: wear, clothes: clothes, outfit: outfit))
    }
    return outfit
  }

  private func bare(_ figure: Figure, _ face: [String: Double], _ wear: [Garment]) -> Body? {
    switch figure {
    case .model(let body): return body
    case .mannequin(let mannequin, let proportions):
      if proportions == Proportions() { return mannequin.body }
      return body(of: .mannequin(mannequin, proportions)) {
        mannequin.body.proportioned(proportions)
      }
    case .human(let phenotype):
      guard let human else { return nil }
      return body(of: .human(phenotype, face: face, wear: wear)) {
        human.body(phenotype, face: face, wear: wear)
      }
    }
  }

  /// Returns the shape of a body's trunk; measuring it takes longer than a search that needs it.
  func trunk(of body: Body) -> TrunkShape {
    let known = trunks.withLock { trunks in trunks.last { $0.body == body }?.shape }
    if let known { return known }
    let shape = TrunkShape(body)
    trunks.withLock { trunks in
      if trunks.count == Self.kept { trunks.removeFirst() }
      trunks.append((body, shape))
    }
    return shape
  }

  /// Returns the shape of a body's head, on which hair grows; nil for a body without a head.
  func head(of body: Body) -> HeadForm? {
    let known = heads.withLock { heads in heads.last { $0.body == body } }
    if let known { return known.form }
    let form = HeadForm(body)
    heads.withLock { heads in
      if heads.count == Self.kept { heads.removeFirst() }
      heads.append((body, form))
    }
    return form
  }

  /// Returns the grip of a hand on a prop, which is constant over all frames of a clip.
  func fit(_ hand: HandSkin, _ shape: Prop.Shape, _ grip: Grip) -> GripFit {
    let key = GripKey(body: hand.body, hand: hand.hand, shape: shape, grip: grip)
    if let known = grips.withLock({ grips in grips.last { $0.key == key }?.fit }) { return known }
    let fit = GripSolver(hand, shape, at: grip.point).fit(grip)
    grips.withLock { grips in
      if grips.count == Self.kept { grips.removeFirst() }
      grips.append((key, fit))
    }
    return fit
  }

  private func body(of source: Source, make: () -> Body) -> Body {
    let known = entries.withLock { entries -> Body? in
      guard let index = entries.lastIndex(where: { $0.figure == source }) else { return nil }
      return entries[index].body
    }
    if let known { return known }
    // Work outside of the lock, since other threads have frames to make.
    let body = make()
    return entries.withLock { entries in
      // If two threads have made a body, keep one, so that all frames share its storage.
      if let other = entries.last(where: { $0.figure == source }) { return other.body }
      if entries.count == Self.kept { entries.removeFirst() }
      entries.append(Entry(figure: source, body: body))
      return body
    }
  }
}

extension BodyStore: Equatable {
  /// Returns whether both make equal bodies.
  public static func == (one: BodyStore, other: BodyStore) -> Bool {
    one === other || one.human == other.human
  }
}
