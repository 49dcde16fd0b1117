internal import PoseRig

/// The binary format of a garment, which the child process returns and the cache stores.
package enum GarmentCodec {
  /// Encodes a garment.
  package static func encode(_ imported: ImportedGarment) -> [UInt8] {
    var writer = ByteWriter()
    let garment = imported.garment
    writer.write(imported.files) { $0.write($1) }
    writer.write(imported.warnings) { $0.write($1) }
    writer.write(garment.name)
    writer.write(garment.kind.rawValue)
    writer.write(garment.anchors)
    writer.write(garment.scales) { writer, scale in
      writer.write(scale) { writer, scale in
        writer.write(scale.start)
        writer.write(scale.end)
        writer.write(scale.length)
      }
    }
    writer.write(garment.triangles)
    writer.write(garment.layer)
    writer.write(garment.covers.map { UInt8($0 ? 1 : 0) })
    writer.write(garment.look) { writer, look in
      let texture = look.textures[0]
      writer.write(look.materials.first?.doubleSided ?? true)
      writer.write(texture.width)
      writer.write(texture.height)
      writer.write(texture.opacity)
      writer.write(look.textureCoordinates)
    }
    return writer.bytes
  }

  /// Decodes a garment; nil for invalid bytes.
  package static func decode(_ bytes: [UInt8]) -> ImportedGarment? {
    var reader = ByteReader(bytes)
    guard let imported = try? read(&reader), reader.isAtEnd, isSound(imported.garment) else {
      return nil
    }
    return imported
  }

  private static func read(_ reader: inout ByteReader) throws(ByteReader.Fault) -> ImportedGarment {
    let files = try reader.list { (reader) throws(ByteReader.Fault) in try reader.text() }
    let warnings = try reader.list { (reader) throws(ByteReader.Fault) in try reader.text() }
    let name = try reader.text()
    guard let kind = SurfaceKind(rawValue: try reader.integer()) else { throw ByteReader.Fault() }
    let anchors: [Garment.Anchor] = try reader.numbers()
    let scales = try reader.list { (reader) throws(ByteReader.Fault) in
      try reader.optional { (reader) throws(ByteReader.Fault) in
        Garment.Scale(
          start: try reader.integer(), end: try reader.integer(), length: try reader.float())
      }
    }
    let triangles: [SIMD3<UInt32>] = try reader.numbers()
    let layer = try reader.index()
    let covers = (try reader.numbers() as [UInt8]).map { $0 != 0 }
    var garment = Garment(
      name: name, kind: kind, anchors: anchors, scales: scales, triangles: triangles, layer: layer,
      covers: covers)
    garment.look = try reader.optional { (reader) throws(ByteReader.Fault) in
      try look(&reader, triangles.count)
    }
    return ImportedGarment(garment: garment, files: files, warnings: warnings)
  }

  private static func look(
    _ reader: inout ByteReader, _ triangles: Int
  ) throws(ByteReader.Fault) -> SurfaceLook {
    let doubleSided = try reader.flag()
    let (width, height) = (try reader.index(), try reader.index())
    let opacity: [UInt8] = try reader.numbers()
    guard (1...8192).contains(width), (1...8192).contains(height),
      opacity.count == width * height
    else { throw ByteReader.Fault() }
    let texture = OpacityTexture(
      width: width, height: height, wrapX: .repeat, wrapY: .repeat, opacity: opacity)
    return SurfaceLook(
      materials: [
        SurfaceMaterial(
          triangles: 0..<triangles, doubleSided: doubleSided,
          cutout: SurfaceMaterial.Cutout(cutoff: 0.5, factor: 1, texture: 0))
      ],
      textures: [texture], textureCoordinates: try reader.numbers())
  }

  /// Returns whether every index is valid.
  private static func isSound(_ garment: Garment) -> Bool {
    let count = garment.anchors.count
    let base = UInt16(Garment.baseVertices)
    return garment.scales.count == 3
      && garment.anchors.allSatisfy { anchor in
        anchor.vertices.max() < base
          && (0..<3).allSatisfy { slot in
            anchor.weights[slot].isFinite && anchor.offset[slot].isFinite
          }
      }
      && garment.scales.allSatisfy { scale in
        guard let scale else { return true }
        return max(scale.start, scale.end) < base && scale.length > 0
      }
      && garment.triangles.allSatisfy { Int($0.max()) < count }
      && (garment.covers.isEmpty || garment.covers.count == Garment.baseVertices)
      && (garment.look.map { $0.textureCoordinates.count == count } ?? true)
  }
}
