/// A garment of the library: pieces cut from the body's own surface or hung around it, which fit
/// every body (`docs/wear.md`).
public struct GarmentDesign: Equatable, Sendable {
  /// The garment's name.
  public var name: String
  /// A sentence about the garment.
  public var summary: String
  /// The words by which it is found.
  public var tags: [String]
  /// The layer: of two garments, the one with the higher layer is outside.
  public var layer: Int
  /// The parameters that a scene can set.
  public var choices: [GarmentChoice]
  /// The pieces of the garment.
  public var pieces: [GarmentPiece]

  /// Creates a garment from its parts.
  public init(
    name: String, summary: String = "", tags: [String] = [], layer: Int = 0,
    choices: [GarmentChoice] = [], pieces: [GarmentPiece]
  ) {
    self.name = name
    self.summary = summary
    self.tags = tags
    self.layer = layer
    self.choices = choices
    self.pieces = pieces
  }
}

/// The parameters of garments; all garments use these names.
public enum GarmentParameter: String, CaseIterable, Sendable {
  case length, width, flare, sleeves
}

/// A parameter of one garment.
public struct GarmentChoice: Equatable, Sendable {
  /// The parameter.
  public var parameter: GarmentParameter
  /// The range of its values.
  public var range: ClosedRange<Double>
  /// The default value.
  public var usual: Double
  /// The effect, in a few words.
  public var summary: String

  /// Creates a choice from its parts.
  public init(
    _ parameter: GarmentParameter, range: ClosedRange<Double>, usual: Double, summary: String = ""
  ) {
    self.parameter = parameter
    self.range = range
    self.usual = usual
    self.summary = summary
  }
}

/// A number of a piece: fixed, or depending linearly on a parameter.
public enum GarmentMeasure: Equatable, Sendable {
  /// A fixed value.
  case fixed(Double)
  /// Linear between the values at both ends of a parameter's range.
  case by(GarmentParameter, Double, Double)
}

/// One piece of a garment.
public enum GarmentPiece: Equatable, Sendable {
  /// Cloth over trunk, arms and legs.
  case shell(ShellPiece)
  /// Cloth that hangs around both legs.
  case skirt(SkirtPiece)
  /// A shoe or boot on each foot.
  case shoes(ShoePiece)
  /// Cloth that hangs from the shoulders.
  case cloak(CloakPiece)
  /// A hat.
  case hat(HatPiece)
}

/// Cloth cut from the body's surface: shirts, trousers, the upper part of dresses.
///
/// Levels of the trunk go from 0 at the hip joints to 1 at the base of the neck.
public struct ShellPiece: Equatable, Sendable {
  /// The radius of the neckline in meters, on a neck of typical size; nil for a piece that ends at
  /// `top`.
  public var neck: GarmentMeasure?
  /// The depth of the neckline in front, in meters.
  public var scoop = GarmentMeasure.fixed(0)
  /// The level of the upper edge of a piece without a neckline.
  public var top = GarmentMeasure.fixed(0.45)
  /// The level of the lower edge of a piece without legs.
  public var bottom = GarmentMeasure.fixed(0)
  /// The covered share of the arm, from the shoulder to the wrist.
  public var sleeves = GarmentMeasure.fixed(0)
  /// The covered share of the leg, from the hip joint to the ankle; nil without legs.
  public var legs: GarmentMeasure?
  /// The distance of the cloth from the trunk, in meters.
  public var ease = GarmentMeasure.fixed(0.004)
  /// The distance of the cloth from the arm at the end of the sleeves, in meters.
  public var sleeveEase = GarmentMeasure.fixed(0.006)
  /// The distance of the cloth from the leg at the end of the trouser legs, in meters.
  public var legEase = GarmentMeasure.fixed(0.006)
  /// The degree to which it hangs straight from protruding parts instead of following the body: 0
  /// to 1.
  public var hang = GarmentMeasure.fixed(0)
  /// The thickness of its edges in meters.
  public var thickness = GarmentMeasure.fixed(0.004)
  /// The width of the bands along its edges (hems, cuffs and collar), in meters; 0 to omit them.
  public var trim = GarmentMeasure.fixed(0)
  /// The width of the button band down its front, in meters; 0 to omit it.
  public var placket = GarmentMeasure.fixed(0)
  /// The level of the trunk at which a front opening begins, which widens upward to the neckline; 1
  /// for none.
  public var vee = GarmentMeasure.fixed(1)
  /// The width of the lapels along that opening, in meters; 0 to omit them.
  public var lapel = GarmentMeasure.fixed(0)
  /// The height of the collar on the neckline, in meters; 0 to omit it.
  public var collar = GarmentMeasure.fixed(0)

  /// Creates a piece that does not cover anything yet.
  public init() {}
}

/// Cloth in rings around both legs, which hangs from the waist.
public struct SkirtPiece: Equatable, Sendable {
  /// The level of its waist.
  public var top = GarmentMeasure.fixed(0.42)
  /// The level of its hem: 0 at the hip joints, 1 at the ankles.
  public var length = GarmentMeasure.fixed(0.5)
  /// The angle by which it flares, in degrees.
  public var flare = GarmentMeasure.fixed(10)
  /// The number of folds around it.
  public var folds = GarmentMeasure.fixed(9)
  /// The depth of folds at the hem, as a share of the hem's radius.
  public var depth = GarmentMeasure.fixed(0.06)
  /// The distance from the body at the waist, in meters.
  public var ease = GarmentMeasure.fixed(0.006)
  /// The angle that is left open in front, in degrees.
  public var opening = GarmentMeasure.fixed(0)

  /// Creates a typical skirt.
  public init() {}
}

/// Leather around both feet: shoes and boots.
public struct ShoePiece: Equatable, Sendable {
  /// The level of the shaft's top: 0 at the ankles, 1 at the knees.
  public var shaft = GarmentMeasure.fixed(0)
  /// The thickness of the sole in meters.
  public var sole = GarmentMeasure.fixed(0.015)
  /// The distance of the leather from the foot, in meters.
  public var ease = GarmentMeasure.fixed(0.005)
  /// The distance of the leather from the leg at the top of the shaft, in meters.
  public var shaftEase = GarmentMeasure.fixed(0.006)

  /// Creates a low shoe.
  public init() {}
}

/// Cloth that hangs from the shoulders, open in front.
public struct CloakPiece: Equatable, Sendable {
  /// The level of its hem: 0 at the hip joints, 1 at the ankles.
  public var length = GarmentMeasure.fixed(0.8)
  /// The angle by which it flares, in degrees.
  public var flare = GarmentMeasure.fixed(12)
  /// The number of folds around it.
  public var folds = GarmentMeasure.fixed(11)
  /// The depth of folds, as a share of the hem's radius.
  public var depth = GarmentMeasure.fixed(0.08)
  /// The distance from the shoulders, in meters.
  public var ease = GarmentMeasure.fixed(0.012)
  /// The angle that is left open in front, in degrees.
  public var opening = GarmentMeasure.fixed(90)
  /// The height of the collar in meters; 0 to omit it.
  public var collar = GarmentMeasure.fixed(0.04)

  /// Creates a typical cloak.
  public init() {}
}

/// A hat: a band, a crown and a brim. Lengths are those on a head of typical size.
public struct HatPiece: Equatable, Sendable {
  /// The height of its band above the middle of the head, in meters.
  public var level = GarmentMeasure.fixed(0.045)
  /// The angle by which it leans back, in degrees.
  public var tilt = GarmentMeasure.fixed(8)
  /// The height of the crown in meters.
  public var height = GarmentMeasure.fixed(0.11)
  /// The width of the crown's top as a share of the band's: 0 for a cone.
  public var top = GarmentMeasure.fixed(0.8)
  /// The roundness of the crown: 1 for a dome.
  public var round = GarmentMeasure.fixed(0)
  /// The distance by which its top leans back, in meters.
  public var bend = GarmentMeasure.fixed(0)
  /// The width of the brim in meters.
  public var brim = GarmentMeasure.fixed(0.06)
  /// The drop of the brim's edge, as a share of the brim's width.
  public var droop = GarmentMeasure.fixed(0.1)
  /// The distance of the band from the skin, in meters.
  public var ease = GarmentMeasure.fixed(0.012)

  /// Creates a typical hat.
  public init() {}
}

/// A garment of the library as a character wears it.
///
/// ```swift
/// import PosemapKit
/// import SceneFiles
///
/// var ana = Character(id: "ana", figure: .mannequin(.female, Proportions()))
/// ana.clothes = [Clothes(try GarmentLibrary.design(named: "dress"), [.length: 0.7])]
/// ```
public struct Clothes: Equatable, Sendable {
  /// The garment.
  public var design: GarmentDesign
  /// The parameters set by the scene; others have their defaults.
  public var chosen: [GarmentParameter: Double]

  /// Creates a garment with defaults, or with some parameters set.
  public init(_ design: GarmentDesign, _ chosen: [GarmentParameter: Double] = [:]) {
    self.design = design
    self.chosen = chosen
  }

  /// Returns a measure's value for the parameters.
  func value(_ measure: GarmentMeasure) -> Float {
    switch measure {
    case .fixed(let value): return Float(value)
    case .by(let parameter, let low, let high):
      guard let choice = design.choices.first(where: { $0.parameter == parameter }) else {
        return Float(low)
      }
      let value = chosen[parameter] ?? choice.usual
      let width = choice.range.upperBound - choice.range.lowerBound
      let share = width > 0 ? (value - choice.range.lowerBound) / width : 0
      return Float(low + (high - low) * share)
    }
  }
}
