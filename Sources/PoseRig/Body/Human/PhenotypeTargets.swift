extension Phenotype {
  /// The active targets with their strengths, by MakeHuman's own rule: each macro target's strength
  /// is the product of its words' strengths, and a word's strength is linear between values.
  ///
  /// Height targets are left out: the average of the shortest and the tallest is not a person of
  /// average height. A stature in meters is reached by scaling.
  var targets: [(name: String, strength: Double)] {
    let genders = [("female", 1 - gender), ("male", gender)]
    let old = min(max((age - 25) / 65, 0), 1)
    let ages = [("young", 1 - old), ("old", old)]
    let muscles = Self.words("muscle", muscle)
    let weights = Self.words("weight", weight)
    let races = [
      ("african", ethnicity.african), ("asian", ethnicity.asian),
      ("caucasian", ethnicity.caucasian),
    ]
    let all = races.reduce(0) { $0 + $1.1 }
    let builds = Self.combined([[("universal", 1)], genders, ages, muscles, weights])
    var result = builds
    result += Self.combined([races.map { ($0.0, $0.1 / all) }, genders, ages])
    let ideal = [
      ("uncommonproportions", max(0, 1 - proportions * 2)),
      ("idealproportions", max(0, proportions * 2 - 1)),
    ]
    result += Self.combined([genders, ages, muscles, weights, ideal], folder: "proportions/")
    let cups = Self.words("cup", cup)
    let firmnesses = Self.words("firmness", firmness)
    result += Self.combined(
      [[("female", 1 - gender)], ages, muscles, weights, cups, firmnesses], folder: "breast/")
    for modifier in Modifier.all {
      let value = (modifiers[modifier.name] ?? 0) + calibration(modifier.name)
      result += (value > 0 ? modifier.more : modifier.less).map { ($0, abs(value)) }
    }
    return result.filter { $0.strength > 0 }
  }

  /// Returns a correction that brings MakeHuman's average within the measures of soldiers
  /// (``AnthropometryReference``): the woman's feet and forearms and both heads are too narrow or
  /// short there, and the man's hands too long.
  private func calibration(_ modifier: String) -> Double {
    let (female, male) =
      switch modifier {
      case "footSize": (0.43, 0.1)
      case "headWidth": (0.4, 0.5)
      case "lowerArmLength": (0.3, 0)
      case "handSize": (0, -0.2)
      default: (0.0, 0.0)
      }
    return female * (1 - gender) + male * gender
  }

  /// The names of all targets that any phenotype can use, including those of modifiers.
  public static var allTargets: Set<String> {
    var names: Set<String> = []
    let halves = [0.25, 0.75]
    for muscle in halves {
      for weight in halves {
        for proportions in halves {
          for cup in halves {
            for firmness in halves {
              var phenotype = Phenotype()
              phenotype.age = 50
              (phenotype.muscle, phenotype.weight) = (muscle, weight)
              (phenotype.proportions, phenotype.cup) = (proportions, cup)
              phenotype.firmness = firmness
              names.formUnion(phenotype.targets.map(\.name))
            }
          }
        }
      }
    }
    return names.union(Modifier.all.flatMap { $0.more + $0.less })
  }

  /// Returns the strengths of `min…`, `average…` and `max…` at a value from 0 to 1.
  private static func words(_ noun: String, _ value: Double) -> [(String, Double)] {
    [
      ("min" + noun, max(0, 1 - value * 2)), ("average" + noun, 1 - abs(value * 2 - 1)),
      ("max" + noun, max(0, value * 2 - 1)),
    ]
  }

  /// Returns every combination of one word from each list that has any strength.
  private static func combined(
    _ lists: [[(String, Double)]], folder: String = ""
  ) -> [(name: String, strength: Double)] {
    var result: [(name: String, strength: Double)] = [("", 1)]
    for words in lists {
      result = result.flatMap { start in
        words.filter { $0.1 > 0 }.map { word in
          (start.name.isEmpty ? word.0 : start.name + "-" + word.0, start.strength * word.1)
        }
      }
    }
    return result.map { (folder + $0.name, $0.strength) }
  }
}
