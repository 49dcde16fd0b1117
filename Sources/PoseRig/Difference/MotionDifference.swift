/// The changes between two motions: the affected frames, and the size of the changes.
public struct MotionDifference: Sendable {
  /// A range of consecutive frames with changes.
  public struct Span: Sendable {
    /// The frames, counted from 0.
    public var frames: ClosedRange<Int>
    /// The joints with changed rotations, each with its largest angle in degrees, the largest
    /// first.
    public var turns: [(joint: JointName, degrees: Double, frame: Int)]
    /// The tracked joints with changed positions, each with its largest distance in meters.
    public var moves: [(joint: JointName, distance: Double, frame: Int)]
  }

  /// The number of frames of each.
  public var counts: (before: Int, after: Int)
  /// The number of frames per second of each.
  public var rates: (before: Double, after: Double)
  /// The frames, from 0, of the longer motion that were inserted or removed; nil if the numbers are
  /// equal, or if the frames cannot be identified.
  public var inserted: ClosedRange<Int>?
  /// The ranges with changes among the frames that both have, numbered as after the change.
  public var spans: [Span]

  /// Whether both motions are equal.
  public var isEmpty: Bool {
    counts.before == counts.after && rates.before == rates.after && spans.isEmpty
  }

  /// Compares two motions frame by frame, each at its own rate, on a rig.
  ///
  /// - Parameter most: the number of frames after which the comparison ends.
  public init(
    from before: PoseMotion, to after: PoseMotion, on rig: Rig,
    most: Int = PoseMotion.maximumFrames
  ) {
    func frames(_ motion: PoseMotion) -> [Pose] {
      let count = min(motion.frameCount(at: motion.frameRate), most)
      return (0..<count).map { motion.pose(at: Double($0) / motion.frameRate) }
    }
    let (old, new) = (frames(before), frames(after))
    counts = (before.frameCount(at: before.frameRate), after.frameCount(at: after.frameRate))
    rates = (before.frameRate, after.frameRate)
    let shared = min(old.count, new.count)
    let head = (0..<shared).first { !old[$0].isAs(new[$0]) } ?? shared
    let tail =
      (0..<(shared - head)).first {
        !old[old.count - 1 - $0].isAs(new[new.count - 1 - $0])
      } ?? (shared - head)
    let longer = max(old.count, new.count)
    if old.count != new.count, head + tail == shared { inserted = head...(longer - tail - 1) }
    spans = []
    if inserted == nil {
      spans = Self.spans(head..<(shared - (old.count == new.count ? tail : 0)), old, new, rig)
    }
  }

  /// Returns the ranges of changed frames in `range`.
  private static func spans(
    _ range: Range<Int>, _ old: [Pose], _ new: [Pose], _ rig: Rig
  ) -> [Span] {
    var spans: [Span] = []
    for frame in range {
      let difference = PoseDifference(from: old[frame], to: new[frame], on: rig)
      if difference.turns.isEmpty, difference.moves.isEmpty { continue }
      if spans.last?.frames.upperBound != frame - 1 {
        spans.append(Span(frames: frame...frame, turns: [], moves: []))
      }
      spans[spans.count - 1].add(difference, at: frame)
    }
    return spans
  }
}

extension MotionDifference.Span {
  fileprivate mutating func add(_ difference: PoseDifference, at frame: Int) {
    frames = frames.lowerBound...frame
    for turn in difference.turns {
      guard let known = turns.firstIndex(where: { $0.joint == turn.joint }) else {
        turns.append((turn.joint, turn.degrees, frame))
        continue
      }
      if turn.degrees > turns[known].degrees { turns[known] = (turn.joint, turn.degrees, frame) }
    }
    for move in difference.moves where CharacterState.followed.contains(move.joint) {
      guard let known = moves.firstIndex(where: { $0.joint == move.joint }) else {
        moves.append((move.joint, move.distance, frame))
        continue
      }
      if move.distance > moves[known].distance { moves[known] = (move.joint, move.distance, frame) }
    }
    turns.sort {
      $0.degrees == $1.degrees ? $0.joint.index < $1.joint.index : $0.degrees > $1.degrees
    }
    moves.sort {
      $0.distance == $1.distance ? $0.joint.index < $1.joint.index : $0.distance > $1.distance
    }
  }
}

extension Pose {
  /// Returns whether another pose equals this one to the precision of files.
  fileprivate func isAs(_ other: Pose) -> Bool {
    let isTurned = zip(rotations, other.rotations).contains {
      ($0.inverse * $1).angle > 0.01.degreesToRadians
    }
    return !isTurned && (translation - other.translation).length < 0.0005 && face == other.face
  }
}
