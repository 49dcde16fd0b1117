import ArgumentParser
internal import Export
internal import PoseRig

/// `posemap diffusers`: a script that generates a scene's characters.
struct DiffusersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffusers",
    abstract: "Write a Python script for diffusers that generates each character, with its maps.",
    discussion: """
      Writes <output>/generate.py, which is short and meant to be changed, and the maps that it loads in \
      <output>/<character>. Run with python, it saves <output>/<character>.png for `posemap merge`.
      """)

  @OptionGroup var options: GeneratorOptions

  func validate() throws {
    if options.scene == nil { throw ValidationError("name a scene file") }
  }

  func run() throws {
    try reportingFaults {
      let profile = options.profile
      guard let export = DiffusersExport(family: profile.rawValue) else {
        throw GeneratorOptions.usage(
          "there is no script for the profile \(profile.rawValue); there are: "
            + DiffusersExport.families.joined(separator: ", "))
      }
      try options.checkMaps(export.takes)
      let loaded = try options.load(for: profile)
      let files = try export.files(
        of: loaded.scene, described: loaded.described, name: loaded.name, maps: options.maps,
        only: try options.ids(in: loaded))
      try options.write(files, to: options.output ?? "diffusers")
    }
  }
}
