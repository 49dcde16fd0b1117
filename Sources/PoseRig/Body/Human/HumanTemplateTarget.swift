extension HumanTemplate {
  /// A morph target: the offsets of some vertices at full strength.
  ///
  /// Its numbers stay in the bytes of the file, since a figure uses only a few of more than a
  /// thousand targets.
  public struct Target: Sendable {
    /// The number of vertices that move.
    public let count: Int
    /// The factor from offsets to meters.
    public let scale: Float
    private let bytes: [UInt8]
    /// The positions of the first index and of the first offset in the bytes.
    private let first: (index: Int, offset: Int)

    /// Creates a target from the vertices that move and their offsets, as consecutive x, y, z times
    /// `scale` meters.
    public init(indices: [UInt16], offsets: [Int16], scale: Float) {
      let numbers = indices + offsets.map(UInt16.init(bitPattern:))
      self.init(
        count: indices.count, scale: scale,
        bytes: numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
        index: 0, offset: 2 * indices.count)
    }

    /// Creates a target from little-endian 16-bit numbers in a larger array.
    ///
    /// - Precondition: there are `count` indices from `index` on, and three times as many offsets
    ///   from `offset` on.
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
    /// The offsets of the vertices, as consecutive x, y, z times ``scale`` meters.
    public var offsets: [Int16] {
      (0..<3 * count).map { Int16(bitPattern: number(at: first.offset + 2 * $0)) }
    }

    /// The highest index of the vertices that move; nil for an empty target.
    package var lastVertex: Int? { (0..<count).lazy.map(vertex).max().map(Int.init) }

    /// Moves the target's vertices with a strength.
    func apply(_ strength: Float, to shape: inout [SIMD3<Float>]) {
      let factor = strength * scale
      for entry in 0..<count {
        let start = first.offset + 6 * entry
        let offset = SIMD3(number(at: start), number(at: start + 2), number(at: start + 4))
        shape[Int(vertex(entry))] +=
          SIMD3<Float>(SIMD3<Int16>(truncatingIfNeeded: offset)) * factor
      }
    }

    private func vertex(_ entry: Int) -> UInt16 { number(at: first.index + 2 * entry) }

    private func number(at offset: Int) -> UInt16 {
      UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }
  }
}

extension HumanTemplate.Target: Equatable {
  /// Returns whether both move the vertices equally, wherever their numbers are stored.
  public static func == (one: Self, other: Self) -> Bool {
    one.scale == other.scale && one.indices == other.indices && one.offsets == other.offsets
  }
}
