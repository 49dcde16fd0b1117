/// A hair style: pieces made of guides on the scalp, which fit every head (`docs/hair.md`).
///
/// Directions on a head are longitude, in degrees from straight ahead to the head's own left, and
/// latitude, in degrees up from the level of the ears; they go by the head's own extents, so that
/// ears, brow and nape have the same numbers on every head. Lengths are in meters on a head of
/// ``HeadForm/usualHeight``.
public struct HairDesign: Equatable, Sendable {
  /// The style's name.
  public var name: String
  /// A sentence on the style.
  public var summary: String
  /// Words that it is found by.
  public var tags: [String]
  /// The lower bound of the scalp as longitudes from 0 to 180 and latitudes, alike on both sides;
  /// empty for the usual one.
  public var hairline: [SIMD2<Double>]
  /// The parts of the style.
  public var pieces: [HairPiece]

  /// A style from its parts.
  public init(
    name: String, summary: String = "", tags: [String] = [], hairline: [SIMD2<Double>] = [],
    pieces: [HairPiece]
  ) {
    self.name = name
    self.summary = summary
    self.tags = tags
    self.hairline = hairline
    self.pieces = pieces
  }
}

/// One part of a hair style.
public enum HairPiece: Equatable, Sendable {
  /// A closed shell over the scalp.
  case cap(HairCap)
  /// Locks along guides, side by side.
  case locks(HairLocks)
  /// Locks all over the scalp.
  case tufts(HairTufts)
  /// Locks tied together.
  case tail(HairTail)
  /// Three strands laid over each other in turn.
  case braid(HairTail)
  /// A strand wound on itself.
  case coil(HairCoil)
  /// Cloth that hangs around the neck.
  case cloth(HairCloth)
}

/// A point over the head: a direction and a height above the skin.
public struct HeadPoint: Equatable, Sendable {
  /// Degrees from straight ahead to the head's own left.
  public var longitude: Double
  /// Degrees up from the level of the ears.
  public var latitude: Double
  /// Meters above the skin.
  public var height: Double
  /// The landmark of the face, by its number in 300-W, from which the degrees count; nil for
  /// straight ahead at the level of the ears.
  public var face: Int?

  /// A point from its parts.
  public init(_ longitude: Double, _ latitude: Double, height: Double = 0, face: Int? = nil) {
    self.longitude = longitude
    self.latitude = latitude
    self.height = height
    self.face = face
  }
}

/// How locks are formed and how they fall.
public struct LockForm: Equatable, Sendable {
  /// Thickness in meters.
  public var thickness = 0.006
  /// How many times as broad as their distance from each other they are.
  public var overlap = 1.9
  /// The most breadth, in meters.
  public var breadth = 0.018
  /// The share of the length over which they come to a point.
  public var taper = 0.4
  /// Ridges along each.
  public var ridges = 4.0
  /// How deep the grooves between ridges are, as a share of the thickness.
  public var relief = 0.3
  /// How much of the combed way stays when the head is not upright: 1 for tied or short hair.
  public var hold = 0.0
  /// The length in meters over which a lock bends to where it falls.
  public var stiffness = 0.05
  /// How far waves swing to each side, in meters, at curl 1.
  public var wave = 0.012
  /// The length of a wave in meters.
  public var waveLength = 0.07
  /// How much waves go round as corkscrews: 0 in a plane, 1 as far outwards as sideways.
  public var coil = 0.0
  /// How curled they are where a scene does not say.
  public var curl = 0.0
  /// How irregular they are, 0 to 1.
  public var jitter = 0.25
  /// By how many degrees tips turn in towards the neck; out if negative.
  public var turn = 0.0
  /// Whether they lie over the ears.
  public var overEars = false

  /// Locks as most styles have them.
  public init() {}
}

/// A closed shell over the scalp, highest in the middle and thin at the hairline.
public struct HairCap: Equatable, Sendable {
  /// Thickness in meters.
  public var thickness = 0.006
  /// Over how many degrees it gets thin at the hairline.
  public var edge = 14.0
  /// The point that its ridges come from.
  public var pole = HeadPoint(180, 70)
  /// Ridges around the pole.
  public var ridges = 70.0
  /// How deep the grooves are, as a share of the thickness.
  public var relief = 0.35
  /// The size of lumps in meters; 0 for a shell without.
  public var lumps = 0.0
  /// How far it stands out over its own edge, as a share of the thickness: round rims.
  public var rim = 0.0
  /// Whether it lies over the ears.
  public var overEars = false
  /// A lower bound in the hairline's stead.
  public var hairline: [SIMD2<Double>] = []

  /// A shell as most styles have it.
  public init() {}
}

/// A guide on the head: the way that locks are combed, and how far they then hang.
public struct HairGuide: Equatable, Sendable {
  /// The way over the head, from the root.
  public var path: [HeadPoint]
  /// The length beyond it, in meters.
  public var fall: Double

  /// A guide from its parts.
  public init(path: [HeadPoint], fall: Double = 0) {
    self.path = path
    self.fall = fall
  }
}

/// Locks side by side between guides.
public struct HairLocks: Equatable, Sendable {
  /// Rows of guides; each row has as many, each guide as many points.
  public var guides: [[HairGuide]]
  /// How many locks there are in a row.
  public var count: Int
  /// How many rows there are.
  public var rows: Int
  /// Whether the other side has it too.
  public var mirror: Bool
  /// Their form.
  public var form: LockForm

  /// Locks from their parts.
  public init(
    guides: [[HairGuide]], count: Int, rows: Int = 1, mirror: Bool = false,
    form: LockForm = LockForm()
  ) {
    self.guides = guides
    self.count = count
    self.rows = rows
    self.mirror = mirror
    self.form = form
  }
}

/// Locks all over the scalp, in rows around a pole.
public struct HairTufts: Equatable, Sendable {
  /// The point that they lie away from.
  public var pole = HeadPoint(180, 70)
  /// The distance of their roots in meters.
  public var spacing = 0.02
  /// Their length on the head in meters.
  public var length = 0.04
  /// The length beyond it, which hangs, in meters.
  public var fall = 0.0
  /// How high tips stand above the skin, in meters.
  public var lift = 0.012
  /// How far tips come down to the others again, 0 to 1.
  public var tuck = 0.0
  /// The point that all are combed to; nil for away from the pole.
  public var comb: HeadPoint?
  /// By how many degrees locks turn about the pole.
  public var swirl = 0.0
  /// How many degrees they may reach over the hairline.
  public var overhang = 0.0
  /// The latitudes of their roots.
  public var latitudes = -90.0...90.0
  /// The longitudes of their roots, to either side.
  public var longitudes = 0.0...180.0
  /// Their form.
  public var form = LockForm()

  /// Tufts as most styles have them.
  public init() {}
}

/// Hair tied at a point: a tail or a braid.
public struct HairTail: Equatable, Sendable {
  /// The way of its middle from the tie.
  public var guide: HairGuide
  /// The radius in meters where it is thickest.
  public var radius = 0.028
  /// How many locks it has; a braid has three strands.
  public var count = 11
  /// The length of a turn of a braid, in meters.
  public var pitch = 0.075
  /// Whether the other side has it too.
  public var mirror = false
  /// The form of its locks.
  public var form = LockForm()

  /// A tail along a guide.
  public init(guide: HairGuide) { self.guide = guide }
}

/// Cloth around the neck and on the shoulders: of headscarves and hoods.
public struct HairCloth: Equatable, Sendable {
  /// Guides from straight ahead to straight behind, along which the left side hangs; the right
  /// one is alike.
  public var guides: [HairGuide]
  /// Thickness in meters.
  public var thickness = 0.005
  /// How many folds there are around.
  public var folds = 16.0
  /// How deep folds are at the hem, in meters.
  public var depth = 0.012
  /// The length in meters over which cloth bends to where it falls.
  public var stiffness = 0.06

  /// Cloth along guides.
  public init(guides: [HairGuide]) { self.guides = guides }
}

/// A strand wound on itself: a bun.
public struct HairCoil: Equatable, Sendable {
  /// Where its middle is.
  public var center: HeadPoint
  /// The radius along the skin, in meters.
  public var radius = 0.045
  /// How far it stands out, in meters.
  public var depth = 0.06
  /// How often it is wound.
  public var turns = 2.5
  /// Whether the other side has it too.
  public var mirror = false
  /// The form of its strand.
  public var form = LockForm()

  /// A coil about a point.
  public init(center: HeadPoint) { self.center = center }
}

/// A character's hair: a style as it is worn.
///
/// ```swift
/// import PosemapKit
/// import SceneFiles
///
/// var ana = Character(id: "ana", figure: .mannequin(.female, Proportions()))
/// ana.hair = [Hair(try HairLibrary.design(named: "bob"), length: 1.2, curl: 0.3)]
/// ```
public struct Hair: Equatable, Sendable {
  /// The style.
  public var design: HairDesign
  /// The length as a multiple of the style's own.
  public var length: Double
  /// The distance from the skin as a multiple of the style's own.
  public var volume: Double
  /// How curly it is, 0 to 1; nil for the style's own.
  public var curl: Double?

  /// The allowed lengths.
  public static let lengths = 0.2...3.0
  /// The allowed volumes.
  public static let volumes = 0.3...2.5

  /// A style, worn as it is or changed.
  public init(_ design: HairDesign, length: Double = 1, volume: Double = 1, curl: Double? = nil) {
    self.design = design
    self.length = length
    self.volume = volume
    self.curl = curl
  }
}
