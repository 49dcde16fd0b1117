public import GitClient
internal import PoseRig
internal import SceneFiles

/// The scenes of a repository that differ from a revision: because they changed, or because a file
/// changed that they name, directly or through other files.
///
/// Nothing is drawn and no model is read; a scene counts as soon as one byte of a file that it uses
/// differs.
public struct ChangedScenes {
  private let repository: GitRepository
  private let rigsFolder: String?

  /// Creates a search through the scenes of a repository.
  public init(_ repository: GitRepository, rigsFolder: String?) {
    self.repository = repository
    self.rigsFolder = rigsFolder
  }

  /// Returns the paths of the scenes that differ between two trees, including deleted ones, from
  /// the top of the repository and in order.
  public func paths(from old: GitTree, to new: GitTree) throws(Failure) -> [String] {
    let (top, changes) = try Failure.ofGit { () throws(GitError) in
      (try repository.requiredWorkTree(), try repository.changes(from: old, to: new))
    }
    let changed = Set(changes.flatMap { [$0.before, $0.after].compactMap(\.self) })
    guard !changed.isEmpty else { return [] }
    var found: Set<String> = []
    for tree in [old, new] {
      let scenes = try Failure.ofGit { () throws(GitError) in
        try repository.files(in: tree, [":(top)*scene.json"])
      }
      for scene in scenes where !found.contains(scene) {
        let inputs = Inputs(repository, tree, top: top, rigsFolder: rigsFolder)
        if changed.contains(scene) || inputs.read(scene).contains(where: changed.contains)
          || changed.contains(where: inputs.isBesideModel)
        {
          found.insert(scene)
        }
      }
    }
    return found.sorted()
  }

  /// The files of a tree that a scene uses, found by reading the scene.
  private final class Inputs {
    private let repository: GitRepository
    private let tree: GitTree
    private let top: String
    private let rigsFolder: String?
    private var paths: Set<String> = []
    private var folders: Set<String> = []

    init(_ repository: GitRepository, _ tree: GitTree, top: String, rigsFolder: String?) {
      (self.repository, self.tree, self.top) = (repository, tree, top)
      self.rigsFolder = rigsFolder
    }

    /// Reads a scene, and returns the paths of all files that it requested.
    func read(_ scene: String) -> Set<String> {
      let absent = UnreadableFile(reason: "models are not read here")
      var loader = FileLoader(
        rigsFolder: rigsFolder,
        model: { [self] request in
          note(request.path, request.bones)
          return .failure(absent)
        },
        motion: { [self] request in
          note(request.path, request.bones)
          return .failure(absent)
        },
        read: { [self] path in bytes(path) })
      loader.thing = { [self] path in
        note(path, nil)
        return .failure(absent)
      }
      loader.garment = { [self] source in
        guard case .file(let path) = source else { return .failure(absent) }
        note(path, nil)
        return .failure(absent)
      }
      loader.libraryPoses = { [] }
      _ = SceneReader.read(scene, loader: loader)
      return paths
    }

    /// Returns whether a file is in a folder where a model may keep its other files.
    func isBesideModel(_ path: String) -> Bool { folders.contains { path.hasPrefix($0) } }

    private func note(_ model: String, _ bones: String?) {
      let path = inside(model)
      paths.insert(path)
      if let bones { paths.insert(inside(bones)) }
      // GLB, VRM, FBX and BVH models are single files.
      let ending = path.split(separator: ".").last?.lowercased()
      if ["gltf", "dae", "mhclo"].contains(ending) {
        folders.insert(path.lastIndex(of: "/").map { String(path[...$0]) } ?? "")
      }
    }

    private func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
      let name = inside(path)
      paths.insert(name)
      guard !name.hasPrefix("/") else { return FileLoader.bytes(name) }
      if let bytes = try? repository.bytes(of: name, in: tree) { return .success(bytes) }
      // The library beside a command that was built here need not be committed.
      return path.hasPrefix("/")
        ? FileLoader.bytes(path)
        : .failure(UnreadableFile(reason: "it does not exist in this state"))
    }

    /// Returns a path from the top of the repository; a path outside it is returned unchanged.
    private func inside(_ path: String) -> String {
      path.hasPrefix(top + "/") ? String(path.dropFirst(top.count + 1)) : path
    }
  }
}
