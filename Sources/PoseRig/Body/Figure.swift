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
    case .mannequin(let mannequin, let proportions):
      BodyLibrary.body(of: mannequin).proportioned(proportions)
    case .human(let phenotype): human?.body(phenotype, face: face)
    case .model(let body): body
    }
  }
}

/// A body that is always there.
public enum Mannequin: String, CaseIterable, Sendable {
  case female, male
}
