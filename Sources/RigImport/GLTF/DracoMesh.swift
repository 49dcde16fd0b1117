internal import CDracoShim

/// A mesh of `KHR_draco_mesh_compression`, decoded by libdraco.
final class DracoMesh {
  /// A number of points or faces larger than any character's.
  private static let most: Int64 = 1 << 24

  private let mesh: OpaquePointer

  /// Decodes a mesh; nil for invalid bytes.
  init?(_ bytes: ArraySlice<UInt8>) {
    let opened = bytes.withUnsafeBufferPointer {
      posemap_draco_open($0.baseAddress, $0.count, Self.most)
    }
    guard let opened else { return nil }
    mesh = opened
  }

  deinit { posemap_draco_close(mesh) }

  /// The number of vertices.
  var count: Int { Int(posemap_draco_points(mesh)) }

  /// The corners of all triangles.
  var corners: [UInt32] {
    let count = 3 * Int(posemap_draco_faces(mesh))
    return Array(unsafeUninitializedCapacity: count) { buffer, filled in
      if let base = buffer.baseAddress { posemap_draco_corners(mesh, base) }
      filled = count
    }
  }

  /// Returns the numbers of an attribute, `width` per vertex; nil without it.
  func floats(_ attribute: Int, width: Int) -> [Float]? {
    guard let id = UInt32(exactly: attribute) else { return nil }
    var values = [Float](repeating: 0, count: count * width)
    let found = values.withUnsafeMutableBufferPointer {
      $0.baseAddress.map { posemap_draco_floats(mesh, id, Int32(width), $0) } ?? 1
    }
    return found == 0 ? nil : values
  }

  /// Returns the integers of an attribute, `width` per vertex; nil without it.
  func integers(_ attribute: Int, width: Int) -> [UInt32]? {
    guard let id = UInt32(exactly: attribute) else { return nil }
    var values = [UInt32](repeating: 0, count: count * width)
    let found = values.withUnsafeMutableBufferPointer {
      $0.baseAddress.map { posemap_draco_integers(mesh, id, Int32(width), $0) } ?? 1
    }
    return found == 0 ? nil : values
  }
}
