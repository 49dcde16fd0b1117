/// A search for a state with values as near to 0 as possible.
protocol LeastSquaresProblem {
  associatedtype State
  /// The number of variables, which is also that of a step's components.
  var variableCount: Int { get }
  /// Returns a state after a step.
  func moved(_ state: State, by step: [Double]) -> State
  /// Appends the values of a state that should become 0.
  func addValues(of state: State, to values: inout [Double])
  /// Appends the derivatives at a state with these values, for each variable by a finite difference
  /// with the given step.
  func addDerivatives(
    at state: State, _ values: [Double], step: Double, to derivatives: inout [Double])
}

extension LeastSquaresProblem {
  func addDerivatives(
    at state: State, _ values: [Double], step difference: Double, to derivatives: inout [Double]
  ) {
    var step = [Double](repeating: 0, count: variableCount)
    var near: [Double] = []
    for variable in 0..<variableCount {
      step[variable] = difference
      near.removeAll(keepingCapacity: true)
      addValues(of: moved(state, by: step), to: &near)
      step[variable] = 0
      for index in near.indices { derivatives.append((near[index] - values[index]) / difference) }
    }
  }
}

/// Levenberg–Marquardt least squares, with derivatives by finite differences (Marquardt 1963; the
/// damping follows Nielsen 1999).
struct LeastSquares<Problem: LeastSquaresProblem> {
  let problem: Problem
  /// The step of a finite difference, in a variable's own unit: small compared with the curvature
  /// of the values, and large compared with rounding errors of doubles.
  private let difference = 1e-6

  init(_ problem: Problem) { self.problem = problem }

  /// Returns the state with the least sum of squares near `start`, after at most `rounds` steps
  /// that each reduced it.
  ///
  /// - Parameter gain: the share of the sum by which a step has to reduce it for another one.
  func solve(
    from start: Problem.State, rounds: Int, gain: Double = 1e-10
  ) -> (state: Problem.State, cost: Double) {
    let count = problem.variableCount
    var state = start
    var values: [Double] = []
    problem.addValues(of: state, to: &values)
    var cost = Self.square(values)
    var damping = -1.0
    // Allocated once for all rounds.
    var next: [Double] = []
    var system = NormalEquations(variables: count, values: values.count)
    for _ in 0..<rounds {
      system.begin { problem.addDerivatives(at: state, values, step: difference, to: &$0) }
      system.finish(values)
      if damping < 0 { damping = 1e-3 * system.largestDiagonal }
      var improved = false
      for _ in 0..<12 {
        guard let step = system.step(damping: damping) else {
          damping *= 4
          continue
        }
        let candidate = problem.moved(state, by: step)
        next.removeAll(keepingCapacity: true)
        problem.addValues(of: candidate, to: &next)
        let nextCost = Self.square(next)
        if nextCost < cost {
          improved = cost - nextCost > gain * cost
          swap(&values, &next)
          (state, cost) = (candidate, nextCost)
          damping = max(damping / 5, 1e-9)
          break
        }
        damping *= 4
      }
      if !improved || cost < 1e-12 { break }
    }
    return (state, cost)
  }

  private static func square(_ values: [Double]) -> Double {
    var sum = 0.0
    for value in values { sum += value * value }
    return sum
  }
}
