import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap diffusers`: makes a script that generates a scene's characters.
struct DiffusersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffusers",
    abstract: "Write a Python script for diffusers that generates each character, with its maps.",
    discussion: """
      Writes <output>/generate.py, which is short and meant to be edited, and what it loads: <output>/generate.json, which has \
      the scene's words, and the maps in <output>/<character>. Run with python, it saves <output>/<character>.png for \
      `posemap merge`. A script that you have edited is kept.
      """)

  @OptionGroup var options: GeneratorOptions

  func validate() throws {
    if options.scene == nil { throw ValidationError("name a scene file") }
  }

  func run() throws {
    let profile = options.profile
    guard let export = DiffusersExport(family: profile.name) else {
      throw GeneratorOptions.usage(
        "there is no script for the profile \(profile.name); there are: "
          + DiffusersExport.families.joined(separator: ", "))
    }
    try options.checkMaps(export.takes)
    let loaded = try options.load(for: profile)
    try options.printNotes(on: loaded, maps: options.maps ?? export.use)
    let only = try options.ids(in: loaded)
    let (files, warnings) = try export.files(
      of: loaded.scene, described: loaded.described, name: loaded.name, maps: options.maps,
      only: only)
    warnings.forEach { printWarning($0, of: loaded.path) }
    if let most = export.mostTokens {
      for id in export.tooLong(of: loaded.described, only: only) {
        printNote(
          "diffusers reads only the first \(most) tokens of \(id)'s prompt, which is longer; "
            + "the scene's comes first", of: loaded.path)
      }
    }
    let output = options.output ?? "diffusers"
    try options.write(try withoutChangedScript(files, in: output, export), to: output)
  }

  /// Returns the files without the script if the existing one has been edited.
  private func withoutChangedScript(
    _ files: [OutputFile], in folder: String, _ export: DiffusersExport
  ) throws -> [OutputFile] {
    let path = "\(folder)/\(DiffusersExport.scriptName)"
    guard case .success(let present) = FileLoader.bytes(path),
      !DiffusersExport.isUnchanged(present)
    else { return files }
    guard export.suits(present) else {
      throw GeneratorOptions.usage(
        "\(path) has been changed and is not for \(options.profile.name); delete it, or give another -o"
      )
    }
    printNote(
      "\(path) has been changed and is kept; for a new one, delete it or give another -o")
    return files.filter { $0.path != DiffusersExport.scriptName }
  }
}
