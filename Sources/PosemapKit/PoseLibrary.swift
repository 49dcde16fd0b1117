internal import Export
public import PoseRig
package import SceneFiles

/// The poses and hand shapes in the folder `poses` of `Rigs`.
public enum PoseLibrary {
  /// Returns the library's names in alphabetical order: poses first, then gestures such as
  /// `gestures/wave`, then hands such as `hands/fist`.
  public static func names(in rigsFolder: String) -> [String] {
    func names(_ folder: String, _ prefix: String) -> [String] {
      FolderListing.names(folder).compactMap { name in
        name.hasSuffix(".pose.json") ? prefix + name.dropLast(".pose.json".count) : nil
      }
    }
    return PoseCard.Kind.allCases.flatMap {
      names("\(rigsFolder)/poses/\($0.folder)", $0.folder)
    }
  }

  /// Returns the cards of the library's files, in the order of ``names(in:)``.
  package static func cards(in rigsFolder: String) -> [PoseCard] {
    names(in: rigsFolder).map { name in
      let path = "\(rigsFolder)/poses/\(name).pose.json"
      let bytes = try? FileLoader.bytes(path).get()
      return PoseCard(name, of: bytes.flatMap { try? Document($0, file: path) })
    }
  }

  /// Returns the pose of a character that makes a gesture from the library: standing, or in the
  /// gesture's own base pose.
  package static func posing(
    _ gesture: String, in rigsFolder: String
  ) throws(Failure) -> Pose {
    let file = "\(rigsFolder)/poses/\(PoseCard.Kind.gesture.folder)\(gesture).pose.json"
    let bytes = try? FileLoader.bytes(file).get()
    let base = bytes.flatMap { try? Document($0, file: file) }?.root["base"]?.text ?? "stand"
    let text = JSONValue.members(["base": .string(base), "gesture": .string(gesture)]).text
    let path = "\(rigsFolder)/poses/posing.pose.json"
    var loader = FileLoader.disk(rigsFolder: rigsFolder)
    loader.read = { [read = loader.read] name in
      name == path ? .success(Array(text.utf8)) : read(name)
    }
    return try LoadedPose.load(path, loader).pose
  }

  /// Returns the library's gestures that take both arms; empty without a folder.
  package static func pairGestures(in rigsFolder: String?) -> Set<String> {
    guard let rigsFolder else { return [] }
    let names = names(in: rigsFolder).filter { PoseCard.Kind(ofName: $0) == .gesture }
      .map(PoseCard.Kind.gesture.bareName)
    return Set(names.filter { useOfGesture($0, in: rigsFolder).takesBoth })
  }

  /// Returns whether a gesture of the library takes both arms, and whether it can be meant for
  /// someone: false for one that cannot be read.
  package static func useOfGesture(
    _ gesture: String, in rigsFolder: String
  ) -> (takesBoth: Bool, isDirected: Bool) {
    let file = "\(rigsFolder)/poses/\(PoseCard.Kind.gesture.folder)\(gesture).pose.json"
    guard let pose = try? LoadedPose.load(file, rigsFolder: rigsFolder).pose else {
      return (false, false)
    }
    return (pose.gesturingArms.count > 1, pose.isDirectedForward)
  }

  /// Returns the file that a command-line argument refers to: the file with that name or, if there
  /// is none, the library's pose or hand shape with that name.
  public static func path(of word: String, rigsFolder: String?) -> String {
    if FileSystem.exists(word) { return word }
    guard let folder = RigsFolder.find(rigsFolder), names(in: folder).contains(word) else {
      return word
    }
    return "\(folder)/poses/\(word).pose.json"
  }

  /// Returns a pose from the library.
  ///
  /// ```swift
  /// var pose = try PoseLibrary.pose(named: "stand")
  /// pose.goals.look = .camera
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func pose(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> Pose {
    guard let folder = RigsFolder.find(rigsFolder) else {
      throw Failure(.noInput, "there is no pose library beside the program; give its folder")
    }
    return try LoadedPose.load("\(folder)/poses/\(name).pose.json", rigsFolder: folder).pose
  }
}
