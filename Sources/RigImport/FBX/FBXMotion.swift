internal import PoseRig

/// The curves of one take, by the property that they animate.
struct FBXMotion {
  /// A property of an object.
  struct Target: Hashable {
    /// The index of the object.
    var object: Int
    /// The property, such as "Lcl Rotation".
    var property: String
  }

  /// The curves of a property: up to three values.
  struct Node {
    /// A curve for each value; nil if it is constant.
    var curves: [FBXCurve?] = [nil, nil, nil]
    /// The values without curves.
    var values: [Double?] = [nil, nil, nil]

    /// Returns the values at a time, or just before it.
    func vector(at time: Double, before isBefore: Bool, usual: Vector3) -> Vector3 {
      var vector = usual
      for slot in 0..<3 {
        vector[slot] =
          curves[slot]?.value(at: time, before: isBefore) ?? values[slot] ?? usual[slot]
      }
      return vector
    }

    /// Whether no value ever changes.
    var isConstant: Bool { curves.allSatisfy { $0?.isConstant ?? true } }
  }

  /// A layer of curves, combined with those below it.
  struct Layer {
    /// The ways to combine a layer with others.
    enum Mode: Int { case add, replace, mix }

    /// The index of the object.
    var object: Int
    /// The way in which it is combined with the layers below.
    var mode: Mode
    /// The weight, from 0 to 1.
    var weight: Double
    /// Whether rotations are combined as rotations rather than angle by angle.
    var turnsAsWhole: Bool
    /// Whether scales are multiplied rather than added.
    var multipliesScale: Bool
    /// The curves by the property that they animate.
    var nodes: [Target: Node] = [:]
  }

  /// The name of the take.
  var name: String
  /// The start of the take in seconds, if the file states it.
  var start: Double?
  /// The end of the take in seconds, if the file states it.
  var end: Double?
  /// The layers, from the bottom up.
  var layers: [Layer]

  /// Returns the values of a property, which is `usual` without curves.
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

  /// Returns whether a property changes, or differs from its value in the file.
  func moves(_ object: Int, _ property: String, from usual: Vector3) -> Bool {
    let course = course(object, property, usual: usual)
    guard !course.parts.isEmpty else { return false }
    let shift = course.vector(at: course.span?.lowerBound ?? 0) - usual
    return course.moves || shift.length > 1e-5 * max(usual.length, 1)
  }
}
