/// The passes by which hands and feet come to their points, of one figure or of several at once.
///
/// - `State`: the pose of the figure, or those of all.
struct ReachSearch<State> {
  /// Returns how far the worst of hands and feet is from its target, in meters.
  let farthest: (State) -> Double
  /// Returns how far the most bent trunk is bent away from the start, in degrees.
  let bend: (State) -> Double
  /// Returns the best state near another.
  let search: (State, ReachProblem.Emphasis) -> State
  /// The miss from which on nothing more is tried, in meters.
  var hopeless = Double.infinity

  /// How far a point may be missed and is still reached, in meters.
  private let reached = 0.0005
  /// The bend of a trunk that no one would see, in degrees.
  private let casualBend = 3.0

  /// Returns the state that does it best, near `start`.
  func solve(from start: State) -> State {
    var state = ReachProblem.Emphasis.passes.reduce(start, search)
    // The more hang together, the longer it takes to see that they do not meet.
    if farthest(state) > hopeless { return state }
    // The palm, and last the trunk, give way only where they must: first from there, then from the
    // beginning, since a palm may have led the arm where there is no way on.
    let yielding = ReachProblem.Emphasis.yielding
    for (begin, passes) in [(state, yielding), (start, yielding.reversed())]
    where farthest(state) > 2e-4 {
      let candidate = passes.reduce(begin, search)
      if farthest(candidate) < farthest(state) { state = candidate }
    }
    // Limbs go before the trunk: it bends for no palm and no elbow.
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
    /// The cost of moving.
    var stiffness: Double
    /// The points.
    var points: Double
    /// Palms and fingers.
    var turns: Double
    /// The trunk, which arms stay out of.
    var trunk = 1.0
    /// Whether trunk and hips stay as they are for palms, fingers, elbows and knees, and move only
    /// for points that limbs cannot reach.
    var isUpright = false

    /// The same with trunk and hips kept for points.
    var upright: Emphasis {
      var emphasis = self
      emphasis.isUpright = true
      return emphasis
    }

    /// The share of the stiffness that is left once the first pass has found a natural posture: so
    /// little that moving costs nothing that a hand could be held back by.
    private static let soft = 0.03
    /// How much more a point weighs at last than at first: so much that it is reached to a fraction
    /// of a millimeter, whatever the palm would rather do.
    private static let aboveAll = 30.0

    /// The first pass: as stiff as joints are.
    static let first = Emphasis(stiffness: 1, points: 1, turns: 1)
    /// The passes of the search: after the first soft, then the points above all.
    static let passes = [
      first, Emphasis(stiffness: soft, points: 1, turns: 1),
      Emphasis(stiffness: soft, points: aboveAll, turns: 1),
    ]
    /// The passes for points that are still missed: palms and fingers give way first, the trunk
    /// last.
    static let yielding = [
      Emphasis(stiffness: soft, points: aboveAll, turns: 0.2),
      Emphasis(stiffness: soft, points: aboveAll, turns: 0.02, trunk: 0.02),
    ]
  }
}
