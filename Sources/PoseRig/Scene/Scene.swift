/// A canvas, one camera, and the characters and props in front of it, before posing.
///
/// ``SceneFiles/SceneReader`` reads one from a scene file, and programs create one from values:
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
  /// The camera of every map.
  public var camera: CameraDescription
  /// The cameras that the scene names, in the order of the file; ``camera`` can be one of them.
  public var cameras: [NamedCamera] = []
  /// The characters that the maps show, in the order of the file.
  public var characters: [Character]
  /// The arrangements in which several characters stand together.
  public var arrangements: [Arrangement] = []
  /// The props around them.
  public var props: [Prop]
  /// The wind, in meters per second, which moves hair and hanging clothes.
  public var wind = Vector3.zero
  /// The lights of the shaded map; nil for the studio's.
  public var lights: Lights?
  /// The settings for drawing the maps.
  public var mapSettings: MapSettings
  /// The factory of the characters' bodies.
  public var bodies: BodyStore
  /// The profile that the maps are made for, if the file or the caller names one.
  public var profile: Profile?
  /// The prompt that all characters' pictures share: background, light, style.
  public var prompt = Prompt()
  /// The generators' random seed, within ``Prompt/seeds``.
  public var seed = 0

  /// Creates a scene from its parts.
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
  /// The range of a canvas' sides, in pixels.
  public static let allowedSides = 64...8192

  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int

  /// Creates a size.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Returns whether one of the two is a scaled version of the other, with sides rounded to whole
  /// pixels.
  package func hasShape(of other: Canvas) -> Bool {
    func scales(_ side: Int, _ own: Int) -> ClosedRange<Double> {
      (Double(side) - 0.5) / Double(own)...(Double(side) + 0.5) / Double(own)
    }
    return scales(other.width, width).overlaps(scales(other.height, height))
  }

  /// `832×1216`.
  public var description: String { "\(width)×\(height)" }
}

/// A body with its pose, position, hair, clothes and held props.
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
  /// The garments of MakeHuman's that it wears, if it is a human.
  public var wear: [Garment] = []
  /// The library's garments that it wears.
  public var clothes: [Clothes] = []
  /// The pose.
  public var pose: Pose
  /// The motion that the pose is a moment of, if there is one.
  public var motion: PoseMotion?
  /// The time in the motion, in seconds.
  public var time = 0.0
  /// The character's position, in meters.
  public var position: Vector3
  /// The rotation about the vertical, in degrees, positive to its own left.
  public var yaw: Double
  /// The position in words; ``Scene/placed(findings:)`` converts it to a position.
  public var placement: Placement?
  /// The direction that it faces, in words; ``Scene/placed(findings:)`` converts it to a yaw.
  public var facing: Facing?
  /// Whether to move it up or down until its lowest point is at `position.y`.
  public var ground: Bool
  /// The keypoints that are left out, or shown even if they are hidden.
  public var keypoints = KeypointChoice()
  /// The hair, including beards.
  public var hair: [Hair] = []
  /// The props in its hands, by hand.
  public var hold: [JointName: Hold] = [:]
  /// The prompt of the character's own picture, in addition to the shared one.
  public var prompt = Prompt()
  /// The path of a picture of the character, for generators that accept one. Maps ignore it.
  public var reference: String?

  /// Whether to move it up or down to the ground, which is not necessary for a grounded motion.
  var settles: Bool { ground && motion?.isGrounded != true }

  /// Creates a character from its parts; by default at the origin in its T-pose.
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

/// Changes to a body's measures; 1 and nil change nothing.
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
  /// The stature in meters, 1 to 2.5.
  public var height: Double?
  /// The factor of the shoulders' width.
  public var shoulderWidth = 1.0
  /// The factor of the width of pelvis and waist.
  public var hipWidth = 1.0
  /// The factor of the length of thighs and shins.
  public var legLength = 1.0
  /// The factor of the length of upper arms and forearms.
  public var armLength = 1.0
  /// The factor of the head's size.
  public var headSize = 1.0
  /// The stature in heads, from chin to crown, which determines the head's size instead of
  /// ``headSize``; nil for the head's own size.
  public var heads: Double?
  /// The factor of the thickness of trunk and limbs: below 1 slight, above 1 heavy.
  public var build = 1.0

  /// Creates proportions without changes.
  public init() {}
}

/// A camera of a scene by its name, which is also the name of its maps' folder.
public struct NamedCamera: Equatable, Sendable {
  /// The name.
  public var name: String
  /// The camera.
  public var camera: CameraDescription

  /// Creates a camera with a name.
  public init(name: String, camera: CameraDescription) {
    self.name = name
    self.camera = camera
  }
}

/// A camera with a fixed position, or one that frames characters automatically.
///
/// ```swift
/// let near = CameraDescription(
///   placement: .framing(character: "ana", angle: 20, elevation: 5, margin: 0.08),
///   lens: .focalLength(85))
/// let fixed = CameraDescription(
///   placement: .at(position: Vector3(0, 1.2, 4), target: Vector3(0, 0.9, 0)), lens: .fovY(30))
/// ```
public struct CameraDescription: Equatable, Sendable {
  /// The position of the camera.
  public enum Placement: Equatable, Sendable {
    /// At a point, looking at another point, both in meters.
    case at(position: Vector3, target: Vector3)
    /// As near as a character (nil means all) fits the picture, from `angle` degrees to the left of
    /// straight ahead and `elevation` degrees up, with `margin` of the picture's sides left free.
    case framing(character: String?, angle: Double, elevation: Double, margin: Double)
    /// As a shot frames its figures.
    case shot(Shot)
  }

  /// The field of view of a camera.
  public enum Lens: Equatable, Sendable {
    /// The whole vertical field of view in degrees.
    case fovY(Double)
    /// The focal length in millimeters that gives an equal diagonal field of view on 36 × 24 mm
    /// film (CIPA DCG-001).
    case focalLength(Double)
  }

  /// The position of the camera.
  public var placement: Placement
  /// The field of view.
  public var lens: Lens
  /// The rotation about the line of sight in degrees; positive values rotate the picture's content
  /// counter-clockwise.
  public var roll: Double

  /// Creates a camera from its parts; by default upright with a normal lens.
  public init(placement: Placement, lens: Lens = .focalLength(50), roll: Double = 0) {
    self.placement = placement
    self.lens = lens
    self.roll = roll
  }

  /// A camera that frames everyone from straight ahead with a normal lens.
  public static let standard = CameraDescription(
    placement: .framing(character: nil, angle: 0, elevation: 0, margin: 0.08),
    lens: .focalLength(50), roll: 0)
}
