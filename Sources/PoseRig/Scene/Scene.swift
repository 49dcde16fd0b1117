/// A canvas, one camera, and the characters and props that it sees, not yet posed.
///
/// A scene file is read into one (``SceneFiles/SceneReader``), and programs make one from values:
///
/// ```swift
/// import SceneFiles
///
/// var pose = Pose()
/// pose[.leftLowerArm] = Anatomy.of(.leftLowerArm).rotation(degrees: [.flexion: 90], side: .left)
/// let scene = Scene(
///   canvas: Canvas(width: 832, height: 1216),
///   characters: [Character(id: "ana", figure: .mannequin(.female, Proportions()), pose: pose)])
/// var findings: [Finding] = []
/// let posed = SceneSolver.solve(scene, findings: &findings)
/// ```
///
/// Lengths are in meters, angles in degrees; +Y is up, and a character with yaw 0 faces +Z.
public struct Scene: Equatable, Sendable {
  /// The picture's size.
  public var canvas: Canvas
  /// The one camera of every map.
  public var camera: CameraDescription
  /// The characters that the maps show, in the order of the file.
  public var characters: [Character]
  /// Things around them.
  public var props: [Prop]
  /// The wind that hair and hanging clothes are in, in meters per second.
  public var wind = Vector3.zero
  /// How the maps are drawn.
  public var mapSettings: MapSettings
  /// The maker of the characters' bodies.
  public var bodies: BodyStore
  /// The profile that the maps are made for, if the file or the caller names one.
  public var profile: Profile?
  /// The prompt that all characters' pictures share: background, light, style.
  public var prompt = Prompt()
  /// The generators' random seed, one of ``Prompt/seeds``.
  public var seed = 0

  /// A scene from its parts.
  public init(
    canvas: Canvas, camera: CameraDescription = .standard, characters: [Character],
    props: [Prop] = [], mapSettings: MapSettings = MapSettings(),
    bodies: BodyStore = BodyStore(),
    profile: Profile? = nil, prompt: Prompt = Prompt(), seed: Int = 0
  ) {
    self.canvas = canvas
    self.camera = camera
    self.characters = characters
    self.props = props
    self.mapSettings = mapSettings
    self.bodies = bodies
    self.profile = profile
    self.prompt = prompt
    self.seed = seed
  }
}

/// A picture's size in pixels.
///
/// ```swift
/// let portrait = Canvas(width: 832, height: 1216)
/// precondition(Canvas.allowedSides.contains(portrait.width))
/// ```
public struct Canvas: Equatable, Sendable, CustomStringConvertible {
  /// The sides a canvas may have, in pixels.
  public static let allowedSides = 64...8192

  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int

  /// A size.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Whether one of both can be the other one scaled, each side rounded to a whole pixel.
  package func hasShape(of other: Canvas) -> Bool {
    func scales(_ side: Int, _ own: Int) -> ClosedRange<Double> {
      (Double(side) - 0.5) / Double(own)...(Double(side) + 0.5) / Double(own)
    }
    return scales(other.width, width).overlaps(scales(other.height, height))
  }

  /// `832×1216`.
  public var description: String { "\(width)×\(height)" }
}

/// One body with its pose, position, hair, clothes and what it holds.
///
/// ```swift
/// import SceneFiles
///
/// var ben = Character(
///   id: "ben", figure: .mannequin(.male, Proportions()), position: Vector3(0.5, 0, 0), yaw: -40)
/// ben.pose.goals.look = .camera
/// ben.hold[.rightHand] = Hold(prop: "sword")
/// ```
///
/// ``yaw`` is in degrees, positive to the character's own left; `id` also names the folder of its
/// maps, so it has at most 64 letters, digits, `-` and `_`.
public struct Character: Equatable, Sendable {
  /// The character's name, which is also the name of its maps' folder.
  public var id: String
  /// The source of the character's body.
  public var figure: Figure
  /// The MakeHuman garments that it wears, if it is a human.
  public var wear: [Garment] = []
  /// The library's garments that it wears.
  public var clothes: [Clothes] = []
  /// The pose.
  public var pose: Pose
  /// The motion that the pose is a moment of, if it is one.
  public var motion: PoseMotion?
  /// The time in the motion, in seconds.
  public var time = 0.0
  /// The position it stands at, in meters.
  public var position: Vector3
  /// The turn about the vertical, in degrees, positive to its own left.
  public var yaw: Double
  /// The position in words; ``Scene/placed(findings:)`` makes a position of it.
  public var placement: Placement?
  /// The direction it faces, in words; ``Scene/placed(findings:)`` makes a yaw of it.
  public var facing: Facing?
  /// Whether it is moved up or down until its lowest point is at `position.y`.
  public var ground: Bool
  /// The keypoints that are left out, or shown whatever hides them.
  public var keypoints = KeypointChoice()
  /// The hair, and beards beside it.
  public var hair: [Hair] = []
  /// The things in its hands, by hand.
  public var hold: [JointName: Hold] = [:]
  /// The prompt of the character's own picture, beside the shared one.
  public var prompt = Prompt()
  /// The path of a picture of the character, for generators that take one. The maps ignore it.
  public var reference: String?

  /// Whether it is moved up or down to the ground: not if its motion stands there by itself.
  var settles: Bool { ground && motion?.isGrounded != true }

  /// A character from its parts; by default at the origin in its T-pose.
  public init(
    id: String, figure: Figure, pose: Pose = .rest, motion: PoseMotion? = nil, time: Double = 0,
    position: Vector3 = .zero, yaw: Double = 0, ground: Bool = true,
    keypoints: KeypointChoice = KeypointChoice(), prompt: Prompt = Prompt()
  ) {
    self.id = id
    self.figure = figure
    self.pose = pose
    self.motion = motion
    self.time = time
    self.position = position
    self.yaw = yaw
    self.ground = ground
    self.keypoints = keypoints
    self.prompt = prompt
  }
}

/// How a character differs from its body's measures; 1 and nil change nothing.
///
/// ```swift
/// import SceneFiles
///
/// var tall = Proportions()
/// tall.height = 1.92
/// tall.shoulderWidth = 1.1
/// let figure = Figure.mannequin(.male, tall)
/// ```
public struct Proportions: Equatable, Sendable {
  /// Stature in meters, 1 to 2.5.
  public var height: Double?
  /// Width of the shoulders, a factor.
  public var shoulderWidth = 1.0
  /// Width of the pelvis and waist, a factor.
  public var hipWidth = 1.0
  /// Length of thighs and shins, a factor.
  public var legLength = 1.0
  /// Length of upper arms and forearms, a factor.
  public var armLength = 1.0
  /// Size of the head, a factor.
  public var headSize = 1.0
  /// The stature in heads, from chin to crown: the head is made as large as that takes, whatever
  /// ``headSize`` is; nil for the head's own size.
  public var heads: Double?
  /// Thickness of trunk and limbs, a factor: below 1 slight, above 1 heavy.
  public var build = 1.0

  /// The body as it is.
  public init() {}
}

/// A camera that is placed by hand, or that finds the characters itself.
///
/// ```swift
/// let near = CameraDescription(
///   placement: .framing(character: "ana", angle: 20, elevation: 5, margin: 0.08),
///   lens: .focalLength(85))
/// let fixed = CameraDescription(
///   placement: .at(position: Vector3(0, 1.2, 4), target: Vector3(0, 0.9, 0)), lens: .fovY(30))
/// ```
public struct CameraDescription: Equatable, Sendable {
  /// Where the camera is.
  public enum Placement: Equatable, Sendable {
    /// At a point, looking at another, both in meters.
    case at(position: Vector3, target: Vector3)
    /// As near as a character (or all of them, for nil) fits the picture, seen from `angle` degrees
    /// to the left of straight ahead and `elevation` degrees up, with `margin` of the
    /// picture's sides left free.
    case framing(character: String?, angle: Double, elevation: Double, margin: Double)
    /// As a shot shows its figures.
    case shot(Shot)
  }

  /// How much the camera sees.
  public enum Lens: Equatable, Sendable {
    /// The whole vertical field of view in degrees.
    case fovY(Double)
    /// The focal length in millimeters that gives an equal diagonal field of view on 36 × 24 mm
    /// film (CIPA DCG-001).
    case focalLength(Double)
  }

  /// Where the camera is.
  public var placement: Placement
  /// How much it sees.
  public var lens: Lens
  /// Turned about the line of sight, degrees, positive tips the picture's content
  /// counter-clockwise.
  public var roll: Double

  /// A camera from its parts; by default with a normal lens and upright.
  public init(placement: Placement, lens: Lens = .focalLength(50), roll: Double = 0) {
    self.placement = placement
    self.lens = lens
    self.roll = roll
  }

  /// Everyone from straight ahead with a normal lens.
  public static let standard = CameraDescription(
    placement: .framing(character: nil, angle: 0, elevation: 0, margin: 0.08),
    lens: .focalLength(50), roll: 0)
}
