internal import PoseRig

/// Describes a character's body and its settings.
enum FigureWords {
  static func lines(_ before: Character, _ after: Character) -> [DifferenceLine] {
    var lines = figure(before.figure, after.figure)
    let (old, new) = (garments(before), garments(after))
    lines += old.filter { !new.contains($0) }.map {
      DifferenceLine(.removed, "takes off \"\($0)\"")
    }
    lines += new.filter { !old.contains($0) }.map { DifferenceLine(.added, "puts on \"\($0)\"") }
    lines += alterations(before, after)
    if before.ground != after.ground {
      lines.append(
        DifferenceLine(
          .changed, after.ground ? "is now put on the ground" : "is no longer put on the ground"))
    }
    if before.hair != after.hair {
      lines.append(DifferenceLine(.changed, "hair: \(hair(before)) → \(hair(after))"))
    }
    if before.keypoints != after.keypoints {
      lines.append(DifferenceLine(.changed, "different keypoints are hidden or shown"))
    }
    return lines
  }

  /// Returns a character's garments by name.
  private static func garments(_ character: Character) -> [String] {
    character.wear.map(\.name) + character.clothes.map(\.design.name)
  }

  /// Returns the garments with changed parameters: "dress: length 0.6 → 0.9".
  private static func alterations(_ before: Character, _ after: Character) -> [DifferenceLine] {
    after.clothes.flatMap { new -> [DifferenceLine] in
      let name = new.design.name
      guard let old = before.clothes.first(where: { $0.design.name == name }), old != new else {
        return []
      }
      let changes = new.design.choices.filter { choice in
        old.chosen[choice.parameter] != new.chosen[choice.parameter]
      }
      if changes.isEmpty {
        return [DifferenceLine(.changed, "the garment \"\(name)\" has changed")]
      }
      return changes.map { choice in
        func text(_ clothes: Clothes) -> String {
          DecimalText.rounded(clothes.chosen[choice.parameter] ?? choice.usual, 3)
        }
        return DifferenceLine(
          .changed, "\(name): \(choice.parameter) \(text(old)) → \(text(new))")
      }
    }
  }

  /// Returns a description of a character's hair: "bob ×1.2 long".
  private static func hair(_ character: Character) -> String {
    guard !character.hair.isEmpty else { return "none" }
    return character.hair.map { hair in
      var words = [hair.design.name]
      if hair.length != 1 { words.append("×\(DecimalText.rounded(hair.length, 3)) long") }
      if hair.volume != 1 { words.append("×\(DecimalText.rounded(hair.volume, 3)) full") }
      if let curl = hair.curl { words.append("curl \(DecimalText.rounded(curl, 3))") }
      return words.joined(separator: " ")
    }.joined(separator: " and ")
  }

  private static func figure(_ before: Figure, _ after: Figure) -> [DifferenceLine] {
    guard before != after else { return [] }
    switch (before, after) {
    case (.mannequin(let old, let ownOld), .mannequin(let new, let ownNew)) where old == new:
      return proportions(ownOld, ownNew)
    case (.human(let old), .human(let new)): return phenotype(old, new)
    case (.model(let old), .model(let new)) where old.name == new.name:
      return [DifferenceLine(.changed, "the model \"\(new.name)\" has changed")]
    default:
      return [DifferenceLine(.changed, "body: \(name(before)) → \(name(after))")]
    }
  }

  private static func name(_ figure: Figure) -> String {
    switch figure {
    case .mannequin(let mannequin, _): mannequin.name
    case .human: "human"
    case .model(let body): "\"\(body.name)\""
    }
  }

  private static func proportions(_ old: Proportions, _ new: Proportions) -> [DifferenceLine] {
    numbers([
      ("height", old.height, new.height), ("shoulder width", old.shoulderWidth, new.shoulderWidth),
      ("hip width", old.hipWidth, new.hipWidth), ("leg length", old.legLength, new.legLength),
      ("arm length", old.armLength, new.armLength), ("head size", old.headSize, new.headSize),
      ("heads tall", old.heads, new.heads),
      ("build", old.build, new.build),
    ])
  }

  private static func phenotype(_ old: Phenotype, _ new: Phenotype) -> [DifferenceLine] {
    let all = numbers(
      [
        ("gender", old.gender, new.gender), ("age", old.age, new.age),
        ("muscle", old.muscle, new.muscle), ("weight", old.weight, new.weight),
        ("height", old.height, new.height), ("proportions", old.proportions, new.proportions),
        ("cup", old.cup, new.cup), ("firmness", old.firmness, new.firmness),
      ]
        + Set(old.modifiers.keys).union(new.modifiers.keys).sorted().map {
          (BodyWords.spaced($0), old.modifiers[$0], new.modifiers[$0])
        })
    if old.build != new.build { return all + proportions(old.build, new.build) }
    return all.isEmpty ? [DifferenceLine(.changed, "different ethnicity")] : all
  }

  private static func numbers(_ rows: [(String, Double?, Double?)]) -> [DifferenceLine] {
    rows.compactMap { name, old, new in
      guard old != new else { return nil }
      func text(_ number: Double?) -> String {
        number.map { DecimalText.rounded($0, 3) } ?? "its own"
      }
      return DifferenceLine(.changed, "\(name) \(text(old)) → \(text(new))")
    }
  }
}

/// Describes the changes of prompts: the comma-separated phrases that were added or removed.
enum PromptWords {
  static func lines(_ before: Prompt, _ after: Prompt) -> [DifferenceLine] {
    lines("prompt", before.text, after.text)
      + lines("negative prompt", before.negative, after.negative)
  }

  private static func lines(_ name: String, _ before: String, _ after: String) -> [DifferenceLine] {
    guard before != after else { return [] }
    let (old, new) = (phrases(before), phrases(after))
    let gone = old.filter { !new.contains($0) }
    let added = new.filter { !old.contains($0) }
    if gone.isEmpty, added.isEmpty {
      return [DifferenceLine(.changed, "\(name): the same in another order or spelling")]
    }
    return gone.map { DifferenceLine(.removed, "\(name): without \"\($0)\"") }
      + added.map { DifferenceLine(.added, "\(name): with \"\($0)\"") }
  }

  private static func phrases(_ text: String) -> [String] {
    text.split(separator: ",").map { phrase in
      String(phrase.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }.filter { !$0.isEmpty }
  }
}
