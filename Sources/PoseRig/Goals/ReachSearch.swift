/// The passes that bring hands and feet to their points, for one figure or for several at once.
///
/// - `State`: the pose of the figure, or those of all.
struct ReachSearch<State> {
  /// Returns the largest distance of a hand or foot from its target, in meters.
  let farthest: (State) -> Double
  /// Returns the largest angle of a trunk away from the start, in degrees.
  let bend: (State) -> Double
  /// Returns the best state near another.
  let search: (State, ReachProblem.Emphasis) -> State
  /// The miss from which the search gives up, in meters.
  var hopeless = Double.infinity

  /// The distance up to which a point counts as reached, in meters.
  private let reached = 0.0005
  /// The largest inconspicuous bend of a trunk, in degrees.
  private let casualBend = 3.0

  /// Returns the best state near `start`.
  func solve(from start: State) -> State {
    var state = ReachProblem.Emphasis.passes.reduce(start, search)
    // The more limbs depend on each other, the longer it would take to find that they do not meet.
    if farthest(state) > hopeless { return state }
    // The palm, and finally the trunk, yield only if necessary: first from the current state, then
    // from the start, since a palm might have led the arm into a dead end.
    let yielding = ReachProblem.Emphasis.yielding
    for (begin, passes) in [(state, yielding), (start, yielding.reversed())]
    where farthest(state) > 2e-4 {
      let candidate = passes.reduce(begin, search)
      if farthest(candidate) < farthest(state) { state = candidate }
    }
    // Prefer limbs to the trunk, which does not bend for a palm or an elbow.
    if bend(state) > casualBend {
      var upright = ReachProblem.Emphasis.passes.reduce(start) { search($0, $1.upright) }
      if farthest(upright) > reached {
        upright = yielding.reduce(upright) { search($0, $1.upright) }
      }
      if farthest(upright) < max(farthest(state), reached) { state = upright }
    }
    return state
  }
}

extension ReachProblem {
  /// The weights of one pass of the search.
  struct Emphasis {
    /// The weight of moving.
    var stiffness: Double
    /// The weight of points.
    var points: Double
    /// The weight of palms and fingers.
    var turns: Double
    /// The weight of the trunk, which arms avoid.
    var trunk = 1.0
    /// Whether trunk and hips stay unchanged for palms, fingers, elbows and knees, and move only
    /// for points that limbs cannot reach.
    var isUpright = false

    /// The weights with trunk and hips reserved for points.
    var upright: Emphasis {
      var emphasis = self
      emphasis.isUpright = true
      return emphasis
    }

    /// The share of the stiffness that remains once the first pass has found a natural posture: too
    /// little to hold a hand back.
    private static let soft = 0.03
    /// The final factor of a point's weight: enough to reach it to a fraction of a millimeter,
    /// regardless of the palm.
    private static let aboveAll = 30.0

    /// The first pass, with the full stiffness of joints.
    static let first = Emphasis(stiffness: 1, points: 1, turns: 1)
    /// The passes of the search: after the first, soft ones, and finally those that emphasize
    /// points.
    static let passes = [
      first, Emphasis(stiffness: soft, points: 1, turns: 1),
      Emphasis(stiffness: soft, points: aboveAll, turns: 1),
    ]
    /// The passes for points that are still missed: palms and fingers yield first, the trunk last.
    static let yielding = [
      Emphasis(stiffness: soft, points: aboveAll, turns: 0.2),
      Emphasis(stiffness: soft, points: aboveAll, turns: 0.02, trunk: 0.02),
    ]
  }
}
