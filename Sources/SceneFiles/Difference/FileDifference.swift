package import PoseRig

/// The changes of one file, in facts and in words.
package struct FileDifference: Sendable {
  /// How a file's two states compare.
  package enum Status: String, Sendable {
    /// The file is new.
    case added
    /// The file is gone.
    case removed
    /// The content is another.
    case changed
    /// Only the layout is another.
    case layout
    /// The text is another, with an equal result.
    case rewritten
    /// The text is equal, and the result another, since a file that it names changed.
    case follows
    /// One of both states cannot be read.
    case unreadable
    /// Nothing changed.
    case same
  }

  /// The path before; nil for a file that was added.
  package var oldPath: String?
  /// The path after; nil for a file that was removed.
  package var path: String?
  /// The kind of file; nil for a file that is not a posemap document.
  package var kind: FileKind?
  /// How both compare.
  package var status: Status
  /// The states of a scene, or of a pose on the mannequin.
  package var before: SceneState?
  package var after: SceneState?
  /// The facts of a scene or pose that is in both.
  package var difference: SceneDifference?
  /// The motions of a clip.
  package var motions: (before: PoseMotion?, after: PoseMotion?) = (nil, nil)
  /// The facts of a clip that is in both.
  package var motion: MotionDifference?
  /// The changes in words.
  package var groups: [DifferenceGroup] = []
  /// Sentences on everything that cannot be read.
  package var faults: [String] = []
  /// The changed files through which this one follows.
  package var through: [String] = []

  /// The path to speak of: the one after, or of a removed file the one before.
  package var name: String { path ?? oldPath ?? "" }

  package init(oldPath: String?, path: String?, kind: FileKind?, status: Status) {
    (self.oldPath, self.path, self.kind, self.status) = (oldPath, path, kind, status)
  }

  /// Whether it is under another path.
  package var isRenamed: Bool { oldPath != nil && path != nil && oldPath != path }

  /// All lines of all groups.
  package var lines: [DifferenceLine] { groups.flatMap(\.lines) }
}
