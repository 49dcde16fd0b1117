import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

private func solved(
  _ characters: String, _ props: String
) -> (scene: Scene?, posed: PosedScene?, messages: [String]) {
  let text = #"{"canvas": [256, 256], "characters": [\#(characters)], "props": [\#(props)]}"#
  let loader = Fixture.libraryLoader(["scene.json": text])
  guard let reading = try? SceneReader.read("scene.json", loader: loader).get() else {
    return (nil, nil, ["unreadable"])
  }
  guard let scene = reading.scene else {
    return (nil, nil, reading.diagnostics.map(\.description))
  }
  var findings: [Finding] = []
  let posed = SceneSolver.solve(scene, findings: &findings)
  if let posed { findings += SceneCheck.check(scene, posed) }
  let found = reading.source.diagnostics(of: findings, in: scene)
  return (scene, posed, (reading.diagnostics + found).map(\.description))
}

private func character(
  _ hold: String, id: String = "ana", body: String = "female", pose: String = #""stand""#
) -> String {
  #"{"id": "\#(id)", "body": "\#(body)", "pose": \#(pose), "hold": \#(hold)}"#
}

/// Returns the distances of a hand's skin from a prop in meters, by the joint that the skin
/// follows; negative inside.
private func distances(_ posed: PosedScene, _ side: Side, _ prop: Int = 0) -> [JointName: Double] {
  let character = posed.characters[0]
  let solid = PropSolid(posed.things[prop])
  var nearest: [JointName: Double] = [:]
  for (point, joint) in zip(character.bodySurface.points, character.body.carriers())
  where joint.side == side && (joint.isOfFinger || joint.kind == .hand) {
    nearest[joint] = min(nearest[joint] ?? 1, solid.distance(to: point))
  }
  return nearest
}

private func isHeld(_ posed: PosedScene, _ side: Side, _ prop: Int = 0) -> Bool {
  let nearest = distances(posed, side, prop)
  let touching = Finger.allCases.filter { finger in
    finger.joints.contains { (nearest[JointName($0, side)] ?? 1) < 0.002 }
  }
  return touching.contains(.thumb) && touching.count >= 3
    && nearest.values.allSatisfy { $0 > -0.001 }
}

@Suite struct HoldTests {
  @Test(arguments: ["sword", "bottle", "pen", "phone", "cup", "torch"], ["female", "male"])
  func fingersCloseAroundAnObjectUntilTheyTouch(_ thing: String, _ body: String) throws {
    let (_, posed, messages) = solved(
      character(#"{"rightHand": "props.it"}"#, body: body), #"{"id": "it", "shape": "\#(thing)"}"#)
    #expect(!messages.contains { $0.contains("error") }, "\(messages)")
    #expect(isHeld(try #require(posed), .right))
  }

  @Test func fingersStayWithinTheirRanges() throws {
    let (_, posed, _) = solved(
      character(#"{"leftHand": "props.it"}"#), #"{"id": "it", "shape": "sword"}"#)
    let character = try #require(posed?.characters.first)
    for joint in JointName.allCases where joint.isOfFinger {
      let frames = character.posedRig.modelFromJoint
      let parent = try #require(joint.parent)
      let own = frames[parent.index].rotation.inverse * frames[joint.index].rotation
      let range = JointRange(joint, character.body.rig.limits)
      #expect(range.excess(of: own).allSatisfy { $0.excess < 0.01 })
    }
  }

  @Test func anObjectWithItsOwnPositionStaysThere() throws {
    let (_, posed, messages) = solved(
      character(#"{"rightHand": "props.it"}"#),
      #"{"id": "it", "shape": "staff", "position": [-0.35, 0, 0.3]}"#)
    #expect(messages.isEmpty, "\(messages)")
    let scene = try #require(posed)
    #expect(scene.things[0].worldFromProp.translation == Vector3(-0.35, 0, 0.3))
    #expect(isHeld(scene, .right))
  }

  @Test func theOtherHandReachesForTheObject() throws {
    let pose = #"{"base": "stand", "reach": {"rightHand": {"at": [-0.05, 1.1, 0.4]}}}"#
    let (_, posed, messages) = solved(
      character(
        #"{"rightHand": "props.it.grip", "leftHand": "props.it.grip2"}"#, pose: pose),
      #"{"id": "it", "shape": "longsword"}"#)
    #expect(!messages.contains { $0.contains("error") }, "\(messages)")
    let scene = try #require(posed)
    #expect(isHeld(scene, .right) && isHeld(scene, .left))
  }

  /// Both arms move toward each other; a bent trunk would move the object along and gain nothing.
  @Test(arguments: [
    ("longsword", "grip", "grip2"), ("rifle", "grip", "foregrip"),
    ("tray", "rightGrip", "leftGrip"),
  ])
  func twoHandsMeetAtAnObjectWithAnUprightTrunk(_ thing: String, _ right: String, _ left: String)
    throws
  {
    let hold = #"{"rightHand": "props.it.\#(right)", "leftHand": "props.it.\#(left)"}"#
    let (_, posed, messages) = solved(character(hold), #"{"id": "it", "shape": "\#(thing)"}"#)
    #expect(!messages.contains { $0.contains("error") }, "\(messages)")
    let scene = try #require(posed)
    #expect(isHeld(scene, .right) && isHeld(scene, .left))
    let (_, free, _) = solved(#"{"id": "ana", "body": "female", "pose": "stand"}"#, "")
    let upright = try #require(free).characters[0]
    for joint in [JointName.spine, .chest, .upperChest, .head] {
      #expect(
        (scene.characters[0].position(of: joint) - upright.position(of: joint)).length < 0.001)
    }
  }

  @Test(
    arguments: ["shield.grip", "shield.strap", "suitcase.handle", "backpack.grip"],
    [Side.left, .right])
  func aBentHandGoesThroughALoop(_ grip: String, _ side: Side) throws {
    let parts = grip.split(separator: ".")
    let (_, posed, messages) = solved(
      character(#"{"\#(side)Hand": "props.it.\#(parts[1])"}"#),
      #"{"id": "it", "shape": "\#(parts[0])"}"#)
    #expect(!messages.contains { $0.contains("error") }, "\(messages)")
    #expect(distances(try #require(posed), side).values.allSatisfy { $0 > -0.001 })
  }

  @Test func heldObjectsBelongToTheHolder() throws {
    let (scene, posed, _) = solved(
      character(#"{"rightHand": "props.it"}"#) + #", {"id": "ben", "body": "male"}"#,
      #"{"id": "it", "shape": "sword"}, {"id": "box", "shape": "box", "size": [1, 1, 1], "of": "ben", "position": [2, 0, 0]}"#
    )
    let solved = try #require(posed)
    #expect(solved.props.isEmpty)
    #expect(solved.characters.map { $0.otherSurfaces.map(\.kind) } == [[.held], [.held]])
    #expect(scene?.props[0].carried == nil && solved.things[0].carried != nil)
  }

  @Test func anObjectMovesWithAJoint() throws {
    let (_, posed, messages) = solved(
      #"{"id": "ana", "body": "female", "position": [1, 0, 0], "yaw": 90}"#,
      #"{"id": "it", "shape": "sphere", "radius": 0.1, "at": "ana.head", "position": [0, 0.3, 0]}"#)
    #expect(messages.isEmpty, "\(messages)")
    let scene = try #require(posed)
    let point = scene.characters[0].frame(of: .head).apply(Vector3(0, 0.3, 0))
    #expect((scene.things[0].worldFromProp.translation - point).length < 1e-9)
  }

  @Test func aHiltThroughAHandIsReported() throws {
    let (_, posed, _) = solved(#"{"id": "ana", "body": "female", "pose": "stand"}"#, "")
    let palm = try #require(posed).characters[0].position(of: .rightMiddleProximal)
    let foot = "[\(palm.x), \(palm.y - 0.5), \(palm.z)]"
    let rod =
      #"{"id": "rod", "shape": "cylinder", "radius": 0.012, "height": 1, "position": \#(foot)}"#
    let (_, _, messages) = solved(#"{"id": "ana", "body": "female", "pose": "stand"}"#, rod)
    #expect(
      messages.contains { $0.contains(#""rod" goes through rightHand of "ana""#) }, "\(messages)")
  }

  @Test(
    arguments: [
      (
        #"{"rightHand": "props.swrod"}"#, #"{"id": "sword", "shape": "sword"}"#,
        #"there is no prop "swrod"; did you mean "sword"? there are: sword"#
      ),
      (
        #"{"rightHand": "props.sword.girp"}"#, #"{"id": "sword", "shape": "sword"}"#,
        #""sword" has no place "girp"; did you mean "grip"? its places are top, middle, blade, grip, point"#
      ),
      (
        #"{"rightHand": "props.chair.seat"}"#, #"{"id": "chair", "shape": "chair"}"#,
        #"the place "seat" of "chair" is not a grip; its grips are grip"#
      ),
      (
        #"{"rightHand": "props.tower"}"#,
        #"{"id": "tower", "shape": "cylinder", "radius": 0.4, "height": 2}"#,
        #"no hand of "ana" closes around "tower" at its middle: it is too thick there, or something is in the way; name another grip or another way to hold it ("as")"#
      ),
      (
        #"{"rightHand": "sword"}"#, #"{"id": "sword", "shape": "sword"}"#,
        #"a hand holds a prop, "props.sword", or a grip of it, "props.sword.grip"; not "sword""#
      ),
      (
        #"{"rightHand": {"at": "props.sword", "as": "hamer"}}"#,
        #"{"id": "sword", "shape": "sword"}"#,
        #"unknown way to hold "hamer" a thing; did you mean "hammer"? allowed: hammer, pen, cup, tray, phone"#
      ),
      (
        #"{"rightHand": "props.sword"}"#,
        #"{"id": "sword", "shape": "sword", "at": "ana.rightHand"}"#,
        #""sword" moves with rightHand, which goes to it: a circle; remove its "at""#
      ),
      (
        #"{"rightHand": "props.sword"}"#, #"{"id": "sword", "shape": "sword", "of": "ben"}"#,
        #"there is no character "ben"; there are: ana"#
      ),
    ])
  func mistakesAreReportedAtTheirLine(_ hold: String, _ props: String, _ sentence: String) {
    let (_, _, messages) = solved(character(hold), props)
    #expect(
      messages.contains { $0.hasPrefix("scene.json:1:") && $0.hasSuffix(sentence) }, "\(messages)")
  }

  @Test func twoCharactersCannotHoldOneObject() {
    let (_, _, messages) = solved(
      character(#"{"rightHand": "props.it"}"#) + ", "
        + character(#"{"rightHand": "props.it"}"#, id: "ben"),
      #"{"id": "it", "shape": "sword"}"#)
    #expect(
      messages.contains {
        $0.hasSuffix(#""it" cannot belong to "ana" and "ben" at once; one of them has it"#)
      }, "\(messages)")
  }

  @Test func holdingWhatTheOtherMovesIsACycle() {
    let (_, _, messages) = solved(
      character(#"{"rightHand": "props.one"}"#) + ", "
        + character(#"{"rightHand": "props.two"}"#, id: "ben"),
      #"{"id": "one", "shape": "sword", "at": "ben.rightHand"}, {"id": "two", "shape": "sword", "at": "ana.rightHand"}"#
    )
    #expect(messages.contains { $0.contains("error") }, "\(messages)")
  }
}
