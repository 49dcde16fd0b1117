internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The user's own poses, as files beside the scene.
extension StudioSession {
  /// Writes a character's solved pose, or one limb of it, as a pose file beside the scene.
  ///
  /// A hand is written as a left one, like hand shapes.
  /// - Parameters:
  ///   - name: the name to show, which the file name is derived from.
  ///   - part: a ``Limb`` by its raw value; `all` for the whole pose.
  ///   - replacing: whether an existing file can be overwritten.
  /// - Returns: the file's name.
  /// - Throws: a fault for a name that gives no file name, and for a file that already exists.
  public func savePose(
    of id: String, as name: String, part: String, replacing: Bool = false
  ) throws(SceneEditFault) -> String {
    guard let limb = Limb(rawValue: part) else {
      throw .wrongForm(
        unknown("part", part, allowed: Limb.allCases.map(\.rawValue), context: "of a pose"))
    }
    guard let character = shownCharacter(id) else {
      throw files.scene.root["characters"]?.items?.contains { $0["id"]?.text == id } == true
        ? .notSolved : .noCharacter(id)
    }
    let file = try Self.fileName(of: name)
    let path = FilePath.resolve(file, besides: files.scenePath)
    if FileStamp(path).isThere, !replacing {
      throw .wrongForm("\(file) already exists; choose another name")
    }
    if files.contents[path] != nil {
      throw .wrongForm("\(file) is the pose of a character here; choose another name")
    }
    let own = try? SceneEditor(files).pose(of: id)
    let text = Self.text(
      of: character.posed, character.described, limb, title: name, own: own ?? nil)
    do throws(ExportError) {
      try SingleFile.write(Array(text.utf8), to: path)
    } catch {
      throw .wrongForm("\(error)")
    }
    return file
  }

  /// Returns the file name for a pose: `Sad, sitting` becomes `sad-sitting.pose.json`.
  private static func fileName(of name: String) throws(SceneEditFault) -> String {
    var stem = ""
    for character in name.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber || character == "_" {
        stem.append(character)
      } else if !stem.isEmpty, stem.last != "-" {
        stem.append("-")
      }
    }
    while stem.last == "-" { stem.removeLast() }
    guard !stem.isEmpty, stem.count <= 64 else {
      throw .wrongForm("a pose's name needs 1 to 64 letters or digits")
    }
    return stem + StudioLibrary.suffix
  }

  private static func text(
    of posed: PosedCharacter, _ described: Character, _ limb: Limb, title: String,
    own: JSONNode?
  ) -> String {
    var pose = limb == .whole ? posed.solvedPose(of: described) : Pose.rest
    for joint in limb == .whole ? [] : limb.joints {
      let rotation = posed.rotation(of: joint)
      if limb == .rightHand {
        pose[joint.mirrored] = rotation.mirrored
      } else {
        pose[joint] = rotation
      }
    }
    var members: [JSONValue.Member] = [.init(key: "name", value: .string(title))]
    if case .object(let written) = PoseWriter.value(of: pose, named: true) { members += written }
    if limb == .whole, let own { members = shortened(members, as: own) }
    return CanonicalLayout.text(of: .object(members))
  }

  /// Returns a pose with the names of hand shapes where its own text has them, instead of fifteen
  /// joints per hand.
  private static func shortened(
    _ members: [JSONValue.Member], as own: JSONNode
  ) -> [JSONValue.Member] {
    let named = Side.both.compactMap { side -> (side: Side, shape: String)? in
      guard let shape = (own["hands"]?[side.rawValue] ?? own["hands"]?["both"])?.text,
        !shape.hasSuffix(".json"), !own.hasFingers(on: side)
      else { return nil }
      return (side, shape)
    }
    guard !named.isEmpty, let index = members.firstIndex(where: { $0.key == "joints" }),
      case .object(let joints) = members[index].value
    else { return members }
    var short = members
    short[index].value = .object(
      joints.filter { member in
        guard let joint = JointName(rawValue: member.key), joint.isOfFinger else { return true }
        return !named.contains { $0.side == joint.side }
      })
    short.append(
      .init(
        key: "hands",
        value: .object(
          named.map { .init(key: $0.side.rawValue, value: .string($0.shape)) })))
    return short
  }
}
