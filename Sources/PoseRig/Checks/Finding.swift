/// An error or warning from solving or checking a scene: a fact, not a sentence.
///
/// The file layer puts it in words and adds its location (`FindingSentence` in SceneFiles).
public struct Finding: Error, Hashable, Sendable {
  /// The part of a scene that a finding is about.
  public enum Subject: Hashable, Sendable {
    /// The scene's camera.
    case camera
    /// A character, by its index in the scene.
    case character(Int)
    /// A goal of a character, by the character's index in the scene.
    case goal(PoseGoals.Name, character: Int)
    /// A character's position in words, by the character's index in the scene.
    case placing(Int)
    /// The direction that a character faces in words, by the character's index in the scene.
    case facing(Int)
    /// The prop in a hand of a character, by the character's index in the scene.
    case hold(JointName, character: Int)
    /// A prop, by its index in the scene.
    case prop(Int)
    /// A lamp, by its name.
    case lamp(String)
    /// A pose that was checked without a scene.
    case pose
  }

  /// A direction that a goal requests for a hand or foot.
  public enum LimbDirection: String, Sendable {
    /// The direction that the palm faces.
    case palm
    /// The direction in which the fingers point.
    case fingers
    /// The direction opposite to the sole: up, for a standing foot.
    case sole
  }

  /// Two positions on the surface of bodies, one inside the other.
  public struct Overlap: Hashable, Sendable {
    /// The joint that carries the inner skin.
    public var joint: JointName
    /// The joint that carries the outer skin.
    public var inside: JointName
    /// The depth in meters.
    public var depth: Double
  }

  /// The fact itself. Lengths are in meters, angles in degrees.
  public enum Fact: Error, Hashable, Sendable {
    /// There is no body with this name.
    case unknownBody(String)
    /// Characters, by id, that each sit on the next one.
    case circleOfGoals([String])
    /// Characters, by id, that each stand or turn relative to the next one.
    case circleOfPositions([String])
    /// A character is told to face itself.
    case facesItself
    /// A character is told to face something in its own position.
    case facesOwnPosition
    /// A position, yaw or goal in words names a character that is not in the scene.
    case unknownCharacter(String)
    /// A goal names a part that a character does not have.
    case unknownPart(String, of: String)
    /// A goal names a prop that is not in the scene.
    case unknownProp(String)
    /// A goal names a point that a prop does not have.
    case unknownPropPoint(String, of: String)
    /// A point of a prop is not a grip; if nil, the prop has no free grip.
    case noGrip(String?, of: String)
    /// No hand can close around a prop at a grip.
    case noHandFits(String, of: String)
    /// A prop belongs to several characters.
    case heldTwice(String, by: [String])
    /// A hand must be at a point, and at a prop that is elsewhere.
    case reachesAndHolds(JointName, String)
    /// A hand must go to a prop that it carries itself.
    case carriesItself(JointName, String)
    /// The body's hands are not known well enough to hold a prop.
    case cannotHold(String)
    /// A hand or foot falls short of its goal, or of the position where it is planted.
    case outOfReach(JointName, distance: Double, isPlanted: Bool)
    /// A hand faces or points in another direction than requested, or a foot stands at another
    /// angle.
    case outOfTurn(JointName, LimbDirection, angle: Double)
    /// A trunk bends for a hand's goal although the angles do not request it.
    case trunkBends(JointName, angle: Double)
    /// A head turns as far as it can and still does not look at its goal.
    case lookMisses(angle: Double)
    /// The camera is inside a character's body.
    case cameraInside(String)
    /// No character is in the picture.
    case nobodyInPicture
    /// A character is outside the picture.
    case outsidePicture(String)
    /// A limb is inside the character's own body.
    case insideItself(Overlap)
    /// A character and another, by id, are inside each other.
    case insideOther(String, Overlap)
    /// A character reaches into the floor.
    case insideFloor(depth: Double)
    /// A character floats above everything below it.
    case floats(height: Double)
    /// A prop goes through a hand that does not hold it.
    case pierced(JointName, prop: String)
    /// Skin carried by a joint is inside a prop.
    case insideProp(JointName, prop: String, depth: Double)
  }

  /// The part of the scene that the finding is about.
  public var subject: Subject
  /// The fact.
  public var fact: Fact

  /// Creates a finding from its parts.
  public init(_ subject: Subject, _ fact: Fact) {
    self.subject = subject
    self.fact = fact
  }

  /// Whether the finding makes it impossible to draw the scene.
  public var isError: Bool {
    switch fact {
    case .unknownBody, .circleOfGoals, .circleOfPositions, .facesItself, .unknownCharacter,
      .unknownPart,
      .unknownProp, .unknownPropPoint, .noGrip, .noHandFits, .heldTwice, .reachesAndHolds,
      .carriesItself,
      .cannotHold, .cameraInside, .nobodyInPicture:
      true
    default: false
    }
  }
}

extension [Finding] {
  /// Adds a finding unless it is already in the list.
  mutating func note(_ subject: Finding.Subject, _ fact: Finding.Fact) {
    let finding = Finding(subject, fact)
    if !contains(finding) { append(finding) }
  }
}
