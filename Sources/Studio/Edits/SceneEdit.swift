public import PoseRig
public import SceneFiles

/// A change of a scene by one action of an artist: the only way in which a session changes files.
///
/// An edit tells the intent; ``SceneEditor`` finds the file and the values where it stands.
///
/// ```swift
/// let edit = SceneEdit.reach("ana", .leftHand, .string("props.sill.top"))
/// edit.description      // "left hand of ana to props.sill.top"
/// ```
public enum SceneEdit: Equatable, Sendable {
  // MARK: Pose

  /// Turns joints of a character: each gets these angles, in degrees; those left out become 0.
  case turn(String, [JointName: [AngleName: Double]])
  /// Lets joints of a character be as its pose's base has them.
  case release(String, Set<JointName>)
  /// Sends a hand or foot of a character to a point, a value as in `"reach"`; nil lets go of it.
  case reach(String, JointName, JSONValue?)
  /// Seats a character on a point; nil makes it stand.
  case seat(String, JSONValue?)
  /// Makes a character look at a point; nil frees its gaze.
  case look(String, JSONValue?)
  /// Keeps both feet of a character where they are, or lets them go.
  case plantFeet(String, Bool)
  /// Gives a hand of a character a shape of the library; nil the base's.
  case handShape(String, Side, String?)
  /// Sets an expression of a character's face, from 0 to 1; nil takes it away.
  case expression(String, String, Double?)
  /// Moves a character's hips from rest, in meters; nil for as the base has them.
  case hips(String, Vector3?)
  /// Gives a character another pose whole: a value as in a character's `"pose"`; nil the T-pose.
  case pose(String, JSONValue?)
  /// Gives the limb on the other side the angles that this one has as it is solved; the whole flips
  /// the pose, left for right.
  case mirrorLimb(String, Limb)
  /// Gives a limb the angles of another, in degrees; those of the other side by anatomy.
  case pasteLimb(String, Limb, [JointName: [AngleName: Double]])

  // MARK: Characters

  /// Poses characters as a pair of the library; who is missing is added.
  case pair(String, [String])
  /// Puts a character somewhere, in meters.
  case place(String, Vector3)
  /// Turns a character about the vertical, in degrees.
  case yaw(String, Double)
  /// Turns a character to face another, a prop as `"props.sill"`, or the `"camera"`.
  case face(String, at: String)
  /// Sets a value of a character by its key, such as `"body"` or `"height"`; nil takes it away.
  case character(String, key: String, JSONValue?)
  /// Adds a character: an object as in `"characters"`, with its id.
  case addCharacter(JSONValue)
  /// Puts a copy of a character beside it, a step to its right; what it reaches for of itself, the
  /// copy reaches for of itself.
  case duplicateCharacter(String, as: String)
  /// Takes a character away, and the goals of others that name it.
  case removeCharacter(String)
  /// Gives a character another id, also in the goals of others.
  case renameCharacter(String, to: String)

  // MARK: Props and scene

  /// Sets a value of a prop by its key; nil takes it away.
  case prop(String, key: String, JSONValue?)
  /// Adds a prop: an object as in `"props"`, with its id.
  case addProp(JSONValue)
  /// Takes a prop away, and the goals that name it.
  case removeProp(String)
  /// Sets a value of the camera by its key; nil takes it away.
  case camera(key: String, JSONValue?)
  /// Puts another camera in the place of the scene's.
  case wholeCamera(JSONValue)
  /// Sets a map setting by its key; nil for the default.
  case mapSetting(key: String, JSONValue?)
  /// Sets a value of the scene itself by its key, such as `"canvas"`; nil takes it away.
  case scene(key: String, JSONValue?)

  // MARK: Text

  /// Gives a file another text; one that is not JSON is kept as a draft, and the last that was JSON
  /// stays in force.
  ///
  /// With the text that it was made of, what others made of that meanwhile stays as well.
  case text(file: String, String, base: String? = nil)
  /// Does several edits as one.
  case several([SceneEdit], description: String)
}

/// The reason why an edit cannot be made.
public enum SceneEditFault: Error, Equatable, CustomStringConvertible {
  /// The scene has no character of this id.
  case noCharacter(String)
  /// The scene has no prop of this id.
  case noProp(String)
  /// The scene has this id already.
  case taken(String)
  /// The id has characters that no id may have, or a meaning of its own; with the rule.
  case badID(String)
  /// The pose of a character comes from a file that is not edited here.
  case foreignPose(String, file: String)
  /// A value is not of the form that its place needs; with the form.
  case wrongForm(String)
  /// The file is not as the edit expects.
  case document(DocumentEditFault)
  /// The session has no such file.
  case noFile(String)
  /// The file has a text that is not JSON, so that no value of it can be changed; with the reason.
  case draft(Diagnostic)
  /// The edit goes by the scene as it is solved, which it is not.
  case notSolved
  /// The text of a file has changed meanwhile, at odds with the one that is to take its place.
  case textChanged(String, [String])
  /// The file is where this program writes nothing.
  case elsewhere(String)

  /// The reason in a sentence.
  public var description: String {
    switch self {
    case .noCharacter(let id): "there is no character \"\(id)\""
    case .noProp(let id): "there is no prop \"\(id)\""
    case .taken(let id): "there is already a character or prop \"\(id)\""
    case .badID(let rule): rule
    case .foreignPose(let id, let file):
      "\(id) moves as \(file) says; take a frame of it as a pose to change joints"
    case .wrongForm(let form): form
    case .document(let fault): "\(fault)"
    case .noFile(let file): "\(FilePath.lastName(of: file)) is not a file of this scene"
    case .draft(let diagnostic):
      "fix the text of \(FilePath.lastName(of: diagnostic.file)) first"
        + (diagnostic.location.map { " (line \($0.line))" } ?? "") + ": \(diagnostic.message)"
    case .notSolved: "the scene has mistakes; fix them first"
    case .textChanged(let file, let words):
      "\(FilePath.lastName(of: file)) has changed in the meantime, in conflict with this text: "
        + words.prefix(3).joined(separator: "; ")
    case .elsewhere(let file):
      "\(file) is not in the scene's folder; save the scene and open it again to edit that file"
    }
  }
}
