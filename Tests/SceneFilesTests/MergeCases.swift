import Testing

/// A merge that must succeed: three versions and the result, in any layout.
struct JoinedCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let base: String
  let ours: String
  let theirs: String
  let merged: String

  init(_ name: String, _ base: String, _ ours: String, _ theirs: String, _ merged: String) {
    (testDescription, self.base, self.ours, self.theirs, self.merged) = (
      name, base, ours, theirs, merged
    )
  }

  /// Returns the case with each text as a pose inside a scene of one character.
  static func pose(
    _ name: String, _ base: String, _ ours: String, _ theirs: String, _ merged: String
  ) -> JoinedCase {
    func scene(_ pose: String) -> String {
      cast(#"{"id": "ana", "body": "female", "pose": \#(pose)}"#)
    }
    return JoinedCase(name, scene(base), scene(ours), scene(theirs), scene(merged))
  }

  /// Returns the case with each text as the characters of a scene.
  static func cast(_ characters: String, _ more: String = "") -> String {
    #"{"canvas": [512, 512], "characters": [\#(characters)]\#(more)}"#
  }

  static let all: [JoinedCase] = [
    pose(
      "two angles of a joint", #"{"joints": {"leftLowerArm": {"flexion": 20}}}"#,
      #"{"joints": {"leftLowerArm": {"flexion": 40}}}"#,
      #"{"joints": {"leftLowerArm": {"flexion": 20, "rotation": 5}}}"#,
      #"{"joints": {"leftLowerArm": {"flexion": 40, "rotation": 5}}}"#),
    pose(
      "a tag each, one other and one new", #"{"base": "stand", "tags": ["sad", "calm"]}"#,
      #"{"base": "stand", "tags": ["tired", "calm"]}"#,
      #"{"base": "stand", "tags": ["sad", "calm", "rain"]}"#,
      #"{"base": "stand", "tags": ["tired", "calm", "rain"]}"#),
    pose(
      "a joint each, new", #"{"base": "stand"}"#,
      #"{"base": "stand", "joints": {"head": {"flexion": 5}}}"#,
      #"{"base": "stand", "joints": {"neck": {"flexion": 9}}}"#,
      #"{"base": "stand", "joints": {"head": {"flexion": 5}, "neck": {"flexion": 9}}}"#),
    pose(
      "a name in braces to add to it, and another name", #""stand""#, #""sit-chair""#,
      #"{"base": "stand", "look": "camera"}"#, #"{"base": "sit-chair", "look": "camera"}"#),
    pose(
      "goals of two limbs", #"{"reach": {"leftHand": [0, 1, 0]}}"#,
      #"{"reach": {"leftHand": [0, 1.5, 0]}}"#,
      #"{"reach": {"leftHand": [0, 1, 0], "rightHand": [1, 1, 0]}}"#,
      #"{"reach": {"leftHand": [0, 1.5, 0], "rightHand": [1, 1, 0]}}"#),
    pose(
      "a goal's point and its pole", #"{"reach": {"leftHand": [0, 1, 0]}}"#,
      #"{"reach": {"leftHand": [0, 1.5, 0]}}"#,
      #"{"reach": {"leftHand": {"at": [0, 1, 0], "pole": [1, 0, 0]}}}"#,
      #"{"reach": {"leftHand": {"at": [0, 1.5, 0], "pole": [1, 0, 0]}}}"#),
    pose(
      "all joints removed, and one added",
      #"{"base": "stand", "joints": {"head": {"flexion": 5}}}"#,
      #"{"base": "stand"}"#,
      #"{"base": "stand", "joints": {"head": {"flexion": 5}, "neck": {"flexion": 9}}}"#,
      #"{"base": "stand", "joints": {"neck": {"flexion": 9}}}"#),
    JoinedCase(
      "two new characters in one place", cast(#"{"id": "ana", "body": "female"}"#),
      cast(#"{"id": "ana", "body": "female"}, {"id": "cleo", "body": "female"}"#),
      cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male"}"#),
      cast(
        #"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male"}, {"id": "cleo", "body": "female"}"#
      )),
    JoinedCase(
      "both turn the order round, each with two others",
      cast(
        #"{"id": "a", "body": "male"}, {"id": "b", "body": "male"}, {"id": "c", "body": "male"}, {"id": "d", "body": "male"}"#
      ),
      cast(
        #"{"id": "b", "body": "male"}, {"id": "a", "body": "male"}, {"id": "c", "body": "male"}, {"id": "d", "body": "male"}"#
      ),
      cast(
        #"{"id": "a", "body": "male"}, {"id": "b", "body": "male"}, {"id": "d", "body": "male"}, {"id": "c", "body": "male"}"#
      ),
      cast(
        #"{"id": "b", "body": "male"}, {"id": "a", "body": "male"}, {"id": "d", "body": "male"}, {"id": "c", "body": "male"}"#
      )),
    JoinedCase(
      "two cameras with names, one changed by each, and one more",
      cast(
        #"{"id": "a", "body": "male"}"#,
        #", "cameras": {"wide": {"angle": 5}, "close": {"angle": 5, "roll": 2}}"#),
      cast(
        #"{"id": "a", "body": "male"}"#,
        #", "cameras": {"wide": {"angle": 25}, "close": {"angle": 5, "roll": 2}, "top": {"elevation": 70}}"#
      ),
      cast(
        #"{"id": "a", "body": "male"}"#,
        #", "cameras": {"wide": {"angle": 5}, "close": {"angle": 5, "roll": 9}}"#),
      cast(
        #"{"id": "a", "body": "male"}"#,
        #", "cameras": {"wide": {"angle": 25}, "close": {"angle": 5, "roll": 9}, "top": {"elevation": 70}}"#
      )),
    JoinedCase(
      "a moved camera and the first prop",
      cast(#"{"id": "a", "body": "male"}"#, #", "camera": {"angle": 5}"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "camera": {"angle": 25}"#),
      cast(
        #"{"id": "a", "body": "male"}"#,
        #", "camera": {"angle": 5, "roll": 2}, "props": [{"id": "f", "shape": "plane", "size": [1, 1]}]"#
      ),
      cast(
        #"{"id": "a", "body": "male"}"#,
        #", "camera": {"angle": 25, "roll": 2}, "props": [{"id": "f", "shape": "plane", "size": [1, 1]}]"#
      )),
    JoinedCase(
      "someone renamed whom the other moved and looks at",
      cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male", "yaw": 10}"#),
      cast(#"{"id": "ana", "body": "female"}, {"id": "bob", "body": "male", "yaw": 10}"#),
      cast(
        #"{"id": "ana", "body": "female", "pose": {"look": "ben.head"}}, {"id": "ben", "body": "male", "yaw": 30}"#
      ),
      cast(
        #"{"id": "ana", "body": "female", "pose": {"look": "bob.head"}}, {"id": "bob", "body": "male", "yaw": 30}"#
      )),
    JoinedCase(
      "texts of a prompt",
      cast(#"{"id": "a", "body": "male"}"#, #", "prompt": ["dusk", "rain", "a street"]"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "prompt": ["dawn", "rain", "a street"]"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "prompt": ["dusk", "rain", "a street", "neon"]"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "prompt": ["dawn", "rain", "a street", "neon"]"#)),
    JoinedCase(
      "settings of maps", cast(#"{"id": "a", "body": "male"}"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "maps": {"cannyLow": 50}"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "maps": {"cannyHigh": 150}"#),
      cast(#"{"id": "a", "body": "male"}"#, #", "maps": {"cannyHigh": 150, "cannyLow": 50}"#)),
    JoinedCase(
      "frames of a clip by time",
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 1}}}, {"joints": {"head": {"flexion": 2}}}, {"joints": {"head": {"flexion": 3}}}]}"#,
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 1}}}, {"joints": {"head": {"flexion": 2, "rotation": 7}}}, {"joints": {"head": {"flexion": 3}}}]}"#,
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 2}, "neck": {"flexion": 4}}}, {"joints": {"head": {"flexion": 3}}}, {"joints": {"head": {"flexion": 9}}}]}"#,
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 2, "rotation": 7}, "neck": {"flexion": 4}}}, {"joints": {"head": {"flexion": 3}}}, {"joints": {"head": {"flexion": 9}}}]}"#
    ),
  ]
}

/// A merge that must fail, and its sentences.
struct ConflictCase: CustomTestStringConvertible, Sendable {
  let base: String
  let ours: String
  let theirs: String
  let sentences: [String]
  var testDescription: String { sentences[0] }

  init(_ base: String, _ ours: String, _ theirs: String, _ sentences: String...) {
    (self.base, self.ours, self.theirs, self.sentences) = (base, ours, theirs, sentences)
  }

  private static func ana(_ text: String) -> String {
    JoinedCase.cast(#"{"id": "ana", "body": "female", \#(text)}"#)
  }

  private static func camera(_ text: String) -> String {
    JoinedCase.cast(#"{"id": "ana", "body": "female"}"#, #", "camera": {\#(text)}"#)
  }

  static let all: [ConflictCase] = [
    ConflictCase(
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 30}}}"#),
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 40}}}"#),
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 55}}}"#),
      "ana: left elbow flexion 40 (ours) or 55 (theirs), was 30"),
    ConflictCase(
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 30}}}"#),
      ana(#""pose": {"joints": {}}"#),
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 55}}}"#),
      "ana: left elbow removed (ours) or flexion 55 (theirs), was flexion 30"),
    ConflictCase(
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 30}}}"#),
      ana(#""pose": {"joints": {"leftLowerArm": [30, 0, 0]}}"#),
      ana(#""pose": {"joints": {"leftLowerArm": {"flexion": 55}}}"#),
      "ana: left elbow [30, 0, 0] (ours) or flexion 55 (theirs), was flexion 30"),
    ConflictCase(
      ana(#""position": [0, 0, 0]"#), ana(#""position": [1, 0, 0]"#),
      ana(#""position": [0, 0, 1]"#),
      "ana: position [1, 0, 0] (ours) or [0, 0, 1] (theirs), was [0, 0, 0]"),
    ConflictCase(
      ana(#""pose": "stand""#), ana(#""pose": "sit-chair""#), ana(#""pose": "walk-up""#),
      #"ana: pose "sit-chair" (ours) or "walk-up" (theirs), was "stand""#),
    ConflictCase(
      camera(#""angle": 5"#), camera(#""angle": 5, "fovY": 40"#),
      camera(#""angle": 5, "focalLength": 35"#),
      "camera: fovY 40 (ours) or focalLength 35 (theirs)"),
    ConflictCase(
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male", "yaw": 5}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male", "yaw": 9}"#),
      "ben: removed (ours) or changed in yaw (theirs)"),
    ConflictCase(
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male"}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}"#),
      JoinedCase.cast(
        #"{"id": "ana", "body": "female", "pose": {"reach": {"leftHand": "ben.head"}}}, {"id": "ben", "body": "male"}"#
      ), "ben: removed (ours) or kept (theirs); ana's left hand reaches for ben"),
    ConflictCase(
      JoinedCase.cast(
        #"{"id": "ana", "body": "female"}"#,
        #", "props": [{"id": "box", "shape": "plane", "size": [1, 1]}]"#),
      JoinedCase.cast(
        #"{"id": "ana", "body": "female", "pose": {"seat": "props.box.top"}}"#,
        #", "props": [{"id": "box", "shape": "plane", "size": [1, 1]}]"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}"#),
      "box: kept (ours) or removed (theirs); ana sits on box"),
    ConflictCase(
      JoinedCase.cast(#"{"id": "ana", "body": "female"}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "new", "body": "male", "yaw": 1}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "new", "body": "male", "yaw": 2}"#),
      "new: yaw 1 (ours) or 2 (theirs)"),
    ConflictCase(
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male", "yaw": 5}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "bob", "body": "male", "yaw": 5}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "rob", "body": "male", "yaw": 5}"#),
      #"ben: id "bob" (ours) or "rob" (theirs), was "ben""#),
    ConflictCase(
      ana(#""yaw": 5"#), JoinedCase.cast(#"{"id": "ana", "model": "a.vrm"}"#),
      ana(#""yaw": 5, "proportions": {"build": 1.1}"#),
      #"ana: model "a.vrm" (ours) or body "female", proportions {"build": 1.1} (theirs), was body "female""#
    ),
    ConflictCase(
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 1}}}]}"#,
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 1}}}, {"joints": {"head": {"flexion": 2}}}]}"#,
      #"{"frameRate": 24, "frames": [{"joints": {"head": {"flexion": 1}}}, {"joints": {"head": {"flexion": 5}}}, {"joints": {}}]}"#,
      "frames at the end: 1 added (ours) or 2 added (theirs)"),
    ConflictCase(
      #"{"seat": null, "feet": "planted"}"#, #"{"seat": [0, 1, 0], "feet": "planted"}"#,
      #"{"seat": [0, 2, 0], "feet": "planted"}"#,
      "seat [0, 1, 0] (ours) or [0, 2, 0] (theirs), was null"),
  ]
}
