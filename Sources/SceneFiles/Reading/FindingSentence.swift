public import PoseRig

extension Finding {
  /// The code of the corresponding diagnostic.
  public var code: DiagnosticCode {
    switch fact {
    case .unknownBody: .unknownName
    case .circleOfGoals, .circleOfPositions: .cycle
    case .facesItself: .invalidValue
    case .facesOwnPosition: .noEffect
    case .unknownCharacter, .unknownPart, .unknownProp, .unknownPropPoint: .unknownGoal
    case .noGrip, .noHandFits, .cannotHold: .noGrip
    case .heldTwice, .reachesAndHolds: .conflict
    case .carriesItself: .cycle
    case .outOfReach: .outOfReach
    case .outOfTurn: .outOfTurn
    case .trunkBends: .trunkBends
    case .lookMisses: .lookMisses
    case .cameraInside: .cameraInside
    case .nobodyInPicture: .nobodyInPicture
    case .outsidePicture: .outsidePicture
    case .insideItself: .insideItself
    case .insideOther: .insideOther
    case .insideFloor: .insideFloor
    case .floats: .floats
    case .insideProp: .insideProp
    case .pierced: .piercedHand
    }
  }

  /// Returns a sentence about the finding, for the scene that it was found in.
  public func sentence(in scene: Scene) -> String {
    switch fact {
    case .unknownBody(let name): "there is no body \"\(name)\""
    case .circleOfGoals(let ids):
      "these sit on each other in a circle: \(Self.circle(ids)); "
        + "let one of them sit on a prop or at a point instead"
    case .circleOfPositions(let ids):
      "these stand by each other in a circle: \(Self.circle(ids)); "
        + "give one of them a position or a yaw in numbers"
    case .facesItself:
      "\"\(id(scene))\" cannot face itself; name another character, \"camera\" or a point"
    case .facesOwnPosition:
      "\"\(id(scene))\" stands at the point that it should face, and is not turned; give \"yaw\" in degrees, or "
        + "move one of them"
    case .unknownCharacter(let id): Self.unknown(character: id, in: scene, isLookedAt: isLook)
    case .unknownPart(let part, let owner):
      SceneFiles.unknown(
        "part", part,
        allowed: BodyPoint.all.map(\.name) + JointName.allCases.map(\.rawValue)
          + LandmarkName.all.map(\.rawValue),
        context: "of \"\(owner)\"",
        allowedText: "\(BodyPoint.allNamesInShort); joints: \(JointName.allNamesInShort); and on "
          + "the skin: \(LandmarkName.allNamesInShort)")
    case .unknownProp(let id): Self.unknown(prop: id, in: scene)
    case .unknownPropPoint(let name, let id): Self.unknown(point: name, of: id, in: scene)
    case .outOfReach(let joint, let distance, let isPlanted):
      "\(joint.rawValue) of \"\(id(scene))\" stays \(DecimalText.rounded(distance * 100, 1)) cm short of "
        + (isPlanted ? "where it is planted" : isOfHold ? "this grip" : "this point")
    case .outOfTurn(let joint, _, let angle) where isOfHold:
      "\(joint.rawValue) of \"\(id(scene))\" cannot turn that far; the grip is \(DecimalText.rounded(angle, 0))° off"
    case .outOfTurn(let joint, let direction, let angle):
      "the \(direction.rawValue) of \(joint.rawValue) of \"\(id(scene))\" cannot turn that far; "
        + "its direction is \(DecimalText.rounded(angle, 0))° off"
    case .trunkBends(let joint, let angle):
      "the trunk of \"\(id(scene))\" bends \(DecimalText.rounded(angle, 0))° for \(joint.rawValue); "
        + "to keep it upright, move the \(isOfHold ? "thing" : "point") nearer or let \"\(id(scene))\" stand nearer"
    case .lookMisses(let angle):
      "\"\(id(scene))\" cannot turn that far; the look misses by \(DecimalText.rounded(angle, 0))°"
    case .cameraInside(let id):
      "the camera is inside the body of \"\(id)\"; move its \"position\" away"
    case .nobodyInPicture:
      "the camera sees none of the characters; point its \"target\" at them "
        + "or use \"frame\": \"all\""
    case .outsidePicture(let id): "\"\(id)\" is outside the picture; its maps will be empty"
    case .insideItself(let overlap):
      "\(overlap.joint.rawValue) of \"\(id(scene))\" is \(Self.centimeters(overlap.depth)) "
        + "inside its \(overlap.inside.rawValue)"
    case .insideOther(let other, let overlap):
      "\"\(id(scene))\" and \"\(other)\" run into each other, \(overlap.joint.rawValue) "
        + "\(Self.centimeters(overlap.depth)) inside \(overlap.inside.rawValue)"
    case .insideFloor(let depth): "\"\(id(scene))\" is \(Self.centimeters(depth)) in the floor"
    case .floats(let height):
      "\"\(id(scene))\" floats \(Self.centimeters(height)) above what is under it"
    case .noGrip(let point, let prop): Self.noGrip(point, of: prop, in: scene)
    case .noHandFits(let point, let prop):
      "no hand of \"\(id(scene))\" closes around \"\(prop)\" at its \(point): it is too thick there, or "
        + "something is in the way; name another grip or another way to hold it (\"as\")"
    case .heldTwice(let prop, let ids):
      "\"\(prop)\" cannot belong to \(ids.map { "\"\($0)\"" }.joined(separator: " and ")) at once; "
        + "one of them has it"
    case .reachesAndHolds(let hand, let prop):
      "\(hand.rawValue) is asked to reach a point and to hold \"\(prop)\", which is elsewhere; "
        + "remove its \"reach\", or the prop's own place"
    case .carriesItself(let hand, let prop):
      "\"\(prop)\" moves with \(hand.rawValue), which goes to it: a circle; remove its \"at\""
    case .cannotHold(let prop):
      "\"\(id(scene))\" cannot hold \"\(prop)\": posemap does not know how the hands of imported models close; "
        + "let it move with a joint: \"at\": \"\(id(scene)).rightHand\" on the prop"
    case .pierced(let hand, let prop):
      "\"\(prop)\" goes through \(hand.rawValue) of \"\(id(scene))\"; to hold it: "
        + "\"hold\": {\"\(hand.rawValue)\": \"props.\(prop)\"}"
    case .insideProp(let joint, let prop, let depth):
      "\(joint.rawValue) of \"\(id(scene))\" is \(Self.centimeters(depth)) inside \"\(prop)\""
    }
  }

  /// Returns a sentence about a finding in a pose on its own.
  public func sentenceOfPose() -> String? {
    guard case .insideItself(let overlap) = fact else { return nil }
    return "\(overlap.joint.rawValue) is \(Self.centimeters(overlap.depth)) "
      + "inside \(overlap.inside.rawValue), on the female mannequin"
  }

  private func id(_ scene: Scene) -> String {
    switch subject {
    case .character(let index), .goal(_, let index), .placing(let index), .facing(let index),
      .hold(_, let index):
      scene.characters[index].id
    case .camera, .pose, .prop, .lamp: ""
    }
  }

  private var isOfHold: Bool { if case .hold = subject { true } else { false } }

  private static func noGrip(_ point: String?, of id: String, in scene: Scene) -> String {
    let grips = scene.props.first { $0.id == id }?.shape.gripNames ?? []
    let start =
      point.map { "the place \"\($0)\" of \"\(id)\" is not a grip; " }
      ?? "\"\(id)\" has no free grip; "
    return start
      + (grips.isEmpty ? "it has none" : "its grips are \(grips.joined(separator: ", "))")
  }

  private static func circle(_ ids: [String]) -> String {
    (ids + ids.prefix(1)).map { "\"\($0)\"" }.joined(separator: " → ")
  }

  private var isLook: Bool {
    switch subject {
    case .goal(.look, _), .facing: true
    default: false
    }
  }

  private static func unknown(
    character id: String, in scene: Scene, isLookedAt: Bool
  ) -> String {
    let ids = scene.characters.map(\.id) + (isLookedAt ? ["camera"] : [])
    return
      "there is no character \"\(id)\"; \(NearestName.hint(for: id, among: ids))"
      + "there are: \(ids.joined(separator: ", "))"
  }

  private static func unknown(prop id: String, in scene: Scene) -> String {
    let ids = scene.props.map(\.id)
    return "there is no prop \"\(id)\"; \(NearestName.hint(for: id, among: ids))"
      + (ids.isEmpty ? "the scene has none" : "there are: \(ids.joined(separator: ", "))")
  }

  private static func unknown(point name: String, of id: String, in scene: Scene) -> String {
    let points = scene.props.first { $0.id == id }?.shape.pointNames ?? []
    return "\"\(id)\" has no place \"\(name)\"; \(NearestName.hint(for: name, among: points))"
      + "its places are \(points.joined(separator: ", "))"
  }

  private static func centimeters(_ meters: Double) -> String {
    "\(DecimalText.rounded(meters * 100, 0)) cm"
  }
}
