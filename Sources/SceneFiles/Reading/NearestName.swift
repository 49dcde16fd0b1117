/// Finds the name that a misspelled one was probably meant to be.
public enum NearestName {
  /// Returns the allowed name nearest to `name`, if one is near enough to suggest.
  public static func suggestion(for name: String, among allowed: [String]) -> String? {
    suggestions(for: name, among: allowed).first
  }

  /// Returns the allowed names that `name` might mean, at most three, the most likely first; empty
  /// if no name is near enough.
  ///
  /// There are several only if words match: for `walking`, the poses with the word `walk` in their
  /// names.
  package static func suggestions(for name: String, among allowed: [String]) -> [String] {
    let meant = EverydayWords.meanings(of: name).filter(allowed.contains)
    if !meant.isEmpty { return Array(meant.prefix(3)) }
    // An incomplete name means the names that begin with it.
    let begun = allowed.filter { $0.lowercased().hasPrefix(name.lowercased()) }
      .sorted { ($0.count, $0) < ($1.count, $1) }
    if name.count >= 3, let first = begun.first {
      return first.count <= name.count + 1 ? [first] : Array(begun.prefix(3))
    }
    if let near = spelled(like: name, among: allowed, within: 1) { return [near] }
    // A longer name, such as "negative_prompt", means the allowed name that it begins with.
    let beginning = allowed.filter { $0.count >= 4 && name.lowercased().hasPrefix($0.lowercased()) }
    if let longest = beginning.max(by: { $0.count < $1.count }) { return [longest] }
    let akin = akin(to: name, among: allowed)
    if !akin.isEmpty { return akin }
    let limit = name.count <= 3 ? 1 : max(2, name.count / 3)
    return spelled(like: name, among: allowed, within: limit).map { [$0] } ?? []
  }

  /// Returns `did you mean "pose"? ` to precede the allowed names; empty if no name is near.
  package static func hint(for name: String, among allowed: [String]) -> String {
    question(for: name, among: allowed).map { $0 + " " } ?? ""
  }

  /// Returns `did you mean "sit-chair", "sit-floor" or "sit-ledge"?`; nil if no name is near.
  package static func question(for name: String, among allowed: [String]) -> String? {
    let names = suggestions(for: name, among: allowed).map { "\"\($0)\"" }
    guard let last = names.last else { return nil }
    let rest = names.dropLast().joined(separator: ", ")
    return "did you mean \(rest.isEmpty ? "" : rest + " or ")\(last)?"
  }

  /// Returns the names with words of equal stems, as `sitting` and `sit-chair` have; the nearest
  /// first.
  private static func akin(to name: String, among allowed: [String]) -> [String] {
    let stems = stems(of: name)
    let written = Array(name.lowercased().unicodeScalars)
    // Names of files share their extensions, which do not count.
    let akin = allowed.compactMap { candidate -> (shared: Int, distance: Int, name: String)? in
      if candidate.contains(".") { return nil }
      let shared = stems.intersection(Self.stems(of: candidate)).count
      let letters = Array(candidate.lowercased().unicodeScalars)
      return shared == 0 ? nil : (-shared, editDistance(written, letters), candidate)
    }
    return akin.sorted { $0 < $1 }.prefix(3).map(\.name)
  }

  /// Returns the stems of a name's words, except for those that half of all joints have.
  private static func stems(of name: String) -> Set<String> {
    Set(EverydayWords.words(of: name).map(stem))
      .subtracting(["left", "right", "upper", "lower"]).filter { $0.count >= 3 }
  }

  /// Returns a word's stem: `sitting`, `sits` and `sit` share one, and so do `kneeling` and
  /// `kneel`.
  package static func stem(_ word: String) -> String {
    var stem = word
    for ending in ["ing", "ed", "es", "s"]
    where stem.hasSuffix(ending) && stem.count > ending.count + 2 {
      stem.removeLast(ending.count)
      break
    }
    if let last = stem.last, stem.count > 3, stem.dropLast().last == last, stem != word,
      !"sl".contains(last)
    {
      stem.removeLast()
    }
    // `dancing` and `dance` share a stem.
    if stem.count > 3, stem.last == "e" { stem.removeLast() }
    return stem
  }

  /// Returns the name with the fewest changes, up to a maximum number of letters.
  private static func spelled(
    like name: String, among allowed: [String], within limit: Int
  ) -> String? {
    let written = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in allowed {
      let distance = editDistance(written, Array(candidate.lowercased().unicodeScalars))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best.flatMap { $0.distance <= limit ? $0.name : nil }
  }

  /// Returns the number of insertions, deletions, replacements and swaps of adjacent letters that
  /// turn one word into the other (optimal string alignment).
  private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    // A name far longer than any allowed one does not need an exact distance.
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
