internal import Foundation
internal import Glibc
public import PoseRig
public import RigImport
public import SceneFiles

/// A foreign model on disk, read and understood.
public struct ModelFile {
  /// No model is larger.
  private static let maximumBytes = 512 << 20

  /// The file's content.
  public var bytes: [UInt8]
  /// The model as its file has it.
  public var model: ForeignModel
  /// Which node is which joint.
  public var bones: BoneMap
  /// The model in posemap's terms.
  public var humanoid: HumanoidModel

  /// Reads a model in a child process and finds out who is which bone.
  public static func load(_ path: String, bones: String?) -> Result<ModelFile, UnreadableFile> {
    do {
      let bytes = try Self.bytes(path).get()
      let told = try bones.map { try Self.told($0) } ?? [:]
      let model = try ChildImport.read(path)
      let map = try BoneMap.find(in: model, told: told)
      return .success(
        ModelFile(
          bytes: bytes, model: model, bones: map,
          humanoid: HumanoidModel(model, bones: map.nodes, source: path)))
    } catch let error as UnreadableFile {
      return .failure(error)
    } catch {
      return .failure(UnreadableFile(reason: "\(error)"))
    }
  }

  /// The bytes of a regular file.
  public static func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return .failure(UnreadableFile(reason: String(cString: strerror(errno))))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .failure(UnreadableFile(reason: "it is no regular file"))
    }
    guard status.st_size <= maximumBytes else {
      return .failure(UnreadableFile(reason: "it is larger than 512 MiB"))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return .failure(UnreadableFile(reason: "it cannot be read"))
    }
    return .success([UInt8](data))
  }

  private static func told(_ path: String) throws -> [JointName: String?] {
    let bytes = try FileLoader.bytes(path).mapError {
      UnreadableFile(reason: "its bones file \(path): \($0.reason)")
    }.get()
    let log = DiagnosticLog()
    guard let told = BoneMapFile.read(bytes, file: path, log: log) else {
      throw UnreadableFile(
        reason: "its bones file is wrong: " + log.sorted.map(\.description).joined(separator: "\n"))
    }
    return told
  }
}

/// Foreign files of one run, each read once.
public final class ModelFiles {
  private var files: [ModelRequest: Result<ModelFile, UnreadableFile>] = [:]
  private var bodies: [ModelRequest: Body] = [:]

  /// No files read yet.
  public init() {}

  /// A file, read now or before.
  public func file(_ path: String, bones: String? = nil) -> Result<ModelFile, UnreadableFile> {
    let request = ModelRequest(path: path, bones: bones)
    if let known = files[request] { return known }
    let file = ModelFile.load(path, bones: bones)
    files[request] = file
    return file
  }

  /// A model as a body.
  public func model(_ request: ModelRequest) -> Result<LoadedModel, UnreadableFile> {
    file(request.path, bones: request.bones).flatMap { file in
      let name = String(request.path.split(separator: "/").last ?? "model")
      guard let body = bodies[request] ?? file.humanoid.body(named: name) else {
        return .failure(
          UnreadableFile(
            reason: "it has a skeleton and no surface; name it as a \"pose\", not as a \"model\""))
      }
      bodies[request] = body
      return .success(LoadedModel(body: body, bytes: file.bytes))
    }
  }

  /// The motion in a file: the clip of a name, the first, or the pose it stands in.
  public func motion(_ request: MotionRequest) -> Result<LoadedMotion, UnreadableFile> {
    file(request.path, bones: request.bones).flatMap { file in
      switch Self.motion(file, clip: request.clip) {
      case .success(let motion): .success(LoadedMotion(motion: motion, bytes: file.bytes))
      case .failure(let failure): .failure(failure)
      }
    }
  }

  /// The motion in a file that was read.
  public static func motion(_ file: ModelFile, clip name: String?) -> Result<
    PoseMotion, UnreadableFile
  > {
    let humanoid = file.humanoid
    let clips = file.model.clips
    guard !clips.isEmpty || name != nil else {
      let pose = humanoid.defaultPose
      return .success(PoseMotion(name: "", duration: 0, frameRate: 30) { _ in pose })
    }
    guard let clip = name.map({ wanted in clips.first { $0.name == wanted } }) ?? clips.first else {
      let names = clips.map { "\"\($0.name)\"" }.joined(separator: ", ")
      let near = NearestName.suggestion(for: name ?? "", among: clips.map(\.name))
      return .failure(
        UnreadableFile(
          reason: "it has no clip \"\(name ?? "")\"; "
            + (near.map { "did you mean \"\($0)\"? " } ?? "")
            + (clips.isEmpty ? "it has none" : "it has \(names)")))
    }
    return .success(
      PoseMotion(name: clip.name, duration: clip.duration, frameRate: clip.frameRate ?? 30) {
        humanoid.pose(in: clip, at: $0)
      })
  }
}
