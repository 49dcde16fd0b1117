internal import Export
internal import Glibc
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The folder of a character's pictures that a server made: always those of one run, so that no
/// picture of an older pose is taken for one of this pose.
struct GeneratedPictures {
  /// `<output>/<id>/generated`.
  private let folder: String
  private let output: String
  private let names: [String]

  init(of character: ComfyCharacter, in output: String) {
    self.output = output
    names = character.pictureNames.map { $0 + ".png" }
    folder = "\(output)/\(character.id)/\(ComfyCharacter.generatedFolder)"
  }

  /// Writes the pictures of a run, and returns the folder to which those of an earlier run were
  /// moved; nil if the new pictures go on from them.
  func write(_ files: [OutputFile]) throws -> String? {
    let old = FolderListing.names(folder).filter(names.contains)
    let isSameRun = old.allSatisfy { isAmong(files, $0) }
    let earlier = isSameRun ? nil : try keep(old)
    try AtomicFolder.write(files, to: output)
    return earlier
  }

  private func isAmong(_ files: [OutputFile], _ name: String) -> Bool {
    guard let file = files.first(where: { $0.name == name }),
      case .success(let bytes) = FileLoader.bytes("\(folder)/\(name)")
    else { return false }
    if bytes == file.bytes { return true }
    // A server writes the whole workflow into its pictures, so that equal ones differ in bytes.
    guard let own = try? PNGFile.decodeRGBA(file.bytes), let other = try? PNGFile.decodeRGBA(bytes)
    else { return false }
    return own == other
  }

  private func keep(_ names: [String]) throws -> String {
    let numbers = FolderListing.names("\(folder)/earlier").compactMap(Int.init).filter { $0 < .max }
    let target = "\(folder)/earlier/\((numbers.max() ?? 0) + 1)"
    for path in ["\(folder)/earlier", target] where mkdir(path, 0o777) != 0 && errno != EEXIST {
      throw ExportError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    for name in names where rename("\(folder)/\(name)", "\(target)/\(name)") != 0 {
      throw ExportError.cannotWrite(path: target, reason: String(cString: strerror(errno)))
    }
    return target
  }
}
