public import PoseRig

/// How PoseRig gets at files: it never opens one itself.
///
/// The command gives it the file system, tests a dictionary.
public struct FileLoader {
  /// Returns the bytes of a file, or a sentence why it cannot.
  public var read: (_ path: String) -> Result<[UInt8], UnreadableFile>
  /// The folder of bodies and library poses (`Rigs`), if one was found.
  public var rigsFolder: String?
  /// The names of the library's poses, hands as `hands/fist`.
  public var libraryPoses: () -> [String] = { [] }
  /// The names of the library's props.
  public var libraryProps: () -> [String] = { [] }
  /// The names of the library's garments.
  public var libraryGarments: () -> [String] = { [] }
  /// The names of the library's hair styles.
  public var libraryHair: () -> [String] = { [] }
  /// The makers of bodies, with the parametric human.
  public let bodies: LoadedBodies
  /// The things that were read.
  let designs = LoadedDesigns()

  /// Returns the body of a foreign model, or a sentence why it cannot.
  public var model: (ModelRequest) -> Result<LoadedModel, UnreadableFile>
  /// Returns the surface of a foreign model as a thing, or a sentence why it cannot.
  public var thing: (_ path: String) -> Result<LoadedThing, UnreadableFile> = { _ in
    .failure(UnreadableFile(reason: "models are not read here"))
  }
  /// Returns a garment, or a sentence why it cannot.
  public var garment: (GarmentSource) -> Result<LoadedGarment, UnreadableFile> = { _ in
    .failure(UnreadableFile(reason: "garments are not read here"))
  }
  /// The names of the garments that are installed.
  public var installedGarments: () -> [String] = { [] }
  /// Returns the motion in a foreign file, or a sentence why it cannot.
  public var motion: (MotionRequest) -> Result<LoadedMotion, UnreadableFile>

  /// Returns the reason why a file is no picture that can be shown; nil if it is one.
  public var pictureFault: (_ path: String) -> UnreadableFile?

  /// A loader from its parts.
  ///
  /// - Parameter human: returns the parametric human, or a sentence why it is missing.
  public init(
    rigsFolder: String? = nil,
    human: @escaping () -> Result<HumanTemplate, UnreadableFile> = {
      .failure(UnreadableFile(reason: "it is not installed; run: posemap body install"))
    },
    model: @escaping (ModelRequest) -> Result<LoadedModel, UnreadableFile> = { _ in
      .failure(UnreadableFile(reason: "models are not read here"))
    },
    motion: @escaping (MotionRequest) -> Result<LoadedMotion, UnreadableFile> = { _ in
      .failure(UnreadableFile(reason: "motion of other programs is not read here"))
    },
    read: @escaping (_ path: String) -> Result<[UInt8], UnreadableFile>
  ) {
    self.read = read
    self.model = model
    self.motion = motion
    self.rigsFolder = rigsFolder
    pictureFault = { path in
      switch read(path) {
      case .success(let bytes): PictureKind.fault(bytes.prefix(PictureKind.headLength))
      case .failure(let fault): fault
      }
    }
    bodies = LoadedBodies(human: human)
  }
}

/// A foreign model that a scene names.
public struct ModelRequest: Hashable, Sendable {
  /// The model's file.
  public var path: String
  /// The file that says which node is which joint, if the scene names one.
  public var bones: String?
  /// The names of nodes and materials that are not to be seen.
  public var hidden: [String]

  /// A request from its parts.
  public init(path: String, bones: String? = nil, hidden: [String] = []) {
    self.path = path
    self.bones = bones
    self.hidden = hidden
  }
}

/// The motion in a foreign file that a scene names.
public struct MotionRequest: Hashable, Sendable {
  /// The file.
  public var path: String
  /// The clip's name; nil for the first.
  public var clip: String?
  /// The file that says which node is which joint, if the scene names one.
  public var bones: String?

  /// A request from its parts.
  public init(path: String, clip: String? = nil, bones: String? = nil) {
    self.path = path
    self.clip = clip
    self.bones = bones
  }
}

/// A foreign model, read.
public struct LoadedModel: Sendable {
  /// The model as a body.
  public var body: Body
  /// The file's content.
  public var bytes: [UInt8]
  /// What was assumed, left out or looks wrong, a sentence each.
  public var warnings: [String]

  /// A model from its parts.
  public init(body: Body, bytes: [UInt8], warnings: [String] = []) {
    self.body = body
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// A foreign model, read as a thing for scenes.
public struct LoadedThing: Sendable {
  /// The model's surface.
  public var design: PropDesign
  /// The file's content.
  public var bytes: [UInt8]
  /// What was assumed, left out or looks wrong, a sentence each.
  public var warnings: [String]

  /// A thing from its parts.
  public init(design: PropDesign, bytes: [UInt8], warnings: [String] = []) {
    self.design = design
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// The motion of a foreign file, read.
public struct LoadedMotion: Sendable {
  /// The file's poses over time; of no duration where it has a pose and no clip.
  public var motion: PoseMotion
  /// The file's content.
  public var bytes: [UInt8]
  /// What was assumed, left out or looks wrong, a sentence each.
  public var warnings: [String]

  /// A motion from its parts.
  public init(motion: PoseMotion, bytes: [UInt8], warnings: [String] = []) {
    self.motion = motion
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// Why a file could not be read.
public struct UnreadableFile: Error, Equatable, Sendable {
  /// In words, as the system says it: "No such file or directory".
  public var reason: String

  /// A reason.
  public init(reason: String) { self.reason = reason }
}

/// One file that went into a scene.
public struct InputFile: Equatable, Sendable {
  /// As named in the file that refers to it, for people and manifests.
  public var name: String
  /// The file's content when it was read.
  public var bytes: [UInt8]

  /// A file from its parts.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Lexical paths with "/" between names.
package enum FilePath {
  /// `path` relative to the folder of the file `base`, with `.` and `a/..` taken out.
  package static func resolve(_ path: String, besides base: String) -> String {
    if path.hasPrefix("/") { return normalized(path) }
    guard let slash = base.lastIndex(of: "/") else { return normalized(path) }
    return normalized(base[...slash] + path)
  }

  /// Returns the last name of a path, by which a person knows a file.
  package static func lastName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
