/// Translates everyday words to posemap's names.
enum EverydayWords {
  /// Returns posemap's names for an everyday word, the most likely first; empty for unknown words.
  /// `hand_l` and `left wrist` are `leftHand`, `knees` both lower legs, `woman` is `female`.
  static func meanings(of word: String) -> [String] {
    let bare = word.lowercased().filter(\.isLetter)
    if let names = names[bare] { return names }
    if let joint = trunk[bare] { return [joint] }
    var words = words(of: word)
    let sides = sides(in: &words)
    let part = words.joined()
    guard let joint = limbs[part] ?? limbs[singular(part)] else { return [] }
    return sides.map { $0 + joint }
  }

  /// Returns the parts of a name, in lowercase: `left_arm`, `leftArm` and `Left Arm` have two.
  static func words(of name: String) -> [String] {
    var words: [String] = [""]
    for character in name {
      if !character.isLetter {
        words.append("")
      } else {
        if character.isUppercase, words.last?.last?.isUppercase == false { words.append("") }
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }.map { $0.lowercased() }
  }

  /// Removes a side from words and returns it; returns both sides if no side is named.
  private static func sides(in words: inout [String]) -> [String] {
    for (side, letter) in [("left", "l"), ("right", "r")] {
      if words.count > 1, let index = words.firstIndex(where: { $0 == side || $0 == letter }) {
        words.remove(at: index)
        return [side]
      }
      // This also handles `leftelbow`, which has no separator.
      if let first = words.first, first.hasPrefix(side), first != side {
        words[0] = String(first.dropFirst(side.count))
        return [side]
      }
    }
    return ["left", "right"]
  }

  private static func singular(_ word: String) -> String {
    word.hasSuffix("s") ? String(word.dropLast()) : word
  }

  /// VRM's names of joints that come in pairs.
  private static let limbs = [
    "elbow": "LowerArm", "forearm": "LowerArm", "lowerarm": "LowerArm", "arm": "UpperArm",
    "bicep": "UpperArm", "upperarm": "UpperArm", "shoulder": "Shoulder", "collarbone": "Shoulder",
    "clavicle": "Shoulder", "wrist": "Hand", "palm": "Hand", "hand": "Hand",
    "knee": "LowerLeg", "shin": "LowerLeg", "calf": "LowerLeg", "calve": "LowerLeg",
    "lowerleg": "LowerLeg", "leg": "UpperLeg", "upleg": "UpperLeg", "upperleg": "UpperLeg",
    "thigh": "UpperLeg", "hip": "UpperLeg", "ankle": "Foot", "foot": "Foot", "feet": "Foot",
    "toe": "Toes", "eye": "Eye", "eyeball": "Eye", "thumb": "ThumbMetacarpal",
    "index": "IndexProximal", "indexfinger": "IndexProximal", "middle": "MiddleProximal",
    "middlefinger": "MiddleProximal", "ring": "RingProximal", "ringfinger": "RingProximal",
    "little": "LittleProximal", "littlefinger": "LittleProximal", "pinky": "LittleProximal",
    "pinkie": "LittleProximal",
  ]

  private static let trunk = [
    "pelvis": "hips", "root": "hips", "waist": "spine", "abdomen": "spine", "belly": "spine",
    "torso": "chest", "back": "chest", "ribcage": "chest", "thorax": "upperChest",
    "skull": "head", "face": "head",
  ]

  /// Keys, bodies and angles. A word can have several meanings; only those allowed in its position
  /// are suggested.
  private static let names = [
    "chin": ["face8", "jaw"], "mouth": ["face62", "jaw"], "lips": ["face62", "jaw"],
    "nosetip": ["nose"], "woman": ["female"], "lady": ["female"], "girl": ["female"],
    "man": ["male"], "guy": ["male"], "boy": ["male"],
    "child": ["human"], "kid": ["human"], "person": ["human"], "people": ["human"],
    "lens": ["focalLength"], "focal": ["focalLength"], "fov": ["fovY"], "zoom": ["focalLength"],
    "resolution": ["canvas"], "size": ["canvas", "height"], "dimensions": ["canvas"],
    "width": ["canvas"], "lookat": ["target", "look"],
    "facing": ["yaw"], "heading": ["yaw"], "orientation": ["yaw"], "rotation": ["yaw"],
    "rotate": ["yaw", "rotation"], "turn": ["yaw", "rotation"], "scale": ["height"],
    "tall": ["height"], "location": ["position"], "pos": ["position"], "translate": ["translation"],
    "nod": ["flexion"], "bend": ["flexion"], "pitch": ["flexion", "elevation"],
    "tilt": ["lateralFlexion", "roll"], "lean": ["lateralFlexion"], "side": ["lateralFlexion"],
    "twist": ["rotation"], "spin": ["rotation"], "raise": ["abduction", "elevation", "flexion"],
    "lift": ["abduction", "elevation", "flexion"], "spread": ["abduction"],
    "tiptoe": ["ball"], "tiptoes": ["ball"], "forefoot": ["ball"],
    "toes": ["leftToes", "rightToes", "ball"], "level": ["flat"], "loose": ["free"],
    "gaze": ["look"], "eyes": ["look", "leftEye", "rightEye"], "expression": ["face"],
    "emotion": ["face"], "clothes": ["wear"], "clothing": ["wear"], "outfit": ["wear"],
    "hairstyle": ["hair"], "objects": ["props"], "object": ["props"],
    "closeup": ["face", "bust"], "headshot": ["face"], "portrait": ["bust"], "medium": ["waist"],
    "american": ["cowboy"], "fullbody": ["full"], "long": ["full", "wide"], "ots": ["overShoulder"],
    "overtheshoulder": ["overShoulder"], "twoshot": ["waist"], "halfprofile": ["threeQuarter"],
    "eyelevel": ["level"], "eye": ["level"], "topdown": ["overhead"], "birdseye": ["overhead"],
    "wormseye": ["low"], "figures": ["characters"], "actors": ["characters"],
    "background": ["plate"],
  ]
}
