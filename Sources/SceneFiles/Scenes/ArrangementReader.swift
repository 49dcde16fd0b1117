internal import PoseRig

/// Reads a scene's `"arrange"`: characters in a row, a ring or a crowd.
struct ArrangementReader {
  static let forms = ["row", "ring", "crowd"]
  static let keys = forms + ["gap", "around", "yaw", "facing", "radius", "seed"]
  /// The named directions that members can face, in addition to the names of characters.
  static let ways = ["ahead", "center", "out", "eachOther", "any", "camera"]
  private static let seeds = 0...1_000_000_000

  let file: String
  let log: DiagnosticLog

  /// Applies the arrangements in `node` to a scene's characters.
  ///
  /// - Parameter characters: the characters read so far, with the keys that each has.
  func arrange(
    _ node: JSONNode?, _ characters: inout [Character], _ origins: inout [CharacterOrigin],
    has: (_ id: String, _ key: String) -> Bool
  ) -> [Arrangement] {
    guard let node else { return [] }
    var arrangements: [Arrangement] = []
    var arranged: Set<String> = []
    for item in node.items ?? [node] {
      guard
        let reader = ObjectReader(
          item, "an arrangement", allowed: Self.keys, file: file, log: log),
        let (arrangement, facing) = arrangement(reader, characters.map(\.id), has)
      else { continue }
      let origin = FileOrigin(file: file, location: item.location)
      for (number, id) in arrangement.members.enumerated() {
        guard arranged.insert(id).inserted else {
          reader.error(
            .duplicate, "row",
            "\"\(id)\" is arranged twice; a character stands in one place")
          continue
        }
        guard let index = characters.firstIndex(where: { $0.id == id }) else { continue }
        // A character's own position overrides the arrangement's.
        if !has(id, "position") {
          characters[index].placement = Placement(.arranged(arrangements.count), turns: false)
          origins[index].placing = origin
        }
        if !has(id, "yaw") {
          turn(&characters[index], number, facing, arrangement)
          origins[index].facing = origin
        }
      }
      arrangements.append(arrangement)
    }
    return arrangements
  }

  // MARK: Reading

  private func arrangement(
    _ reader: ObjectReader, _ ids: [String], _ has: (String, String) -> Bool
  ) -> (Arrangement, Way)? {
    let forms = Self.forms.filter(reader.has)
    guard let form = forms.first else {
      log.error(
        .missingKey, file, reader.location,
        "an arrangement needs \"row\", \"ring\" or \"crowd\": a list of characters' ids, or \"all\""
      )
      return nil
    }
    if forms.count > 1 {
      reader.error(
        .conflict, forms[1],
        "characters stand in one form: remove \"\(forms[1])\" or \"\(form)\"")
      return nil
    }
    for (key, owner) in [("radius", "ring"), ("seed", "crowd")]
    where reader.has(key) && form != owner {
      reader.error(.misplacedKey, key, "\"\(key)\" is for \"\(owner)\"; \"\(form)\" has none")
    }
    let gap = reader.number("gap", in: Placement.gaps, "meters") ?? 0.3
    let yaw = reader.number("yaw", in: -360...360, "degrees") ?? 0
    let radius = reader.number("radius", in: 0.1...100, "meters")
    let seed = reader.whole("seed", in: Self.seeds) ?? 0
    let center = center(reader, ids)
    guard let members = members(form, reader, ids, has, besides: center),
      let facing = way(reader, form, ids)
    else { return nil }
    let kind: Arrangement.Form =
      switch form {
      case "row": .row
      case "ring": .ring(radius: radius)
      default: .crowd(seed: seed)
      }
    return (Arrangement(kind, of: members, gap: gap, around: center, yaw: yaw), facing)
  }

  private func members(
    _ form: String, _ reader: ObjectReader, _ ids: [String], _ has: (String, String) -> Bool,
    besides center: Arrangement.Center
  ) -> [String]? {
    guard let node = reader.node(form) else { return nil }
    if node.text == "all" {
      return ids.filter { !has($0, "position") && center != .character($0) }
    }
    let items = node.items ?? []
    let named = items.compactMap(\.text)
    guard !items.isEmpty, named.count == items.count else {
      reader.error(
        .wrongType, form,
        "\"\(form)\" must be a list of characters' ids, or \"all\", not \(node.kind)")
      return nil
    }
    for (item, id) in zip(items, named) {
      if !ids.contains(id) {
        log.error(
          .unknownName, file, item.location,
          unknown("character", id, allowed: ids, context: "in \"\(form)\""))
      } else if center == .character(id) {
        log.error(
          .invalidValue, file, item.location, "\"\(id)\" cannot stand around itself; remove it here"
        )
      }
    }
    return named.allSatisfy(ids.contains) ? named : nil
  }

  private func center(_ reader: ObjectReader, _ ids: [String]) -> Arrangement.Center {
    guard let node = reader.node("around") else { return .point(.zero) }
    guard let id = node.text else { return .point(reader.vector("around") ?? .zero) }
    if !ids.contains(id) {
      reader.error(
        .unknownName, "around", unknown("character", id, allowed: ids, context: "for \"around\""))
    }
    return .character(id)
  }

  // MARK: Facing

  /// The direction that members face.
  private enum Way {
    case word(String)
    case target(Facing.Target)
  }

  private func way(_ reader: ObjectReader, _ form: String, _ ids: [String]) -> Way? {
    guard let node = reader.node("facing") else {
      return .word(form == "ring" ? "center" : "ahead")
    }
    guard let name = node.text else { return reader.vector("facing").map { .target(.point($0)) } }
    if name == "camera" { return .target(.camera) }
    if Self.ways.contains(name) { return .word(name) }
    if ids.contains(name) { return .target(.character(name)) }
    reader.error(
      .unknownName, "facing",
      unknown("direction", name, allowed: Self.ways + ids, context: "for \"facing\""))
    return nil
  }

  /// Sets the direction of a member, given by its number.
  private func turn(
    _ character: inout Character, _ number: Int, _ way: Way, _ arrangement: Arrangement
  ) {
    let middle: Facing.Target =
      switch arrangement.center {
      case .point(let point): .point(point)
      case .character(let id): .character(id)
      }
    switch way {
    case .target(.character(character.id)): character.yaw = arrangement.yaw
    case .target(let target): character.facing = Facing(target)
    case .word("center"): character.facing = Facing(middle)
    case .word("out"): character.facing = Facing(middle, turn: 180)
    case .word("any"):
      let share = arrangement.form.share(number)
      character.yaw = (arrangement.yaw + 360 * share).remainder(dividingBy: 360)
    case .word("eachOther"):
      // In pairs; a leftover member faces the one before it.
      let other =
        number % 2 == 1 || number == arrangement.members.count - 1 ? number - 1 : number + 1
      guard arrangement.members.indices.contains(other) else {
        character.yaw = arrangement.yaw
        return
      }
      character.facing = Facing(.character(arrangement.members[other]))
    case .word: character.yaw = arrangement.yaw
    }
  }
}
