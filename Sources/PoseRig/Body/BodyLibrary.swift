/// The bodies a scene may name.
public enum BodyLibrary {
  /// Their names.
  public static let names = ["female", "male"]

  /// The body of that name; nil for a name not in `names`.
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
