public import PoseRig

/// The access to files, which the readers never open themselves.
///
/// The command passes a loader for the file system; tests pass one for a dictionary.
public struct FileLoader {
  /// Returns the bytes of a file, or a sentence about why it cannot be read.
  public var read: (_ path: String) -> Result<[UInt8], UnreadableFile>
  /// The folder of bodies and library poses (`Rigs`), if one was found.
  public var rigsFolder: String?
  /// Returns the names of the library's poses; gestures and hand shapes have names such as
  /// `gestures/wave` and `hands/fist`.
  public var libraryPoses: () -> [String] = { [] }
  /// Returns the names of the library's props.
  public var libraryProps: () -> [String] = { [] }
  /// Returns the names of the library's garments.
  public var libraryGarments: () -> [String] = { [] }
  /// Returns the names of the library's hair styles.
  public var libraryHair: () -> [String] = { [] }
  /// The factory of bodies, including the parametric human.
  public let bodies: LoadedBodies
  /// The prop designs read so far.
  let designs = LoadedDesigns()

  /// Returns the body of another program's model, or a sentence about why it cannot be read.
  public var model: (ModelRequest) -> Result<LoadedModel, UnreadableFile>
  /// Returns another program's model as a prop, or a sentence about why it cannot be read.
  public var thing: (_ path: String) -> Result<LoadedThing, UnreadableFile> = { _ in
    .failure(UnreadableFile(reason: "models are not read here"))
  }
  /// Returns a garment, or a sentence about why it cannot be read.
  public var garment: (GarmentSource) -> Result<LoadedGarment, UnreadableFile> = { _ in
    .failure(UnreadableFile(reason: "garments are not read here"))
  }
  /// Returns the names of the installed garments.
  public var installedGarments: () -> [String] = { [] }
  /// Returns the motion in another program's file, or a sentence about why it cannot be read.
  public var motion: (MotionRequest) -> Result<LoadedMotion, UnreadableFile>

  /// Returns the reason why a file is not a picture that can be shown; nil if it is one.
  public var pictureFault: (_ path: String) -> UnreadableFile?

  /// Creates a loader from its parts.
  ///
  /// - Parameter human: returns the parametric human, or a sentence about why it is missing.
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

/// A reference of a scene to another program's model.
public struct ModelRequest: Hashable, Sendable {
  /// The model's file.
  public var path: String
  /// The file that assigns the model's nodes to joints, if the scene names one.
  public var bones: String?
  /// The names of nodes and materials to hide.
  public var hidden: [String]

  /// Creates a request from its parts.
  public init(path: String, bones: String? = nil, hidden: [String] = []) {
    self.path = path
    self.bones = bones
    self.hidden = hidden
  }
}

/// A reference of a scene to the motion in another program's file.
public struct MotionRequest: Hashable, Sendable {
  /// The file.
  public var path: String
  /// The clip's name; nil for the first.
  public var clip: String?
  /// The file that assigns the file's nodes to joints, if the scene names one.
  public var bones: String?

  /// Creates a request from its parts.
  public init(path: String, clip: String? = nil, bones: String? = nil) {
    self.path = path
    self.clip = clip
    self.bones = bones
  }
}

/// Another program's model after reading.
public struct LoadedModel: Sendable {
  /// The model as a body.
  public var body: Body
  /// The file's content.
  public var bytes: [UInt8]
  /// Sentences about assumptions, omissions and suspicious values.
  public var warnings: [String]

  /// Creates a model from its parts.
  public init(body: Body, bytes: [UInt8], warnings: [String] = []) {
    self.body = body
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// Another program's model, read as a prop for scenes.
public struct LoadedThing: Sendable {
  /// The model's surface.
  public var design: PropDesign
  /// The file's content.
  public var bytes: [UInt8]
  /// Sentences about assumptions, omissions and suspicious values.
  public var warnings: [String]

  /// Creates a prop from its parts.
  public init(design: PropDesign, bytes: [UInt8], warnings: [String] = []) {
    self.design = design
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// The motion in another program's file after reading.
public struct LoadedMotion: Sendable {
  /// The file's poses over time; of duration zero if it has a pose and no clip.
  public var motion: PoseMotion
  /// The file's content.
  public var bytes: [UInt8]
  /// Sentences about assumptions, omissions and suspicious values.
  public var warnings: [String]

  /// Creates a motion from its parts.
  public init(motion: PoseMotion, bytes: [UInt8], warnings: [String] = []) {
    self.motion = motion
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// A reason why a file cannot be read.
public struct UnreadableFile: Error, Equatable, Sendable {
  /// The system's message, such as "No such file or directory".
  public var reason: String

  /// Creates a reason.
  public init(reason: String) { self.reason = reason }
}

/// One file that a scene was made from.
public struct InputFile: Equatable, Sendable {
  /// The name in the file that refers to it, for people and manifests.
  public var name: String
  /// The file's content when it was read.
  public var bytes: [UInt8]

  /// Creates a file from its parts.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Operations on paths as text, with "/" between names.
package enum FilePath {
  /// Returns `path`, which is relative to the folder of the file `base`, without `.` and `a/..`.
  package static func resolve(_ path: String, besides base: String) -> String {
    if path.hasPrefix("/") { return normalized(path) }
    guard let slash = base.lastIndex(of: "/") else { return normalized(path) }
    return normalized(base[...slash] + path)
  }

  /// Returns the last component of a path, by which people know a file.
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
