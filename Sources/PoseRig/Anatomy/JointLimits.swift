#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How far each joint turns, in degrees, by joint kind and degree of freedom.
public struct JointLimits: Equatable, Sendable {
  private let ranges: [String: [String: ClosedRange<Double>]]

  /// Limits from ranges in degrees, by joint kind and degree of freedom.
  package init(ranges: [String: [String: ClosedRange<Double>]]) { self.ranges = ranges }

  /// Returns the allowed range of one degree of freedom in degrees, nil where there is no limit.
  public func range(of freedom: String, at joint: JointName) -> ClosedRange<Double>? {
    ranges[joint.kind]?[freedom]
  }

  /// The limits of `Rigs/limits.json`, compiled in.
  public static let standard: JointLimits = {
    let all = try? JSONDecoder().decode([String: Entry].self, from: Data(EmbeddedData.limits))
    return JointLimits(
      ranges: (all ?? [:]).compactMapValues { entry in
        guard case .freedoms(let freedoms) = entry else { return nil }
        return freedoms.mapValues { $0[0]...$0[1] }
      })
  }()

  private enum Entry: Decodable {
    case comment
    case freedoms([String: [Double]])

    init(from decoder: any Decoder) throws {
      let freedoms = try? decoder.singleValueContainer().decode([String: [Double]].self)
      self = freedoms.map { .freedoms($0) } ?? .comment
    }
  }
}
