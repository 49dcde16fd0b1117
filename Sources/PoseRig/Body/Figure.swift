/// The source of a character's body.
public enum Figure: Equatable, Sendable {
  /// A mannequin, with the changes to its measures.
  case mannequin(Mannequin, Proportions)
  /// The parametric human.
  case human(Phenotype)
  /// A foreign model's body.
  case model(Body)
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
