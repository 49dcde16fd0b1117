/// A picture in one of a server's folders, as its history and `GET /view` name it.
struct SavedPicture: Equatable, Sendable {
  var name: String
  /// The folder inside the folder of ``type``; may be empty.
  var folder: String
  /// `output`, `temp` or `input`.
  var type: String

  /// The query of `GET /view`.
  var query: String {
    [("filename", name), ("subfolder", folder), ("type", type)]
      .map { "\($0)=\(PercentEncoding.of($1))" }.joined(separator: "&")
  }
}
