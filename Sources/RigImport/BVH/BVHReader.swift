internal import PoseRig
internal import SceneFiles

/// Reads Biovision motion capture: a hierarchy of joints with offsets and channels, then a row of
/// numbers per frame.
///
/// Programs write it in many variants: keywords in any case, `End site`, braces on the same line,
/// comments, channels and rows that wrap over lines, decimal commas, and a wrong number of frames.
struct BVHReader {
  private static let maximumDepth = 256
  private static let maximumNumbers = 1 << 27

  /// A channel, which has one number in each frame.
  private struct Channel {
    var node: Int
    var axis: Int
    var isRotation: Bool
  }

  private var model = ForeignModel(format: .bvh)
  private var channels: [Channel] = []

  /// Reads a model from a file's bytes.
  static func read(_ bytes: [UInt8]) throws(ForeignModelError) -> ForeignModel {
    var reader = BVHReader()
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = String(decoding: hasMark ? bytes[3...] : bytes[...], as: UTF8.self)
    let lines = text.utf8.split { $0 == 0x0A || $0 == 0x0D }
    guard let motion = lines.firstIndex(where: { words($0).first?.uppercased() == "MOTION" })
    else { throw .damaged("the BVH file has no MOTION; copy it again") }
    try reader.readHierarchy(lines[..<motion].map(words))
    guard !reader.model.nodes.isEmpty else { throw .damaged("the BVH file has no joints") }
    try reader.readMotion(lines[(motion + 1)...])
    return reader.model
  }

  /// Returns the words of a line, without comments.
  private static func words(_ line: Substring.UTF8View) -> [Substring] {
    let words = line.split { $0 <= 0x20 }.map { Substring($0) }
    let comment = words.firstIndex { $0.hasPrefix("#") || $0.hasPrefix("//") }
    return comment.map { Array(words[..<$0]) } ?? words
  }

  // MARK: Hierarchy

  private mutating func readHierarchy(_ lines: [[Substring]]) throws(ForeignModelError) {
    // The joints whose braces are open, and the joint that the next brace belongs to.
    var open: [Int] = []
    var next: Int?
    var words: [(word: Substring, line: Int)] = []
    for (line, list) in lines.enumerated() { words += list.map { ($0, line) } }
    var at = 0
    while at < words.count {
      let (word, line) = words[at]
      at += 1
      switch Self.keyword(word) {
      case "{":
        guard let joint = next ?? open.last else { break }
        open.append(joint)
        next = nil
        guard open.count <= Self.maximumDepth else {
          throw .damaged(
            "its joints are nested \(Self.maximumDepth) deep or deeper: this is not a skeleton")
        }
      case "}":
        guard open.popLast() != nil else {
          throw .damaged("its braces do not close; copy the BVH file again")
        }
      case "ROOT", "JOINT", "END":
        var name: [Substring] = []
        while at < words.count, words[at].line == line, words[at].word != "{" {
          name.append(words[at].word)
          at += 1
        }
        next = add(Self.keyword(word), name.joined(separator: "_"), below: open.last)
      case "OFFSET":
        let numbers = words[at...].prefix(3).compactMap { Self.number($0.word) }
        guard numbers.count == 3, let joint = open.last else {
          throw .damaged("its line \"\(Self.text(words, line))\" is not a joint's offset")
        }
        model.nodes[joint].local.translation = Vector3(numbers[0], numbers[1], numbers[2])
        at += 3
      case "CHANNELS":
        at = try addChannels(words, at, line, to: open.last)
      default: break
      }
    }
    guard open.isEmpty else { throw .damaged("its braces do not close; copy the BVH file again") }
  }

  /// Returns BVH's keyword for a word; other words unchanged.
  private static func keyword(_ word: Substring) -> String {
    let upper = word.uppercased()
    return ["ENDSITE", "END_SITE", "ENDEFFECTOR", "END_EFFECTOR"].contains(upper) ? "END" : upper
  }

  private static func text(_ words: [(word: Substring, line: Int)], _ line: Int) -> String {
    String(words.filter { $0.line == line }.map(\.word).joined(separator: " ").prefix(60))
  }

  private mutating func add(_ keyword: String, _ name: String, below parent: Int?) -> Int {
    let own: String
    if keyword == "END" {
      own = (parent.map { model.nodes[$0].name } ?? "") + "_end"
    } else {
      own = name.isEmpty ? "joint" : name
    }
    model.nodes.append(.init(name: own, parent: parent ?? -1, local: .identity))
    return model.nodes.count - 1
  }

  /// Adds the channels of a joint, which can continue on the next lines, and returns the index
  /// after them.
  private mutating func addChannels(
    _ words: [(word: Substring, line: Int)], _ start: Int, _ line: Int, to joint: Int?
  ) throws(ForeignModelError) -> Int {
    guard let joint, start < words.count, let count = Int(words[start].word),
      (0...6).contains(count), words.count > start + count
    else {
      throw .damaged(
        "its line \"\(Self.text(words, line))\" does not list the channels it claims")
    }
    for (word, _) in words[(start + 1)...].prefix(count) {
      let lower = word.lowercased()
      guard let axis = ["x", "y", "z"].firstIndex(of: String(lower.prefix(1))),
        ["rotation", "position"].contains(lower.dropFirst())
      else {
        if ["{", "}", "joint", "end", "offset"].contains(lower) {
          throw .damaged(
            "its line \"\(Self.text(words, line))\" does not list the channels it claims")
        }
        throw .damaged("it has the channel \"\(word.prefix(30))\", which BVH does not know")
      }
      channels.append(Channel(node: joint, axis: axis, isRotation: lower.hasSuffix("rotation")))
    }
    return start + 1 + count
  }

  // MARK: Motion

  private mutating func readMotion(
    _ lines: ArraySlice<Substring.UTF8View>
  ) throws(ForeignModelError) {
    var claimed: Int?
    var frameTime = 0.0
    var first = lines.startIndex
    while first < lines.endIndex {
      let words = Self.words(lines[first])
      let head = words.first?.lowercased() ?? ""
      guard words.isEmpty || head.hasPrefix("frame") else { break }
      let value = words.last?.split(separator: ":").last
      if head.hasPrefix("frames") {
        claimed = value.flatMap { Int($0) }
      } else if !words.isEmpty {
        frameTime = value.flatMap(Self.number) ?? 0
      }
      first += 1
    }
    // Invalid numbers are repaired when frames are read.
    let rows = lines[first...].map { Self.words($0).map { Self.number($0) ?? .nan } }
      .filter { !$0.isEmpty }
    let frames = try frames(rows)
    guard !frames.isEmpty else { throw .damaged("the BVH file has no frames of motion") }
    if let claimed, claimed != frames.count {
      model.notes.append("it claims \(claimed) frames and has \(frames.count)")
    }
    if !(frameTime > 1e-5 && frameTime < 60) {
      model.notes.append("it does not say how long a frame lasts; 30 per second were assumed")
      frameTime = 1.0 / 30
    }
    addClip(frames, frameTime)
    guard !model.clips[0].tracks.isEmpty else { throw .damaged("the BVH file has no motion") }
  }

  /// Returns the numbers of each frame: one line, or as many numbers as there are channels if lines
  /// are wrapped.
  private func frames(_ rows: [[Double]]) throws(ForeignModelError) -> [[Double]] {
    let width = channels.count
    let whole = rows.reduce(0) { $0 + $1.count }
    guard whole <= Self.maximumNumbers else {
      throw .overLimit("its motion has more than 134 million numbers")
    }
    // Replace an invalid number with that of the previous frame.
    var last = [Double](repeating: 0, count: width)
    func frame(_ numbers: ArraySlice<Double>) -> [Double] {
      for (slot, number) in numbers.enumerated() where !number.isNaN { last[slot] = number }
      return last
    }
    guard let short = rows.firstIndex(where: { $0.count < width }) else {
      return rows.map { frame($0.prefix(width)) }
    }
    guard width > 0, whole.isMultiple(of: width) else {
      throw .damaged(
        "its frame \(short + 1) has \(rows[short].count) numbers for \(width) channels: the file ends early"
      )
    }
    let numbers = rows.flatMap(\.self)
    return stride(from: 0, to: whole, by: width).map { frame(numbers[$0..<($0 + width)]) }
  }

  private mutating func addClip(_ frames: [[Double]], _ frameTime: Double) {
    let times = frames.indices.map { Float(Double($0) * frameTime) }
    var tracks: [ForeignModel.Track] = []
    for node in model.nodes.indices {
      let slots = channels.indices.filter { channels[$0].node == node }
      let turns = slots.filter { channels[$0].isRotation }
      let moves = slots.filter { !channels[$0].isRotation }
      if !moves.isEmpty {
        let offset = model.nodes[node].local.translation
        let positions = frames.map { frame in
          moves.reduce(into: offset) { $0[channels[$1].axis] = frame[$1] }
        }
        // Channels replace the offset, which is zero in some files.
        if model.nodes[node].parent >= 0 { model.nodes[node].local.translation = positions[0] }
        tracks.append(
          .init(
            node: node, property: .translation, interpolation: .linear, times: times,
            values: positions.flatMap { [Float($0.x), Float($0.y), Float($0.z)] }))
      }
      guard !turns.isEmpty else { continue }
      let values = frames.flatMap { frame -> [Float] in
        let turn = turns.reduce(Quaternion.identity) { turn, slot in
          let axes: [Vector3] = [.unitX, .unitY, .unitZ]
          return turn
            * Quaternion(angle: frame[slot] * .pi / 180, axis: axes[channels[slot].axis])
        }
        return (0..<4).map { Float(turn.components[$0]) }
      }
      tracks.append(
        .init(
          node: node, property: .rotation, interpolation: .linear, times: times, values: values))
    }
    let rate = (1 / frameTime * 1000).rounded() / 1000
    model.clips = [
      .init(
        name: "Motion", duration: Double(times.last ?? 0), frameRate: rate > 0 ? rate : nil,
        tracks: tracks)
    ]
  }

  /// Parses a finite number, also with a decimal comma; nil for another word.
  private static func number(_ word: Substring) -> Double? {
    let number = Double(word) ?? (word.contains(",") ? Double(word.replacing(",", with: ".")) : nil)
    return number.flatMap { $0.isFinite && abs($0) < 1e9 ? $0 : nil }
  }
}
