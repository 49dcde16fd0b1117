internal import PoseRig

/// Reads the `"shot"` of a camera and the keys that belong to it.
struct ShotReader {
  /// The keys that only shots have.
  static let ownKeys = ["shot", "of", "over", "view", "side", "height"]

  let reader: ObjectReader
  let characterIds: [String]

  /// Returns the shot; nil after reporting errors.
  func shot() -> Shot? {
    guard reader.has("shot") else {
      let key = Self.ownKeys.first(where: reader.has) ?? "shot"
      reader.error(
        .missingKey, key,
        "\"\(key)\" belongs to a shot: add \"shot\", one of \(Shot.Size.allNames)")
      return nil
    }
    guard let size: Shot.Size = reader.word("shot", "shot"), let subjects = subjects() else {
      return nil
    }
    var shot = Shot(size, of: subjects, angle: angle(), elevation: elevation())
    if let margin = reader.number("margin", in: 0...0.45, "of the picture") { shot.margin = margin }
    return size == .overShoulder ? overShoulder(shot) : past(shot)
  }

  // MARK: Whom it shows

  private func subjects() -> [String]? {
    guard let node = reader.node("of") else { return [] }
    switch node.value {
    case .string("all"): return []
    case .string(let id): return known(id, "of") ? [id] : nil
    case .array(let nodes):
      let ids = nodes.compactMap { node -> String? in
        if case .string(let id) = node.value { id } else { nil }
      }
      guard ids.count == nodes.count, !ids.isEmpty else { break }
      return ids.allSatisfy { known($0, "of") } ? ids : nil
    default: break
    }
    reader.error(
      .wrongType, "of", "\"of\" takes a character's id, a list of ids, or \"all\", not \(node.kind)"
    )
    return nil
  }

  private func known(_ id: String, _ key: String) -> Bool {
    if characterIds.contains(id) { return true }
    reader.error(
      .unknownName, key,
      unknown("character", id, allowed: characterIds + ["all"], context: "in \"\(key)\""))
    return false
  }

  // MARK: From where

  private func angle() -> Double {
    let angle = reader.number("angle", in: -360...360, "degrees")
    let view: Shot.View? = reader.word("view", "view")
    if reader.has("angle"), reader.has("view") {
      reader.error(
        .conflict, "angle", "\"view\" and \"angle\" both turn the camera: remove one of them")
    }
    return angle ?? view?.angle(from: side) ?? 0
  }

  private func elevation() -> Double {
    let elevation = reader.number("elevation", in: -89...89, "degrees")
    let height: Shot.Height? = reader.word("height", "height")
    if reader.has("elevation"), reader.has("height") {
      reader.error(
        .conflict, "elevation",
        "\"height\" and \"elevation\" both raise the camera: remove one of them")
    }
    return elevation ?? height?.elevation ?? 0
  }

  /// The side that is named; by default the left for a view, and the right over a shoulder.
  private var side: Side {
    guard let name = reader.string("side") else {
      return reader.has("over") ? .right : .left
    }
    return .named(name) ?? .left
  }

  private func overShoulder(_ shot: Shot) -> Shot? {
    var shot = shot
    for key in ["view", "angle", "margin"] where reader.has(key) {
      reader.error(
        .misplacedKey, key,
        "over a shoulder the camera looks from one to the other: "
          + "remove \"\(key)\"")
    }
    guard shot.subjects.count == 1, let subject = shot.subjects.first else {
      reader.error(
        .missingKey, "shot",
        "over a shoulder the camera shows one character: name it in \"of\"")
      return nil
    }
    guard let over = reader.string("over") else {
      reader.error(
        .missingKey, "shot",
        "\"overShoulder\" needs \"over\": the character past whose shoulder the camera looks")
      return nil
    }
    guard known(over, "over") else { return nil }
    if over == subject {
      reader.error(
        .conflict, "over",
        "nobody is seen over their own shoulder: "
          + "\"of\" and \"over\" are both \"\(over)\"")
      return nil
    }
    checkSide()
    shot.over = over
    shot.shoulder = side
    return shot
  }

  private func past(_ shot: Shot) -> Shot? {
    if reader.has("over") {
      reader.error(
        .misplacedKey, "over", "\"over\" is for the shot \"overShoulder\"")
    }
    checkSide()
    if reader.has("side"), !reader.has("view") {
      reader.error(.misplacedKey, "side", "\"side\" is for a \"view\"; an \"angle\" has a sign")
    }
    return shot
  }

  private func checkSide() {
    guard let name = reader.string("side"), Side.named(name) == nil else { return }
    reader.error(
      .unknownName, "side",
      unknown("side", name, allowed: Side.both.map(\.rawValue), context: "for \"side\""))
  }
}

extension Side {
  /// Returns the side with a name; nil for the middle and for other words.
  fileprivate static func named(_ name: String) -> Side? { both.first { $0.rawValue == name } }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// All names, for messages.
  fileprivate static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
