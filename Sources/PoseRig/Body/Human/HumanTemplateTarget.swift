extension HumanTemplate {
  /// A morph target: the offsets of some vertices when it is fully on.
  ///
  /// Its numbers stay in the bytes of the file that they come from: a figure takes a few of more
  /// than a thousand targets.
  public struct Target: Sendable {
    /// The number of vertices that move.
    public let count: Int
    /// Meters a unit of the offsets.
    public let scale: Float
    private let bytes: [UInt8]
    /// The places of the first index and of the first offset among the bytes.
    private let first: (index: Int, offset: Int)

    /// A target from the vertices that move and their offsets, x, y, z of one after the other,
    /// times `scale` meters.
    public init(indices: [UInt16], offsets: [Int16], scale: Float) {
      let numbers = indices + offsets.map(UInt16.init(bitPattern:))
      self.init(
        count: indices.count, scale: scale,
        bytes: numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
        index: 0, offset: 2 * indices.count)
    }

    /// A target from numbers of two bytes each, low ones first, in the midst of others.
    /// - Precondition: from `index` on there are `count` indices, from `offset` on three times as
    ///   many offsets.
    package init(count: Int, scale: Float, bytes: [UInt8], index: Int, offset: Int) {
      precondition(
        min(count, index, offset) >= 0 && index + 2 * count <= bytes.count
          && offset + 6 * count <= bytes.count, "Target: the bytes end early")
      self.count = count
      self.scale = scale
      self.bytes = bytes
      first = (index, offset)
    }

    /// The vertices that move.
    public var indices: [UInt16] { (0..<count).map(vertex) }
    /// The offsets of the vertices, x, y, z of one after the other, times ``scale`` meters.
    public var offsets: [Int16] {
      (0..<3 * count).map { Int16(bitPattern: number(at: first.offset + 2 * $0)) }
    }

    /// The largest of the vertices that move; nil if none do.
    package var lastVertex: Int? { (0..<count).lazy.map(vertex).max().map(Int.init) }

    /// Moves the target's vertices by `strength` of it.
    func apply(_ strength: Float, to shape: inout [SIMD3<Float>]) {
      let factor = strength * scale
      for entry in 0..<count {
        let place = first.offset + 6 * entry
        let offset = SIMD3(number(at: place), number(at: place + 2), number(at: place + 4))
        shape[Int(vertex(entry))] +=
          SIMD3<Float>(SIMD3<Int16>(truncatingIfNeeded: offset)) * factor
      }
    }

    private func vertex(_ entry: Int) -> UInt16 { number(at: first.index + 2 * entry) }

    private func number(at place: Int) -> UInt16 {
      UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
    }
  }
}

extension HumanTemplate.Target: Equatable {
  /// Returns whether both move the vertices alike, wherever their numbers are.
  public static func == (one: Self, other: Self) -> Bool {
    one.scale == other.scale && one.indices == other.indices && one.offsets == other.offsets
  }
}
