/// The way a hand holds a thing.
public enum GripKind: String, CaseIterable, Sendable {
  /// All fingers close around a handle, as around a hammer's.
  case hammer
  /// Thumb, index and middle finger hold a thin thing by its end, as a pen.
  case pen
  /// Thumb and fingers close around something wide from both sides, as around a cup.
  case cup
  /// The flat hand carries from below, as a tray.
  case tray
  /// The thing lies along the fingers, the thumb at one edge and the finger tips at the other.
  case phone
}

/// A place of a thing where a hand can hold it.
public struct Grip: Equatable, Sendable {
  /// The place, in the thing's space.
  public var point: Vector3
  /// The line along the fist, out of it on the thumb's side; of unit length.
  public var axis: Vector3
  /// The way the palm faces; nil for any way around the axis.
  public var palm: Vector3?
  /// The way the knuckles face, instead of `palm`, which is then each hand's own.
  public var knuckles: Vector3?
  /// How it is held.
  public var kind: GripKind
  /// Whether it may also be held with the thumb at the other end.
  public var isEitherWay: Bool

  /// Whether the hand may come from any side.
  var isRound: Bool { palm == nil && knuckles == nil }

  /// The palm's direction for a hand, at right angles to the axis; some direction where none is
  /// given.
  func facing(_ side: Side) -> Vector3 {
    let own = knuckles.map { side == .left ? $0.cross(axis) : axis.cross($0) }
    let way = palm ?? own ?? (abs(axis.z) < 0.8 ? .unitZ : .unitX)
    let level = way - axis * way.dot(axis)
    return level.normalized ?? axis.cross(abs(axis.x) < 0.8 ? .unitX : .unitY).normalized ?? .unitX
  }

  /// The grip with the thumb at the other end.
  var turned: Grip {
    var turned = self
    turned.axis = -axis
    return turned
  }
}

/// The prop that a hand holds, and how.
///
/// ```swift
/// import SceneFiles
///
/// var ana = Character(id: "ana", figure: .mannequin(.female, Proportions()))
/// ana.hold[.rightHand] = Hold(prop: "bottle", point: "neck", kind: .hammer)
/// ```
public struct Hold: Equatable, Sendable {
  /// The prop's id.
  public var prop: String
  /// The name of the grip; nil for the usual one of that hand.
  public var point: String?
  /// The way it is held; nil for the grip's own.
  public var kind: GripKind?

  /// A hold from its parts.
  public init(prop: String, point: String? = nil, kind: GripKind? = nil) {
    self.prop = prop
    self.point = point
    self.kind = kind
  }
}

extension Prop.Shape {
  /// The names of its grips, in alphabetical order.
  public var gripNames: [String] { pointNames.filter { grip(named: $0) != nil } }

  /// Returns the grip of a name; nil for a place that no hand closes around.
  public func grip(named name: String) -> Grip? {
    guard let named = point(named: name) else { return nil }
    guard let axis = named.axis ?? rodAxis(at: name) else { return nil }
    return Grip(
      point: named.point, axis: axis, palm: named.palm, knuckles: named.knuckles,
      kind: named.kind ?? .hammer, isEitherWay: named.isEitherWay)
  }

  /// The axis of a rod that is not a thing of the library, at its middle.
  private func rodAxis(at name: String) -> Vector3? {
    guard name == "middle" else { return nil }
    switch self {
    case .cylinder, .capsule, .cone, .sphere, .lathe: return .unitY
    default: return nil
    }
  }

  /// The name of the grip that a hand takes if none is asked for; the second hand at a thing takes
  /// another than the first. Nil for a thing without grips.
  func usualGrip(for side: Side, besides other: String?) -> String? {
    let names = gripNames
    let own = side == .left ? "leftGrip" : "rightGrip"
    let usual = (other == nil ? [own, "grip"] : [own, "grip2"]) + (other == nil ? ["middle"] : [])
    return usual.first { names.contains($0) && $0 != other }
      ?? names.first { $0 != other && $0.lowercased().hasSuffix("grip") }
      ?? (other == nil ? names.first : nil)
  }
}
