import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Positions and directions that make gestures of the library what their names say.
@Suite struct GestureMeaningTests {
  private typealias Part = PoseGoals.HandPart

  /// The figures, as scenes have them: two mannequins and a child.
  private static let figures = [
    #""body": "female""#, #""body": "male""#,
    #""body": "female", "proportions": {"height": 1.25, "heads": 5.5}"#,
  ]

  private func posed(_ gesture: String, _ figure: String) throws -> PosedCharacter {
    let (scene, messages) = Fixture.solved(
      characters: #"{"id": "a", \#(figure), "pose": {"base": "stand", "gesture": "\#(gesture)"}}"#)
    return try #require(scene?.characters.first, "\(messages)")
  }

  /// Returns the position of a part of the right hand, in the world.
  private func point(_ part: Part, of posed: PosedCharacter, _ hand: JointName = .rightHand)
    -> Vector3
  {
    posed.frame(of: hand).apply(posed.contact(of: hand, part).tip)
  }

  /// Returns the direction that a palm faces.
  private func palm(_ posed: PosedCharacter, _ hand: JointName = .rightHand) -> Vector3 {
    posed.frame(of: hand).rotation.rotate(-.unitY)
  }

  /// Returns the direction of the fingers of a flat right hand.
  private func fingers(_ posed: PosedCharacter) -> Vector3 {
    posed.frame(of: .rightHand).rotation.rotate(-.unitX)
  }

  @Test(
    "A hand is at the part of the body that the gesture is named for",
    arguments: [
      ("adjust-glasses", "indexTip", "forehead", 0.12), ("blow-kiss", "fingertips", "mouth", 0.04),
      ("chin-on-fist", "knuckles", "chin", 0.06), ("cover-mouth", "palm", "mouth", 0.04),
      ("cover-ears", "palm", "rightEar", 0.04), ("facepalm", "palm", "forehead", 0.12),
      ("fist-on-hip", "knuckles", "rightWaist", 0.14),
      ("hand-behind-back", "backOfHand", "lowerBack", 0.08),
      ("hand-behind-head", "palm", "hair", 0.14), ("hand-on-belly", "palm", "belly", 0.04),
      ("hand-on-cheek", "palm", "rightCheek", 0.05), ("hand-on-heart", "palm", "leftChest", 0.04),
      ("hand-on-hip", "palm", "rightWaist", 0.08),
      ("hand-on-shoulder", "palm", "leftShoulderTop", 0.1),
      ("rub-neck", "palm", "nape", 0.06), ("salute", "fingertips", "rightTemple", 0.04),
      ("scratch-head", "fingertips", "crown", 0.08), ("shield-eyes", "thumbSide", "forehead", 0.04),
      ("shush", "indexTip", "mouth", 0.08), ("swoon", "backOfHand", "forehead", 0.04),
      ("think", "thumbSide", "chin", 0.05), ("touch-temple", "indexTip", "rightTemple", 0.04),
      ("hands-on-cheeks", "palm", "rightCheek", 0.05),
      ("hands-on-hips", "palm", "rightWaist", 0.06),
      ("clasp-chest", "palm", "breastbone", 0.16), ("clasp", "palm", "belly", 0.3),
      ("cover-face", "palm", "mouth", 0.14), ("hug-self", "palm", "leftBiceps", 0.12),
      ("arms-crossed", "palm", "leftBiceps", 0.08),
    ])
  func touches(_ gesture: String, _ part: String, _ spot: String, _ most: Double) throws {
    for figure in Self.figures {
      let posed = try posed(gesture, figure)
      let hand = point(try #require(Part(rawValue: part)), of: posed)
      let named = try #require(BodyPoint.named(spot))
      let touch = try #require(posed.touch(named, from: hand), "\(spot)")
      let distance = (touch.point - hand).length / posed.body.rig.size
      #expect(distance < most, "\(figure): \(distance)")
    }
  }

  @Test(
    "A palm faces whom the gesture is for, and a hand is as high as it should be",
    arguments: [
      ("wave", Vector3(0, 0, 1), JointName.rightUpperArm), ("wave-high", Vector3(0, 0, 1), .head),
      ("stop", Vector3(0, 0, 1), .chest), ("hands-up", Vector3(0, 0, 1), .rightUpperArm),
      ("high-five", Vector3(0, 0, 1), .rightUpperArm), ("swear", Vector3(0, 0, 1), .chest),
      ("raise-hand", Vector3(0, 0, 1), .head), ("offer", Vector3(0, 1, 0), .hips),
      ("beckon", Vector3(0, 1, 0), .hips), ("shrug", Vector3(0, 1, 0), .hips),
    ])
  func palms(_ gesture: String, _ way: Vector3, _ below: JointName) throws {
    for figure in Self.figures {
      let posed = try posed(gesture, figure)
      #expect(palm(posed).dot(way) > 0.35, "\(figure): \(palm(posed))")
      #expect(posed.position(of: .rightHand).y > posed.position(of: below).y, "\(figure)")
    }
  }

  @Test("A figure that points stretches a finger, and one that reaches out an arm")
  func stretches() throws {
    for figure in Self.figures {
      for (gesture, way, least) in [
        ("point", Vector3.unitZ, 0.9), ("reach-out", .unitZ, 0.9), ("stop", .unitZ, 0.75),
        ("raise-fist", .unitY, 0.75), ("raise-hand", .unitY, 0.85), ("point-up", .unitY, -1),
      ] {
        let posed = try posed(gesture, figure)
        let arm = posed.position(of: .rightHand) - posed.position(of: .rightUpperArm)
        let length = posed.body.rig.length(ofLimb: .rightHand)
        #expect(arm.dot(way) / length > least, "\(figure), \(gesture): \(arm.dot(way) / length)")
      }
      for (gesture, way) in [("point", Vector3.unitZ), ("point-up", .unitY), ("shush", .unitY)] {
        let posed = try posed(gesture, figure)
        let knuckle = posed.position(of: .rightIndexProximal)
        let finger = (point(.indexTip, of: posed) - knuckle).normalized ?? .zero
        #expect(finger.dot(way) > 0.8, "\(figure), \(gesture): \(finger)")
      }
      let thumb = try posed("thumbs-up", figure)
      let up = point(.thumbTip, of: thumb) - thumb.position(of: .rightHand)
      #expect((up.normalized ?? .zero).y > 0.6, "\(figure): \(up)")
    }
  }

  @Test("Two hands meet, cross or part")
  func pairs() throws {
    for figure in Self.figures {
      for gesture in ["pray", "clap"] {
        let posed = try posed(gesture, figure)
        #expect(palm(posed).dot(palm(posed, .leftHand)) < -0.8, "\(figure), \(gesture)")
        let gap = point(.palm, of: posed) - point(.palm, of: posed, .leftHand)
        #expect(gap.length < 0.12 * posed.body.rig.size, "\(figure), \(gesture): \(gap)")
      }
      let praying = try posed("pray", figure)
      #expect(fingers(praying).y > 0.6, "\(figure): \(fingers(praying))")
      let crossed = try posed("cross-wrists", figure)
      #expect(
        crossed.position(of: .rightHand).x > crossed.position(of: .leftHand).x - 0.1, "\(figure)")
      for gesture in ["cheer", "arms-wide"] {
        let posed = try posed(gesture, figure)
        let (left, right) = (posed.position(of: .leftHand), posed.position(of: .rightHand))
        #expect(
          left.x - right.x > posed.body.rig.length(ofLimb: .leftHand), "\(figure), \(gesture)")
        #expect(left.y > posed.position(of: .chest).y, "\(figure), \(gesture)")
      }
      let heart = try posed("heart-hands", figure)
      let tips = point(.thumbTip, of: heart) - point(.thumbTip, of: heart, .leftHand)
      #expect(tips.length < 0.12 * heart.body.rig.size, "\(figure): \(tips)")
      let behind = try posed("hands-behind-back", figure)
      let depth = behind.position(of: .rightHand).z - behind.position(of: .spine).z
      #expect(depth < -0.02, "\(figure): \(depth)")
    }
  }
}
