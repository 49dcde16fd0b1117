internal import PoseRig

/// Reads the pieces of a hair style.
struct HairPieceReader {
  let file: String
  let log: DiagnosticLog

  /// A numeric field of a piece, by its key.
  private typealias Field<Value> = (
    key: String, path: any WritableKeyPath<Value, Double> & Sendable, range: ClosedRange<Double>
  )

  private static let formFields: [Field<LockForm>] = [
    ("thickness", \.thickness, 0.001...0.1), ("overlap", \.overlap, 0.1...5),
    ("breadth", \.breadth, 0.001...0.3), ("taper", \.taper, 0...1), ("ridges", \.ridges, 0...12),
    ("relief", \.relief, 0...0.9), ("hold", \.hold, 0...1), ("stiffness", \.stiffness, 0.005...1),
    ("wave", \.wave, 0...0.1), ("waveLength", \.waveLength, 0.01...1), ("coil", \.coil, 0...1),
    ("curl", \.curl, 0...1), ("jitter", \.jitter, 0...1), ("turn", \.turn, -360...360),
  ]
  private static let formKeys = formFields.map(\.key) + ["overEars"]

  private static let capFields: [Field<HairCap>] = [
    ("thickness", \.thickness, 0.001...0.2), ("edge", \.edge, 0...90),
    ("ridges", \.ridges, 0...200), ("relief", \.relief, 0...0.9), ("lumps", \.lumps, 0...0.1),
    ("rim", \.rim, 0...3),
  ]
  private static let tuftFields: [Field<HairTufts>] = [
    ("spacing", \.spacing, 0.006...0.1), ("length", \.length, 0.005...0.3),
    ("fall", \.fall, 0...1.5), ("lift", \.lift, 0...0.2), ("swirl", \.swirl, -180...180),
    ("overhang", \.overhang, 0...90), ("tuck", \.tuck, 0...1),
  ]
  private static let tailFields: [Field<HairTail>] = [
    ("radius", \.radius, 0.002...0.2), ("pitch", \.pitch, 0.02...0.5),
  ]
  private static let clothFields: [Field<HairCloth>] = [
    ("thickness", \.thickness, 0.001...0.05), ("folds", \.folds, 0...60),
    ("depth", \.depth, 0...0.1), ("stiffness", \.stiffness, 0.005...1),
  ]
  private static let coilFields: [Field<HairCoil>] = [
    ("radius", \.radius, 0.005...0.2), ("depth", \.depth, 0.005...0.2), ("turns", \.turns, 1...8),
  ]

  private func read<Value>(_ fields: [Field<Value>], _ reader: ObjectReader, _ value: inout Value) {
    for field in fields {
      if let number = reader.number(field.key, in: field.range) {
        value[keyPath: field.path] = number
      }
    }
  }

  private func form(_ reader: ObjectReader, _ form: LockForm = LockForm()) -> LockForm {
    var form = form
    read(Self.formFields, reader, &form)
    form.overEars = reader.boolean("overEars") ?? form.overEars
    return form
  }

  // MARK: Pieces

  func cap(_ node: JSONNode) -> HairCap? {
    guard
      let reader = ObjectReader(
        node, "a cap", allowed: Self.capFields.map(\.key) + ["pole", "overEars", "hairline"],
        file: file, log: log)
    else { return nil }
    var cap = HairCap()
    read(Self.capFields, reader, &cap)
    if let pole = reader.node("pole").flatMap({ point($0, "\"pole\"") }) { cap.pole = pole }
    cap.overEars = reader.boolean("overEars") ?? cap.overEars
    cap.hairline = HairFileReader(file: file, log: log).hairline(reader)
    return cap
  }

  func locks(_ node: JSONNode) -> HairLocks? {
    guard
      let reader = ObjectReader(
        node, "locks", allowed: ["guides", "count", "rows", "mirror"] + Self.formKeys, file: file,
        log: log)
    else { return nil }
    let count = reader.whole("count", in: 1...400) ?? 12
    let rows = reader.whole("rows", in: 1...60) ?? 1
    let mirror = reader.boolean("mirror") ?? false
    let form = form(reader)
    guard let guides = guides(reader) else { return nil }
    return HairLocks(guides: guides, count: count, rows: rows, mirror: mirror, form: form)
  }

  func tufts(_ node: JSONNode) -> HairTufts? {
    guard
      let reader = ObjectReader(
        node, "tufts",
        allowed: Self.tuftFields.map(\.key) + ["pole", "comb", "latitudes", "longitudes"]
          + Self.formKeys, file: file, log: log)
    else { return nil }
    var tufts = HairTufts()
    read(Self.tuftFields, reader, &tufts)
    if let pole = reader.node("pole").flatMap({ point($0, "\"pole\"") }) { tufts.pole = pole }
    tufts.comb = reader.node("comb").flatMap { point($0, "\"comb\"") }
    tufts.latitudes = range("latitudes", -90...90, reader) ?? tufts.latitudes
    tufts.longitudes = range("longitudes", 0...180, reader) ?? tufts.longitudes
    tufts.form = form(reader)
    return tufts
  }

  func tail(_ node: JSONNode, _ what: String) -> HairTail? {
    guard
      let reader = ObjectReader(
        node, what,
        allowed: ["path", "fall", "count", "mirror"] + Self.tailFields.map(\.key) + Self.formKeys,
        file: file, log: log)
    else { return nil }
    guard let guide = guide(reader) else { return nil }
    var tail = HairTail(guide: guide)
    read(Self.tailFields, reader, &tail)
    tail.count = reader.whole("count", in: 3...60) ?? tail.count
    tail.mirror = reader.boolean("mirror") ?? false
    tail.form = form(reader)
    return tail
  }

  func coil(_ node: JSONNode) -> HairCoil? {
    guard
      let reader = ObjectReader(
        node, "a coil",
        allowed: ["center", "mirror"] + Self.coilFields.map(\.key) + Self.formKeys, file: file,
        log: log)
    else { return nil }
    guard let center = reader.node("center").flatMap({ point($0, "\"center\"") }) else {
      if !reader.has("center") {
        reader.error(
          .missingKey, "center", "a coil needs a \"center\": [longitude, latitude, height]")
      }
      return nil
    }
    var coil = HairCoil(center: center)
    read(Self.coilFields, reader, &coil)
    coil.mirror = reader.boolean("mirror") ?? false
    coil.form = form(reader)
    return coil
  }

  func cloth(_ node: JSONNode) -> HairCloth? {
    guard
      let reader = ObjectReader(
        node, "a cloth", allowed: ["guides"] + Self.clothFields.map(\.key), file: file, log: log),
      let guides = guides(reader)
    else { return nil }
    var cloth = HairCloth(guides: guides[0])
    read(Self.clothFields, reader, &cloth)
    return cloth
  }

  // MARK: Guides

  private func range(
    _ key: String, _ allowed: ClosedRange<Double>, _ reader: ObjectReader
  ) -> ClosedRange<Double>? {
    guard let ends = reader.numbers(key, named: ["from", "to"], in: allowed, "degrees") else {
      return nil
    }
    guard ends[0] <= ends[1] else {
      reader.error(.invalidValue, key, "\"\(key)\" goes from the lower to the higher")
      return nil
    }
    return ends[0]...ends[1]
  }

  /// Returns the rows of guides; nil after reporting errors.
  private func guides(_ reader: ObjectReader) -> [[HairGuide]]? {
    guard let items = reader.node("guides")?.items, let first = items.first else {
      reader.error(
        reader.has("guides") ? .wrongType : .missingKey, "guides",
        "locks need \"guides\": a list of {\"path\": …, \"fall\": …}, or of such lists, one for each row"
      )
      return nil
    }
    let lists = first.items == nil ? [items] : items.map { $0.items ?? [] }
    let rows = lists.map { $0.compactMap(guide) }
    guard zip(rows, lists).allSatisfy({ $0.count == $1.count }) else { return nil }
    let (width, length) = (rows[0].count, rows[0].first?.path.count)
    guard width > 0, rows.allSatisfy({ $0.count == width }),
      rows.joined().allSatisfy({ $0.path.count == length })
    else {
      reader.error(
        .invalidValue, "guides",
        "all rows of \"guides\" must have the same number of guides, and all guides' \"path\" the same number of points"
      )
      return nil
    }
    return rows
  }

  private func guide(_ node: JSONNode) -> HairGuide? {
    ObjectReader(node, "a guide", allowed: ["path", "fall"], file: file, log: log).flatMap(guide)
  }

  private func guide(_ reader: ObjectReader) -> HairGuide? {
    guard let items = reader.node("path")?.items, (1...20).contains(items.count) else {
      reader.error(
        reader.has("path") ? .wrongType : .missingKey, "path",
        "a guide needs a \"path\" of 1 to 20 points [longitude, latitude, height]")
      return nil
    }
    let points = items.compactMap { point($0, "a point of \"path\"") }
    let fall = reader.number("fall", in: 0...2, "meters") ?? 0
    return points.count == items.count ? HairGuide(path: points, fall: fall) : nil
  }

  /// Reads a point above the head: `[longitude, latitude]` with an optional height, or `{"face": 8,
  /// "by": [longitude, latitude, height]}` relative to a landmark.
  private func point(_ node: JSONNode, _ name: String) -> HeadPoint? {
    if case .object = node.value {
      guard
        let reader = ObjectReader(node, name, allowed: ["face", "by"], file: file, log: log),
        let by = reader.node("by")
      else { return nil }
      var point = point(by, "\"by\"")
      point?.face = reader.whole("face", in: 0...67)
      return point
    }
    guard let items = node.items, (2...3).contains(items.count) else {
      log.error(
        .wrongType, file, node.location,
        "\(name) must be [longitude, latitude] or [longitude, latitude, height]")
      return nil
    }
    let numbers = items.compactMap(\.number)
    guard numbers.count == items.count, abs(numbers[0]) <= 360, abs(numbers[1]) <= 180,
      numbers.count == 2 || abs(numbers[2]) <= 0.5
    else {
      log.error(
        .outOfRange, file, node.location,
        "\(name) is in degrees, with a height of at most 0.5 meters")
      return nil
    }
    return HeadPoint(numbers[0], numbers[1], height: numbers.count > 2 ? numbers[2] : 0)
  }
}
