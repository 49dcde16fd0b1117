internal import PoseRig

/// The binary format in which a child process passes a model to its parent: little-endian, and
/// checked on arrival.
public enum ForeignModelCodec {
  private static let magic: UInt64 = 0x3130_4C44_4F4D_5350  // "PSMODL01"

  /// Encodes a model.
  public static func encode(_ model: ForeignModel) -> [UInt8] {
    var out = ByteWriter()
    out.write(magic)
    out.write(model.format.rawValue)
    out.write(model.generator)
    out.write(model.nodes) { $0.write($1) }
    out.write(model.meshes) { $0.write($1) }
    out.write(model.skins) { out, skin in
      out.write(skin.joints)
      out.write(skin.inverseBinds) { $0.write($1) }
      out.write(skin.worldFromMesh) { $0.write($1) }
    }
    out.write(model.materials) { $0.write($1) }
    out.write(model.alphaTextures) { out, texture in
      out.write(texture.width)
      out.write(texture.height)
      out.write(texture.wrap.map(\.rawValue))
      out.write(texture.alpha)
    }
    out.write(model.clips) { $0.write($1) }
    out.write(model.humanoid.sorted { $0.key.index < $1.key.index }) { out, bone in
      out.write(bone.key.index)
      out.write(bone.value)
    }
    out.write(model.expressions) { out, expression in
      out.write(expression.name)
      out.write(expression.binds) { out, bind in
        out.write(bind.mesh)
        out.write(bind.morph)
        out.write(bind.weight)
      }
      out.write(expression.isBinary)
    }
    out.write(model.notes) { $0.write($1) }
    out.write(model.warnings) { $0.write($1) }
    out.write(model.hiddenByFile) { $0.write($1) }
    return out.bytes
  }

  /// Decodes a model and checks every index and number; nil for other bytes.
  public static func decode(_ bytes: [UInt8]) -> ForeignModel? {
    var reader = ByteReader(bytes)
    guard let model = try? decode(&reader), reader.isAtEnd, model.fault == nil,
      model.excess == nil
    else { return nil }
    return model
  }

  private static func decode(_ reader: inout ByteReader) throws(ByteReader.Fault) -> ForeignModel {
    guard try reader.integer() == magic,
      let format = ForeignModel.Format(rawValue: try reader.integer())
    else { throw ByteReader.Fault() }
    var model = ForeignModel(format: format)
    model.generator = try reader.text()
    model.nodes = try reader.list { reader throws(ByteReader.Fault) in try reader.node() }
    model.meshes = try reader.list { reader throws(ByteReader.Fault) in try reader.mesh() }
    model.skins = try reader.list { reader throws(ByteReader.Fault) in
      .init(
        joints: try reader.numbers(),
        inverseBinds: try reader.list { reader throws(ByteReader.Fault) in try reader.matrix() },
        worldFromMesh: try reader.optional { reader throws(ByteReader.Fault) in
          try reader.matrix()
        })
    }
    model.materials = try reader.list { reader throws(ByteReader.Fault) in try reader.material() }
    model.alphaTextures = try reader.list { reader throws(ByteReader.Fault) in try reader.texture()
    }
    model.clips = try reader.list { reader throws(ByteReader.Fault) in try reader.clip() }
    let bones = try reader.list { reader throws(ByteReader.Fault) in
      (try reader.index(), try reader.index())
    }
    for (joint, node) in bones {
      guard JointName.allCases.indices.contains(joint) else { throw ByteReader.Fault() }
      model.humanoid[JointName.allCases[joint]] = node
    }
    model.expressions = try reader.list { reader throws(ByteReader.Fault) in
      .init(
        name: try reader.text(),
        binds: try reader.list { reader throws(ByteReader.Fault) in
          .init(mesh: try reader.index(), morph: try reader.index(), weight: try reader.float())
        }, isBinary: try reader.flag())
    }
    model.notes = try reader.list { reader throws(ByteReader.Fault) in try reader.text() }
    model.warnings = try reader.list { reader throws(ByteReader.Fault) in try reader.text() }
    model.hiddenByFile = try reader.list { reader throws(ByteReader.Fault) in
      try reader.text()
    }
    return model
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ node: ForeignModel.Node) {
    write(node.name)
    write(node.parent)
    write(node.local.translation)
    let r = node.local.rotation.components
    for slot in 0..<4 { write(r[slot]) }
    write(node.local.scale)
  }

  fileprivate mutating func write(_ mesh: ForeignModel.Mesh) {
    write(mesh.node)
    write(mesh.skin) { $0.write($1) }
    write(mesh.material) { $0.write($1) }
    write(mesh.positions)
    write(mesh.normals)
    write(mesh.textureCoordinates)
    write(mesh.influencesPerVertex)
    write(mesh.joints)
    write(mesh.weights)
    write(mesh.triangles)
    write(mesh.morphs) { out, morph in
      out.write(morph.name)
      out.write(morph.positions)
      out.write(morph.normals)
    }
    write(mesh.morphWeights)
  }

  fileprivate mutating func write(_ matrix: Matrix4) {
    let c = matrix.columns
    for column in [c.0, c.1, c.2, c.3] { for slot in 0..<4 { write(column[slot]) } }
  }

  fileprivate mutating func write(_ material: ForeignModel.Material) {
    write(material.name)
    write(material.doubleSided)
    write(material.alphaCutoff) { $0.write($1) }
    write(material.alphaFactor)
    write(material.alphaTexture) { $0.write($1) }
  }

  fileprivate mutating func write(_ clip: ForeignModel.Clip) {
    write(clip.name)
    write(clip.duration)
    write(clip.frameRate) { $0.write($1) }
    write(clip.tracks) { out, track in
      out.write(track.node)
      out.write(track.property.rawValue)
      out.write(track.interpolation.rawValue)
      out.write(track.times)
      out.write(track.values)
    }
  }
}

extension ByteReader {
  fileprivate mutating func node() throws(Fault) -> ForeignModel.Node {
    let name = try text()
    let parent = try index()
    let translation = try vector()
    let rotation = Quaternion(x: try double(), y: try double(), z: try double(), w: try double())
    return .init(
      name: name, parent: parent,
      local: NodeTransform(translation: translation, rotation: rotation, scale: try vector()))
  }

  fileprivate mutating func mesh() throws(Fault) -> ForeignModel.Mesh {
    var mesh = ForeignModel.Mesh(node: try index())
    mesh.skin = try optional { reader throws(Fault) in try reader.index() }
    mesh.material = try optional { reader throws(Fault) in try reader.index() }
    mesh.positions = try numbers()
    mesh.normals = try numbers()
    mesh.textureCoordinates = try numbers()
    mesh.influencesPerVertex = try index()
    mesh.joints = try numbers()
    mesh.weights = try numbers()
    mesh.triangles = try numbers()
    mesh.morphs = try list { reader throws(Fault) in
      .init(name: try reader.text(), positions: try reader.numbers(), normals: try reader.numbers())
    }
    mesh.morphWeights = try numbers()
    return mesh
  }

  fileprivate mutating func matrix() throws(Fault) -> Matrix4 {
    var columns: [SIMD4<Double>] = []
    for _ in 0..<4 {
      columns.append(SIMD4(try double(), try double(), try double(), try double()))
    }
    return Matrix4(columns[0], columns[1], columns[2], columns[3])
  }

  fileprivate mutating func material() throws(Fault) -> ForeignModel.Material {
    .init(
      name: try text(), doubleSided: try flag(),
      alphaCutoff: try optional { reader throws(Fault) in try reader.float() },
      alphaFactor: try float(),
      alphaTexture: try optional { reader throws(Fault) in try reader.index() })
  }

  fileprivate mutating func texture() throws(Fault) -> ForeignModel.AlphaTexture {
    let (width, height) = (try index(), try index())
    let wrap = (try numbers() as [UInt8]).compactMap(ForeignModel.AlphaTexture.Wrap.init)
    return .init(width: width, height: height, wrap: wrap, alpha: try numbers())
  }

  fileprivate mutating func clip() throws(Fault) -> ForeignModel.Clip {
    .init(
      name: try text(), duration: try double(),
      frameRate: try optional { reader throws(Fault) in try reader.double() },
      tracks: try list { reader throws(Fault) in
        let node = try reader.index()
        guard let property = ForeignModel.Track.Property(rawValue: try reader.integer()),
          let interpolation = ForeignModel.Track.Interpolation(rawValue: try reader.integer())
        else { throw Fault() }
        return .init(
          node: node, property: property, interpolation: interpolation,
          times: try reader.numbers(), values: try reader.numbers())
      })
  }
}
