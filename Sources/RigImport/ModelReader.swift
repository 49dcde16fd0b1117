internal import SceneFiles

/// Reads any foreign model in this very process: for files that can be trusted, and for the child
/// that reads the others.
public enum ModelReader {
  /// Returns the model in a file's bytes, checked. Files beside it are looked for next to `path`.
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
