package import PoseRig

/// The changes of one file, as facts and in words.
package struct FileDifference: Sendable {
  /// How a file's two states compare.
  package enum Status: String, Sendable {
    /// The file is new.
    case added
    /// The file was removed.
    case removed
    /// The content has changed.
    case changed
    /// Only the layout has changed.
    case layout
    /// The text has changed, but not the result.
    case rewritten
    /// The result has changed, but not the text, since a file that it names has changed.
    case follows
    /// One of the two states cannot be read.
    case unreadable
    /// Nothing changed.
    case same
  }

  /// The path before; nil for a file that was added.
  package var oldPath: String?
  /// The path after; nil for a file that was removed.
  package var path: String?
  /// The type of file; nil for a file that is not a posemap document.
  package var kind: FileKind?
  /// The result of the comparison.
  package var status: Status
  /// The states of a scene, or of a pose on the mannequin.
  package var before: SceneState?
  package var after: SceneState?
  /// The facts of a scene or pose that exists in both states.
  package var difference: SceneDifference?
  /// The motions of a clip.
  package var motions: (before: PoseMotion?, after: PoseMotion?) = (nil, nil)
  /// The facts of a clip that exists in both states.
  package var motion: MotionDifference?
  /// The changes in words.
  package var groups: [DifferenceGroup] = []
  /// Sentences about everything that cannot be read.
  package var faults: [String] = []
  /// The changed files that cause the status ``Status/follows``.
  package var through: [String] = []

  /// The path to show: the one after, or for a removed file the one before.
  package var name: String { path ?? oldPath ?? "" }

  package init(oldPath: String?, path: String?, kind: FileKind?, status: Status) {
    (self.oldPath, self.path, self.kind, self.status) = (oldPath, path, kind, status)
  }

  /// Whether its path has changed.
  package var isRenamed: Bool { oldPath != nil && path != nil && oldPath != path }

  /// The lines of all groups.
  package var lines: [DifferenceLine] { groups.flatMap(\.lines) }
}
