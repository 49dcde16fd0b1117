/// A mesh as FBX stores it: points, polygons, and layers of values for their corners.
struct FBXGeometry {
  /// The points, in the mesh's own space.
  let points: [SIMD3<Double>]
  /// The point of each corner, polygon by polygon.
  let corners: [Int32]
  /// The indices into ``corners`` of the corners of triangles, and the polygon of each.
  let triangles: [(corners: SIMD3<Int32>, polygon: Int32)]
  /// The normals.
  let normals: FBXLayer?
  /// The texture coordinates of the first set.
  let textureCoordinates: FBXLayer?
  /// The index of each polygon's material among those of the node; nil for the first.
  let materials: FBXLayer?
  /// The number of polygons that were left out because their corners do not exist.
  let brokenPolygons: Int

  /// The largest number of corners of a mesh.
  private static let maximumCorners = 1 << 25

  /// Reads a mesh; nil for one without polygons.
  init?(_ record: FBXRecord, of file: FBXFile) throws(ForeignModelError) {
    let numbers = try file.numbers(record.first("Vertices"))
    let indices = try file.integers(record.first("PolygonVertexIndex"))
    guard numbers.count >= 9, indices.count >= 3 else { return nil }
    guard indices.count <= Self.maximumCorners else {
      throw .overLimit("a mesh of the FBX file has more than thirty million corners")
    }
    points = (0..<(numbers.count / 3)).map {
      SIMD3(numbers[3 * $0], numbers[3 * $0 + 1], numbers[3 * $0 + 2])
    }
    let polygons = FBXPolygons(indices, points: points)
    corners = polygons.corners
    triangles = polygons.triangles
    brokenPolygons = polygons.broken
    guard !triangles.isEmpty else { return nil }
    normals = try FBXLayer(
      record, "LayerElementNormal", "Normals", "NormalsIndex", width: 3, of: file)
    textureCoordinates = try FBXLayer(record, "LayerElementUV", "UV", "UVIndex", width: 2, of: file)
    materials = try FBXLayer(materialsOf: record, of: file)
  }
}

/// The values in a layer of a mesh for its points, corners or polygons.
struct FBXLayer {
  /// The elements that values belong to.
  enum Mapping { case point, corner, polygon, all }

  private let mapping: Mapping
  private let values: [Double]
  private let indices: [Int]?
  private let width: Int

  /// Reads the first layer with a name; nil if it does not exist, or if its values belong to edges.
  init?(
    _ record: FBXRecord, _ name: String, _ valueName: String, _ indexName: String, width: Int,
    of file: FBXFile
  ) throws(ForeignModelError) {
    guard let layer = record.first(name), let mapping = Self.mapping(layer) else { return nil }
    values = try file.numbers(layer.first(valueName))
    guard values.count >= width else { return nil }
    let isIndexed = layer.first("ReferenceInformationType")?.text(0)?.hasPrefix("Index") ?? false
    indices =
      isIndexed && layer.first(indexName) != nil
      ? try file.integers(layer.first(indexName)) : nil
    self.mapping = mapping
    self.width = width
  }

  /// Reads the layer of materials, with indices into the node's materials as values.
  init?(materialsOf record: FBXRecord, of file: FBXFile) throws(ForeignModelError) {
    guard let layer = record.first("LayerElementMaterial"), let mapping = Self.mapping(layer)
    else { return nil }
    let found = try file.integers(layer.first("Materials"))
    guard !found.isEmpty else { return nil }
    values = []
    indices = found
    self.mapping = mapping
    width = 1
  }

  private static func mapping(_ layer: FBXRecord) -> Mapping? {
    switch layer.first("MappingInformationType")?.text(0) ?? "" {
    case "ByVertice", "ByVertex": .point
    case "ByPolygonVertex": .corner
    case "ByPolygon": .polygon
    case "AllSame": .all
    default: nil
    }
  }

  /// Returns the index of a value in the list; nil if the layer omits it.
  func index(corner: Int, point: Int, polygon: Int) -> Int? {
    let entry =
      switch mapping {
      case .point: point
      case .corner: corner
      case .polygon: polygon
      case .all: 0
      }
    guard let indices else { return entry }
    return entry < indices.count && indices[entry] >= 0 ? indices[entry] : nil
  }

  /// Returns three numbers of the list; nil if they do not exist or are not finite.
  func vector(_ index: Int?) -> SIMD3<Double>? {
    guard let index, width == 3, index < values.count / 3 else { return nil }
    let vector = SIMD3(values[3 * index], values[3 * index + 1], values[3 * index + 2])
    return vector.x.isFinite && vector.y.isFinite && vector.z.isFinite ? vector : nil
  }

  /// Returns two numbers of the list; nil if they do not exist or are not finite.
  func pair(_ index: Int?) -> SIMD2<Double>? {
    guard let index, width == 2, index < values.count / 2 else { return nil }
    let pair = SIMD2(values[2 * index], values[2 * index + 1])
    return pair.x.isFinite && pair.y.isFinite ? pair : nil
  }
}
