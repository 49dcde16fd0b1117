internal import PoseRig
internal import RigImport
public import SceneFiles

/// Files from other programs, each read once per run.
public final class ModelStore {
  /// The functions that read files.
  struct Source {
    /// Returns the bytes of a model's file.
    var bytes: (String) -> Result<[UInt8], UnreadableFile> = ModelFile.bytes
    /// Returns the bytes of a file that maps nodes to joints.
    var bones: (String) -> Result<[UInt8], UnreadableFile> = { FileLoader.bytes($0) }
    /// Returns the model in a file.
    var model: (String) -> Result<ForeignModel, UnreadableFile> = ModelStore.readInChild
  }

  private var files: [ModelRequest: Result<ModelFile, UnreadableFile>] = [:]
  /// The content of each file, before its nodes are mapped to joints.
  private var contents: [String: Result<Content, UnreadableFile>] = [:]
  private var bodies: [ModelRequest: Body] = [:]
  private var things: [String: Result<LoadedThing, UnreadableFile>] = [:]
  private let source: Source

  /// Creates a store that reads from disk.
  public convenience init() { self.init(Source()) }

  /// Creates a store that reads from a source.
  init(_ source: Source) { self.source = source }

  /// The complete models read so far, by path.
  var models: [String: ForeignModel] { contents.compactMapValues { try? $0.get().model } }

  /// Returns a file, and reads it the first time.
  public func file(_ path: String, bones: String? = nil) -> Result<ModelFile, UnreadableFile> {
    file(ModelRequest(path: path, bones: bones))
  }

  private func file(_ request: ModelRequest) -> Result<ModelFile, UnreadableFile> {
    if let known = files[request] { return known }
    let file = load(request)
    files[request] = file
    return file
  }

  /// Returns a model as a body.
  public func model(_ request: ModelRequest) -> Result<LoadedModel, UnreadableFile> {
    file(request).flatMap { file in
      let name = String(request.path.split(separator: "/").last ?? "model")
      guard let body = bodies[request] ?? file.humanoid.body(named: name) else {
        return .failure(UnreadableFile(reason: Self.bare(file.model, hidden: request.hidden)))
      }
      bodies[request] = body
      return .success(LoadedModel(body: body, bytes: file.bytes, warnings: file.warnings))
    }
  }

  /// Returns why a model has nothing to draw.
  private static func bare(_ model: ForeignModel, hidden: [String]) -> String {
    if !hidden.isEmpty, !model.meshes.isEmpty {
      return "\"hide\" leaves nothing of it to draw; hide less"
    }
    return model.hiddenByFile.isEmpty
      ? "it has a skeleton and no surface; name it as a \"pose\", not as a \"model\""
      : "all its surfaces are hidden in the file; show them in the program that made it and export it again"
  }

  /// Returns a model's surface as an object for scenes.
  func thing(_ path: String) -> Result<LoadedThing, UnreadableFile> {
    if let known = things[path] { return known }
    let thing = content(of: path).flatMap { content in
      PropModel.design(of: content.model, named: FilePath.lastName(of: path)).map {
        LoadedThing(design: $0, bytes: content.bytes, warnings: content.model.warnings)
      }
    }
    things[path] = thing
    return thing
  }

  /// Returns the motion in a file: the named clip, the first clip, or the pose in which it stands.
  public func motion(_ request: MotionRequest) -> Result<LoadedMotion, UnreadableFile> {
    file(request.path, bones: request.bones).flatMap { file in
      file.motion(clip: request.clip).map {
        LoadedMotion(motion: $0, bytes: file.bytes, warnings: file.warnings)
      }
    }
  }

  // MARK: Reading

  private func load(_ request: ModelRequest) -> Result<ModelFile, UnreadableFile> {
    do {
      let content = try content(of: request.path).get()
      let told = try request.bones.map(told) ?? [:]
      return .success(
        try ModelFile(
          bytes: content.bytes, model: content.model, told: told, hidden: request.hidden,
          path: request.path))
    } catch let error as UnreadableFile {
      return .failure(error)
    } catch {
      return .failure(UnreadableFile(reason: "\(error)"))
    }
  }

  private struct Content {
    var bytes: [UInt8]
    var model: ForeignModel
  }

  /// Returns the content of a file, and reads it the first time.
  private func content(of path: String) -> Result<Content, UnreadableFile> {
    if let known = contents[path] { return known }
    let content = source.bytes(path).flatMap { bytes in
      source.model(path).map { Content(bytes: bytes, model: $0) }
    }
    contents[path] = content
    return content
  }

  private static func readInChild(_ path: String) -> Result<ForeignModel, UnreadableFile> {
    do {
      return .success(try ChildImport.read(path))
    } catch {
      return .failure(UnreadableFile(reason: "\(error)"))
    }
  }

  private func told(_ path: String) throws -> [JointName: String?] {
    let bytes = try source.bones(path).mapError {
      UnreadableFile(reason: "its bones file \(path): \($0.reason)")
    }.get()
    let log = DiagnosticLog()
    guard let told = BoneMapFile.read(bytes, file: path, log: log) else {
      throw UnreadableFile(
        reason: "its bones file is wrong: "
          + log.sorted.map(\.description).joined(separator: "; "))
    }
    return told
  }
}
