/// The linear system of a step of ``LeastSquares``, in memory that all steps share. Matrices are
/// lists, row by row.
struct NormalEquations {
  private let variables: Int
  private let values: Int
  /// The derivatives, variable by variable.
  private var columns: [Double] = []
  /// The products of all columns with each other, on and below the diagonal.
  private var products: [Double]
  private var gradient: [Double]
  private var lower: [Double]
  private var solution: [Double]
  /// The indices at which a column is not 0.
  private var used: [Int] = []

  /// Creates a system for numbers of variables and values.
  init(variables: Int, values: Int) {
    self.variables = variables
    self.values = values
    columns.reserveCapacity(variables * values)
    used.reserveCapacity(values)
    products = Array(repeating: 0, count: variables * variables)
    gradient = Array(repeating: 0, count: variables)
    lower = products
    solution = gradient
  }

  /// Sets new derivatives.
  mutating func begin(_ addDerivatives: (inout [Double]) -> Void) {
    columns.removeAll(keepingCapacity: true)
    addDerivatives(&columns)
    precondition(columns.count == variables * values, "NormalEquations: a derivative is missing")
  }

  /// Calculates the system for the derivatives and these values.
  mutating func finish(_ values: [Double]) {
    for row in 0..<variables {
      let start = row * self.values
      var sum = 0.0
      for index in 0..<self.values { sum += columns[start + index] * values[index] }
      gradient[row] = sum
      // Most values are the cost of one joint, and 0 in the columns of all others.
      used.removeAll(keepingCapacity: true)
      for index in 0..<self.values where columns[start + index] != 0 { used.append(index) }
      for column in 0...row { products[row * variables + column] = product(start, column) }
    }
  }

  private func product(_ start: Int, _ column: Int) -> Double {
    let other = column * values
    var sum = 0.0
    for index in used { sum += columns[start + index] * columns[other + index] }
    return sum
  }

  /// The largest number on the diagonal.
  var largestDiagonal: Double {
    (0..<variables).map { products[$0 * variables + $0] }.max() ?? 1
  }

  /// Returns the Cholesky solution of the damped system; nil if it is not positive definite.
  mutating func step(damping: Double) -> [Double]? {
    let count = variables
    for row in 0..<count { products[row * count + row] += damping }
    defer { for row in 0..<count { products[row * count + row] -= damping } }
    for row in 0..<count {
      for column in 0...row {
        var sum = products[row * count + column]
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
      solution[row] = -gradient[row]
      for k in 0..<row { solution[row] -= lower[row * count + k] * solution[k] }
      solution[row] /= lower[row * count + row]
    }
    for row in (0..<count).reversed() {
      for k in row + 1..<count { solution[row] -= lower[k * count + row] * solution[k] }
      solution[row] /= lower[row * count + row]
    }
    return solution
  }
}
