public import PoseRig

/// The bodies a scene may name.
public enum BodyLibrary {
  /// Their names: the mannequins, and the parametric human, which is installed apart.
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
  /// Their names; asking for them decodes no mannequin.
  package static let names = ["female", "male"]

  /// Returns the mannequin of a name; nil for other names.
  public static func named(_ name: String) -> Mannequin? {
    switch name {
    case "female": female
    case "male": male
    default: nil
    }
  }
}
