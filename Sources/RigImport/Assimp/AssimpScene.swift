internal import CAssimp
internal import PoseRig

/// A scene that libassimp has read, released with this value after everything has been copied.
struct AssimpScene: ~Copyable {
  private let scene: UnsafePointer<aiScene>

  /// Reads a file's bytes; `hint` is the extension that selects the format.
  init(_ bytes: [UInt8], hint: String) throws(ForeignModelError) {
    let properties = aiCreatePropertyStore()
    defer { aiReleasePropertyStore(properties) }
    aiSetImportPropertyInteger(properties, AI_CONFIG_IMPORT_NO_SKELETON_MESHES, 1)
    let steps =
      aiProcess_Triangulate.rawValue | aiProcess_GenSmoothNormals.rawValue
      | aiProcess_SortByPType.rawValue | aiProcess_FlipUVs.rawValue
    let read = bytes.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { characters in
        aiImportFileFromMemoryWithProperties(
          characters.baseAddress, UInt32(characters.count), UInt32(steps), hint, properties)
      }
    }
    guard let read else {
      let reason = aiGetErrorString().map { String(cString: $0) } ?? ""
      throw .damaged(
        "it cannot be read as \(hint.uppercased()): \(reason.prefix(200)); export it again")
    }
    guard read.pointee.mRootNode != nil else {
      aiReleaseImport(read)
      throw .damaged("the file contains nothing")
    }
    scene = read
  }

  deinit { aiReleaseImport(scene) }

  // MARK: Nodes

  struct Node {
    var name: String
    var parent: Int
    var matrix: Matrix4
    var meshes: [Int]
  }

  /// The nodes, parents first.
  var nodes: [Node] {
    var nodes: [Node] = []
    var waiting: [(UnsafeMutablePointer<aiNode>, Int)] = []
    if let root = scene.pointee.mRootNode { waiting.append((root, -1)) }
    while let (pointer, parent) = waiting.popLast() {
      let node = pointer.pointee
      nodes.append(
        Node(
          name: node.mName.text, parent: parent, matrix: Matrix4(node.mTransformation),
          meshes: (0..<Int(node.mNumMeshes)).map { Int(node.mMeshes[$0]) }))
      let index = nodes.count - 1
      for child in (0..<Int(node.mNumChildren)).reversed() {
        if let below = node.mChildren[child] { waiting.append((below, index)) }
      }
    }
    return nodes
  }

  // MARK: Meshes

  struct Bone {
    var name: String
    var inverseBind: Matrix4
    var weights: [(vertex: Int, weight: Float)]
  }

  struct Mesh {
    var positions: [SIMD3<Float>]
    var normals: [SIMD3<Float>]
    var triangles: [SIMD3<UInt32>]
    var bones: [Bone]
    var morphs: [ForeignModel.Morph]
    var material: Int
  }

  /// The meshes.
  var meshes: [Mesh] {
    (0..<Int(scene.pointee.mNumMeshes)).compactMap { index in
      scene.pointee.mMeshes[index].map { Self.mesh($0.pointee) }
    }
  }

  private static func mesh(_ mesh: aiMesh) -> Mesh {
    let count = Int(mesh.mNumVertices)
    let positions = vectors(mesh.mVertices, count)
    let normals = vectors(mesh.mNormals, count)
    let triangles = (0..<Int(mesh.mNumFaces)).compactMap { face -> SIMD3<UInt32>? in
      let face = mesh.mFaces[face]
      guard face.mNumIndices == 3, let corners = face.mIndices else { return nil }
      return SIMD3(corners[0], corners[1], corners[2])
    }
    let bones = (0..<Int(mesh.mNumBones)).compactMap { mesh.mBones[$0]?.pointee }.map { bone in
      Bone(
        name: bone.mName.text, inverseBind: Matrix4(bone.mOffsetMatrix),
        weights: (0..<Int(bone.mNumWeights)).map {
          (Int(bone.mWeights[$0].mVertexId), bone.mWeights[$0].mWeight)
        })
    }
    let morphs = (0..<Int(mesh.mNumAnimMeshes)).compactMap { mesh.mAnimMeshes[$0]?.pointee }
      .filter { Int($0.mNumVertices) == count && $0.mVertices != nil }
      .map { shape in
        ForeignModel.Morph(
          name: shape.mName.text,
          positions: zip(vectors(shape.mVertices, count), positions).map { $0 - $1 })
      }
    return Mesh(
      positions: positions, normals: normals, triangles: triangles, bones: bones, morphs: morphs,
      material: Int(mesh.mMaterialIndex))
  }

  private static func vectors(_ pointer: UnsafeMutablePointer<aiVector3D>?, _ count: Int) -> [SIMD3<
    Float
  >] {
    guard let pointer else { return [] }
    return (0..<count).map { SIMD3(pointer[$0].x, pointer[$0].y, pointer[$0].z) }
  }

  /// Whether each material is double-sided.
  var twoSided: [Bool] {
    (0..<Int(scene.pointee.mNumMaterials)).map { index in
      var value: Int32 = 0
      var count: UInt32 = 1
      let found = aiGetMaterialIntegerArray(
        scene.pointee.mMaterials[index], "$mat.twosided", 0, 0, &value, &count)
      return found == aiReturn_SUCCESS && value != 0
    }
  }

  // MARK: Motion

  struct Channel {
    var node: String
    /// The time in ticks and the three or four (x, y, z, w) components of each key.
    var translations: [(Double, [Float])]
    var rotations: [(Double, [Float])]
    var scales: [(Double, [Float])]
  }

  struct Animation {
    var name: String
    var ticks: Double
    var ticksPerSecond: Double
    var channels: [Channel]
  }

  /// The animations.
  var animations: [Animation] {
    (0..<Int(scene.pointee.mNumAnimations)).compactMap { scene.pointee.mAnimations[$0]?.pointee }
      .map { animation in
        Animation(
          name: animation.mName.text, ticks: animation.mDuration,
          ticksPerSecond: animation.mTicksPerSecond,
          channels: (0..<Int(animation.mNumChannels)).compactMap {
            animation.mChannels[$0]?.pointee
          }
          .map(Self.channel))
      }
  }

  private static func channel(_ channel: aiNodeAnim) -> Channel {
    func vectors(_ keys: UnsafeMutablePointer<aiVectorKey>?, _ count: UInt32) -> [(Double, [Float])]
    {
      guard let keys else { return [] }
      return (0..<Int(count)).map {
        let value = keys[$0].mValue
        return (keys[$0].mTime, [value.x, value.y, value.z])
      }
    }
    let turns = channel.mRotationKeys.map { keys in
      (0..<Int(channel.mNumRotationKeys)).map { slot -> (Double, [Float]) in
        let q = keys[slot].mValue
        return (keys[slot].mTime, [q.x, q.y, q.z, q.w])
      }
    }
    return Channel(
      node: channel.mNodeName.text,
      translations: vectors(channel.mPositionKeys, channel.mNumPositionKeys),
      rotations: turns ?? [], scales: vectors(channel.mScalingKeys, channel.mNumScalingKeys))
  }
}

extension aiString {
  /// The text as a Swift string.
  fileprivate var text: String {
    withUnsafeBytes(of: data) { bytes in
      String(decoding: bytes.prefix(min(Int(length), bytes.count)), as: UTF8.self)
    }
  }
}

extension Matrix4 {
  /// Creates a matrix from assimp's rows.
  fileprivate init(_ m: aiMatrix4x4) {
    func column(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> SIMD4<Double> {
      SIMD4<Double>(SIMD4<Float>(a, b, c, d))
    }
    self.init(
      column(m.a1, m.b1, m.c1, m.d1), column(m.a2, m.b2, m.c2, m.d2),
      column(m.a3, m.b3, m.c3, m.d3), column(m.a4, m.b4, m.c4, m.d4))
  }
}
