/// A hair style: pieces made of guides on the scalp, which fit every head (`docs/hair.md`).
///
/// Directions on a head are longitude, in degrees from straight ahead to the head's own left, and
/// latitude, in degrees up from the level of the ears. They are relative to the head's own extents,
/// so that ears, brow and nape have equal coordinates on every head. Lengths are in meters on a
/// head of ``HeadForm/usualHeight``.
public struct HairDesign: Equatable, Sendable {
  /// The style's name.
  public var name: String
  /// A sentence about the style.
  public var summary: String
  /// The words by which it is found.
  public var tags: [String]
  /// The lower edge of the scalp as longitudes from 0 to 180 and latitudes, equal on both sides;
  /// empty for the default.
  public var hairline: [SIMD2<Double>]
  /// The parts of the style.
  public var pieces: [HairPiece]

  /// Creates a style from its parts.
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
  /// Three braided strands.
  case braid(HairTail)
  /// A coiled strand.
  case coil(HairCoil)
  /// Cloth that hangs around the neck.
  case cloth(HairCloth)
}

/// A point above the head: a direction and a height above the skin.
public struct HeadPoint: Equatable, Sendable {
  /// The longitude in degrees from straight ahead to the head's own left.
  public var longitude: Double
  /// The latitude in degrees up from the level of the ears.
  public var latitude: Double
  /// The height above the skin in meters.
  public var height: Double
  /// The landmark of the face, by its number in 300-W, that the degrees are relative to; nil for
  /// straight ahead at the level of the ears.
  public var face: Int?

  /// Creates a point from its parts.
  public init(_ longitude: Double, _ latitude: Double, height: Double = 0, face: Int? = nil) {
    self.longitude = longitude
    self.latitude = latitude
    self.height = height
    self.face = face
  }
}

/// The shape of locks and the way in which they fall.
public struct LockForm: Equatable, Sendable {
  /// The thickness in meters.
  public var thickness = 0.006
  /// The width of locks as a multiple of the distance between them.
  public var overlap = 1.9
  /// The largest width, in meters.
  public var breadth = 0.018
  /// The share of the length over which they taper to a point.
  public var taper = 0.4
  /// The number of ridges along each lock.
  public var ridges = 4.0
  /// The depth of the grooves between ridges, as a share of the thickness.
  public var relief = 0.3
  /// The degree to which hair stays as combed when the head is not upright: 1 for tied or short
  /// hair.
  public var hold = 0.0
  /// The length in meters over which a lock bends toward the direction of its fall.
  public var stiffness = 0.05
  /// The amplitude of waves to each side, in meters, at curl 1.
  public var wave = 0.012
  /// The length of a wave in meters.
  public var waveLength = 0.07
  /// The degree to which waves are corkscrews: 0 in a plane, 1 as far outward as sideways.
  public var coil = 0.0
  /// The curl if a scene does not specify one.
  public var curl = 0.0
  /// The irregularity, 0 to 1.
  public var jitter = 0.25
  /// The angle in degrees by which tips turn in toward the neck; out if negative.
  public var turn = 0.0
  /// Whether they lie over the ears.
  public var overEars = false

  /// Creates the typical shape of locks.
  public init() {}
}

/// A closed shell over the scalp, highest in the middle and thin at the hairline.
public struct HairCap: Equatable, Sendable {
  /// The thickness in meters.
  public var thickness = 0.006
  /// The angle in degrees over which it becomes thin at the hairline.
  public var edge = 14.0
  /// The point from which its ridges emanate.
  public var pole = HeadPoint(180, 70)
  /// The number of ridges around the pole.
  public var ridges = 70.0
  /// The depth of the grooves, as a share of the thickness.
  public var relief = 0.35
  /// The size of lumps in meters; 0 to omit them.
  public var lumps = 0.0
  /// The distance by which it extends beyond its own edge, as a share of the thickness, for round
  /// rims.
  public var rim = 0.0
  /// Whether it lies over the ears.
  public var overEars = false
  /// A lower edge that replaces the style's hairline.
  public var hairline: [SIMD2<Double>] = []

  /// Creates a typical shell.
  public init() {}
}

/// A guide on the head: the combed path of locks, and the length that hangs beyond it.
public struct HairGuide: Equatable, Sendable {
  /// The path over the head, from the root.
  public var path: [HeadPoint]
  /// The length beyond the path, in meters.
  public var fall: Double

  /// Creates a guide from its parts.
  public init(path: [HeadPoint], fall: Double = 0) {
    self.path = path
    self.fall = fall
  }
}

/// Locks side by side between guides.
public struct HairLocks: Equatable, Sendable {
  /// The rows of guides; all rows have equal numbers of guides, and all guides equal numbers of
  /// points.
  public var guides: [[HairGuide]]
  /// The number of locks in a row.
  public var count: Int
  /// The number of rows.
  public var rows: Int
  /// Whether to mirror it to the other side.
  public var mirror: Bool
  /// The shape of the locks.
  public var form: LockForm

  /// Creates locks from their parts.
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
  /// The point that they point away from.
  public var pole = HeadPoint(180, 70)
  /// The distance between their roots in meters.
  public var spacing = 0.02
  /// Their length along the head in meters.
  public var length = 0.04
  /// The hanging length beyond it, in meters.
  public var fall = 0.0
  /// The height of tips above the skin, in meters.
  public var lift = 0.012
  /// The degree to which tips return to the other locks, 0 to 1.
  public var tuck = 0.0
  /// The point toward which all are combed; nil for away from the pole.
  public var comb: HeadPoint?
  /// The angle in degrees by which locks curve around the pole.
  public var swirl = 0.0
  /// The angle in degrees by which they can extend over the hairline.
  public var overhang = 0.0
  /// The latitudes of their roots.
  public var latitudes = -90.0...90.0
  /// The longitudes of their roots, on both sides.
  public var longitudes = 0.0...180.0
  /// The shape of the locks.
  public var form = LockForm()

  /// Creates typical tufts.
  public init() {}
}

/// Hair tied at a point: a tail or a braid.
public struct HairTail: Equatable, Sendable {
  /// The path of its middle from the tie.
  public var guide: HairGuide
  /// The radius in meters at its thickest point.
  public var radius = 0.028
  /// The number of locks; a braid has three strands.
  public var count = 11
  /// The length of one turn of a braid, in meters.
  public var pitch = 0.075
  /// Whether to mirror it to the other side.
  public var mirror = false
  /// The shape of its locks.
  public var form = LockForm()

  /// Creates a tail along a guide.
  public init(guide: HairGuide) { self.guide = guide }
}

/// Cloth around the neck and on the shoulders, for headscarves and hoods.
public struct HairCloth: Equatable, Sendable {
  /// The guides from straight ahead to straight behind along which the left side hangs; the right
  /// side is symmetrical.
  public var guides: [HairGuide]
  /// The thickness in meters.
  public var thickness = 0.005
  /// The number of folds around it.
  public var folds = 16.0
  /// The depth of folds at the hem, in meters.
  public var depth = 0.012
  /// The length in meters over which cloth bends toward the direction of its fall.
  public var stiffness = 0.06

  /// Creates cloth along guides.
  public init(guides: [HairGuide]) { self.guides = guides }
}

/// A coiled strand: a bun.
public struct HairCoil: Equatable, Sendable {
  /// The position of its middle.
  public var center: HeadPoint
  /// The radius along the skin, in meters.
  public var radius = 0.045
  /// The distance by which it protrudes, in meters.
  public var depth = 0.06
  /// The number of turns.
  public var turns = 2.5
  /// Whether to mirror it to the other side.
  public var mirror = false
  /// The shape of its strand.
  public var form = LockForm()

  /// Creates a coil around a point.
  public init(center: HeadPoint) { self.center = center }
}

/// A character's hair: a style with adjustments.
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
  /// The curl, 0 to 1; nil for the style's own.
  public var curl: Double?

  /// The allowed lengths.
  public static let lengths = 0.2...3.0
  /// The allowed volumes.
  public static let volumes = 0.3...2.5

  /// Creates hair from a style, unchanged by default.
  public init(_ design: HairDesign, length: Double = 1, volume: Double = 1, curl: Double? = nil) {
    self.design = design
    self.length = length
    self.volume = volume
    self.curl = curl
  }
}
