public import PoseRig

/// The profiles that are compiled in.
extension Profile {
  /// All profiles, in their order.
  public static let all: [Profile] = {
    let log = DiagnosticLog()
    guard let profiles = ProfileReader.read(EmbeddedFiles.files(in: folder), log: log) else {
      preconditionFailure("the profiles compiled in are broken: \(log.diagnostics)")
    }
    return profiles
  }()

  /// The names of all profiles, in their order.
  public static var names: [String] { all.map(\.name) }

  /// Returns the profile with a name; nil for an unknown name.
  public static func named(_ name: String) -> Profile? { all.first { $0.name == name } }

  /// Returns the profile with a name that the code itself relies on.
  package static func builtIn(_ name: String) -> Profile {
    guard let profile = named(name) else { preconditionFailure("there is no profile \(name)") }
    return profile
  }

  /// The folder of the files within the repository, which also names them in messages.
  package static let folder = "Sources/SceneFiles/Resources/profiles"
}

/// Reads files of profiles, and reports every entry that cannot be used.
package struct ProfileReader {
  /// The keys of a profile's file.
  package static let keys = [
    "$schema", "name", "summary", "order", "sizes", "multiple", "maps",
  ]
  /// The numbers that `"order"` may have.
  package static let orders = 0...9999
  /// The numbers that `"multiple"` may have.
  package static let multiples = 1...256

  private let whole: ObjectReader
  private let log: DiagnosticLog

  /// Returns the profiles in files, in their order; nil, with the reasons in `log`, if one is
  /// wrong, or if two have one name or one order.
  package static func read(_ files: [EmbeddedFile], log: DiagnosticLog) -> [Profile]? {
    let read = files.entries(
      of: "profile", name: \(order: Int, profile: Profile).profile.name, order: \.order, log: log
    ) { file in
      ObjectReader(parsing: file.bytes, "a profile", allowed: keys, file: file.path, log: log)
        .flatMap { ProfileReader(whole: $0, log: log).profile() }
    }
    return log.hasErrors ? nil : read.map(\.profile)
  }

  private func profile() -> (order: Int, profile: Profile)? {
    for key in ["name", "summary", "order", "sizes", "multiple"] where !whole.has(key) {
      whole.error(.missingKey, key, "\"\(key)\" is missing")
    }
    let summary = whole.string("summary")
    let order = whole.whole("order", in: Self.orders)
    let multiple = whole.whole("multiple", in: Self.multiples, "pixels")
    let sizes = multiple.map(self.sizes) ?? []
    var settings = MapSettings()
    if let node = whole.node("maps") {
      MapSettingsReader(node, file: whole.file, log: log)?.read(onto: &settings)
    }
    guard let name = name(), let summary, let order, let multiple else { return nil }
    return (
      order,
      Profile(
        name: name, summary: summary, sizes: sizes, multiple: multiple, mapSettings: settings)
    )
  }

  private func name() -> String? {
    guard let name = whole.string("name") else { return nil }
    let isPlain = name.allSatisfy {
      $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
    }
    guard isPlain, !name.isEmpty else {
      whole.error(
        .invalidValue, "name", "\"name\" must have lowercase letters, digits and hyphens only")
      return nil
    }
    return name
  }

  /// Returns each size upright, then lying.
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
