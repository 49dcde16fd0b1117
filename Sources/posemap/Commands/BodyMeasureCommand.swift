import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap body measure`: compares bodies with human measurements.
struct BodyMeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract:
      "Print the measures of the default woman and man, ANSUR II's 5th percentile, median and 95th percentile, and the distance from the median in standard deviations.",
    discussion: "Exits with 1 if any measure is outside its range.")

  @Flag(help: "Measure the mannequins instead of the human.")
  var mannequins = false

  func run() throws {
    var outside = 0
    for (sex, body) in try bodies() {
      print("\(sex)\(mannequins ? " mannequin" : ""), millimeters")
      let measures = Anthropometry(body).all
      for (measure, reference) in zip(measures, AnthropometryReference.all) {
        let people = sex == "female" ? reference.female : reference.male
        let range = people.range
        let value = measure.value * 1000
        let isInside = range.contains(value)
        let deviation = (value - people.median) / people.deviation
        if !isInside { outside += 1 }
        print(
          "  " + column(measure.name, 26) + column(DecimalText.rounded(value, 0), 6, right: true)
            + column("\(Int(range.lowerBound))–\(Int(range.upperBound))", 12, right: true)
            + column("\(Int(people.median))", 6, right: true)
            + column((deviation < 0 ? "" : "+") + DecimalText.rounded(deviation, 1), 6, right: true)
            + (isInside ? "" : "  outside"))
      }
    }
    if outside > 0 { throw ExitCode(1) }
  }

  private func bodies() throws -> [(String, Body)] {
    if mannequins {
      return Mannequin.all.map { ($0.name, $0.body) }
    }
    switch HumanStore.load() {
    case .failure(let failure):
      throw Failure(.noInput, "cannot use the human: \(failure.reason)")
    case .success(let template):
      return ["female", "male"].map { ($0, template.body(.typical(male: $0 == "male"))) }
    }
  }

  private func column(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }
}
