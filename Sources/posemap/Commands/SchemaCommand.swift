import ArgumentParser
internal import Export
internal import PoseRig
internal import SceneFiles

/// `posemap schema`: prints the JSON Schemas of the files that people write, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of posemap's files, or write all of them into a folder.",
    discussion: """
      Editors use them to complete keys and show limits: "$schema": "schemas/pose.schema.json" at the top of a file, or \
      "json.schemas" in VS Code's settings (docs/git.md).
      """)

  @Argument(
    help: ArgumentHelp(
      "\(FileSchema.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
  var kind: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write all of them into this folder.", valueName: "folder"))
  var output: String?

  func validate() throws {
    if let kind, FileSchema(rawValue: kind) == nil {
      throw ValidationError(
        "there is no schema \"\(kind)\"; there are \(FileSchema.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    if (kind == nil) == (output == nil) {
      throw ValidationError("name a schema to print, or a folder to write all into with -o")
    }
  }

  func run() throws {
    if let kind = kind.flatMap(FileSchema.init) {
      print(String(decoding: kind.text, as: UTF8.self), terminator: "")
    }
    guard let output else { return }
    let files = FileSchema.allCases.map {
      OutputFile(path: "\($0.rawValue).schema.json", bytes: $0.text)
    }
    try AtomicFolder.write(files, to: output)
    for file in files { print("\(output)/\(file.path)") }
  }
}
