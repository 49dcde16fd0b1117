internal import PoseRig

/// Checks the bodies in a merged file, which can be correct as text and wrong as a scene.
public enum MergedBodies {
  /// Returns the errors and warnings of a merged file that neither side has, each in one sentence:
  /// `ana's left hand is now 3 cm inside ben's chest`.
  ///
  /// - Parameters:
  ///   - path: the file's path, to resolve the files that it names.
  ///   - loader: the source of those files; missing ones are not reported.
  public static func news(
    in merged: [UInt8], ours: [UInt8], theirs: [UInt8], path: String, loader: FileLoader
  ) -> [String] {
    func look(_ bytes: [UInt8]) -> [Sight] {
      var own = loader
      own.read = { $0 == path ? .success(bytes) : loader.read($0) }
      return sights(path, DocumentStore(own))
    }
    let seen = look(merged)
    if seen.isEmpty { return [] }
    let known = Set((look(ours) + look(theirs)).map(\.key))
    // Of several intersections of two bodies, report only the first, which is the deepest.
    var pairs: Set<[String]> = []
    return seen.filter { sight in
      !known.contains(sight.key) && (sight.pair.map { pairs.insert($0).inserted } ?? true)
    }.map(\.sentence)
  }

  /// A finding in words, with a key that identifies it in other versions.
  private struct Sight {
    /// The fact without its measure: the names of everything involved.
    var key: [String]
    var sentence: String
    /// The names of the two bodies that intersect, or of the one that intersects itself; otherwise
    /// nil.
    var pair: [String]?
  }

  private static func sights(_ path: String, _ documents: DocumentStore) -> [Sight] {
    guard case .success(let document) = documents.document(at: path) else { return [] }
    switch document.kind {
    case .scene:
      let reading = SceneReader.read(path, in: documents, profile: nil, limits: .standard)
      guard let result = try? reading.get(), let scene = result.scene else { return [] }
      var findings: [Finding] = []
      if let posed = SceneSolver.solve(scene, findings: &findings) {
        findings += SceneCheck.check(scene, posed)
      }
      return sights(of: result.diagnostics)
        + findings.map { sight(of: $0, in: scene) }
    case .pose:
      guard let file = try? PoseFile.read(path, in: documents, limits: .standard).get(),
        let pose = file.pose
      else { return [] }
      return sights(of: file.diagnostics)
        + SceneCheck.check(pose, on: .female).map { sight(of: $0, in: nil) }
    default: return []
    }
  }

  private static func sights(of diagnostics: [Diagnostic]) -> [Sight] {
    diagnostics.map { diagnostic in
      let keys = (diagnostic.path?.steps ?? []).compactMap { step in
        if case .key(let key) = step { key } else { nil }
      }
      return Sight(key: [diagnostic.code.rawValue] + keys, sentence: diagnostic.message)
    }
  }

  private static func sight(of finding: Finding, in scene: Scene?) -> Sight {
    let owner = finding.owner(in: scene)
    return Sight(
      key: [finding.code.rawValue, owner ?? ""] + finding.things,
      sentence: finding.newsSentence(owner)
        ?? scene.map { finding.sentence(in: $0) } ?? finding.code.summary,
      pair: finding.other.map { [owner ?? "", $0] })
  }
}

extension Finding {
  fileprivate func owner(in scene: Scene?) -> String? {
    switch subject {
    case .character(let index), .goal(_, let index), .placing(let index), .facing(let index),
      .hold(_, let index):
      scene?.characters[index].id
    case .camera, .pose, .prop, .lamp: nil
    }
  }

  /// The character that intersects the body, empty for the body itself; nil for other facts.
  fileprivate var other: String? {
    switch fact {
    case .insideItself: ""
    case .insideOther(let other, _): other
    default: nil
    }
  }

  /// The names in a fact, without its measures.
  fileprivate var things: [String] {
    switch fact {
    case .unknownBody(let name), .unknownCharacter(let name), .unknownProp(let name),
      .unknownPropPoint(let name, _), .cameraInside(let name), .outsidePicture(let name),
      .noGrip(_, let name), .noHandFits(_, let name), .heldTwice(let name, _),
      .cannotHold(let name):
      [name]
    case .unknownPart(let part, let owner): [part, owner]
    case .circleOfGoals(let ids), .circleOfPositions(let ids): ids.sorted()
    case .outOfReach(let joint, _, _), .outOfTurn(let joint, _, _), .trunkBends(let joint, _):
      [joint.rawValue]
    case .insideItself(let overlap): [overlap.joint.partWords, overlap.inside.partWords]
    case .insideOther(let other, let overlap):
      [other, overlap.joint.partWords, overlap.inside.partWords]
    case .insideProp(let joint, let prop, _), .pierced(let joint, let prop),
      .reachesAndHolds(let joint, let prop), .carriesItself(let joint, let prop):
      [joint.partWords, prop]
    case .facesItself, .facesOwnPosition, .lookMisses, .nobodyInPicture, .insideFloor, .floats: []
    }
  }

  /// Returns the finding as news; nil if its usual sentence is suitable.
  fileprivate func newsSentence(_ owner: String?) -> String? {
    func part(_ joint: JointName) -> String {
      (owner.map { "\($0)'s " } ?? "the ") + joint.partWords
    }
    func length(_ meters: Double) -> String { "\(DecimalText.rounded(meters * 100, 0)) cm" }
    let who = owner ?? "the body"
    switch fact {
    case .insideItself(let overlap):
      return "\(part(overlap.joint)) is now \(length(overlap.depth)) inside "
        + "the \(overlap.inside.partWords)"
    case .insideOther(let other, let overlap):
      return "\(who) and \(other) now run into each other, \(overlap.joint.partWords) "
        + "\(length(overlap.depth)) inside \(overlap.inside.partWords)"
    case .insideProp(let joint, let prop, let depth):
      return "\(part(joint)) is now \(length(depth)) inside \(prop)"
    case .pierced(let hand, let prop): return "\(prop) now goes through \(part(hand))"
    case .insideFloor(let depth): return "\(who) is now \(length(depth)) in the floor"
    case .floats(let height): return "\(who) now floats \(length(height)) above what is below"
    case .outOfReach(let joint, let distance, let isPlanted):
      return "\(part(joint)) now stays \(length(distance)) short of "
        + (isPlanted ? "where it is planted" : "its goal")
    case .outOfTurn(let joint, let direction, let angle):
      return "the \(direction.rawValue) of \(part(joint)) is now "
        + "\(DecimalText.rounded(angle, 0))° off"
    case .trunkBends(let joint, let angle):
      return "\(who)'s trunk now bends \(DecimalText.rounded(angle, 0))° for \(part(joint))"
    case .lookMisses(let angle):
      return "\(who)'s look now misses by \(DecimalText.rounded(angle, 0))°"
    case .outsidePicture(let id): return "\(id) is now outside the picture"
    case .cameraInside(let id): return "the camera is now inside \(id)"
    case .nobodyInPicture: return "the camera now sees nobody"
    case .unknownBody, .circleOfGoals, .circleOfPositions, .facesItself, .facesOwnPosition,
      .unknownCharacter, .unknownPart, .unknownProp, .unknownPropPoint, .noGrip, .noHandFits,
      .heldTwice, .reachesAndHolds, .carriesItself, .cannotHold:
      return nil
    }
  }
}
