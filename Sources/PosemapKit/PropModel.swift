internal import PoseRig
internal import RigImport
internal import SceneFiles

/// A model from another program as an object for scenes.
struct PropModel {
  /// The maximum number of triangles in a prop.
  private static let mostTriangles = 500_000

  private var positions: [SIMD3<Float>] = []
  private var normals: [SIMD3<Float>] = []
  private var triangles: [SIMD3<UInt32>] = []

  /// Returns the surface of a model as it stands; fails with a sentence if it has no surface.
  static func design(
    of model: ForeignModel, named name: String
  ) -> Result<PropDesign, UnreadableFile> {
    let count = model.meshes.reduce(0) { $0 + $1.triangles.count }
    guard count > 0 else {
      return .failure(UnreadableFile(reason: "it has no triangles, so there is nothing to see"))
    }
    guard count <= mostTriangles else {
      return .failure(
        UnreadableFile(
          reason: "it has \(count) triangles; a prop has at most \(mostTriangles): make it coarser")
      )
    }
    var surface = PropModel()
    let nodes = NodePose(model).worldFromNode
    for mesh in model.meshes { surface.add(mesh, model, nodes) }
    guard surface.positions.allSatisfy({ $0.x.isFinite && $0.y.isFinite && $0.z.isFinite }) else {
      return .failure(UnreadableFile(reason: "it has points that are not finite"))
    }
    return .success(
      PropDesign(
        name: name, positions: surface.positions, normals: surface.normals,
        triangles: surface.triangles))
  }

  private mutating func add(
    _ mesh: ForeignModel.Mesh, _ model: ForeignModel, _ nodes: [Matrix4]
  ) {
    let matrix = Self.worldFromMesh(mesh, model, nodes)
    let points = mesh.positions.map { SIMD3<Float>(matrix.apply(Vector3($0))) }
    let axes = Self.axes(of: matrix)
    let isMirrored = axes.0.cross(axes.1).dot(axes.2) < 0
    for corners in mesh.triangles {
      let order = isMirrored ? SIMD3(corners.x, corners.z, corners.y) : corners
      let face = (0..<3).map { Vector3(points[Int(order[$0])]) }
      // The faces decide: models state their normals in frames that scale and shear.
      let flat = (face[1] - face[0]).cross(face[2] - face[0]).normalized ?? .unitY
      let first = UInt32(positions.count)
      for corner in 0..<3 {
        positions.append(SIMD3<Float>(face[corner]))
        normals.append(
          SIMD3<Float>(Self.normal(Int(order[corner]), of: mesh, matrix, beside: flat)))
      }
      triangles.append(SIMD3(first, first + 1, first + 2))
    }
  }

  /// Returns the normal at a point, or the face's if the model has no usable one.
  private static func normal(
    _ point: Int, of mesh: ForeignModel.Mesh, _ matrix: Matrix4, beside flat: Vector3
  ) -> Vector3 {
    guard mesh.normals.indices.contains(point) else { return flat }
    let (a, b, c) = axes(of: matrix)
    // The cofactors transform normals as the matrix transforms surfaces.
    let own = Vector3(mesh.normals[point])
    let turned = b.cross(c) * own.x + c.cross(a) * own.y + a.cross(b) * own.z
    let normal = turned.normalized ?? flat
    return normal.dot(flat) < 0 ? -normal : normal
  }

  private static func axes(of matrix: Matrix4) -> (Vector3, Vector3, Vector3) {
    let (x, y, z) = (matrix.columns.0, matrix.columns.1, matrix.columns.2)
    return (Vector3(x.x, x.y, x.z), Vector3(y.x, y.y, y.z), Vector3(z.x, z.y, z.z))
  }

  /// Returns the location of a mesh: at its node, or where its skin's first bone holds it.
  private static func worldFromMesh(
    _ mesh: ForeignModel.Mesh, _ model: ForeignModel, _ nodes: [Matrix4]
  ) -> Matrix4 {
    guard let skin = mesh.skin.map({ model.skins[$0] }) else { return nodes[mesh.node] }
    if let stated = skin.worldFromMesh { return stated }
    guard let bone = skin.joints.first, let bind = skin.inverseBinds.first else {
      return nodes[mesh.node]
    }
    return nodes[bone] * bind
  }
}
