import Foundation
import PoseRig
import PosemapKit
import RigImport

/// A garment on a human at rest, and MakeHuman's whole base mesh in that shape.
enum GarmentExport {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private struct Report: Encodable {
    /// The base mesh's vertices in MakeHuman's order, in meters.
    var base: [[Float]]
    /// The garment's vertices in the order of its file.
    var positions: [[Float]]
    /// The garment's triangles.
    var triangles: [[UInt32]]
    /// The base mesh's vertices of each triangle of the body and the eyes.
    var body: [[Int]]
    /// The base mesh's vertices of each triangle that remains visible.
    var seen: [[Int]]
  }

  /// Returns JSON for the garment in a file.
  ///
  /// - Parameters:
  ///   - gender: 0 for a woman to 1 for a man.
  ///   - weight: 0 for slight to 1 for heavy.
  ///   - height: the stature in meters.
  static func json(file: String, gender: Double, weight: Double, height: Double) throws -> Data {
    guard case .success(let human) = HumanStore.load() else {
      throw Fault(description: "the human is not installed; run: posemap body install")
    }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    let garment = try GarmentReader.read(bytes, path: file).garment
    // A garment made of the base mesh's own vertices reveals their positions.
    let base = Garment(
      name: "base", kind: .worn,
      anchors: (0..<UInt16(Garment.baseVertices)).map { Garment.Anchor(on: $0) },
      triangles: [SIMD3(0, 1, 2)])
    var phenotype = Phenotype.typical(male: gender > 0.5)
    phenotype.gender = gender
    phenotype.weight = weight
    phenotype.height = height
    let body = human.body(phenotype, face: ["smile": 0.5], wear: [base, garment])
    let worn = body.worn
    func named(_ triangles: [SIMD3<UInt32>]) -> [[Int]] {
      // Eyeballs are not MakeHuman's, and garments do not refer to them.
      triangles.map { corners in
        (0..<3).map { Int(human.makeHumanVertices[Int(corners[$0])]) }
      }.filter { $0.allSatisfy { $0 < Garment.baseVertices } }
    }
    let report = Report(
      base: worn[0].positions.map { [$0.x, $0.y, $0.z] },
      positions: worn[1].positions.map { [$0.x, $0.y, $0.z] },
      triangles: worn[1].triangles.map { [$0.x, $0.y, $0.z] },
      body: named(body.surface.triangles),
      seen: named(body.uncovered?.triangles ?? body.surface.triangles))
    return try JSONEncoder().encode(report)
  }
}
