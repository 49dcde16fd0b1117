import Foundation
import PoseRig
import PosemapKit
import RigImport
import SceneFiles

/// The feet of a body that moves according to a file, and those of the file's own skeleton, frame
/// by frame.
enum FeetExport {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// One foot of a body, frame by frame.
  private struct Foot: Encodable {
    /// The hip, knee and ankle joints.
    var leg: [[[Double]]] = []
    /// The skin at the rear of the sole, which is on the ground at rest.
    var heel: [[[Float]]] = []
    /// The skin of the sole from the toes' joint forward; without toes, of the front of the sole.
    var ball: [[[Float]]] = []
  }

  /// One foot of the file's own skeleton, frame by frame.
  private struct SourceFoot: Encodable {
    /// A point on the ground behind the ankle at rest, which moves with the foot.
    var heel: [[Double]] = []
    /// The toes' joint; without toes, a point in front of the heel.
    var ball: [[Double]] = []
  }

  private struct Report: Encodable {
    var rate: Double
    var leg: Double
    var sourceLeg: Double
    var isGrounded: Bool
    var hips: [[Double]] = []
    /// The height of the lowest skin of both feet.
    var lowest: [Double] = []
    var feet: [Foot] = [Foot(), Foot()]
    var source: [SourceFoot] = [SourceFoot(), SourceFoot()]
  }

  /// Returns JSON for a motion on a body.
  ///
  /// - Parameters:
  ///   - body: `female`, `male`, `human:HEIGHT` in meters, or a model's file.
  ///   - ground: whether feet are held in position while they stand.
  static func json(
    motion path: String, clip: String, body name: String, ground: Bool, rate: Double
  ) throws -> Data {
    let humanoid = try humanoid(path)
    guard let clip = humanoid.model.clips.first(where: { clip == "-" || $0.name == clip }) else {
      throw Fault(description: "\(path) has no clip \(clip)")
    }
    var motion = PoseMotion(
      name: clip.name, duration: clip.duration, frameRate: clip.frameRate ?? 30
    ) { humanoid.pose(in: clip, at: $0) }
    motion.skeleton = humanoid.rig
    let body = try body(name)
    let shown = ground ? motion.grounded(on: body) ?? motion : motion
    var report = Report(
      rate: rate, leg: body.rig.legLength, sourceLeg: humanoid.rig.legLength,
      isGrounded: shown.isGrounded)
    let soles = Side.both.map { sole(of: body, $0) }
    for frame in 0..<motion.frameCount(at: rate) {
      let time = Double(frame) / rate
      add(shown.pose(at: time), body, soles, &report)
      addSource(motion.pose(at: time), humanoid.rig, &report)
    }
    return try JSONEncoder().encode(report)
  }

  private static func humanoid(_ path: String) throws -> HumanoidModel {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let model = try ModelReader.read([UInt8](bytes), path: path)
    let map = try BoneMap.find(in: model)
    return HumanoidModel(model, bones: map.nodes, followers: map.followers, source: path)
  }

  private static func body(_ name: String) throws -> Body {
    if let mannequin = Mannequin.named(name) { return mannequin.body }
    if name.hasPrefix("human:") {
      var phenotype = Phenotype()
      phenotype.height = Double(name.dropFirst(6))
      return try HumanStore.load().get().body(phenotype, face: [:])
    }
    guard let body = try humanoid(name).body(named: name) else {
      throw Fault(description: "\(name) has no surface")
    }
    return body
  }

  /// Returns the vertices of a sole's heel and ball: within 12 mm of the ground at rest, for an
  /// adult's leg.
  private static func sole(of body: Body, _ side: Side) -> (heel: [Int], ball: [Int]) {
    let (ankle, toes) = (body.rig[JointName(.foot, side)], body.rig[JointName(.toes, side)])
    let skin = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest), withNormals: false)
    let leg = body.rig.legLength
    let low = skin.positions.indices.filter {
      let p = Vector3(skin.positions[$0])
      return p.y < 0.014 * leg && abs(p.x - ankle.x) < 0.15 * leg && p.x * ankle.x > 0
    }
    let depths = low.map { Double(skin.positions[$0].z) }
    guard let rear = depths.min(), let front = depths.max() else { return ([], []) }
    let length = front - rear
    let heel = low.filter { Double(skin.positions[$0].z) < rear + 0.2 * length }
    let hasToes = toes.z - ankle.z > 0.05 * leg && !body.missing.contains(JointName(.toes, side))
    let from = hasToes ? toes.z - 0.1 * length : front - 0.2 * length
    return (heel, low.filter { Double(skin.positions[$0].z) > from })
  }

  private static func add(
    _ pose: Pose, _ body: Body, _ soles: [(heel: [Int], ball: [Int])], _ report: inout Report
  ) {
    let posed = PosedRig(body: body, pose: pose)
    let skin = Skinning.pose(body, posed, pose: pose, withNormals: false).positions
    func floats(_ vertices: [Int]) -> [[Float]] {
      let step = max(1, vertices.count / 12)
      return stride(from: 0, to: vertices.count, by: step).map {
        let p = skin[vertices[$0]]
        return [p.x, p.y, p.z]
      }
    }
    report.hips.append(numbers(posed.position(of: .hips)))
    var lowest = Double.infinity
    for (index, side) in Side.both.enumerated() {
      report.feet[index].leg.append(
        [.upperLeg, .lowerLeg, .foot].map { numbers(posed.position(of: JointName($0, side))) })
      report.feet[index].heel.append(floats(soles[index].heel))
      report.feet[index].ball.append(floats(soles[index].ball))
      for vertex in soles[index].heel + soles[index].ball {
        lowest = min(lowest, Double(skin[vertex].y))
      }
    }
    report.lowest.append(lowest)
  }

  private static func addSource(_ pose: Pose, _ rig: Rig, _ report: inout Report) {
    let posed = PosedRig(rig: rig, pose: pose)
    for (index, side) in Side.both.enumerated() {
      let (ankle, toes) = (JointName(.foot, side), JointName(.toes, side))
      let step = rig[toes] - rig[ankle]
      // Without toes, their position is estimated from the foot's own rotation.
      let hasToes = Vector3(step.x, 0, step.z).length > 0.05 * rig.legLength
      let frame = posed.modelFromJoint[ankle.index]
      let guess = frame.apply(Vector3(0, -rig[ankle].y, 0.2 * rig.legLength))
      report.source[index].heel.append(
        numbers(frame.apply(Vector3(0, -rig[ankle].y, -0.06 * rig.legLength))))
      report.source[index].ball.append(numbers(hasToes ? posed.position(of: toes) : guess))
    }
  }

  private static func numbers(_ p: Vector3) -> [Double] { [p.x, p.y, p.z] }
}
