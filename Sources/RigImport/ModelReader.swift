internal import SceneFiles

/// Reads any model of another program in this process: for trusted files, and in the child process
/// that reads the others.
public enum ModelReader {
  /// Reads and checks a model from a file's bytes. Separate files are looked up relative to `path`.
  public static func read(_ bytes: [UInt8], path: String) throws(ForeignModelError) -> ForeignModel
  {
    let model: ForeignModel
    let bytes = WideText.narrowed(bytes)
    if let sentence = FileFormat.remains(in: bytes, of: path) { throw .damaged(sentence) }
    switch try FileFormat.detect(bytes) {
    case .glTF: model = try GLTFReader.read(bytes, path: path)
    case .bvh: model = try BVHReader.read(bytes)
    case .fbx: model = try FBXReader.read(bytes, path: path)
    case .assimp(let format, let hint):
      let bytes = format == .collada ? try ColladaText.normalized(bytes) : bytes
      model = try AssimpReader.read(bytes, hint: hint, format: format)
    }
    if let fault = model.fault { throw .damaged("the file is damaged: \(fault); export it again") }
    if let excess = model.excess { throw .overLimit("\(excess); export the character alone") }
    return model
  }
}
