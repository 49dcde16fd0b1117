/// A thing in the scene that is not a character.
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
  /// The form of a prop; sizes in meters.
  public enum Shape: Equatable, Sendable {
    /// A box of width (x), height (y) and depth (z).
    case box(size: Vector3)
    /// An upright cylinder.
    case cylinder(radius: Double, height: Double)
    /// A level rectangle of width (x) and depth (z), seen from both sides.
    case plane(width: Double, depth: Double)
    /// A box with edges rounded by a radius.
    case roundedBox(size: Vector3, rounding: Double)
    /// A sphere, or an ellipsoid where its sizes differ.
    case sphere(size: Vector3)
    /// An upright cone; with a top radius its lower part.
    case cone(radius: Double, topRadius: Double, height: Double)
    /// An upright cylinder with half a sphere at either end, `height` from end to end.
    case capsule(radius: Double, height: Double)
    /// A level ring of an outer radius, as thick as it is high.
    case torus(radius: Double, thickness: Double)
    /// A ramp that rises from its front (+z) to its back.
    case wedge(size: Vector3)
    /// A doorway of two legs and half a ring, through which one goes along z.
    case arch(size: Vector3, thickness: Double)
    /// A profile of radius (x) and height (y) turned about the vertical.
    case lathe(profile: Outline, flatness: Double = 1)
    /// An outline in x and y, `depth` deep along z, half of that before and half behind it.
    case prism(outline: Outline, depth: Double)
    /// A round tube along a path.
    case tube(TubePath)
    /// A thing of several shapes, such as those of the library.
    case thing(PropDesign)
  }

  /// The prop's name.
  public var id: String
  /// The prop's form and size.
  public var shape: Shape
  /// The middle of its underside, in meters.
  public var position: Vector3
  /// Intrinsic XYZ Euler degrees about `position`.
  public var rotation: Vector3
  /// The prop's class, for the segmentation map.
  public var sceneClass: SceneClass
  /// The id of the character in whose maps it is drawn; nil for one that belongs to nobody, unless
  /// somebody holds it.
  public var owner: String?
  /// The joint that it moves with; `position` and `rotation` are then in the joint's frame.
  public var carrier: Carrier?
  /// Whether it has a place of its own; one that has none comes to the hand that holds it.
  public var isPlaced = true
  /// The place where a joint or a hand has taken it; nil for one that stands by itself.
  package var carried: Transform?

  /// A joint of a character.
  public struct Carrier: Equatable, Sendable {
    /// The character's id.
    public var character: String
    /// The joint's name, as the file has it.
    public var joint: String

    /// A carrier from its parts.
    public init(character: String, joint: String) {
      self.character = character
      self.joint = joint
    }
  }

  /// A prop from its parts; by default it is of its shape's usual class.
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

  /// The rigid motion from the prop's own space to the world.
  public var worldFromProp: Transform { carried ?? ownPlace }

  /// The motion from the prop's own space to the world, or to the joint that it moves with.
  var ownPlace: Transform {
    Transform(
      rotation: Quaternion(intrinsicXYZ: rotation * (.pi / 180)), translation: position)
  }
}

extension Prop.Shape {
  /// The class of a prop of this shape that does not name one.
  public var usualClass: SceneClass {
    switch self {
    case .cylinder: .column
    case .plane: .floor
    case .thing(let design): design.sceneClass
    default: .box
    }
  }

  /// From the underside to the top, in meters.
  package var height: Double { bounds.high.y }

  /// The smallest box around the shape, in its own space.
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

/// A box along the axes, in meters.
public struct PropBounds: Equatable, Sendable {
  /// The corner with the least coordinates.
  public var low: Vector3
  /// The corner with the greatest coordinates.
  public var high: Vector3

  /// A box from its corners.
  public init(low: Vector3, high: Vector3) {
    self.low = low
    self.high = high
  }

  /// A box that stands on the origin.
  init(width: Double, height: Double, depth: Double) {
    low = Vector3(-width / 2, 0, -depth / 2)
    high = Vector3(width / 2, height, depth / 2)
  }

  /// Width, height and depth.
  public var size: Vector3 { high - low }
  /// The middle of the box.
  public var middle: Vector3 { (low + high) / 2 }
}
