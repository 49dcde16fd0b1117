internal import Foundation

/// One line of the report.
struct StageTime: Encodable {
  var example: String
  var side: Int?
  var stage: String
  /// The median.
  var milliseconds: Double
  /// The size of the stage's result.
  var bytes: Int?

  /// Times `work`, which says how many bytes it made, and prints the median.
  static func report(
    _ example: String, _ side: Int?, _ stage: String, _ work: () throws -> Int?
  ) rethrows {
    var times: [Double] = []
    var bytes: Int?
    for _ in 0..<repetitions {
      let start = ContinuousClock.now
      bytes = try work()
      times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    let line = StageTime(
      example: example, side: side, stage: stage, milliseconds: times.sorted()[repetitions / 2],
      bytes: bytes)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    if let text = try? encoder.encode(line) { print(String(decoding: text, as: UTF8.self)) }
  }
}
