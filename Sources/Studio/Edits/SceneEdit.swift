public import PoseRig
public import SceneFiles

/// A change to a scene by one action of an artist: the only way in which a session changes files.
///
/// An edit states the intent; ``SceneEditor`` finds the file and the values to change.
///
/// ```swift
/// let edit = SceneEdit.reach("ana", .leftHand, .string("props.sill.top"))
/// edit.description      // "left hand of ana to props.sill.top"
/// ```
public enum SceneEdit: Equatable, Sendable {
  /// The arms that make a gesture, or the one that leads it.
  public enum Arms: String, CaseIterable, Sendable {
    case left, right, both

    /// The sides of the arms.
    var sides: [Side] {
      switch self {
      case .left: [.left]
      case .right: [.right]
      case .both: Side.both
      }
    }
  }

  // MARK: Pose

  /// Rotates joints of a character: each gets these angles, in degrees; omitted ones become 0.
  case turn(String, [JointName: [AngleName: Double]])
  /// Resets joints of a character to those of its pose's base.
  case release(String, Set<JointName>)
  /// Makes a hand or foot of a character reach a point, a value as in `"reach"`; nil releases it.
  case reach(String, JointName, JSONValue?)
  /// Seats a character on a point; nil makes it stand.
  case seat(String, JSONValue?)
  /// Makes a character look at a point; nil frees its gaze.
  case look(String, JSONValue?)
  /// Plants or releases both feet of a character.
  case plantFeet(String, Bool)
  /// Gives a hand of a character a hand shape of the library; nil resets it to the base's.
  case handShape(String, Side, String?)
  /// Gives arms of a character a gesture of the library, which can take both of them; nil takes
  /// theirs away.
  case armGesture(String, Arms, String?)
  /// Directs the gestures of a character at a point, a value as in `"at"`; nil means forward.
  case aimGesture(String, JSONValue?)
  /// Sets an expression of a character's face, from 0 to 1; nil removes it.
  case expression(String, String, Double?)
  /// Moves a character's hips from rest, in meters; nil resets them to the base's.
  case hips(String, Vector3?)
  /// Replaces a character's pose with a value as in a character's `"pose"`; nil is the T-pose.
  case pose(String, JSONValue?)
  /// Gives the opposite limb the angles that this one has in the solved scene; `whole` mirrors the
  /// pose.
  case mirrorLimb(String, Limb)
  /// Gives a limb the angles of another, in degrees; a limb of the other side gets them mirrored.
  case pasteLimb(String, Limb, [JointName: [AngleName: Double]])

  // MARK: Characters

  /// Poses characters as a pair of the library; adds those that are missing.
  case pair(String, [String])
  /// Moves a character to a position, in meters.
  case place(String, Vector3)
  /// Rotates a character about the vertical, in degrees.
  case yaw(String, Double)
  /// Turns a character to face another, a prop such as `"props.sill"`, or the `"camera"`.
  case face(String, at: String)
  /// Sets a value of a character by its key, such as `"body"` or `"height"`; nil removes it.
  case character(String, key: String, JSONValue?)
  /// Adds a character: an object as in `"characters"`, with its id.
  case addCharacter(JSONValue)
  /// Puts a copy of a character beside it, to its right; goals that refer to the character's own
  /// body refer to the copy's.
  case duplicateCharacter(String, as: String)
  /// Removes a character, and the goals of others that name it.
  case removeCharacter(String)
  /// Changes a character's id, including in the goals of others.
  case renameCharacter(String, to: String)

  // MARK: Props and scene

  /// Sets a value of a prop by its key; nil removes it.
  case prop(String, key: String, JSONValue?)
  /// Adds a prop: an object as in `"props"`, with its id.
  case addProp(JSONValue)
  /// Removes a prop, and the goals that name it.
  case removeProp(String)
  /// Sets a value of the camera by its key; nil removes it.
  case camera(key: String, JSONValue?)
  /// Replaces the scene's camera.
  case wholeCamera(JSONValue)
  /// Sets a map setting by its key; nil resets it to the default.
  case mapSetting(key: String, JSONValue?)
  /// Sets a value of the scene itself by its key, such as `"canvas"`; nil removes it.
  case scene(key: String, JSONValue?)

  // MARK: Text

  /// Replaces a file's text. A text that is not JSON is kept as a draft, and the last valid content
  /// stays in force.
  ///
  /// If `base` is the text that the new one was derived from, changes that others made to it in the
  /// meantime are kept.
  case text(file: String, String, base: String? = nil)
  /// Makes several edits as one.
  case several([SceneEdit], description: String)
}

/// The reason why an edit cannot be made.
public enum SceneEditFault: Error, Equatable, CustomStringConvertible {
  /// The scene has no character with this id.
  case noCharacter(String)
  /// The scene has no prop with this id.
  case noProp(String)
  /// The scene already uses this id.
  case taken(String)
  /// The id is reserved, or has characters that are not allowed; with the rule.
  case badID(String)
  /// The character's pose comes from a file that is not edited here.
  case foreignPose(String, file: String)
  /// A value has the wrong form; with the form that is required.
  case wrongForm(String)
  /// The file does not have the content that the edit expects.
  case document(DocumentEditFault)
  /// The session has no such file.
  case noFile(String)
  /// The file has a text that is not JSON, so its values cannot be changed; with the reason.
  case draft(Diagnostic)
  /// The edit depends on the solved scene, and the scene is not solved.
  case notSolved
  /// The file's text has been changed in the meantime, in conflict with the new one.
  case textChanged(String, [String])
  /// The file is in a location where this program does not write.
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
