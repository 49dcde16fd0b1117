import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The options of every command that reads scenes.
struct SceneOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another canvas with the same framing, in pixels.", valueName: "width>x<height"),
    transform: CanvasSize.parse)
  var size: Canvas?

  @Option(
    help: ArgumentHelp(
      "The models that the maps are for; sets sizes and settings (see `posemap maps`): "
        + Profile.names.joined(separator: ", ") + ".", valueName: "profile"),
    transform: ProfileName.parse)
  var profile: Profile?

  @Option(
    help: ArgumentHelp(
      "The camera to look through, out of the scene's \"cameras\"; by default its \"camera\", or the first.",
      valueName: "name"))
  var camera: String?

  @Flag(help: "Treat warnings (such as angles beyond a joint's limits) as errors.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "The folder of bodies and library poses; by default the one beside the command.",
      valueName: "folder"))
  var rigs: String?

  @OptionGroup var drawing: RendererOptions

  /// The options as plain values.
  func choices(_ mapOptions: MapOptions? = nil) -> SceneChoices {
    SceneChoices(
      canvas: size, profile: profile, isStrict: strict, rigsFolder: rigs,
      mapSettings: mapOptions?.assignments ?? [], camera: camera)
  }
}

/// A size such as `832x1216` on the command line.
enum CanvasSize {
  static func parse(_ argument: String) throws -> Canvas {
    let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      .compactMap { Int($0) }
    let allowed = Canvas.allowedSides
    guard sides.count == 2, sides.allSatisfy(allowed.contains) else {
      throw ValidationError(
        "a size must be <width>x<height>, each from \(allowed.lowerBound) to \(allowed.upperBound) "
          + "pixels, like 832x1216")
    }
    return Canvas(width: sides[0], height: sides[1])
  }
}

/// A profile such as `sd15` on the command line.
enum ProfileName {
  static func parse(_ argument: String) throws -> Profile {
    guard let profile = Profile.named(argument) else {
      throw ValidationError(
        "there is no profile \"\(argument)\"; there are: "
          + Profile.names.joined(separator: ", "))
    }
    return profile
  }
}
