/// The ranges of joints, in degrees, by joint type and degree of freedom.
public struct JointLimits: Equatable, Sendable {
  private let ranges: [JointKind: [AngleName: ClosedRange<Double>]]

  /// Creates limits from ranges in degrees, by joint type and angle; by default there are no
  /// limits.
  public init(ranges: [JointKind: [AngleName: ClosedRange<Double>]] = [:]) { self.ranges = ranges }

  /// Returns the allowed range of an angle in degrees; nil if it has no limit.
  public func range(of freedom: AngleName, at joint: JointName) -> ClosedRange<Double>? {
    ranges[joint.kind]?[freedom]
  }
}
