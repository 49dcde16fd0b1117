package import PoseRig

/// An artist's words for angles and parts of the body.
package enum BodyWords {
  /// Returns the name of an angle: `lateral flexion`.
  package static func angle(_ name: AngleName) -> String { spaced(name.rawValue) }

  /// Returns the name of a part of the body: `left hand`.
  package static func region(_ region: BodyRegion) -> String { spaced(region.rawValue) }

  /// Returns a camel-case name in words: `leftIndexTip` as `left index tip`.
  package static func spaced(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? " \(letter.lowercased())" : String(letter)
    }
  }
}

/// The pronoun for a character.
package enum Pronoun: Sendable {
  case she, he, they

  /// Chooses the pronoun for a figure; a model's file does not state its sex.
  package init(_ figure: Figure) {
    switch figure {
    case .mannequin(let mannequin, _): self = mannequin.name == "male" ? .he : .she
    case .human(let phenotype):
      self = phenotype.gender < 0.4 ? .she : phenotype.gender > 0.6 ? .he : .they
    case .model: self = .they
    }
  }

  /// The subject form: `she`, `he`, `they`.
  package var subject: String {
    switch self {
    case .she: "she"
    case .he: "he"
    case .they: "they"
    }
  }

  /// The possessive form: `her`, `his`, `their`.
  package var own: String {
    switch self {
    case .she: "her"
    case .he: "his"
    case .they: "their"
    }
  }

  /// The object form: `her`, `him`, `them`.
  package var object: String {
    switch self {
    case .she: "her"
    case .he: "him"
    case .they: "them"
    }
  }
}

/// Lengths, shares and movements in words.
package enum MeasureWords {
  /// Returns a length in meters as `3.2 cm`, `12 cm` or `1.35 m`.
  package static func length(_ meters: Double) -> String {
    let size = abs(meters)
    if size >= 0.995 { return "\(DecimalText.rounded(size, 2)) m" }
    return "\(DecimalText.rounded(size * 100, size < 0.0995 ? 1 : 0)) cm"
  }

  /// Returns an angle in degrees, without the degree sign.
  package static func degrees(_ degrees: Double) -> String { DecimalText.rounded(degrees, 1) }

  /// Returns a share as `34%`.
  package static func share(_ share: Double) -> String {
    "\(DecimalText.rounded(share * 100, 0))%"
  }

  /// Returns a movement along a character's own axes: `12 cm up and 5 cm to her left`.
  package static func way(_ way: Vector3, _ pronoun: Pronoun) -> String {
    directions([
      (way.x, "to \(pronoun.own) left", "to \(pronoun.own) right"), (way.y, "up", "down"),
      (way.z, "forward", "back"),
    ])
  }

  /// Returns a movement along the camera's axes, as it appears in the picture.
  package static func wayInPicture(_ way: Vector3) -> String {
    directions([
      (way.x, "to the right", "to the left"), (way.y, "up", "down"),
      (way.z, "nearer to the camera", "farther from the camera"),
    ])
  }

  /// Returns a camera's movement along its own axes.
  package static func wayOfCamera(_ way: Vector3) -> String {
    directions([
      (way.x, "to the right", "to the left"), (way.y, "up", "down"), (way.z, "back", "forward"),
    ])
  }

  /// Returns the larger components of a movement, the largest first.
  private static func directions(
    _ parts: [(length: Double, more: String, less: String)]
  ) -> String {
    let largest = parts.map { abs($0.length) }.max() ?? 0
    let told = parts.filter { abs($0.length) >= max(0.0025, largest * 0.25) }
      .sorted { abs($0.length) > abs($1.length) }
      .map { "\(length($0.length)) \($0.length > 0 ? $0.more : $0.less)" }
    return list(told)
  }

  /// Returns texts as a list for a sentence: `a, b and c`.
  package static func list(_ texts: [String]) -> String {
    texts.count < 2
      ? texts.first ?? ""
      : texts.dropLast().joined(separator: ", ") + " and " + texts[texts.count - 1]
  }
}
