/// Checks the pictures that a scene names: `"plate"`, which the studio shows behind the figures,
/// and a character's `"reference"`, which generators read.
///
/// Maps don't show these pictures, so a missing one causes a warning, not an error.
struct PictureReader {
  let file: String
  let loader: FileLoader
  let log: DiagnosticLog

  /// Returns the path of a picture; nil without one. Warns about a file that is not a picture.
  ///
  /// - Parameter consequence: what fails without the picture, as the beginning of a sentence.
  func path(_ key: String, _ reader: ObjectReader, by consequence: String) -> String? {
    guard let name = reader.string(key) else { return nil }
    if name.isEmpty {
      reader.error(
        .invalidValue, key, "\"\(key)\" is empty; leave it out, or name a PNG or JPEG")
      return nil
    }
    let path = FilePath.resolve(name, besides: file)
    if let fault = loader.pictureFault(path) {
      log.warning(
        .unreadable, file, reader.node(key)?.location,
        "\(consequence) \"\(name)\" (\(path)): \(fault.reason); maps need none")
    }
    return path
  }
}
