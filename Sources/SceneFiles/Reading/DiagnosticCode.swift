/// The code of a diagnostic, which programs can rely on when sentences change.
public enum DiagnosticCode: String, CaseIterable, Sendable {
  // Found when reading a file.
  case syntax
  case unmerged
  case pointer = "lfs-pointer"
  case layout
  case wrongKind = "wrong-kind"
  case unknownKey = "unknown-key"
  case misplacedKey = "misplaced-key"
  case missingKey = "missing-key"
  case wrongType = "wrong-type"
  case unknownName = "unknown-name"
  case outOfRange = "out-of-range"
  case invalidValue = "invalid-value"
  case conflict
  case duplicate
  case cycle
  case unreadable
  case beyondLimits = "beyond-limits"
  case noEffect = "no-effect"
  case unsuitedCanvas = "unsuited-canvas"
  case flatDepth = "flat-depth"
  case doubtfulModel = "doubtful-model"
  case recipe
  // Found when solving a scene.
  case unknownGoal = "unknown-goal"
  case noGrip = "no-grip"
  case outOfReach = "out-of-reach"
  case outOfTurn = "out-of-turn"
  case trunkBends = "trunk-bends"
  case lookMisses = "look-misses"
  case cameraInside = "camera-inside"
  case nobodyInPicture = "nobody-in-picture"
  case outsidePicture = "outside-picture"
  // Found when checking a scene.
  case insideItself = "inside-itself"
  case insideOther = "inside-other"
  case insideFloor = "inside-floor"
  case floats
  case insideProp = "inside-prop"
  case piercedHand = "pierced-hand"

  /// The meaning in a line, for the documentation.
  public var summary: String {
    switch self {
    case .syntax: "The file is not JSON."
    case .unmerged: "A merge is not finished: git's conflict markers are in the file."
    case .pointer: "Git LFS has not fetched the file: what is there is its pointer."
    case .layout: "The file is not formatted."
    case .wrongKind: "The file is of a different kind from the one needed here."
    case .unknownKey: "A key is not among those allowed here."
    case .misplacedKey: "A key belongs to a different kind of thing."
    case .missingKey: "A key that is needed is missing."
    case .wrongType: "A value does not have the type or form that its key takes."
    case .unknownName: "A name is not among those known."
    case .outOfRange: "A number is outside its range."
    case .invalidValue: "A value has the right form but makes no sense."
    case .conflict: "Two keys exclude each other."
    case .duplicate: "Two things have the same id."
    case .cycle: "Poses or goals lead back to themselves."
    case .unreadable: "Another file, or something installed, cannot be used."
    case .beyondLimits: "A joint or a moment is past its end."
    case .noEffect: "A setting changes nothing here."
    case .unsuitedCanvas: "The canvas does not suit the profile."
    case .flatDepth: "A character has few levels in the depth map."
    case .doubtfulModel:
      "Something in another program's model or motion was assumed, left out or looks wrong."
    case .recipe: "A file of a generator's models or nodes is wrong."
    case .unknownGoal: "A goal names something that is not in the scene."
    case .noGrip: "A thing has no grip there, or none that the hand fits."
    case .outOfReach: "A hand or foot ends short of its goal."
    case .outOfTurn: "A hand or foot cannot turn as far as it is asked to."
    case .trunkBends: "A trunk bends more than 15° for a hand, which no angle asks for."
    case .lookMisses: "A head cannot turn as far as it is asked to."
    case .cameraInside: "The camera is inside a body."
    case .nobodyInPicture: "The camera sees no character."
    case .outsidePicture: "A character is outside the picture."
    case .insideItself: "A part of a body is inside another part of it."
    case .insideOther: "Two characters are inside each other."
    case .insideFloor: "A character reaches into the floor."
    case .floats:
      "A character hangs in the air, neither on the ground or a prop nor on someone who is."
    case .insideProp: "A character is inside a prop."
    case .piercedHand: "A thing goes through a hand that does not hold it."
    }
  }
}
