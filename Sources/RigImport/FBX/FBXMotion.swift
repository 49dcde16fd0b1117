internal import PoseRig

/// The curves of one take by the property they drive.
struct FBXMotion {
  /// A property of an object.
  struct Target: Hashable {
    /// The index of the object.
    var object: Int
    /// The property, such as "Lcl Rotation".
    var property: String
  }

  /// The curves of a property: up to three numbers.
  struct Node {
    /// A curve for each number; nil where it stands still.
    var curves: [FBXCurve?] = [nil, nil, nil]
    /// The numbers where no curve moves them.
    var values: [Double?] = [nil, nil, nil]

    /// Returns the numbers at a time, or just before it.
    func vector(at time: Double, before isBefore: Bool, usual: Vector3) -> Vector3 {
      var vector = usual
      for slot in 0..<3 {
        vector[slot] =
          curves[slot]?.value(at: time, before: isBefore) ?? values[slot] ?? usual[slot]
      }
      return vector
    }

    /// Whether no number ever changes.
    var isConstant: Bool { curves.allSatisfy { $0?.isConstant ?? true } }
  }

  /// A layer of curves, laid over those before it.
  struct Layer {
    /// The ways of laying a layer over others.
    enum Mode: Int { case add, replace, mix }

    /// The index of the object.
    var object: Int
    /// The way it is laid over the layers before it.
    var mode: Mode
    /// The share of it that counts, from 0 to 1.
    var weight: Double
    /// Whether rotations are laid over each other as turns rather than angle by angle.
    var turnsAsWhole: Bool
    /// Whether scales are multiplied rather than added.
    var multipliesScale: Bool
    /// The curves by the property they drive.
    var nodes: [Target: Node] = [:]
  }

  /// The name of the take.
  var name: String
  /// The first moment of the take in seconds, where the file says so.
  var start: Double?
  /// The last moment of the take in seconds, where the file says so.
  var end: Double?
  /// The layers, from below.
  var layers: [Layer]

  /// Returns the course of a property, which stands at `usual` where nothing moves it.
  func course(_ object: Int, _ property: String, usual: Vector3) -> FBXCourse {
    let target = Target(object: object, property: property)
    var course = FBXCourse(usual: usual, isScale: property == "Lcl Scaling")
    for (index, layer) in layers.enumerated() {
      guard let node = layer.nodes[target] else { continue }
      let weight = layers.lazy.compactMap {
        $0.nodes[Target(object: layer.object, property: "Weight")]
      }.first
      course.parts.append(
        .init(
          node: node, mode: index == 0 ? .replace : layer.mode, weight: layer.weight,
          weightCurve: weight?.curves[0], turnsAsWhole: layer.turnsAsWhole,
          multipliesScale: layer.multipliesScale))
    }
    return course
  }

  /// Returns whether a property moves, or stands elsewhere than in the file.
  func moves(_ object: Int, _ property: String, from usual: Vector3) -> Bool {
    let course = course(object, property, usual: usual)
    guard !course.parts.isEmpty else { return false }
    let shift = course.vector(at: course.span?.lowerBound ?? 0) - usual
    return course.moves || shift.length > 1e-5 * max(usual.length, 1)
  }
}
