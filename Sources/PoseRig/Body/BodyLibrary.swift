/// The bodies a scene may name.
public enum BodyLibrary {
  /// Their names: the mannequins, and the parametric human, which is installed apart.
  public static let names = Mannequin.allCases.map(\.rawValue) + [human]
  /// The parametric human's name.
  public static let human = "human"

  /// Returns a mannequin's body in its own proportions.
  public static func body(of mannequin: Mannequin) -> Body {
    switch mannequin {
    case .female: female
    case .male: male
    }
  }

  // Decoded once, when first asked for.
  private static let female = decoded(EmbeddedData.female)
  private static let male = decoded(EmbeddedData.male)

  private static func decoded(_ bytes: [UInt8]) -> Body {
    do {
      return try BodyFile.decode(bytes)
    } catch {
      preconditionFailure("a body compiled in is broken: \(error)")
    }
  }
}
