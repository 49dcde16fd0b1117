import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap lift`: finds a pose from a 2-D skeleton.
struct LiftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift",
    abstract: "Find a 3-D pose that looks like an OpenPose skeleton.",
    discussion: """
      Reads what OpenPose, DWPose and their editors write: JSON with 17 to 25 body points, and with hands if present. \
      OpenPose's own files do not state the picture's size: give it with --size, or the scene with --scene. A picture does not \
      show how deep limbs are: the search starts from the library poses that look most similar and stays near them; \
      --candidates writes others too. With --scene, the pose is found under that scene's camera and keeps its place in the \
      world ("position": [0, 0, 0], "ground": false); without it, under a level 50 mm lens, and \
      --write-scene writes the scene that shows it.
      """)

  @Argument(help: ArgumentHelp("The skeleton file.", valueName: "openpose.json"))
  var skeleton: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The pose file to write.", valueName: "file"))
  var output: String

  @Option(help: "How many poses to write; the second goes to FILE-2.pose.json, and so on.")
  var candidates = 1

  @Option(help: "Which person, counted from 1; by default the tallest.")
  var person: Int?

  @Option(
    help: ArgumentHelp(
      "Which picture of a file with several, counted from 0; by default the first with a person.",
      valueName: "number"))
  var frame: Int?

  @Option(help: "The body: \(Mannequin.names.joined(separator: " or ")).")
  var body = "female"

  @Option(help: ArgumentHelp("A scene whose camera saw the skeleton.", valueName: "scene"))
  var scene: String?

  @Option(
    help: ArgumentHelp(
      "Also write a scene that shows the pose as in the skeleton.", valueName: "file"))
  var writeScene: String?

  @Option(
    help: ArgumentHelp("A library pose that the search must not start from.", valueName: "pose"))
  var without: [String] = []

  @OptionGroup var options: SceneOptions

  func validate() throws {
    guard Mannequin.named(body) != nil else {
      throw ValidationError("there is no mannequin \"\(body)\"; choose female or male")
    }
    guard (1...8).contains(candidates) else {
      throw ValidationError("--candidates must be 1 to 8")
    }
    guard output.hasSuffix(".json") else {
      throw ValidationError("\(output): a pose file's name ends in .pose.json")
    }
    if scene != nil, writeScene != nil {
      throw ValidationError("--write-scene is for a skeleton without a --scene")
    }
  }

  func run() throws {
    let seen = try scene.map(self.loadedCamera)
    let frame = try self.frame(of: try self.skeleton(canvas: seen?.canvas ?? options.size))
    guard let rigs = RigsFolder.find(options.rigs), let mannequin = Mannequin.named(body)
    else {
      throw Failure(
        .noInput, "there is no pose library beside the command; give its folder with --rigs")
    }
    let body = mannequin.body
    if let size = options.size, let canvas = frame.canvas, size != canvas {
      printNote("it says that its picture is \(canvas); --size was ignored", of: skeleton)
    }
    let camera = try self.camera(frame, seen)
    let target = try self.target(frame)
    frame.notes.forEach { printNote($0, of: skeleton) }
    let names = PoseLibrary.names(in: rigs).filter {
      PoseCard.Kind(ofName: $0) == .pose && !without.contains($0)
    }
    let priors = try names.map {
      PoseLift.Prior(
        name: $0, pose: try PoseInput.load("\(rigs)/poses/\($0).pose.json", rigs: rigs))
    }
    let lift = PoseLift(body: body, camera: camera, priors: priors)
    let found = lift.candidates(for: target, count: candidates)
    for (index, candidate) in found.enumerated() {
      try write(candidate, index, camera, body)
    }
  }

  // MARK: In

  private func skeleton(canvas: Canvas?) throws -> SkeletonFile {
    let bytes = try FileLoader.contents(of: skeleton, as: "this skeleton")
    do {
      return try SkeletonFile(bytes, canvas: canvas)
    } catch {
      let foreign =
        GitRemains.sentence(of: bytes, file: skeleton) ?? TextEncoding.sentence(of: bytes)
      throw Failure(.badData, of: skeleton, foreign ?? error.description)
    }
  }

  /// Returns the requested picture, or the first with a person.
  private func frame(of file: SkeletonFile) throws -> SkeletonFile.Frame {
    let count = file.frames.count
    if let frame {
      guard file.frames.indices.contains(frame) else {
        throw Failure(
          .badData, of: skeleton,
          count == 1
            ? "there is one picture in it, number 0"
            : "there are \(count) pictures in it, numbers 0 to \(count - 1)")
      }
      return file.frames[frame]
    }
    guard let first = file.firstWithPerson else { return file.frames[0] }
    if count > 1 {
      printNote(
        "picture \(first) of \(count) is used, the first with a person; --frame selects another",
        of: skeleton)
    }
    return file.frames[first]
  }

  private func target(_ frame: SkeletonFile.Frame) throws -> LiftTarget {
    let people = frame.people
    if let person, person < 1 || person > people.count {
      throw Failure(
        .badData, of: skeleton,
        people.isEmpty
          ? "there is no person in it"
          : people.count == 1
            ? "there is one person in it, number 1"
            : "there are \(people.count) people in it, numbers 1 to \(people.count)")
    }
    let chosen =
      person.map { people[$0 - 1] } ?? people.compactMap(\.self).max { $0.size < $1.size }
    guard let chosen else {
      throw Failure(
        .badData, of: skeleton, frame.sentence(of: people.isEmpty ? nil : person.map { $0 - 1 }))
    }
    return chosen
  }

  private func loadedCamera(_ scene: String) throws -> Camera {
    let loaded = try SceneLoader(options.choices()).load(scene)
    loaded.diagnostics.forEach(printError)
    return loaded.scene.camera
  }

  private func camera(_ frame: SkeletonFile.Frame, _ seen: Camera?) throws -> Camera {
    guard let canvas = frame.canvas else {
      throw Failure(
        .badData, of: skeleton,
        "it does not say how large its picture is (OpenPose's own files do not); "
          + "give the size with --size WIDTHxHEIGHT, or its scene with --scene")
    }
    guard let seen else { return .level(canvas) }
    guard seen.canvas == canvas else {
      throw Failure(
        .badData, of: skeleton,
        "its canvas is \(canvas), the scene's is \(seen.canvas); use --size \(canvas.width)x\(canvas.height)"
      )
    }
    return seen
  }

  // MARK: Out

  private func write(
    _ candidate: PoseLift.Candidate, _ index: Int, _ camera: Camera, _ body: Body
  ) throws {
    var pose = candidate.pose
    var position = camera.position
    if scene == nil {
      // On the ground, at the origin; the camera moves along.
      let hips = pose.translation
      let lowest =
        Skinning.pose(body, PosedRig(body: body, pose: pose), pose: pose).positions
        .map { Double($0.y) }.min() ?? 0
      position -= Vector3(hips.x, lowest, hips.z)
      pose.translation = .zero
    }
    let path = Self.numbered(output, index)
    let text = PoseWriter.text(of: pose, name: "Lifted from a skeleton", named: true)
    try SingleFile.write(Array(text.utf8), to: path)
    let percent = (candidate.medianError * 10_000).rounded() / 100
    print("\(path): median error \(percent) % of the body's height; started from \(candidate.base)")
    guard let writeScene, index == 0 else { return }
    let canvas = camera.canvas
    let poseName = path.split(separator: "/").last.map(String.init) ?? path
    let eye = [position.x, position.y, position.z]
    let scene = JSONValue.members([
      "canvas": .list([.int(canvas.width), .int(canvas.height)]),
      "camera": .members([
        "position": .rounded(eye), "target": .rounded([eye[0], eye[1], eye[2] - 1]),
        "focalLength": .int(50),
      ]),
      "characters": .list([
        .members([
          "id": .string("person"), "body": .string(self.body), "pose": .string(poseName),
        ])
      ]),
    ])
    try SingleFile.write(Array(CanonicalLayout.text(of: scene).utf8), to: writeScene)
    print(writeScene)
  }

  /// Returns numbered paths: `guess.pose.json`, `guess-2.pose.json` …
  private static func numbered(_ path: String, _ index: Int) -> String {
    guard index > 0 else { return path }
    let ending = path.hasSuffix(".pose.json") ? ".pose.json" : ".json"
    return "\(path.dropLast(ending.count))-\(index + 1)\(ending)"
  }
}
