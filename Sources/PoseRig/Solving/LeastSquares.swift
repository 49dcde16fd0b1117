/// Levenberg and Marquardt's damped least squares, with derivatives by differences (Marquardt 1963;
/// the damping after Nielsen 1999).
struct LeastSquares<State> {
  /// The number of variables, and of a step's numbers.
  let variables: Int
  /// The function that moves a state by a step.
  let moved: (State, [Double]) -> State
  /// The function of the values that are to become 0.
  let residuals: (State) -> [Double]
  /// A quicker way to the derivatives at a state with these residuals: for each variable those of a
  /// difference over the step given. Nil where there is none.
  var derivatives: ((State, [Double], _ step: Double) -> [[Double]])?
  /// The step of a difference, in a variable's own unit: short beside any bend of the residuals,
  /// long beside the rounding of doubles.
  private let difference = 1e-6

  /// Returns the state with the least sum of squares near `start`, after at most `rounds` steps
  /// that each made it less.
  func solve(from start: State, rounds: Int) -> (state: State, cost: Double) {
    var state = start
    var values = residuals(state)
    var cost = Self.dot(values, values)
    var damping = -1.0
    for _ in 0..<rounds {
      let columns =
        derivatives?(state, values, difference) ?? differences(at: state, values)
      let gradient = columns.map { Self.dot($0, values) }
      var normal = Self.products(columns)
      if damping < 0 { damping = 1e-3 * (normal.indices.map { normal[$0][$0] }.max() ?? 1) }
      var improved = false
      for _ in 0..<12 {
        for index in normal.indices { normal[index][index] += damping }
        let step = Self.solve(normal, gradient.map { -$0 })
        for index in normal.indices { normal[index][index] -= damping }
        guard let step else {
          damping *= 4
          continue
        }
        let candidate = moved(state, step)
        let next = residuals(candidate)
        let nextCost = Self.dot(next, next)
        if nextCost < cost {
          improved = cost - nextCost > 1e-10 * cost
          (state, values, cost) = (candidate, next, nextCost)
          damping = max(damping / 5, 1e-9)
          break
        }
        damping *= 4
      }
      if !improved || cost < 1e-12 { break }
    }
    return (state, cost)
  }

  private func differences(at state: State, _ values: [Double]) -> [[Double]] {
    (0..<variables).map { variable in
      var step = [Double](repeating: 0, count: variables)
      step[variable] = difference
      let near = residuals(moved(state, step))
      return zip(near, values).map { ($0 - $1) / difference }
    }
  }

  /// Returns Cholesky's solution of a symmetric positive system; nil if it is not positive.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    let count = right.count
    // Row after row in one list, since this is where a search spends its time.
    var lower = matrix.flatMap { $0 }
    var solution = right
    for row in 0..<count {
      for column in 0...row {
        var sum = lower[row * count + column]
        for k in 0..<column { sum -= lower[row * count + k] * lower[column * count + k] }
        if row == column {
          guard sum > 0 else { return nil }
          lower[row * count + row] = sum.squareRoot()
        } else {
          lower[row * count + column] = sum / lower[column * count + column]
        }
      }
    }
    for row in 0..<count {
      for k in 0..<row { solution[row] -= lower[row * count + k] * solution[k] }
      solution[row] /= lower[row * count + row]
    }
    for row in (0..<count).reversed() {
      for k in row + 1..<count { solution[row] -= lower[k * count + row] * solution[k] }
      solution[row] /= lower[row * count + row]
    }
    return solution
  }

  /// Returns the products of all columns with each other.
  private static func products(_ columns: [[Double]]) -> [[Double]] {
    var products = columns.map { _ in [Double](repeating: 0, count: columns.count) }
    for row in columns.indices {
      // Most residuals are the cost of one joint, and 0 in the columns of all others.
      let used = columns[row].indices.filter { columns[row][$0] != 0 }
      for column in 0...row {
        var product = 0.0
        for index in used { product += columns[row][index] * columns[column][index] }
        products[row][column] = product
        products[column][row] = product
      }
    }
    return products
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
