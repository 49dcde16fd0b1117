internal import ArgumentParser
internal import PoseRig

/// Which picture shows whom.
struct MergePlan {
  /// The base; its id is nil if it shows nobody.
  var base: PictureArgument
  /// The pictures that go into it, each with an id.
  var pictures: [PictureArgument]
  /// The characters that no picture shows.
  var unpictured: [String]

  /// Finds out whom the base shows, if it does not say so: the one who gets no other picture; of several the one whose name the file has;
  /// nobody if none is left.
  init(base: PictureArgument, pictures: [PictureArgument], ids: [String]) throws {
    var taken: [String] = []
    for picture in [base] + pictures {
      guard let id = picture.id else { continue }
      guard ids.contains(id) else {
        let near = NearestName.suggestion(for: id, among: ids).map { "; did you mean \"\($0)\"?" }
        throw Self.refusal(
          "\(id)=\(picture.path): no character has this id\(near ?? ";") there are: "
            + ids.joined(separator: ", "))
      }
      if taken.contains(id) {
        throw Self.refusal("\(id) has two pictures; give each character one")
      }
      taken.append(id)
    }
    var base = base
    let left = ids.filter { !taken.contains($0) }
    if base.id == nil, !left.isEmpty {
      base.id = left.count == 1 ? left[0] : left.first { $0 == base.stem }
      if base.id == nil {
        throw Self.refusal(
          "--base \(base.path): it could show any of \(left.joined(separator: ", ")); say whom, as --base "
            + "\(left[0])=\(base.path), or give the others pictures of their own")
      }
    }
    self.base = base
    self.pictures = pictures
    unpictured = left.filter { $0 != base.id }
  }

  private static func refusal(_ sentence: String) -> ExitCode {
    printError("posemap: error: \(sentence)")
    return .usage
  }
}
