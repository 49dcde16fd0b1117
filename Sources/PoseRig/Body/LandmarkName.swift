/// A named point of a body's surface.
public enum LandmarkName: Hashable, Sendable {
  /// The tip of the nose.
  case nose
  /// The middle of an eye's opening.
  case eye(Side)
  /// The ear's opening.
  case ear(Side)
  /// One of 300-W's 68 points of the face, from 0.
  case face(Int)
  /// The middle of an iris.
  case pupil(Side)
  /// The end of a finger.
  case tip(Finger, Side)
  /// The end of the big toe.
  case bigToe(Side)
  /// The end of the small toe.
  case smallToe(Side)
  /// The rearmost point of a foot.
  case heel(Side)

  /// The landmarks that every body of ours has.
  public static let all: [LandmarkName] =
    [.nose, .eye(.left), .eye(.right), .ear(.left), .ear(.right)]
    + (0..<68).map { .face($0) } + [.pupil(.left), .pupil(.right)]
    + Side.both.flatMap { side in
      Finger.allCases.map { .tip($0, side) } + [.bigToe(side), .smallToe(side), .heel(side)]
    }
}

extension LandmarkName {
  /// The joint that carries the point.
  var carrier: JointName {
    switch self {
    case .tip(let finger, let side): finger.joints.last.map { JointName($0, side) } ?? .head
    case .bigToe(let side), .smallToe(let side): JointName(.toes, side)
    case .heel(let side): JointName(.foot, side)
    case .nose, .eye, .ear, .face, .pupil: .head
    }
  }
}

// No RawRepresentable: to compare and hash two landmarks would then make texts of both.
extension LandmarkName {
  /// The name in files, such as `leftIndexTip`.
  public var rawValue: String {
    switch self {
    case .nose: "nose"
    case .eye(let side): "\(side)Eye"
    case .ear(let side): "\(side)Ear"
    case .face(let number): "face\(number)"
    case .pupil(let side): "\(side)Pupil"
    case .tip(let finger, let side): "\(side)\(finger.rawValue.capitalizedFirst)Tip"
    case .bigToe(let side): "\(side)BigToe"
    case .smallToe(let side): "\(side)SmallToe"
    case .heel(let side): "\(side)Heel"
    }
  }

  /// The landmark of a name in a file; nil for a name that no landmark has.
  public init?(rawValue: String) {
    guard let landmark = Self.byName[rawValue] else { return nil }
    self = landmark
  }

  /// The names of all landmarks in a line or two, for messages.
  package static let allNamesInShort =
    "nose, face0 to face67 (300-W's points: face8 is the chin), and after left or right: Eye, Ear, "
    + "Pupil, BigToe, SmallToe, Heel, and Thumb, Index, Middle, Ring or Little with Tip"

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.rawValue, $0) })
}

extension String {
  /// The text with a capital at its beginning.
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
