/// The source of a character's body.
///
/// ```swift
/// import SceneFiles
///
/// var phenotype = Phenotype()
/// phenotype.age = 60
/// let figures = [Figure.mannequin(.female, Proportions()), .human(phenotype)]
/// ```
///
/// A scene with a human needs a ``BodyStore`` that has one; ``SceneSolver`` reports it otherwise.
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
