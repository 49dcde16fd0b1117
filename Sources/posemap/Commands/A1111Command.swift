import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit

/// `posemap a1111`: makes payloads for the API of A1111 and Forge.
struct A1111Command: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "a1111",
    abstract:
      "Write a txt2img payload for A1111 or Forge for each character, with its maps inside.",
    discussion: """
      Writes <output>/<character>/txt2img.json, for POST /sdapi/v1/txt2img of a web UI that was started with --api \
      and has ControlNet, and the maps beside it. Nothing is sent: that is
        curl -H 'Content-Type: application/json' -d @a1111/ana/txt2img.json http://127.0.0.1:7860/sdapi/v1/txt2img \
      | jq -r '.images[0]' | base64 -d > ana.png
      """)

  @OptionGroup var options: GeneratorOptions

  @Option(
    help: ArgumentHelp(
      "A field, as <name>=<value>: checkpoint=<name>, steps=30, or a map's such as "
        + "\"depth.model=<name> [<hash>]\" or depth.weight=0.4; may be repeated.",
      valueName: "name=value"), transform: Assignment.parse)
  var set: [Assignment] = []

  @Flag(help: "List the settings, and write nothing.")
  var settings = false

  func validate() throws {
    if options.scene == nil, !settings { throw ValidationError("name a scene file") }
  }

  func run() throws {
    let profile = options.profile
    guard var export = A1111Export(family: profile.name) else {
      throw GeneratorOptions.usage(
        "A1111 and Forge have no ControlNet for the profile \(profile.name); there are payloads for: "
          + A1111Export.families.joined(separator: ", "))
    }
    try options.checkMaps(export.takes)
    try GeneratorOptions.set(set) { export.set($0.name, to: $0.value) }
    if settings { return export.listing.forEach { print($0) } }
    let loaded = try options.load(for: profile)
    let sent = options.maps ?? export.use
    try options.printNotes(on: loaded, maps: sent)
    for name in set.map(\.name) {
      if let reason = export.reasonUnused(name, sending: sent) {
        printNote("--set \(name) changes nothing: \(reason)")
      }
    }
    let count = sent.count
    if count > A1111Export.usualUnits {
      printNote(
        "A1111 and Forge use \(A1111Export.usualUnits) maps and ignore the others silently, unless "
          + "\"Multi-ControlNet: ControlNet unit number\" in their settings is \(count) or more")
    }
    let (files, warnings) = try export.files(
      of: loaded.scene, described: loaded.described, maps: options.maps,
      only: try options.ids(in: loaded))
    warnings.forEach { printWarning($0, of: loaded.path) }
    try options.write(files, to: options.output ?? "a1111")
  }
}
