internal import PoseRig

/// Reads a character's `"phenotype"`.
package struct PhenotypeReader {
  /// The names of hair in phenotypes, which predate the library of styles.
  package static let hairNames = ["bald", "short", "long", "bun"]
  /// The library's styles for these names.
  static let hairStyles = ["short": "crop", "long": "long-straight", "bun": "bun-high"]

  static let keys =
    [
      "gender", "age", "muscle", "weight", "height", "proportions", "ethnicity", "cup", "firmness",
      "hair",
    ]
    + Phenotype.Modifier.all.map(\.name)

  let file: String
  let log: DiagnosticLog

  func phenotype(_ node: JSONNode) -> Phenotype {
    var phenotype = Phenotype()
    guard
      let reader = ObjectReader(
        node, "\"phenotype\"", allowed: Self.keys, file: file, log: log)
    else { return phenotype }
    if case .string = reader.node("gender")?.value {
      switch reader.string("gender") {
      case "female": phenotype.gender = 0
      case "male": phenotype.gender = 1
      default:
        reader.error(
          .wrongType, "gender", "\"gender\" is \"female\", \"male\" or a number from 0 to 1")
      }
    } else if let gender = reader.number("gender", in: 0...1) {
      phenotype.gender = gender
    }
    age(reader, &phenotype)
    let shares: [(String, WritableKeyPath<Phenotype, Double>)] = [
      ("muscle", \.muscle), ("weight", \.weight), ("proportions", \.proportions), ("cup", \.cup),
      ("firmness", \.firmness),
    ]
    for (key, path) in shares {
      if let value = reader.number(key, in: 0...1) { phenotype[keyPath: path] = value }
    }
    phenotype.height = reader.number("height", in: 1.2...2.3, "meters")
    if let node = reader.node("ethnicity") { phenotype.ethnicity = ethnicity(node) }
    for modifier in Phenotype.Modifier.all {
      if let value = reader.number(modifier.name, in: -1...1), value != 0 {
        phenotype.modifiers[modifier.name] = value
      }
    }
    return phenotype
  }

  private func age(_ reader: ObjectReader, _ phenotype: inout Phenotype) {
    if case .number(let years) = reader.node("age")?.value, years < 18 {
      reader.error(
        .outOfRange, "age", "\"age\" is \(plain(years)); humans here are adults, 18 to 90 years")
      return
    }
    if let years = reader.number("age", in: 18...90, "years") { phenotype.age = years }
  }

  private func ethnicity(_ node: JSONNode) -> Phenotype.Ethnicity {
    var result = Phenotype.Ethnicity()
    guard
      let reader = ObjectReader(
        node, "\"ethnicity\"", allowed: ["african", "asian", "caucasian"], file: file, log: log)
    else { return result }
    result.african = reader.number("african", in: 0...1) ?? 0
    result.asian = reader.number("asian", in: 0...1) ?? 0
    result.caucasian = reader.number("caucasian", in: 0...1) ?? 0
    guard result.african + result.asian + result.caucasian > 0 else {
      log.error(
        .invalidValue, file, node.location,
        "\"ethnicity\" needs a share above 0 of african, asian or caucasian")
      return Phenotype.Ethnicity()
    }
    return result
  }
}
