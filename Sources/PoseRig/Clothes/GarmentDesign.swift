/// A garment of the library: pieces cut from the body's own surface or hung around it, which fit
/// every body (`docs/wear.md`).
public struct GarmentDesign: Equatable, Sendable {
  /// The garment's name.
  public var name: String
  /// A sentence on the garment.
  public var summary: String
  /// Words that it is found by.
  public var tags: [String]
  /// How far out it is worn: of two garments the higher lies over the other.
  public var layer: Int
  /// What a scene may choose.
  public var choices: [GarmentChoice]
  /// Its pieces.
  public var pieces: [GarmentPiece]

  /// A garment from its parts.
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

/// What can be chosen of garments; all have the same names for it.
public enum GarmentParameter: String, CaseIterable, Sendable {
  case length, width, flare, sleeves
}

/// A parameter as one garment has it.
public struct GarmentChoice: Equatable, Sendable {
  /// The parameter.
  public var parameter: GarmentParameter
  /// The values that it takes.
  public var range: ClosedRange<Double>
  /// The value where a scene gives none.
  public var usual: Double
  /// What it does, in a few words.
  public var summary: String

  /// A choice from its parts.
  public init(
    _ parameter: GarmentParameter, range: ClosedRange<Double>, usual: Double, summary: String = ""
  ) {
    self.parameter = parameter
    self.range = range
    self.usual = usual
    self.summary = summary
  }
}

/// A number of a piece: fixed, or going with a parameter from the low end of its range to the high
/// one.
public enum GarmentMeasure: Equatable, Sendable {
  /// Always the same.
  case fixed(Double)
  /// In proportion between the values at both ends of a parameter's range.
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
  /// The radius of the neckline in meters, on a neck of usual size; nil for a piece that ends
  /// at `top`.
  public var neck: GarmentMeasure?
  /// How far the neckline goes down in front, in meters.
  public var scoop = GarmentMeasure.fixed(0)
  /// The level of the upper edge of a piece without a neckline.
  public var top = GarmentMeasure.fixed(0.45)
  /// The level of the lower edge of a piece without legs.
  public var bottom = GarmentMeasure.fixed(0)
  /// The share of the arm that is covered, from the shoulder to the wrist.
  public var sleeves = GarmentMeasure.fixed(0)
  /// The share of the leg that is covered, from the hip joint to the ankle; nil for none.
  public var legs: GarmentMeasure?
  /// How far the cloth stands off, in meters: on the trunk.
  public var ease = GarmentMeasure.fixed(0.004)
  /// At the end of the sleeves.
  public var sleeveEase = GarmentMeasure.fixed(0.006)
  /// At the end of the legs.
  public var legEase = GarmentMeasure.fixed(0.006)
  /// How far it hangs straight from what stands out above, instead of following the body: 0 to 1.
  public var hang = GarmentMeasure.fixed(0)
  /// The thickness of its edges in meters.
  public var thickness = GarmentMeasure.fixed(0.004)
  /// The width of the bands along its edges, in meters: hems, cuffs and collar; 0 for none.
  public var trim = GarmentMeasure.fixed(0)
  /// The width of the band down its front, on which it is buttoned, in meters; 0 for none.
  public var placket = GarmentMeasure.fixed(0)
  /// The level of the trunk at which an opening in front begins, which widens upwards to the
  /// neckline; 1 for none.
  public var vee = GarmentMeasure.fixed(1)
  /// The width of the lapels along that opening, in meters; 0 for none.
  public var lapel = GarmentMeasure.fixed(0)
  /// The height of the collar on the neckline, in meters; 0 for none.
  public var collar = GarmentMeasure.fixed(0)

  /// A piece that covers nothing yet.
  public init() {}
}

/// Cloth in rings around both legs, which hangs from the waist.
public struct SkirtPiece: Equatable, Sendable {
  /// The level of its waist.
  public var top = GarmentMeasure.fixed(0.42)
  /// How far down it hangs: 0 at the hip joints, 1 at the ankles.
  public var length = GarmentMeasure.fixed(0.5)
  /// The degrees by which it leads away from the legs.
  public var flare = GarmentMeasure.fixed(10)
  /// How many folds there are around.
  public var folds = GarmentMeasure.fixed(9)
  /// How deep folds are at the hem, as a share of the hem's radius.
  public var depth = GarmentMeasure.fixed(0.06)
  /// How far it stands off at the waist, in meters.
  public var ease = GarmentMeasure.fixed(0.006)
  /// The degrees that are left open in front.
  public var opening = GarmentMeasure.fixed(0)

  /// A skirt as most are.
  public init() {}
}

/// Leather around both feet: shoes and boots.
public struct ShoePiece: Equatable, Sendable {
  /// How far up it goes: 0 at the ankles, 1 at the knees.
  public var shaft = GarmentMeasure.fixed(0)
  /// The thickness of the sole in meters.
  public var sole = GarmentMeasure.fixed(0.015)
  /// How far the leather stands off the foot, in meters.
  public var ease = GarmentMeasure.fixed(0.005)
  /// The same at the top.
  public var shaftEase = GarmentMeasure.fixed(0.006)

  /// A low shoe.
  public init() {}
}

/// Cloth that hangs from the shoulders, open in front.
public struct CloakPiece: Equatable, Sendable {
  /// How far down it hangs: 0 at the hip joints, 1 at the ankles.
  public var length = GarmentMeasure.fixed(0.8)
  /// The degrees by which it leads away from the body.
  public var flare = GarmentMeasure.fixed(12)
  /// How many folds there are around.
  public var folds = GarmentMeasure.fixed(11)
  /// How deep folds are, as a share of the hem's radius.
  public var depth = GarmentMeasure.fixed(0.08)
  /// How far it stands off the shoulders, in meters.
  public var ease = GarmentMeasure.fixed(0.012)
  /// The degrees that are left open in front.
  public var opening = GarmentMeasure.fixed(90)
  /// The height of the collar in meters; 0 for none.
  public var collar = GarmentMeasure.fixed(0.04)

  /// A cloak as most are.
  public init() {}
}

/// A hat: a band, a crown and a brim. Lengths are those on a head of usual size.
public struct HatPiece: Equatable, Sendable {
  /// How far above the middle of the head its band is, in meters.
  public var level = GarmentMeasure.fixed(0.045)
  /// How many degrees it leans back.
  public var tilt = GarmentMeasure.fixed(8)
  /// The height of the crown in meters.
  public var height = GarmentMeasure.fixed(0.11)
  /// The width of the crown's top as a share of the band's: 0 for a cone.
  public var top = GarmentMeasure.fixed(0.8)
  /// How round the crown is: 1 for a dome.
  public var round = GarmentMeasure.fixed(0)
  /// How far its top leans back, in meters.
  public var bend = GarmentMeasure.fixed(0)
  /// The width of the brim in meters.
  public var brim = GarmentMeasure.fixed(0.06)
  /// How far the brim hangs at its edge, as a share of its width.
  public var droop = GarmentMeasure.fixed(0.1)
  /// How far the band stands off the skin, in meters.
  public var ease = GarmentMeasure.fixed(0.012)

  /// A hat as most are.
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
  /// The parameters that were chosen; others are as usual.
  public var chosen: [GarmentParameter: Double]

  /// A garment, worn as usual or changed.
  public init(_ design: GarmentDesign, _ chosen: [GarmentParameter: Double] = [:]) {
    self.design = design
    self.chosen = chosen
  }

  /// Returns a measure's value under the parameters chosen.
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
