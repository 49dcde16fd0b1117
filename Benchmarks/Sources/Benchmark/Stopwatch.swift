internal import Foundation

/// One line of the report.
struct StageTime: Encodable {
  var example: String
  var side: Int?
  var stage: String
  /// The median.
  var milliseconds: Double
  /// The longest time of all.
  var longest: Double
  /// The size of the stage's result.
  var bytes: Int?

  /// Times `work`, which says how many bytes it made, and prints the median.
  static func report(
    _ example: String, _ side: Int?, _ stage: String, _ work: () throws -> Int?
  ) rethrows {
    var times: [Duration] = []
    var bytes: Int?
    for _ in 0..<repetitions {
      let start = ContinuousClock.now
      bytes = try work()
      times.append(.now - start)
    }
    report(example, side, stage, times, bytes: bytes)
  }

  /// Prints the median of times taken elsewhere, and nothing for an empty list.
  static func report(
    _ example: String, _ side: Int?, _ stage: String, _ times: [Duration], bytes: Int?
  ) {
    let times = times.map { $0 / .milliseconds(1) }.sorted()
    guard let last = times.last else { return }
    let line = StageTime(
      example: example, side: side, stage: stage, milliseconds: times[times.count / 2],
      longest: last, bytes: bytes)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    if let text = try? encoder.encode(line) { print(String(decoding: text, as: UTF8.self)) }
  }
}
