public import PoseRig

/// The bodies that a scene can name.
public enum BodyLibrary {
  /// The names of the mannequins, and of the parametric human, which is installed separately.
  public static let names = Mannequin.names + [HumanTemplate.name]

  fileprivate static func mannequin(_ name: String, _ bytes: [UInt8]) -> Mannequin {
    do {
      var body = try BodyFile.decode(bytes)
      body.surface.tones = FaceTones(mannequin: body)
      return Mannequin(name: name, body: body)
    } catch {
      preconditionFailure("a body compiled in is broken: \(error)")
    }
  }
}

// Decoded once, when first requested.
extension Mannequin {
  /// The female mannequin.
  public static let female = BodyLibrary.mannequin("female", EmbeddedData.female)
  /// The male mannequin.
  public static let male = BodyLibrary.mannequin("male", EmbeddedData.male)
  /// Both mannequins.
  public static let all = [female, male]
  /// The names of the mannequins; using them does not decode any.
  package static let names = ["female", "male"]

  /// Returns the mannequin with a name; nil for other names.
  public static func named(_ name: String) -> Mannequin? {
    switch name {
    case "female": female
    case "male": male
    default: nil
    }
  }
}
