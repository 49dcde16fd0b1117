/// The appearance of a human; every value is MakeHuman's average by default.
///
/// ```swift
/// var phenotype = Phenotype.typical(male: true)
/// phenotype.age = 70
/// phenotype.muscle = 0.3
/// phenotype.modifiers["shoulders"] = -0.5
/// ```
public struct Phenotype: Equatable, Sendable {
  /// The gender, from 0 for female to 1 for male.
  public var gender = 0.5
  /// The age in years, 18 to 90.
  public var age = 25.0
  /// The muscularity, from 0 for no muscle to 1 for very strong.
  public var muscle = 0.5
  /// The weight, from 0 for thin to 1 for fat.
  public var weight = 0.5
  /// The stature in meters, 1.2 to 2.3; nil for the phenotype's own.
  public var height: Double?
  /// The proportions, from 0 for uncommon to 1 for ideal.
  public var proportions = 0.5
  /// The shares of MakeHuman's three families of faces and builds, not all 0.
  public var ethnicity = Ethnicity()
  /// The breast size, from 0 for small to 1 for large.
  public var cup = 0.5
  /// The breast firmness, from 0 for slack to 1 for firm.
  public var firmness = 0.5
  /// All other differences, −1 to 1 by ``Modifier`` name.
  public var modifiers: [String: Double] = [:]

  /// The proportions relative to the phenotype's own; their height is ``height``.
  public var build = Proportions()

  /// Creates an average phenotype.
  public init() {}

  /// Returns a woman or man of average age and build with ANSUR II's mean stature.
  public static func typical(male: Bool) -> Phenotype {
    var phenotype = Phenotype()
    phenotype.gender = male ? 1 : 0
    phenotype.height = male ? 1.756 : 1.629
    return phenotype
  }

  /// The shares of MakeHuman's three ethnic targets.
  public struct Ethnicity: Equatable, Sendable {
    /// The African share.
    public var african = 1.0
    /// The Asian share.
    public var asian = 1.0
    /// The Caucasian share.
    public var caucasian = 1.0

    /// Creates equal shares.
    public init() {}
  }

  /// A local change of shape, composed of one or more pairs of MakeHuman's targets.
  public struct Modifier: Sendable {
    /// The modifier's name in files.
    public var name: String
    /// The effect of positive values.
    public var effect: String
    /// The targets for positive values.
    var more: [String]
    /// The targets for negative values.
    var less: [String]

    init(
      _ name: String, _ effect: String, _ stems: [String],
      _ ends: (String, String) = ("incr", "decr")
    ) {
      self.name = name
      self.effect = effect
      more = stems.map { "\($0)-\(ends.0)" }
      less = stems.map { "\($0)-\(ends.1)" }
    }

    /// All modifiers.
    public static let all: [Modifier] = [
      Modifier("shoulders", "broader", ["torso/measure-shoulder-dist"]),
      Modifier("chest", "larger around the chest", ["torso/measure-bust-circ"]),
      Modifier("waist", "wider", ["torso/measure-waist-circ"]),
      Modifier("hips", "wider", ["torso/measure-hips-circ"]),
      Modifier("belly", "softer", ["stomach/stomach-tone"], ("decr", "incr")),
      Modifier("buttocks", "fuller", ["buttocks/buttocks-volume"]),
      Modifier("vShape", "a trunk that is wider above", ["torso/torso-vshape"]),
      Modifier("neckLength", "longer", ["neck/measure-neck-height"]),
      Modifier("neckGirth", "thicker", ["neck/measure-neck-circ"]),
      Modifier("upperArmLength", "longer", ["arms/measure-upperarm-length"]),
      Modifier("lowerArmLength", "longer", ["arms/measure-lowerarm-length"]),
      Modifier("upperArmGirth", "thicker", ["arms/measure-upperarm-circ"]),
      Modifier("wristGirth", "thicker", ["hands/measure-wrist-circ"]),
      Modifier("upperLegLength", "longer", ["legs/measure-upperleg-height"]),
      Modifier("lowerLegLength", "longer", ["legs/measure-lowerleg-height"]),
      Modifier("thighGirth", "thicker", ["legs/measure-thigh-circ"]),
      Modifier("calfGirth", "thicker", ["legs/measure-calf-circ"]),
      Modifier("ankleGirth", "thicker", ["feet/measure-ankle-circ"]),
      Modifier("handSize", "larger", both("hands/", "-hand-scale")),
      Modifier("footSize", "larger", both("feet/", "-foot-scale")),
      Modifier(
        "headSize", "larger",
        ["head/head-scale-vert", "head/head-scale-horiz", "head/head-scale-depth"]),
      Modifier("headWidth", "wider", ["head/head-scale-horiz"]),
      Modifier("headHeight", "taller", ["head/head-scale-vert"]),
      Modifier("faceFat", "rounder cheeks", ["head/head-fat"]),
      Modifier("cheekbones", "more prominent", both("cheek/", "-cheek-bones")),
      Modifier("jawWidth", "wider", ["chin/chin-width"]),
      Modifier("chinHeight", "taller", ["chin/chin-height"]),
      Modifier("chinProminence", "further forward", ["chin/chin-prominent"]),
      Modifier("eyeSize", "larger", both("eyes/", "-eye-scale")),
      Modifier("noseSize", "larger", ["nose/nose-volume"]),
      Modifier("noseLength", "longer", ["nose/nose-scale-vert"]),
      Modifier("noseWidth", "wider", ["nose/nose-scale-horiz"]),
      Modifier("noseHump", "more of a hump", ["nose/nose-hump"]),
      Modifier("mouthWidth", "wider", ["mouth/mouth-scale-horiz"]),
      Modifier("lips", "fuller", ["mouth/mouth-upperlip-volume", "mouth/mouth-lowerlip-volume"]),
      Modifier("browHeight", "higher", ["eyebrows/eyebrows-trans"], ("up", "down")),
      Modifier("forehead", "taller", ["forehead/forehead-scale-vert"]),
      Modifier("earSize", "larger", both("ears/", "-ear-scale")),
    ]

    private static func both(_ folder: String, _ rest: String) -> [String] {
      ["l", "r"].map { folder + $0 + rest }
    }

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  }
}
