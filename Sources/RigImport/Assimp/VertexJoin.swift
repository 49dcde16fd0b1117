/// Merges vertices that are equal in all attributes of a mesh.
///
/// COLLADA has a separate vertex for every corner of every face. assimp's own merging ignores
/// bones: where the blocks of a robot touch, a forearm's corners would follow the upper arm.
enum VertexJoin {
  private struct Key: Hashable {
    var position: SIMD3<UInt32>
    var normal: SIMD3<UInt32>
    var joints: ArraySlice<UInt16>
    var weights: ArraySlice<Float>
    var moves: [SIMD3<Float>]
  }

  /// Merges the vertices of a mesh, in the order of first occurrence.
  static func join(_ mesh: inout ForeignModel.Mesh) {
    var indices: [Key: UInt32] = [:]
    var kept: [Int] = []
    var indexOfVertex: [UInt32] = []
    indexOfVertex.reserveCapacity(mesh.positions.count)
    for vertex in mesh.positions.indices {
      let key = key(of: vertex, in: mesh)
      if let index = indices[key] {
        indexOfVertex.append(index)
        continue
      }
      indices[key] = UInt32(kept.count)
      indexOfVertex.append(UInt32(kept.count))
      kept.append(vertex)
    }
    let width = mesh.influencesPerVertex
    func influences<Value>(_ values: [Value]) -> [Value] {
      values.isEmpty ? [] : kept.flatMap { values[$0 * width..<($0 + 1) * width] }
    }
    mesh.joints = influences(mesh.joints)
    mesh.weights = influences(mesh.weights)
    mesh.positions = kept.map { mesh.positions[$0] }
    if !mesh.normals.isEmpty { mesh.normals = kept.map { mesh.normals[$0] } }
    for index in mesh.morphs.indices {
      mesh.morphs[index].positions = kept.map { mesh.morphs[index].positions[$0] }
      if !mesh.morphs[index].normals.isEmpty {
        mesh.morphs[index].normals = kept.map { mesh.morphs[index].normals[$0] }
      }
    }
    mesh.triangles = mesh.triangles.map { corners in
      SIMD3(
        indexOfVertex[Int(corners.x)], indexOfVertex[Int(corners.y)],
        indexOfVertex[Int(corners.z)])
    }
  }

  private static func key(of vertex: Int, in mesh: ForeignModel.Mesh) -> Key {
    let width = mesh.influencesPerVertex
    let influences = vertex * width..<(vertex + 1) * width
    return Key(
      position: bits(mesh.positions[vertex]),
      normal: mesh.normals.isEmpty ? .zero : bits(mesh.normals[vertex]),
      joints: mesh.joints.isEmpty ? [] : mesh.joints[influences],
      weights: mesh.weights.isEmpty ? [] : mesh.weights[influences],
      moves: mesh.morphs.map { $0.positions[vertex] })
  }

  private static func bits(_ point: SIMD3<Float>) -> SIMD3<UInt32> {
    SIMD3(point.x.bitPattern, point.y.bitPattern, point.z.bitPattern)
  }
}
