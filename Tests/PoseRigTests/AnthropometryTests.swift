import PoseRig
import SceneFiles
import TestSupport
import Testing

@Suite struct AnthropometryTests {
  /// The measures that a figure is known to miss.
  private static let known = ["male mannequin": ["acromion-radiale length", "head breadth"]]

  /// Nine in ten soldiers lie between these ends; an average figure should be one of the nine. The
  /// table is printed, with each deviation from the median in standard deviations.
  @Test(arguments: ["female", "male"])
  func figuresLieWithinTheCentralNinetyPercent(sex: String) throws {
    let isMale = sex == "male"
    var bodies = Mannequin.all.filter { $0.name == sex }.map { ("mannequin", $0.body) }
    if let template = InstalledHuman.template {
      bodies.append(("human", template.body(.typical(male: isMale))))
    }
    for (kind, body) in bodies {
      var deviations: [Double] = []
      for (measure, reference) in zip(Anthropometry(body).all, AnthropometryReference.all) {
        #expect(measure.name == reference.name)
        let people = isMale ? reference.male : reference.female
        let value = measure.value * 1000
        let deviation = (value - people.median) / people.deviation
        print(
          sex, kind, measure.name, Int(value.rounded()), people.range,
          (deviation * 10).rounded() / 10, separator: "\t")
        let isKnown = Self.known["\(sex) \(kind)"]?.contains(measure.name) ?? false
        #expect(
          people.range.contains(value.rounded()) != isKnown,
          "\(sex) \(kind): \(measure.name) is \(value) mm")
        deviations.append(abs(deviation))
      }
      let mean = deviations.reduce(0, +) / Double(deviations.count)
      print(sex, kind, "mean deviation", (mean * 100).rounded() / 100, separator: "\t")
      #expect(mean < 0.75, "\(sex) \(kind): \(mean) standard deviations off the median")
    }
  }

  @Test func theTableMatchesTheSurvey() throws {
    // Two rows of ANSUR II's individual data, copied by hand.
    let stature = try #require(AnthropometryReference.all.first { $0.name == "stature" })
    #expect(stature.female.median == 1626 && stature.male.range == 1648...1870)
    let waist = try #require(
      AnthropometryReference.all.first { $0.name == "waist circumference" })
    #expect(waist.female.range == 710...1040 && waist.male.deviation == 111.7)
  }
}
