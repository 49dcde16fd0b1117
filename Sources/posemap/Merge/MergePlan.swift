internal import ArgumentParser
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The assignment of pictures to characters.
struct MergePlan {
  /// The base; its id is nil if it shows no character.
  var base: PictureArgument
  /// The pictures to paste into the base, each with an id.
  var pictures: [PictureArgument]
  /// The characters without a picture.
  var unpictured: [String]

  /// Assigns the pictures to characters, including the base if it does not name its character.
  ///
  /// A base shows the character that its file is named after, otherwise the one without another
  /// picture. It shows no character if none is left, or if it is named as the background.
  /// picture. It shows nobody if no character is left, or if it is named as the background.
  init(
    base: PictureArgument, isBackground: Bool, pictures: [PictureArgument], ids: [String]
  ) throws {
    guard pictures.count <= OwnerMap.mostPictures else {
      throw Self.refusal(
        "\(pictures.count) pictures are more than the \(OwnerMap.mostPictures) that go into a base at once; "
          + "merge some of them, and the others into the result")
    }
    try Self.refuseTwice(base, pictures)
    var taken: [String] = []
    for picture in [base] + pictures {
      guard let id = picture.id else { continue }
      guard ids.contains(id) else {
        let near = NearestName.question(for: id, among: ids).map { "; \($0)" }
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
    if base.id == nil, !isBackground { base.id = try Self.guess(base, ids, left) }
    self.base = base
    self.pictures = pictures
    unpictured = left.filter { $0 != base.id }
  }

  private static func guess(
    _ base: PictureArgument, _ ids: [String], _ left: [String]
  ) throws -> String? {
    if let named = base.nameInPath(of: ids) {
      if left.contains(named) { return named }
      throw refusal(
        "--base \(base.path) is named after \(named), who has another picture; say whom it shows, as --base "
          + "\(left.first ?? named)=\(base.path), or --background \(base.path) if it shows nobody")
    }
    if left.count <= 1 { return left.first }
    throw refusal(
      "--base \(base.path): it could show any of \(left.joined(separator: ", ")); say whom, as --base "
        + "\(left[0])=\(base.path), or --background \(base.path) if it shows nobody")
  }

  /// Rejects a file that is given for two characters: one of their pictures was forgotten.
  private static func refuseTwice(_ base: PictureArgument, _ pictures: [PictureArgument]) throws {
    let all = [base] + pictures
    for (index, picture) in all.enumerated() {
      guard let other = all[..<index].first(where: { FileIdentity.areSame($0.path, picture.path) })
      else { continue }
      throw refusal("\(other.path) and \(picture.path) are the same file; give each picture once")
    }
  }

  private static func refusal(_ sentence: String) -> Failure { Failure(.usage, sentence) }
}
