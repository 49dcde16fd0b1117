import ArgumentParser

/// A shard such as `2/8` on the command line: the second of eight machines that share a batch.
struct Shard: Sendable {
  private let number: Int
  private let count: Int

  static func parse(_ argument: String) throws -> Shard {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(number)
    else { throw ValidationError("a shard must be <number>/<count>, like 1/8 to 8/8") }
    return Shard(number: number, count: count)
  }

  private init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// Returns this machine's elements of a list; adjacent elements, which tend to be equally
  /// expensive, go to different machines.
  func share<Element>(of list: [Element]) -> [Element] {
    list.indices.filter { $0 % count == number - 1 }.map { list[$0] }
  }
}
