/// Something wrong or doubtful that solving or checking a scene found: a fact, not a sentence.
///
/// The file layer says it in words and adds where it stands (`FindingText` in SceneFiles).
public struct Finding: Error, Hashable, Sendable {
  /// The part of a scene that a finding is about.
  public enum Subject: Hashable, Sendable {
    /// The scene's camera.
    case camera
    /// A character, by its index in the scene.
    case character(Int)
    /// A goal of a character, by the character's index in the scene.
    case goal(PoseGoals.Name, character: Int)
    /// Where a character stands in words, by the character's index in the scene.
    case placing(Int)
    /// Which way a character faces in words, by the character's index in the scene.
    case facing(Int)
    /// What a hand of a character holds, by the character's index in the scene.
    case hold(JointName, character: Int)
    /// A prop, by its index in the scene.
    case prop(Int)
    /// A pose that was checked without a scene.
    case pose
  }

  /// A direction that a hand or foot is asked to take.
  public enum LimbDirection: String, Sendable {
    /// The way the palm faces.
    case palm
    /// The way the fingers point.
    case fingers
    /// The way the sole faces away from: up, of a foot that stands.
    case sole
  }

  /// Two places of the surface of bodies that are one inside the other.
  public struct Overlap: Hashable, Sendable {
    /// The joint that carries the skin that is inside.
    public var joint: JointName
    /// The joint that carries the skin around it.
    public var inside: JointName
    /// How deep it is, in meters.
    public var depth: Double
  }

  /// The fact itself. Lengths are in meters, angles in degrees.
  public enum Fact: Error, Hashable, Sendable {
    /// No body has this name.
    case unknownBody(String)
    /// Characters, by id, each of which sits on the next one.
    case circleOfGoals([String])
    /// Characters, by id, each of which stands or turns by the next one.
    case circleOfPositions([String])
    /// A character is to face itself.
    case facesItself
    /// A character is to face what is where it stands.
    case facesOwnPosition
    /// Words name a character that is not in the scene.
    case unknownCharacter(String)
    /// A goal names something that a character does not have.
    case unknownPart(String, of: String)
    /// A goal names a prop that is not in the scene.
    case unknownProp(String)
    /// A goal names a place that a prop does not have.
    case unknownPropPoint(String, of: String)
    /// A place of a prop is no grip, or for nil the prop has none that is free.
    case noGrip(String?, of: String)
    /// No hand closes around a prop at a grip.
    case noHandFits(String, of: String)
    /// A prop belongs to several characters.
    case heldTwice(String, by: [String])
    /// A hand is to be at a point, and at a prop that is elsewhere.
    case reachesAndHolds(JointName, String)
    /// A hand is to go to a prop that it moves itself.
    case carriesItself(JointName, String)
    /// A body has hands that are not known well enough to hold a prop.
    case cannotHold(String)
    /// A hand or foot ends short of its goal, or of where it is planted.
    case outOfReach(JointName, distance: Double, isPlanted: Bool)
    /// A hand faces or points another way than it is asked to, or a foot stands otherwise.
    case outOfTurn(JointName, LimbDirection, angle: Double)
    /// A trunk bends for a hand's goal, which the angles did not ask for.
    case trunkBends(JointName, angle: Double)
    /// A head turns as far as it can, and still looks past its goal.
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
    /// A character hangs over everything below it.
    case floats(height: Double)
    /// A prop goes through a hand that does not hold it.
    case pierced(JointName, prop: String)
    /// Skin carried by a joint is inside a prop.
    case insideProp(JointName, prop: String, depth: Double)
  }

  /// The part of the scene it is about.
  public var subject: Subject
  /// The fact.
  public var fact: Fact

  /// A finding from its parts.
  public init(_ subject: Subject, _ fact: Fact) {
    self.subject = subject
    self.fact = fact
  }

  /// Whether the scene cannot be drawn because of it.
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
  /// Adds a finding, unless it was added before.
  mutating func note(_ subject: Finding.Subject, _ fact: Finding.Fact) {
    let finding = Finding(subject, fact)
    if !contains(finding) { append(finding) }
  }
}
