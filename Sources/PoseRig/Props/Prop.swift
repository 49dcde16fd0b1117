/// An object in the scene that is not a character.
///
/// ```swift
/// let table = Prop(
///   id: "table", shape: .box(size: Vector3(1.2, 0.74, 0.7)), position: Vector3(0, 0, 0.6),
///   rotation: Vector3(0, 15, 0), sceneClass: .table)
/// let ball = Prop(id: "ball", shape: .sphere(size: Vector3(0.2, 0.2, 0.2)))
/// ```
///
/// The position is that of the center of its underside, in meters; the rotation is in degrees,
/// intrinsic XYZ.
public struct Prop: Equatable, Sendable {
  /// The shape of a prop, with sizes in meters.
  public enum Shape: Equatable, Sendable {
    /// A box of width (x), height (y) and depth (z).
    case box(size: Vector3)
    /// An upright cylinder.
    case cylinder(radius: Double, height: Double)
    /// A horizontal rectangle of width (x) and depth (z), visible from both sides.
    case plane(width: Double, depth: Double)
    /// A box with edges rounded by a radius.
    case roundedBox(size: Vector3, rounding: Double)
    /// A sphere, or an ellipsoid if its sizes differ.
    case sphere(size: Vector3)
    /// An upright cone; with a top radius, a truncated one.
    case cone(radius: Double, topRadius: Double, height: Double)
    /// An upright cylinder with a hemisphere at each end, `height` from end to end.
    case capsule(radius: Double, height: Double)
    /// A horizontal ring with an outer radius, with equal thickness and height.
    case torus(radius: Double, thickness: Double)
    /// A ramp that rises from its front (+z) to its back.
    case wedge(size: Vector3)
    /// A doorway of two legs and a half ring, which is open along z.
    case arch(size: Vector3, thickness: Double)
    /// A profile of radius (x) and height (y), rotated about the vertical.
    case lathe(profile: Outline, flatness: Double = 1)
    /// An outline in x and y, extruded by `depth` along z, half in front and half behind.
    case prism(outline: Outline, depth: Double)
    /// A round tube along a path.
    case tube(TubePath)
    /// A prop of several shapes, such as those of the library.
    case thing(PropDesign)
  }

  /// The prop's id.
  public var id: String
  /// The prop's shape and size.
  public var shape: Shape
  /// The middle of its underside, in meters.
  public var position: Vector3
  /// The intrinsic XYZ Euler angles about `position`, in degrees.
  public var rotation: Vector3
  /// The prop's class, for the segmentation map.
  public var sceneClass: SceneClass
  /// The id of the character with the maps that show it; nil if it belongs to no one, unless a
  /// character holds it.
  public var owner: String?
  /// The joint that carries it; `position` and `rotation` are then in the joint's frame.
  public var carrier: Carrier?
  /// Whether it has its own position; if not, it comes to the hand that holds it.
  public var isPlaced = true
  /// The transform that a joint or a hand has given it; nil for one that stands by itself.
  package var carried: Transform?

  /// A joint of a character.
  public struct Carrier: Equatable, Sendable {
    /// The character's id.
    public var character: String
    /// The joint's name, as in the file.
    public var joint: String

    /// Creates a carrier from its parts.
    public init(character: String, joint: String) {
      self.character = character
      self.joint = joint
    }
  }

  /// Creates a prop from its parts; by default with the usual class of its shape.
  public init(
    id: String, shape: Shape, position: Vector3 = .zero, rotation: Vector3 = .zero,
    sceneClass: SceneClass? = nil
  ) {
    self.id = id
    self.shape = shape
    self.position = position
    self.rotation = rotation
    self.sceneClass = sceneClass ?? shape.usualClass
  }

  /// The transform from the prop's own space to the world.
  public var worldFromProp: Transform { carried ?? ownTransform }

  /// The transform from the prop's own space to the world, or to the joint that carries it.
  var ownTransform: Transform {
    Transform(
      rotation: Quaternion(intrinsicXYZ: rotation * (.pi / 180)), translation: position)
  }
}

extension Prop.Shape {
  /// The default class of a prop of this shape.
  public var usualClass: SceneClass {
    switch self {
    case .cylinder: .column
    case .plane: .floor
    case .thing(let design): design.sceneClass
    default: .box
    }
  }

  /// The height from the underside to the top, in meters.
  package var height: Double { bounds.high.y }

  /// The bounding box of the shape, in its own space.
  public var bounds: PropBounds {
    switch self {
    case .box(let size), .roundedBox(let size, _), .sphere(let size), .wedge(let size),
      .arch(let size, _):
      PropBounds(width: size.x, height: size.y, depth: size.z)
    case .cylinder(let radius, let height), .capsule(let radius, let height):
      PropBounds(width: radius * 2, height: height, depth: radius * 2)
    case .plane(let width, let depth): PropBounds(width: width, height: 0, depth: depth)
    case .cone(let radius, let top, let height):
      PropBounds(width: max(radius, top) * 2, height: height, depth: max(radius, top) * 2)
    case .torus(let radius, let thickness):
      PropBounds(width: radius * 2, height: thickness, depth: radius * 2)
    case .lathe(let profile, let flatness):
      PropBounds(
        low: Vector3(-profile.high.x, profile.low.y, -profile.high.x * flatness),
        high: Vector3(profile.high.x, profile.high.y, profile.high.x * flatness))
    case .prism(let outline, let depth):
      PropBounds(
        low: Vector3(outline.low.x, outline.low.y, -depth / 2),
        high: Vector3(outline.high.x, outline.high.y, depth / 2))
    case .tube(let path): path.bounds
    case .thing(let design): design.bounds
    }
  }
}

/// A box aligned with the axes, in meters.
public struct PropBounds: Equatable, Sendable {
  /// The corner with the minimum coordinates.
  public var low: Vector3
  /// The corner with the maximum coordinates.
  public var high: Vector3

  /// Creates a box from its corners.
  public init(low: Vector3, high: Vector3) {
    self.low = low
    self.high = high
  }

  /// Creates a box that stands on the origin.
  init(width: Double, height: Double, depth: Double) {
    low = Vector3(-width / 2, 0, -depth / 2)
    high = Vector3(width / 2, height, depth / 2)
  }

  /// The width, height and depth.
  public var size: Vector3 { high - low }
  /// The middle of the box.
  public var middle: Vector3 { (low + high) / 2 }
}
