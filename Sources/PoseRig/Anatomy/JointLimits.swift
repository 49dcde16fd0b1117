#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How far each joint turns, in degrees, by joint kind and degree of freedom.
public struct JointLimits: Equatable, Sendable {
  private let ranges: [JointKind: [AngleName: ClosedRange<Double>]]

  /// Limits from ranges in degrees, by joint kind and angle.
  package init(ranges: [JointKind: [AngleName: ClosedRange<Double>]]) { self.ranges = ranges }

  /// Returns the allowed range of an angle in degrees, nil where there is no limit.
  public func range(of freedom: AngleName, at joint: JointName) -> ClosedRange<Double>? {
    ranges[joint.kind]?[freedom]
  }

  /// The limits of `Rigs/limits.json`, compiled in.
  public static let standard: JointLimits = {
    let all = try? JSONDecoder().decode([String: Entry].self, from: Data(EmbeddedData.limits))
    var ranges: [JointKind: [AngleName: ClosedRange<Double>]] = [:]
    for kind in JointKind.allCases {
      guard case .freedoms(let freedoms) = all?[kind.name] else { continue }
      for (name, bounds) in freedoms {
        guard let angle = AngleName(rawValue: name) else { continue }
        ranges[kind, default: [:]][angle] = bounds[0]...bounds[1]
      }
    }
    return JointLimits(ranges: ranges)
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
