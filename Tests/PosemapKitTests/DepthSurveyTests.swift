import MapRender
import Testing

@testable import PosemapKit

/// The reaches of frames; the ranges found by drawing are slightly narrower.
private let reaches: [DepthRange?] = (0..<60).map { frame in
  let near = 3 + Float((frame * 37) % 60) / 60
  return DepthRange(near: near, far: near + 0.4)
}

private func drawn(_ frame: Int) -> DepthRange {
  let reach = reaches[frame] ?? DepthRange(near: 1, far: 9)
  return DepthRange(near: reach.near + 0.001, far: reach.far - 0.001)
}

@Suite struct DepthSurveyTests {
  @Test func fewFramesAreDrawnToFindTheRangeOfAll() {
    let survey = DepthSurvey(10...69, reaches: reaches)
    var count = 0
    for frame in survey {
      survey.add(drawn(frame - 10))
      count += 1
    }
    let all = reaches.indices.reduce(DepthRange?.none) { $0.union(drawn($1)) }
    #expect(survey.range == all)
    #expect(count <= 4)
    #expect(survey.settled == 60)
  }

  @Test func framesWithUnknownReachAreDrawn() {
    var some = reaches
    for frame in [5, 17, 59] { some[frame] = nil }
    let survey = DepthSurvey(0...59, reaches: some)
    var frames: [Int] = []
    for frame in survey {
      survey.add(drawn(frame))
      frames.append(frame)
    }
    #expect(Set(frames).isSuperset(of: [5, 17, 59]))
    #expect(Set(frames).count == frames.count)
  }

  @Test func emptyFramesLeaveTheRangeUnchanged() {
    let survey = DepthSurvey(0...1, reaches: [nil, nil])
    for _ in survey { survey.add(nil) }
    #expect(survey.range == nil)
    #expect(survey.settled == 2)
  }
}
