/// Looks after `"plate"`: the picture that the studio shows behind the figures, to pose by.
///
/// No map shows it, so that it is not read for them, and one that is missing is no error.
struct PlateReader {
  let file: String
  let loader: FileLoader
  let log: DiagnosticLog

  /// Warns of a plate that cannot be shown.
  func check(_ reader: ObjectReader) {
    guard let name = reader.string("plate") else { return }
    if name.isEmpty {
      return reader.error(
        .invalidValue, "plate", "\"plate\" is empty; leave it out, or name a PNG or JPEG")
    }
    let path = FilePath.resolve(name, besides: file)
    guard let fault = loader.pictureFault(path) else { return }
    log.warning(
      .unreadable, file, reader.node("plate")?.location,
      "the studio cannot show the plate \"\(name)\" (\(path)): \(fault.reason); maps need none")
  }
}
