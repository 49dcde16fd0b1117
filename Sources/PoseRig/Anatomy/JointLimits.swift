/// How far each joint turns, in degrees, by joint kind and degree of freedom.
public struct JointLimits: Equatable, Sendable {
  private let ranges: [JointKind: [AngleName: ClosedRange<Double>]]

  /// Limits from ranges in degrees, by joint kind and angle; by default there is no limit.
  public init(ranges: [JointKind: [AngleName: ClosedRange<Double>]] = [:]) { self.ranges = ranges }

  /// Returns the allowed range of an angle in degrees, nil where there is no limit.
  public func range(of freedom: AngleName, at joint: JointName) -> ClosedRange<Double>? {
    ranges[joint.kind]?[freedom]
  }
}
