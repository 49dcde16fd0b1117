import Foundation
import Testing

@testable import PoseRig

/// Contacts in courses of single points, in leg lengths, at 60 samples per second.
@Suite struct ContactSearchTests {
  private static let rate = 60.0

  /// Returns a course of two flat feet from the positions of their balls.
  private func course(
    _ count: Int, _ left: (Double) -> Vector3, _ right: (Double) -> Vector3
  ) -> FootCourse {
    let points = [course(count, left), course(count, right)]
    return FootCourse(rate: Self.rate, points: points)
  }

  /// Returns the heels and balls of a flat foot.
  private func course(_ count: Int, _ foot: (Double) -> Vector3) -> [[Vector3]] {
    let balls = (0..<count).map { foot(Double($0) / Self.rate) }
    return [balls.map { $0 - Vector3(0, 0, 0.2) }, balls]
  }

  private func contacts(_ course: FootCourse, _ side: Int) -> [FootContact] {
    ContactSearch.contacts(in: course).filter { $0.side == side && $0.part == .ball }
  }

  @Test func aFootThatHangsStillHasNoContact() {
    let still = course(120, { _ in .zero }, { _ in Vector3(0.2, 0.4, 0) })
    #expect(contacts(still, 0).map(\.samples) == [0...119])
    #expect(contacts(still, 1).isEmpty)
  }

  @Test func aFootThatIsLiftedAndSetDownStandsTwice() throws {
    let lifted = course(180, { _ in .zero }) { time in
      let share = min(max((time - 1) / 0.5, 0), 1)
      return Vector3(0.2, 0.15 * sin(.pi * share), 0.4 * share * share * (3 - 2 * share))
    }
    let found = contacts(lifted, 1)
    try #require(found.count == 2)
    #expect((58...66).contains(found[0].samples.upperBound))
    #expect((84...92).contains(found[1].samples.lowerBound))
    #expect(found.allSatisfy { $0.height == 0 })
  }

  @Test func contactsKeepTheHeightAtWhichTheFootStands() throws {
    // Onto a box, first with the right foot, then with the left.
    func up(_ time: Double, _ start: Double) -> Double {
      0.3 * min(max((time - start) / 0.3, 0), 1)
    }
    let box = course(
      240, { Vector3(0, up($0, 2), up($0, 2)) }, { Vector3(0.2, up($0, 1), up($0, 1)) })
    let found = contacts(box, 0) + contacts(box, 1)
    #expect(found.map { ($0.height * 100).rounded() } == [0, 30, 0, 30])
  }

  @Test func captureNoiseIsNotAStep() {
    let drifting = course(
      240, { Vector3(0, 0.01 * $0, 0) }, { Vector3(0.2, 0.01 * $0 + 0.01, 0) })
    #expect(ContactSearch.contacts(in: drifting).allSatisfy { $0.height == 0 })
    #expect(!contacts(drifting, 1).isEmpty)
  }

  @Test func aDraggedFootIsHeldAtSuccessivePositions() {
    // 0.1 leg lengths per second is slow enough to stand, and 0.2 leg lengths are too far.
    let dragged = course(120, { _ in .zero }) { Vector3(0.2, 0, 0.1 * $0) }
    let found = contacts(dragged, 1)
    #expect(found.count > 1)
    for contact in found {
      let way = Double(contact.samples.count) / Self.rate * 0.1
      #expect(way <= 2 * ContactSearch.wanderRadius + 0.01)
    }
    for (one, next) in zip(found, found.dropFirst()) {
      #expect(next.samples.lowerBound > one.samples.upperBound + 1)
    }
  }

  @Test func heelsStandEvenIfTheSkeletonRestsOnTiptoe() {
    let points = [0.0, 0.2].map { x in
      [
        (0..<60).map { _ in Vector3(x, 0.04, -0.2) }, (0..<60).map { _ in Vector3(x, 0, 0) },
      ]
    }
    let found = ContactSearch.contacts(in: FootCourse(rate: Self.rate, points: points))
    #expect(found.count == 4 && found.allSatisfy { $0.height == 0 })
  }
}

@Suite struct GroundSmoothingTests {
  @Test func aGapIsBridgedWithoutAJump() {
    let known: [Vector3?] =
      Array(repeating: Vector3(0.03, 0, 0), count: 20) + Array(repeating: nil, count: 30)
      + Array(repeating: Vector3(-0.02, 0, 0), count: 20)
    let bridged = GapBridge(rate: 60, time: 0.35, fastest: 1).bridge(known)
    #expect(zip(bridged, bridged.dropFirst()).allSatisfy { ($1 - $0).length < 0.004 })
    #expect(bridged[10] == known[10] && bridged[60] == known[60])
    // The middle of a long gap is left alone.
    let long = GapBridge(rate: 60, time: 0.1, fastest: 1).bridge(known)
    #expect(long[35] == .zero)
  }

  @Test func motionAtTheStartOfAGapSlowsDown() {
    let moving = (0..<20).map { Vector3(0, 0, 0.005 * Double(19 - $0)) }
    let bridged = GapBridge(rate: 60, time: 0.35, fastest: 1).bridge(
      moving.map(Optional.some) + Array(repeating: nil, count: 40))
    let steps = zip(bridged, bridged.dropFirst()).map { $1.z - $0.z }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { abs($1 - $0) < 0.004 })
    #expect(bridged.last == .zero)
  }

  @Test func aCoverIsNeverBelowTheValuesThatItCovers() {
    var needed = [Double](repeating: 0, count: 90)
    for sample in 40...44 { needed[sample] = 0.03 }
    needed[60] = 0.01
    let cover = SmoothCourse.cover(of: needed, half: 0.2, rate: 60)
    #expect(zip(cover, needed).allSatisfy { $0 >= $1 - 1e-12 })
    #expect(zip(cover, cover.dropFirst()).allSatisfy { abs($1 - $0) < 0.003 })
    #expect(cover[0] == 0 && cover[89] == 0)
  }
}
