internal import SceneFiles

/// The faces of a Wavefront `.obj`, as triangles.
struct GarmentObject {
  /// The number of vertices.
  private(set) var positions = 0
  /// The texture coordinates, with (0, 0) in the upper left.
  private(set) var coordinates: [SIMD2<Float>] = []
  /// Three vertices per triangle.
  private(set) var triangles: [SIMD3<Int>] = []
  /// The indices of texture coordinates at each triangle's corners, −1 for a missing one.
  private(set) var textured: [SIMD3<Int>] = []

  /// The largest number of triangles of a garment.
  private static let maximumTriangles = 400_000

  init(_ bytes: [UInt8], name: String) throws(ForeignModelError) {
    var scanner = TextScanner(bytes)
    while let fields = scanner.nextLine() {
      if fields[0].elementsEqual("v".utf8) {
        positions += 1
      } else if fields[0].elementsEqual("vt".utf8) {
        let numbers = fields.dropFirst().prefix(2).compactMap(TextScanner.number).map { Float($0) }
        coordinates.append(
          numbers.count == 2 ? SIMD2(numbers[0], 1 - numbers[1]) : .zero)
      } else if fields[0].elementsEqual("f".utf8) {
        try addFace(fields.dropFirst(), name)
      }
    }
    guard !triangles.isEmpty else {
      throw .damaged("its object \"\(name)\" has no faces, so there is nothing to see")
    }
  }

  private mutating func addFace(
    _ fields: ArraySlice<ArraySlice<UInt8>>, _ name: String
  ) throws(ForeignModelError) {
    let corners = fields.map { field in
      field.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).prefix(2)
        .map { Int(String(decoding: $0, as: UTF8.self)) }
    }
    let vertices = corners.map { Self.index($0.first ?? nil, of: positions) }
    let points = corners.map { Self.index($0.count > 1 ? $0[1] : nil, of: coordinates.count) ?? -1 }
    let known = vertices.compactMap { $0 }
    guard known.count == vertices.count, known.count >= 3 else {
      throw .damaged("its object \"\(name)\" has a face with a corner that does not exist")
    }
    for last in 2..<known.count {
      triangles.append(SIMD3(known[0], known[last - 1], known[last]))
      textured.append(SIMD3(points[0], points[last - 1], points[last]))
    }
    guard triangles.count <= Self.maximumTriangles else {
      throw .overLimit(
        "its object has more than \(Self.maximumTriangles) triangles, which is more than posemap accepts"
      )
    }
  }

  /// Returns an index from 0 for one that counts from 1, or backward from the end.
  private static func index(_ number: Int?, of count: Int) -> Int? {
    guard let number, number != 0, abs(number) <= count else { return nil }
    return number > 0 ? number - 1 : count + number
  }
}

/// The corners of a garment's triangles as vertices: an object's vertices, or one for each pair of
/// a vertex and texture coordinates.
struct GarmentCorners {
  /// The index of the object's vertex for each corner vertex.
  private(set) var vertices: [Int] = []
  /// The texture coordinates of each corner vertex; empty without textures.
  private(set) var coordinates: [SIMD2<Float>] = []
  /// Three of them per triangle.
  private(set) var triangles: [SIMD3<UInt32>] = []

  init(_ object: GarmentObject) {
    vertices = Array(0..<object.positions)
    triangles = object.triangles.map { SIMD3<UInt32>(truncatingIfNeeded: $0) }
  }

  init(texturedBy object: GarmentObject) {
    var known: [SIMD2<Int>: UInt32] = [:]
    // Keep vertices without a face, so that each one matches its row.
    for (corners, points) in zip(object.triangles, object.textured) {
      var triangle = SIMD3<UInt32>.zero
      for slot in 0..<3 {
        let key = SIMD2(corners[slot], points[slot])
        if known[key] == nil {
          known[key] = UInt32(vertices.count)
          vertices.append(key.x)
          coordinates.append(key.y < 0 ? .zero : object.coordinates[key.y])
        }
        triangle[slot] = known[key] ?? 0
      }
      triangles.append(triangle)
    }
  }
}
