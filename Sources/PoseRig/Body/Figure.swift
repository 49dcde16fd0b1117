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
/// A scene with a human requires a ``BodyStore`` with the human; otherwise, ``SceneSolver`` reports
/// an error.
public enum Figure: Equatable, Sendable {
  /// A mannequin with proportions.
  case mannequin(Mannequin, Proportions)
  /// The parametric human.
  case human(Phenotype)
  /// An imported model's body.
  case model(Body)
}

/// A body of fixed shape, which proportions can change. SceneFiles has the two that are always
/// available: `Mannequin.female` and `Mannequin.male`.
public struct Mannequin: Equatable, Sendable {
  /// The name that scenes use.
  public let name: String
  /// The body in its own proportions.
  public let body: Body

  /// Creates a mannequin from its parts.
  public init(name: String, body: Body) {
    self.name = name
    self.body = body
  }
}
