/// The source of a character's body.
public enum Figure: Equatable, Sendable {
  /// A mannequin, with the changes to its measures.
  case mannequin(Mannequin, Proportions)
  /// The parametric human.
  case human(Phenotype)
  /// A foreign model's body.
  case model(Body)

  /// Returns the body at rest; nil for a human where there is no template to make it from.
  /// - Parameter face: how far each expression is on, by ``FaceExpression`` name.
  func body(human: HumanTemplate?, face: [String: Double]) -> Body? {
    switch self {
    case .mannequin(let mannequin, let proportions): mannequin.body.proportioned(proportions)
    case .human(let phenotype): human?.body(phenotype, face: face)
    case .model(let body): body
    }
  }
}

/// A body of fixed form, which proportions may change. SceneFiles has the two that are always
/// there: `Mannequin.female` and `Mannequin.male`.
public struct Mannequin: Equatable, Sendable {
  /// The name that scenes use.
  public let name: String
  /// The body in its own proportions.
  public let body: Body

  /// A mannequin from its parts.
  public init(name: String, body: Body) {
    self.name = name
    self.body = body
  }
}
