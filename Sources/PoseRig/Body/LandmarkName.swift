/// A named point of a body's surface.
public enum LandmarkName: Hashable, Sendable {
  /// The tip of the nose.
  case nose
  /// The middle of an eye's opening.
  case eye(Side)
  /// The ear's opening.
  case ear(Side)
  /// One of 300-W's 68 points of the face, counted from 0.
  case face(Int)
  /// The middle of an iris.
  case pupil(Side)
  /// The tip of a finger.
  case tip(Finger, Side)
  /// The tip of the big toe.
  case bigToe(Side)
  /// The tip of the small toe.
  case smallToe(Side)
  /// The rearmost point of a foot.
  case heel(Side)

  /// The landmarks of all of posemap's own bodies.
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

// Not RawRepresentable, which would create strings to compare and hash landmarks.
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

  /// Finds the landmark with a name; nil for an unknown name.
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
  /// The text with its first letter in upper case.
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
