import SceneFiles

/// Properties that every merge must have, tested with random changes to real files.
public struct MergeProperties: Sendable {
  /// A property and how often it was tested.
  public struct Count: Sendable {
    /// The property, in words.
    public var property: String
    /// How often it was tested.
    public var tries = 0
    /// The first few cases in which it did not hold, in words.
    public var failures: [String] = []
    /// How often it did not hold.
    public var failed = 0

    /// Creates a property that has not been tested.
    public init(property: String) { self.property = property }

    /// Counts a test.
    public mutating func note(_ holds: Bool, _ words: () -> String) {
      tries += 1
      if holds { return }
      failed += 1
      if failures.count < 3 { failures.append(words()) }
    }
  }

  /// The results, in order.
  public private(set) var counts: [Count] = []
  /// How often each kind of change was made.
  public private(set) var kinds: [String: Int] = [:]
  /// How many merges were made.
  public private(set) var merges = 0
  /// The time that they took, in seconds.
  public private(set) var seconds = 0.0

  /// Creates properties before any of them is tested.
  public init() {}

  /// Tests all properties on a file, with a number of pairs of changes.
  public mutating func check(_ bytes: [UInt8], file: String, pairs: Int, seed: UInt64) throws {
    let text = CanonicalLayout.text(of: bytes, file: file, log: DiagnosticLog()) ?? ""
    let base = try Document(Array(text.utf8), file: file)
    note(
      "fmt of fmt is fmt",
      CanonicalLayout.text(of: base.bytes, file: file, log: DiagnosticLog()) == text
    ) { file }
    var edits = RandomEdits(of: base, SeededNumbers(seed: seed))
    for index in 0..<pairs {
      let (ours, theirs) = (edits.some(), edits.some())
      try check(
        ours, theirs, of: base, "\(file) #\(index)", isThorough: index.isMultiple(of: 4))
    }
  }

  /// Adds the results from other files.
  public mutating func add(_ others: MergeProperties) {
    for count in others.counts {
      let index = counts.firstIndex { $0.property == count.property } ?? counts.count
      if index == counts.count { counts.append(Count(property: count.property)) }
      counts[index].tries += count.tries
      counts[index].failed += count.failed
      counts[index].failures += count.failures.prefix(3 - min(3, counts[index].failures.count))
    }
    kinds.merge(others.kinds) { $0 + $1 }
    merges += others.merges
    seconds += others.seconds
  }

  private mutating func note(
    _ property: String, _ holds: Bool, _ words: () -> String
  ) {
    let index = counts.firstIndex { $0.property == property } ?? counts.count
    if index == counts.count { counts.append(Count(property: property)) }
    counts[index].note(holds, words)
  }

  // MARK: Pairs

  /// - Parameter isThorough: whether all properties are tested, not only that of independent
  ///   changes.
  private mutating func check(
    _ ours: [RandomEdit], _ theirs: [RandomEdit], of base: Document, _ name: String,
    isThorough: Bool
  ) throws {
    guard let one = Self.made(ours, in: base), let two = Self.made(theirs, in: base) else { return }
    for edit in ours + theirs { kinds[edit.kind, default: 0] += 1 }
    let merge = try merged(base, one, two)
    if ours.allSatisfy({ edit in theirs.allSatisfy { edit.isApart(from: $0) } }) {
      checkApart(merge, ours, theirs, base, name)
      // Frames have no ids: among equal ones, nobody can tell which was added.
      let addsFrames = (ours + theirs).contains { $0.kind == "frame added" }
      if isThorough, merge.isClean, !addsFrames { try checkAgain(merge, base, one, name) }
    }
    guard isThorough else { return }
    // Even a person who changed nothing might have saved the file with another line ending.
    if one.bytes != base.bytes { try checkAlone(ours, one, base, name) }
    try checkSides(merge, try merged(base, two, one), name)
  }

  private static func made(_ edits: [RandomEdit], in base: Document) -> Document? {
    edits.reduce(Optional(base)) { document, edit in document.flatMap(edit.made) }
  }

  private mutating func merged(
    _ base: Document, _ ours: Document, _ theirs: Document
  ) throws -> DocumentMerge {
    merges += 1
    let start = ContinuousClock.now
    let merge = try DocumentMerge(
      base: base.bytes, ours: ours.bytes, theirs: theirs.bytes, file: base.file)
    _ = merge.bytes(ConflictMarkers())
    seconds += (ContinuousClock.now - start) / .seconds(1)
    return merge
  }

  /// One person alone: everything that the other did not change is as the one has it.
  private mutating func checkAlone(
    _ edits: [RandomEdit], _ changed: Document, _ base: Document, _ name: String
  ) throws {
    // A trailing space makes the bytes differ, so that the values have to be compared.
    let same = try Document(base.bytes + [UInt8(ascii: "\n")], file: base.file)
    for (property, versions) in [
      ("merge(b, b, x) = x", (same, changed)), ("merge(b, x, b) = x", (changed, same)),
      ("merge(b, x, x) = x", (changed, changed)),
    ] {
      let merge = try merged(base, versions.0, versions.1)
      let bytes = merge.bytes(ConflictMarkers())
      note(property, merge.isClean && bytes == changed.bytes) {
        "\(name): \(Self.troubles(merge) ?? Self.difference(bytes, changed.bytes))"
          + " changes: \(edits.map(\.change))"
      }
    }
    if edits.count == 1, case .set(let way, _) = edits[0].change,
      way.path(in: base).flatMap({ base.node(at: $0) }) != nil, edits[0].kind == "value changed"
    {
      let (old, new) = (Self.lines(base.bytes), Self.lines(changed.bytes))
      let differing = zip(old, new).count { $0 != $1 }
      note("one value changed is one line", old.count == new.count && differing == 1) { name }
    }
  }

  /// Two independent people: both get their changes.
  private mutating func checkApart(
    _ merge: DocumentMerge, _ ours: [RandomEdit], _ theirs: [RandomEdit], _ base: Document,
    _ name: String
  ) {
    let text = String(decoding: merge.bytes(ConflictMarkers()), as: UTF8.self)
    // The oracle applies one person's changes to the other's version, without any merge.
    let holds =
      merge.isClean
      && [ours + theirs, theirs + ours].contains {
        Self.made($0, in: base)?.canonicalText() == text
      }
    note("changes apart give both", holds) {
      let both = Self.made(ours + theirs, in: base)?.canonicalText() ?? ""
      let difference = Self.difference(Array(text.utf8), Array(both.utf8))
      return "\(name): \(Self.troubles(merge) ?? difference)"
        + " ours: \(ours.map(\.change)) theirs: \(theirs.map(\.change))"
    }
  }

  /// Merging adds nothing to a version that already contains both changes.
  private mutating func checkAgain(
    _ merge: DocumentMerge, _ base: Document, _ ours: Document, _ name: String
  ) throws {
    let both = merge.bytes(ConflictMarkers())
    let again = try merged(base, ours, try Document(both, file: base.file))
    let bytes = again.bytes(ConflictMarkers())
    note("merge(b, x, x and y) = x and y", bytes == both) {
      "\(name): \(Self.difference(bytes, both))"
    }
  }

  /// Whatever they did: results are canonical, and the sides of conflicts equal the versions.
  private mutating func checkSides(
    _ merge: DocumentMerge, _ swapped: DocumentMerge, _ name: String
  ) throws {
    let (ours, theirs) = (merge.bytes(preferring: .ours), merge.bytes(preferring: .theirs))
    for bytes in [ours, theirs] {
      let again = try Document(bytes, file: name).canonicalText()
      note("results are canonical", again.map { Array($0.utf8) } == bytes) { name }
    }
    note(
      "swapped, sides of conflicts are swapped",
      swapped.conflicts.count == merge.conflicts.count
        && swapped.bytes(preferring: .theirs) == ours && swapped.bytes(preferring: .ours) == theirs
        && swapped.isClean == merge.isClean
    ) { name }
    if merge.conflicts.isEmpty { return }
    var markers = ConflictMarkers()
    for style in [ConflictMarkers.Style.merge, .diff3, .zdiff3] {
      markers.style = style
      let lines = Self.lines(merge.bytes(markers))
      note(
        "markers taken away give each side",
        Self.side(.ours, lines) == Self.lines(ours)
          && Self.side(.theirs, lines) == Self.lines(theirs)
          && (style != .diff3
            || Self.side(.base, lines) == Self.lines(merge.bytes(preferring: .base)))
      ) { "\(name), \(style)" }
    }
  }

  /// Returns the first conflict or fault of a merge in words; nil if it is clean.
  private static func troubles(_ merge: DocumentMerge) -> String? {
    (merge.conflicts.map(\.sentence) + merge.faults.map(\.message)).first
  }

  /// Returns the first lines in which two texts differ.
  private static func difference(_ one: [UInt8], _ two: [UInt8]) -> String {
    let pairs = zip(lines(one), lines(two)).first { $0 != $1 }
    return pairs.map { "\($0.0) for \($0.1)" } ?? "one is longer"
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// Returns lines with one side of each conflict.
  private static func side(_ side: MergeSide, _ lines: [String]) -> [String] {
    var current: MergeSide?
    return lines.filter { line in
      switch line {
      case "<<<<<<< ours": current = .ours
      case "||||||| base": current = .base
      case "=======": current = .theirs
      case ">>>>>>> theirs": current = nil
      default: return current == nil || current == side
      }
      return false
    }
  }
}
