internal import PoseRig
internal import SceneFiles

/// The known names of bones: schemes, and words for names outside of any scheme.
struct BoneNaming: Sendable {
  /// The schemes in order.
  let schemes: [BoneScheme]
  /// The words.
  let words: BoneWords
  /// The prefixes to ignore, including those of every scheme.
  let prefixes: [String]
  /// The readings of each name of the schemes.
  let readings: [String: [String]]

  /// The embedded files of `Resources/`.
  static let builtIn: BoneNaming = {
    let log = DiagnosticLog()
    guard
      let naming = read(
        schemes: EmbeddedFiles.files(in: folder + "bones"),
        words: EmbeddedFiles.file(wordsFile) ?? [], log: log)
    else { preconditionFailure("the bone schemes compiled in are broken: \(log.diagnostics)") }
    return naming
  }()

  /// The folder of the files within the repository, which also appears in messages.
  private static let folder = "Sources/RigImport/Resources/"
  private static let wordsFile = folder + "bone-words.json"

  /// Reads the naming from files; nil, with the reasons in `log`, if one is invalid, or if two
  /// schemes share a name or an order.
  /// two schemes have one name or one order.
  static func read(
    schemes files: [EmbeddedFile], words: [UInt8], log: DiagnosticLog
  ) -> BoneNaming? {
    let read = files.entries(of: "scheme", name: \BoneScheme.name, order: \.order, log: log) {
      BoneSchemeReader.read($0.bytes, file: $0.path, log: log)
    }
    guard let words = BoneWordsReader.read(words, file: wordsFile, log: log), !log.hasErrors
    else { return nil }
    return BoneNaming(schemes: read, words: words)
  }

  /// Returns a scheme by its name; nil for an unknown name.
  func scheme(named name: String) -> BoneScheme? { schemes.first { $0.name == name } }

  private init(schemes: [BoneScheme], words: BoneWords) {
    self.schemes = schemes
    self.words = words
    var prefixes: [String] = []
    for prefix in schemes.flatMap(\.prefixes) + words.prefixes where !prefixes.contains(prefix) {
      prefixes.append(prefix)
    }
    self.prefixes = prefixes
    let names = Set(schemes.flatMap { $0.bones.flatMap(\.names) })
    readings = Dictionary(
      uniqueKeysWithValues: names.map { ($0, BoneKey($0, prefixes: prefixes).readings) })
  }
}
