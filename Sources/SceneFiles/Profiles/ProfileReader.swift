internal import MapRender
internal import PoseRig

/// Reads profile files, and reports every unusable entry.
package struct ProfileReader {
  /// The keys of a profile's file.
  package static let keys = [
    "$schema", "name", "summary", "order", "sizes", "multiple", "source", "convention", "takes",
    "maps",
  ]
  /// The range of `"order"`.
  package static let orders = 0...9999
  /// The range of `"multiple"`.
  package static let multiples = 1...256

  private let whole: ObjectReader
  private let log: DiagnosticLog

  /// Returns the families in files, in their order; nil, with the reasons in `log`, if one is
  /// invalid, or if two share a name or an order.
  package static func read(_ files: [EmbeddedFile], log: DiagnosticLog) -> [Family]? {
    let read = files.entries(
      of: "profile", name: \(order: Int, family: Family).family.profile.name, order: \.order,
      log: log
    ) { file in
      ObjectReader(parsing: file.bytes, "a profile", allowed: keys, file: file.path, log: log)
        .flatMap { ProfileReader(whole: $0, log: log).family() }
    }
    return log.hasErrors ? nil : read.map(\.family)
  }

  private func family() -> (order: Int, family: Family)? {
    whole.require(Self.keys.filter { !["$schema", "maps"].contains($0) })
    let summary = whole.string("summary")
    let order = whole.whole("order", in: Self.orders)
    let multiple = whole.whole("multiple", in: Self.multiples, "pixels")
    let sizes = multiple.map(self.sizes) ?? []
    let source = whole.string("source")
    let convention = convention()
    let takes = convention.map(self.takes) ?? []
    var settings = convention?.mapSettings ?? MapSettings()
    if let node = whole.node("maps") {
      MapSettingsReader(node, file: whole.file, log: log)?.read(onto: &settings)
    }
    guard let name = whole.plainName("name"), let summary, let order, let multiple, let source,
      let convention
    else { return nil }
    let profile = Profile(
      name: name, summary: summary, sizes: sizes, multiple: multiple, mapSettings: settings)
    return (order, Family(profile: profile, convention: convention, takes: takes, source: source))
  }

  private func convention() -> MapConvention? {
    guard let name = whole.string("convention") else { return nil }
    if let convention = MapConvention.all.first(where: { $0.name == name }) { return convention }
    whole.error(
      .unknownName, "convention",
      unknown(
        "convention", name, allowed: MapConvention.all.map(\.name), context: "for a profile"))
    return nil
  }

  /// Returns the maps that the family accepts, and reports those that its convention does not
  /// include.
  private func takes(_ convention: MapConvention) -> [MapName] {
    guard let node = whole.node("takes") else { return [] }
    guard let items = node.items, !items.isEmpty else {
      whole.error(.wrongType, "takes", "\"takes\" must be a list of maps")
      return []
    }
    return items.compactMap { item in
      if let map = item.text.flatMap(MapName.init(rawValue:)), convention.rule(for: map) != nil {
        return map
      }
      log.error(
        .unknownName, whole.file, item.location,
        unknown(
          "map", item.text ?? item.kind, allowed: convention.rules.map(\.map.rawValue),
          context: "of the convention \"\(convention.name)\""))
      return nil
    }
  }

  /// Returns each size in portrait, then in landscape orientation.
  private func sizes(multiple: Int) -> [Canvas] {
    guard let node = whole.node("sizes") else { return [] }
    guard let items = node.items, !items.isEmpty else {
      whole.error(.wrongType, "sizes", "\"sizes\" must be a list of sizes: [[width, height], …]")
      return []
    }
    var upright: [Canvas] = []
    for item in items {
      guard let size = size(item, multiple) else { continue }
      if upright.contains(size) {
        log.error(.duplicate, whole.file, item.location, "the size \(size) is given twice")
      } else {
        upright.append(size)
      }
    }
    return upright.flatMap { size in
      size.width == size.height ? [size] : [size, Canvas(width: size.height, height: size.width)]
    }
  }

  private func size(_ item: JSONNode, _ multiple: Int) -> Canvas? {
    let sides = (item.items ?? []).compactMap(\.number).compactMap { Int(exactly: $0) }
    guard sides.count == 2, item.items?.count == 2, sides.allSatisfy(Canvas.allowedSides.contains)
    else {
      let allowed = Canvas.allowedSides
      log.error(
        .wrongType, whole.file, item.location,
        "a size is [width, height] in pixels, each from \(allowed.lowerBound) to \(allowed.upperBound)"
      )
      return nil
    }
    let size = Canvas(width: sides[0], height: sides[1])
    guard sides.allSatisfy({ $0 % multiple == 0 }) else {
      log.error(
        .invalidValue, whole.file, item.location,
        "the sides of \(size) are not multiples of \(multiple)")
      return nil
    }
    guard size.width <= size.height else {
      log.error(
        .invalidValue, whole.file, item.location,
        "the size \(size) is landscape; write it as portrait: both are meant")
      return nil
    }
    return size
  }
}
