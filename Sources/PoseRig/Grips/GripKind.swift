/// The way in which a hand holds a prop.
public enum GripKind: String, CaseIterable, Sendable {
  /// All fingers close around a handle, like that of a hammer.
  case hammer
  /// Thumb, index and middle finger hold a thin object by its end, like a pen.
  case pen
  /// Thumb and fingers close around a wide object from both sides, like a cup.
  case cup
  /// The flat hand carries from below, like a tray.
  case tray
  /// The object lies along the fingers, with the thumb at one edge and the fingertips at the other.
  case phone
}

/// A point of a prop where a hand can hold it.
public struct Grip: Equatable, Sendable {
  /// The point, in the prop's space.
  public var point: Vector3
  /// The line along the fist, pointing out of it on the thumb's side; of unit length.
  public var axis: Vector3
  /// The direction that the palm faces; nil for any direction around the axis.
  public var palm: Vector3?
  /// The direction that the knuckles face, instead of `palm`, which then depends on the hand.
  public var knuckles: Vector3?
  /// The way in which it is held.
  public var kind: GripKind
  /// Whether it can also be held with the thumb at the other end.
  public var isEitherWay: Bool

  /// Whether the hand can come from any side.
  var isRound: Bool { palm == nil && knuckles == nil }

  /// Returns the palm's direction for a hand, perpendicular to the axis; an arbitrary direction if
  /// none is specified.
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

/// The prop that a hand holds, and the way in which it holds it.
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
  /// The name of the grip; nil for the hand's default.
  public var point: String?
  /// The way in which it is held; nil for the grip's own.
  public var kind: GripKind?

  /// Creates a hold from its parts.
  public init(prop: String, point: String? = nil, kind: GripKind? = nil) {
    self.prop = prop
    self.point = point
    self.kind = kind
  }
}

extension Prop.Shape {
  /// The names of its grips, in alphabetical order.
  public var gripNames: [String] { pointNames.filter { grip(named: $0) != nil } }

  /// Returns the grip with a name; nil for a point that no hand can close around.
  public func grip(named name: String) -> Grip? {
    guard let named = point(named: name) else { return nil }
    guard let axis = named.axis ?? rodAxis(at: name) else { return nil }
    return Grip(
      point: named.point, axis: axis, palm: named.palm, knuckles: named.knuckles,
      kind: named.kind ?? .hammer, isEitherWay: named.isEitherWay)
  }

  /// Returns the axis of a rod that is not a library prop, at its middle.
  private func rodAxis(at name: String) -> Vector3? {
    guard name == "middle" else { return nil }
    switch self {
    case .cylinder, .capsule, .cone, .sphere, .lathe: return .unitY
    default: return nil
    }
  }

  /// Returns the name of the default grip of a hand; the second hand on a prop uses another one
  /// than the first. Nil for a prop without grips.
  func usualGrip(for side: Side, besides other: String?) -> String? {
    let names = gripNames
    let own = side == .left ? "leftGrip" : "rightGrip"
    let usual = (other == nil ? [own, "grip"] : [own, "grip2"]) + (other == nil ? ["middle"] : [])
    return usual.first { names.contains($0) && $0 != other }
      ?? names.first { $0 != other && $0.lowercased().hasSuffix("grip") }
      ?? (other == nil ? names.first : nil)
  }
}
