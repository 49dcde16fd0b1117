/// Finds the points that goals name in a scene as far as it is solved.
struct GoalPlaces {
  let scene: Scene
  let log: DiagnosticLog
  /// The characters as they are by now.
  var characters: [String: PosedCharacter] = [:]
  /// The camera, once it is known.
  var camera: Camera?

  /// What a hand or foot that comes from `place` touches at a point; nil after saying what is wrong.
  func touch(
    _ point: PoseGoals.Point, from place: Vector3, _ file: String, _ location: SourceLocation?
  ) -> Touch? {
    switch point {
    case .fixed(let place): return Touch(point: place)
    case .camera: return camera.map { Touch(point: $0.position) }
    case .named("props", let part, let offset):
      return prop(part, file, location).map { prop, height, normal in
        let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
        return Touch(
          point: prop.position + turn.rotate(.unitY * height) + offset,
          normal: normal.map { turn.rotate($0) })
      }
    case .named(let owner, let part, let offset):
      guard let other = character(owner, file, location) else { return nil }
      var touch: Touch
      if let joint = JointName(rawValue: part) {
        touch = other.touch(joint, from: place)
      } else {
        guard let landmark = other.landmark(part) else {
          return unknownPart(part, owner, file, location)
        }
        touch = Touch(point: landmark)
      }
      touch.point += offset
      return touch
    }
  }

  /// The point an eye looks at: of a joint its middle, of a head its eyes.
  func sight(
    _ point: PoseGoals.Point, _ file: String, _ location: SourceLocation?
  ) -> Vector3? {
    guard case .named(let owner, let part, let offset) = point, owner != "props",
      let joint = JointName(rawValue: part)
    else { return touch(point, from: .zero, file, location)?.point }
    guard let other = character(owner, file, location) else { return nil }
    return (joint == .head ? other.eyes : other.position(of: joint)) + offset
  }

  /// The prop and place `table.top`, how high that is, and which way it faces.
  func prop(
    _ part: String, _ file: String, _ location: SourceLocation?
  ) -> (prop: Prop, height: Double, normal: Vector3?)? {
    let names = part.split(separator: ".").map(String.init)
    guard let prop = scene.props.first(where: { $0.id == names.first }), names.count == 2 else {
      let near = NearestName.suggestion(for: names.first ?? "", among: scene.props.map(\.id))
      log.error(
        file, location,
        "there is no prop \"\(names.first ?? "")\"; "
          + (near.map { "did you mean \"\($0)\"? " } ?? "")
          + (scene.props.isEmpty
            ? "the scene has none" : "there are: \(scene.props.map(\.id).joined(separator: ", "))"))
      return nil
    }
    switch names[1] {
    case "top": return (prop, prop.shape.height, .unitY)
    case "middle": return (prop, prop.shape.height / 2, nil)
    default:
      log.error(
        file, location, "a prop has no place \"\(names[1])\"; its places are top and middle")
      return nil
    }
  }

  private func character(
    _ id: String, _ file: String, _ location: SourceLocation?
  ) -> PosedCharacter? {
    if let character = characters[id] { return character }
    let near = NearestName.suggestion(for: id, among: scene.characters.map(\.id))
    log.error(
      file, location,
      "there is no character \"\(id)\"; "
        + (near.map { "did you mean \"\($0)\"? " } ?? "")
        + "there are: \(scene.characters.map(\.id).joined(separator: ", "))")
    return nil
  }

  private func unknownPart(
    _ part: String, _ owner: String, _ file: String, _ location: SourceLocation?
  ) -> Touch? {
    let names = JointName.allCases.map(\.rawValue) + LandmarkName.all
    log.error(
      file, location,
      unknown(
        "joint or landmark", part, allowed: names, place: "of \"\(owner)\"",
        allowedText: JointName.allNamesInShort))
    return nil
  }
}

extension Prop.Shape {
  /// From the underside to the top, in metres.
  var height: Double {
    switch self {
    case .box(let size): size.y
    case .cylinder(_, let height): height
    case .plane: 0
    }
  }

  /// Whether a point of the prop's own space is over (or under) its top.
  func covers(_ point: Vector3) -> Bool {
    switch self {
    case .box(let size): abs(point.x) <= size.x / 2 && abs(point.z) <= size.z / 2
    case .cylinder(let radius, _): point.x * point.x + point.z * point.z <= radius * radius
    case .plane(let width, let depth): abs(point.x) <= width / 2 && abs(point.z) <= depth / 2
    }
  }
}
