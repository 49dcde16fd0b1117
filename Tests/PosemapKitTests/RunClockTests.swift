import Testing

@testable import PosemapKit

/// The estimate of a run's remaining time.
@Suite struct RunClockTests {
  @Test func theTimeLeftIsBasedOnTheSpeedSinceTheFirstCall() {
    let clock = RunClock()
    let start = ContinuousClock.now
    // The first quarter came from a cache.
    #expect(clock.words(at: 0.25, now: start) == "25 %")
    #expect(clock.words(at: 0.3, now: start + .seconds(4)) == "30 %")
    #expect(clock.words(at: 0.25, now: start + .seconds(60)) == "25 %")
    #expect(clock.words(at: 0.5, now: start + .seconds(100)) == "50 %, 3 min left")
    #expect(clock.words(at: 0.95, now: start + .seconds(280)) == "95 %, 20 s left")
    #expect(clock.words(at: 1, now: start + .seconds(300)) == "100 %, 0 s left")
  }
}
