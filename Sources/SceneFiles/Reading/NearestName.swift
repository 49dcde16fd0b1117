/// Finds what someone probably meant to write.
public enum NearestName {
  /// The allowed name nearest to `name`, if one is near enough to suggest.
  public static func suggestion(for name: String, among allowed: [String]) -> String? {
    if let meant = everyday(name), allowed.contains(meant) { return meant }
    // Whoever writes only the beginning means what begins so.
    let begun = allowed.filter { $0.lowercased().hasPrefix(name.lowercased()) }
    if name.count >= 3, let shortest = begun.min(by: { $0.count < $1.count }) { return shortest }
    let written = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in allowed {
      let distance = editDistance(written, Array(candidate.lowercased().unicodeScalars))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    let limit = written.count <= 3 ? 1 : max(2, written.count / 3)
    if let best, best.distance <= limit { return best.name }
    // And whoever writes more than the name, as "negative_prompt", means what it begins with.
    return allowed.filter { $0.count >= 4 && name.lowercased().hasPrefix($0.lowercased()) }
      .max { $0.count < $1.count }
  }

  /// Returns `did you mean "pose"? ` to go before what is allowed; nothing if no name is near.
  package static func hint(for name: String, among allowed: [String]) -> String {
    suggestion(for: name, among: allowed).map { "did you mean \"\($0)\"? " } ?? ""
  }

  /// VRM's names of joints by the names that people use.
  private static let joints = [
    "elbow": "LowerArm", "forearm": "LowerArm", "arm": "UpperArm", "bicep": "UpperArm",
    "wrist": "Hand", "palm": "Hand", "collarbone": "Shoulder", "clavicle": "Shoulder",
    "knee": "LowerLeg", "shin": "LowerLeg", "calf": "LowerLeg", "leg": "UpperLeg",
    "thigh": "UpperLeg", "hip": "UpperLeg", "ankle": "Foot", "toe": "Toes",
    "thumb": "ThumbMetacarpal", "index": "IndexProximal", "middle": "MiddleProximal",
    "ring": "RingProximal", "little": "LittleProximal", "pinky": "LittleProximal",
  ]
  private static let trunk = [
    "pelvis": "hips", "root": "hips", "waist": "spine", "abdomen": "spine", "torso": "chest",
    "ribcage": "chest", "thorax": "upperChest", "skull": "head",
  ]

  /// The joint that an everyday name such as `leftElbow`, `left_knee` or `pelvis` means; nil for
  /// other names.
  private static func everyday(_ name: String) -> String? {
    let bare = name.lowercased().filter { $0.isLetter }
    if let joint = trunk[bare] { return joint }
    for side in ["left", "right"] {
      if bare.hasPrefix(side), let joint = joints[String(bare.dropFirst(side.count))] {
        return side + joint
      }
    }
    return nil
  }

  /// Insertions, deletions, replacements and swaps of neighbors that turn one word into the other
  /// (optimal string alignment).
  private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    // A name far longer than any of ours needs no exact distance.
    if abs(a.count - b.count) > 12 { return abs(a.count - b.count) }
    var rows = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
      for j in 1...b.count {
        let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        rows[i][j] = min(replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
