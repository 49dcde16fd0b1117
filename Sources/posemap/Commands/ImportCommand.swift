import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import RigImport
internal import SceneFiles

/// `posemap import`: converts poses and motions of other programs into posemap's files.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn the pose or motion of a model, BVH or FBX into a pose or clip file.",
    discussion: """
      Without --frames, the pose at --time of the clip (or the file's own pose, if it has no clip) goes into a \
      pose file; with --frames, the whole clip, or the frames named, into a clip file.
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "model"))
  var model: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; its name must end in .json.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("The clip's name; by default the first.", valueName: "name"))
  var clip: String?

  @Option(help: ArgumentHelp("The time within the clip, in seconds.", valueName: "seconds"))
  var time = 0.0

  @Flag(help: "Write the whole clip, as a clip file.")
  var frames = false

  @Option(
    help: ArgumentHelp(
      "Frames per second of the clip file; by default the clip's own.", valueName: "rate"))
  var fps: Double?

  @Flag(
    help:
      "Keep standing feet in place on the floor (as measured on the female mannequin); if none stand, move the figure up or down to the floor."
  )
  var ground = false

  @Option(help: ArgumentHelp("A file that says which node is which joint.", valueName: "map.json"))
  var bones: String?

  func validate() throws {
    guard output.hasSuffix(".json") else {
      throw ValidationError("the output's name must end in .json")
    }
    guard time >= 0, time.isFinite else {
      throw ValidationError("--time must be a number of seconds, 0 or more")
    }
    if let fps, !PoseMotion.frameRates.contains(fps) {
      throw ValidationError("--fps must be a number of frames per second, from 0.01 to 1000")
    }
  }

  func run() throws {
    let free = try ModelInput.value(
      of: ModelFile.load(model, bones: bones).flatMap { $0.motion(clip: clip) }, model)
    let grounded = ground ? free.grounded(on: Mannequin.female.body) : nil
    let motion = grounded ?? free
    if !frames, time > motion.duration {
      throw Failure(
        .usage, of: model, "the clip lasts \(motion.duration) s; --time \(time) is after its end")
    }
    let rate = fps ?? motion.frameRate
    let times = frames ? try moments(of: motion, at: rate) : [time]
    var poses = times.map(motion.pose)
    if ground, grounded == nil {
      if free.duration > 0 {
        printNote(
          "no foot stands still in the clip, or the clip is too long to search; "
            + "it is moved up or down to the floor, and no foot is fixed", of: model)
      }
      FloorContact.settle(&poses)
    }
    let title = motion.name.isEmpty ? nil : motion.name
    let text =
      frames
      ? PoseWriter.text(of: poses, frameRate: rate, name: title)
      : PoseWriter.text(of: poses[0], name: title)
    try SingleFile.write(Array(text.utf8), to: output)
    print(output)
  }

  /// Returns the times of all frames.
  private func moments(of motion: PoseMotion, at rate: Double) throws(Failure) -> [Double] {
    guard PoseMotion.frameRates.contains(rate) else {
      throw Failure(
        .badData, of: model,
        "the clip has \(DecimalText.rounded(rate, 3)) frames per second, and a clip file takes 0.01 to 1000; "
          + "give the number with --fps")
    }
    let count = motion.frameCount(at: rate)
    if let fault = ClipLength.fault(frames: count) { throw Failure(.badData, of: model, fault) }
    return (0..<count).map { Double($0) / rate }
  }
}
