internal import Export
internal import MapRender

/// The search for the depth range of all frames of a clip, in which frames that cannot reach beyond
/// the range known by then are not drawn.
///
/// It is a sequence of the frames to draw; what drawing them shows decides which come next.
final class DepthSurvey: Sequence, IteratorProtocol {
  /// The range of the frames drawn so far; nil while nothing was seen.
  private(set) var range: DepthRange?
  /// How many frames are drawn or need not be.
  private(set) var settled = 0

  private let reaches: [DepthRange?]
  private let first: Int
  /// Indices into the reaches, those that decide most at the end.
  private var rest: [Int]

  /// A survey of frames from their reaches; a reach that is nil can be told by drawing alone.
  init(_ frames: ClosedRange<Int>, reaches: [DepthRange?]) {
    self.reaches = reaches
    first = frames.lowerBound
    rest = Array(reaches.indices.reversed())
    let nearest = rest.min { (reaches[$0]?.near ?? .infinity) < (reaches[$1]?.near ?? .infinity) }
    let farthest = rest.max { (reaches[$0]?.far ?? 0) < (reaches[$1]?.far ?? 0) }
    // Last, since frames are taken from the end: after these two hardly any frame is left.
    for index in Set([nearest, farthest].compactMap(\.self)).sorted() {
      rest.removeAll { $0 == index }
      rest.append(index)
    }
  }

  /// Returns the next frame to draw.
  func next() -> Int? {
    while let index = rest.popLast() {
      guard let range, let reach = reaches[index], range.near <= reach.near, reach.far <= range.far
      else { return first + index }
      settled += 1
    }
    return nil
  }

  /// Takes in the range of a frame that was drawn.
  func add(_ own: DepthRange?) {
    range = range.union(own)
    settled += 1
  }
}
