internal import Export
internal import MapRender

/// The search for the depth range of all frames in a clip; it skips frames that cannot reach beyond
/// the range known so far.
///
/// It is a sequence of the frames to draw; the result of drawing one decides which come next.
final class DepthSurvey: Sequence, IteratorProtocol {
  /// The range of the frames drawn so far; nil until something was visible.
  private(set) var range: DepthRange?
  /// The number of frames that are drawn or need not be.
  private(set) var settled = 0

  private let reaches: [DepthRange?]
  private let first: Int
  /// The indices of the remaining reaches; the most decisive ones are last.
  private var rest: [Int]

  /// Creates a survey of frames from their reaches; a nil reach can only be determined by drawing.
  init(_ frames: ClosedRange<Int>, reaches: [DepthRange?]) {
    self.reaches = reaches
    first = frames.lowerBound
    rest = Array(reaches.indices.reversed())
    let nearest = rest.min { (reaches[$0]?.near ?? .infinity) < (reaches[$1]?.near ?? .infinity) }
    let farthest = rest.max { (reaches[$0]?.far ?? 0) < (reaches[$1]?.far ?? 0) }
    // Frames are taken from the end: after these two, hardly any other frame is needed.
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

  /// Adds the range of a frame that was drawn.
  func add(_ own: DepthRange?) {
    range = range.union(own)
    settled += 1
  }
}
