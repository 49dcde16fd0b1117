/// The bodies a scene may name.
public enum BodyLibrary {
  /// Their names: the mannequins, and the parametric human, which is installed apart.
  public static let names = mannequins + [human]
  /// The mannequins, which are always there.
  public static let mannequins = ["female", "male"]
  /// The parametric human.
  public static let human = "human"

  /// The mannequin of that name; nil for a name not in `mannequins`.
  public static func body(named name: String) -> Body? {
    switch name {
    case "female": female
    case "male": male
    default: nil
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
