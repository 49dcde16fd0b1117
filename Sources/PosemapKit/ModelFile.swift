internal import Glibc
public import PoseRig
public import RigImport
public import SceneFiles

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A model from another program, read from disk and interpreted.
public struct ModelFile {
  /// The size limit of a model.
  private static let maximumBytes = 512 << 20

  /// The file's content.
  public var bytes: [UInt8]
  /// The model as stored in the file.
  public var model: ForeignModel
  /// The mapping from nodes to joints.
  public var bones: BoneMap
  /// The model as a posemap humanoid.
  public var humanoid: HumanoidModel

  /// Reads a model in a child process and determines which node is which joint.
  ///
  /// - Parameter bones: a file that specifies this for some nodes.
  public static func load(
    _ path: String, bones: String?
  ) -> Result<ModelFile, UnreadableFile> {
    ModelStore().file(path, bones: bones)
  }

  /// Assumptions, omissions and doubts, one sentence each.
  public var warnings: [String] { model.warnings + bones.warnings + humanoid.warnings }

  /// Creates a model from its parts.
  init(
    bytes: [UInt8], model: ForeignModel, told: [JointName: String?], hidden: [String] = [],
    path: String
  ) throws {
    self.bytes = bytes
    let bones = try BoneMap.find(in: model, told: told)
    let whole = model.withoutSurfaces(below: bones.others)
    let (model, unknown) = whole.hiding(hidden)
    if let name = unknown.first {
      throw UnreadableFile(reason: Self.unknownPart(name, whole.hideableParts, model))
    }
    self.model = model
    self.bones = bones
    humanoid = HumanoidModel(
      model, bones: bones.nodes, followers: bones.followers, source: path)
  }

  /// The maximum number of parts that an error message names.
  private static let mostNamed = 8

  /// Returns a sentence about a name that matches nothing to hide in a model, with names that do.
  static func unknownPart(
    _ name: String, _ parts: [String], _ model: ForeignModel
  ) -> String {
    let hint = NearestName.hint(for: name, among: parts + model.nodes.map(\.name))
    let start = "it has nothing called \"\(name)\" to hide; \(hint)"
    if parts.isEmpty { return start + "it has no parts with names" }
    let shown = parts.prefix(mostNamed).joined(separator: ", ")
    guard parts.count > mostNamed else { return start + "it has \(shown)" }
    return start + "it has \(parts.count) parts, among them \(shown); posemap inspect lists them"
  }

  /// Returns the bytes of a regular file.
  public static func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return .failure(UnreadableFile(reason: String(cString: strerror(errno))))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .failure(UnreadableFile(reason: "it is not a regular file"))
    }
    guard status.st_size <= maximumBytes else {
      return .failure(UnreadableFile(reason: "it is larger than 512 MiB"))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return .failure(UnreadableFile(reason: "it cannot be read"))
    }
    return .success([UInt8](data))
  }

  /// Returns the motion in the file: the named clip, the first clip, or the pose in which it
  /// stands.
  public func motion(clip name: String?) -> Result<
    PoseMotion, UnreadableFile
  > {
    let clips = model.clips
    let humanoid = humanoid
    guard !clips.isEmpty || name != nil else {
      let pose = humanoid.defaultPose
      return .success(PoseMotion(name: "", duration: 0, frameRate: 30) { _ in pose })
    }
    guard let clip = name.map({ wanted in clips.first { $0.name == wanted } }) ?? clips.first else {
      let names = clips.map { "\"\($0.name)\"" }.joined(separator: ", ")
      return .failure(
        UnreadableFile(
          reason: "it has no clip \"\(name ?? "")\"; "
            + NearestName.hint(for: name ?? "", among: clips.map(\.name))
            + (clips.isEmpty ? "it has none" : "it has \(names)")))
    }
    var motion = PoseMotion(
      name: clip.name, duration: clip.duration, frameRate: clip.frameRate ?? 30
    ) {
      humanoid.pose(in: clip, at: $0)
    }
    motion.skeleton = humanoid.rig
    return .success(motion)
  }
}
