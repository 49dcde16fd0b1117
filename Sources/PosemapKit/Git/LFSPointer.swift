internal import GitClient
internal import SceneFiles

/// The small file that Git LFS commits instead of a large one.
struct LFSPointer {
  /// The hash of the large file.
  let hash: String

  /// Reads the pointer in a file's content; nil for any other content.
  init?(_ bytes: [UInt8]) {
    guard GitRemains.isPointer(bytes) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("oid sha256:") }) else { return nil }
    hash = String(line.dropFirst("oid sha256:".count).prefix { $0.isHexDigit })
    guard hash.count == 64 else { return nil }
  }

  /// Returns the large file, if Git LFS keeps it beside the repository.
  func file(in repository: GitRepository) -> Result<[UInt8], UnreadableFile> {
    let common = try? repository.run(["rev-parse", "--git-common-dir"]).text
    let folder = common.map { $0.split(separator: "\n").first.map(String.init) ?? "" } ?? ""
    let store =
      folder.hasPrefix("/") ? folder : "\(repository.folder)/\(folder)"
    let path = "\(store)/lfs/objects/\(hash.prefix(2))/\(hash.dropFirst(2).prefix(2))/\(hash)"
    if case .success(let bytes) = ModelFile.bytes(path) { return .success(bytes) }
    return .failure(
      UnreadableFile(
        reason: "it is a Git LFS pointer, and the file itself is not here; run: git lfs fetch --all"
      ))
  }
}
