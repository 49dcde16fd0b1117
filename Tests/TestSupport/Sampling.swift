internal import Foundation

/// A choice from lists of cases that would take minutes.
public enum Sampling {
  /// Whether all cases are tested, as `make test-all` does.
  public static let isOff = ProcessInfo.processInfo.environment["POSEMAP_TEST_ALL"] != nil

  /// Returns whether a case is in the sample, of which the share is one in `share`.
  public static func takes(_ name: String, oneIn share: Int) -> Bool {
    isOff || NameHash.of(name, below: share) == 0
  }

  /// Returns every case at a distance of `share` in a list; all with `POSEMAP_TEST_ALL`.
  public static func some<Case>(_ cases: [Case], oneIn share: Int) -> [Case] {
    isOff ? cases : stride(from: share / 2, to: cases.count, by: share).map { cases[$0] }
  }
}
