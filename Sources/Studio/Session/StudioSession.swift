internal import Export
public import MapRender
public import PoseRig
public import PosemapKit
public import SceneFiles

/// A scene under an artist's hands: its files, what they come to, and the view.
///
/// ```swift
/// let session = try StudioSession("scene.json", files: .disk(rigsFolder: nil))
/// let hand = session.handles(on: canvas).first { $0.kind == .joint(.leftHand) }
/// session.beginDrag(hand!, on: canvas)
/// session.drag(to: SIMD2(300, 200))
/// session.endDrag()
/// try session.save()
/// ```
public final class StudioSession {
  /// The files as they are by now.
  public private(set) var files: EditedFiles
  /// The edits made.
  public private(set) var history = History()
  /// The scene as it was last solved; nil until it can be.
  public private(set) var posed: PosedScene?
  /// The scene before it was posed.
  public private(set) var described: Scene?
  /// The mistakes and doubts about the files as they are by now.
  public private(set) var diagnostics: [Diagnostic] = []
  /// The artist's own camera; nil for the scene's.
  public var view: ViewCamera?

  private let disk: FileLoader
  private let viewport = Viewport()
  private var drag: Drag?

  /// Opens a scene.
  ///
  /// A scene with mistakes opens too, with nothing to see and its mistakes in ``diagnostics``.
  /// - Throws: a failure for a scene that cannot be read, or is not JSON.
  public init(_ path: String, files disk: FileLoader) throws(Failure) {
    self.disk = disk
    let scene = try Self.document(path, disk)
    files = EditedFiles(scene: scene, poses: Self.poses(of: scene, disk))
    solve()
  }

  private static func document(
    _ path: String, _ disk: FileLoader
  ) throws(Failure) -> Document {
    switch disk.read(path) {
    case .failure(let fault):
      throw Failure(.noInput, of: path, "cannot read this scene: \(fault.reason)")
    case .success(let bytes):
      do throws(Diagnostic) {
        return try Document(bytes, file: path)
      } catch {
        throw Failure(.badData, diagnostics: [error])
      }
    }
  }

  /// Returns the pose files that a scene's characters name.
  private static func poses(of scene: Document, _ disk: FileLoader) -> [Document] {
    (scene.root["characters"]?.items ?? []).compactMap { character in
      guard let name = character["pose"]?.text, name.hasSuffix(".json") else { return nil }
      let path = FilePath.resolve(name, besides: scene.file)
      guard case .success(let bytes) = disk.read(path),
        let document = try? Document(bytes, file: path), document.kind == .pose
      else { return nil }
      return document
    }
  }

  // MARK: Edits

  /// Makes an edit.
  public func make(_ edit: SceneEdit) throws(SceneEditFault) {
    try history.make(edit, in: &files)
    solve()
  }

  /// Takes the newest edit back and returns it in words; nil where nothing was done.
  public func undo() throws(SceneEditFault) -> String? {
    let entry = try history.undo(&files)
    if entry != nil { solve() }
    return entry?.description
  }

  /// Does the edit again that was taken back last, and returns it in words; nil where nothing was
  /// undone.
  public func redo() throws(SceneEditFault) -> String? {
    let entry = try history.redo(&files)
    if entry != nil { solve() }
    return entry?.description
  }

  /// Writes the files that have changed, or leaves the disk as it is; returns their paths.
  public func save() throws(Failure) -> [String] {
    let unsaved = files.unsaved
    do throws(ExportError) {
      try SingleFile.write(
        unsaved.map { OutputFile(path: $0, bytes: files.documents[$0]?.bytes ?? []) })
    } catch {
      throw Failure(error.code, "\(error)")
    }
    for path in unsaved { files.markSaved(path) }
    return unsaved
  }

  // MARK: Looking

  /// Returns the camera of the view on a canvas; nil while there is nothing to see.
  public func camera(on canvas: Canvas) -> Camera? {
    if let view { return view.camera(on: canvas) }
    return posed.map {
      Camera(
        worldFromCamera: $0.camera.worldFromCamera, tangentY: $0.camera.tangents.y, canvas: canvas)
    }
  }

  /// Returns the points that can be dragged.
  public func handles(on canvas: Canvas) -> [Handle] {
    guard let posed, let described, let camera = camera(on: canvas) else { return [] }
    return Handle.all(of: posed, described, camera)
  }

  /// Draws the view; nil while there is nothing to see.
  public func draw(_ canvas: Canvas, _ quality: Viewport.Quality) throws -> Image<RGB8>? {
    guard let posed, let camera = camera(on: canvas) else { return nil }
    return try viewport.draw(posed, camera, quality)
  }

  /// Moves the view; it becomes the artist's own.
  public func look(on canvas: Canvas, _ move: (inout ViewCamera) -> Void) {
    guard let posed, let camera = camera(on: canvas) else { return }
    let middle =
      posed.characters.map { $0.position(of: .hips) }.reduce(Vector3.zero, +)
      / Double(max(posed.characters.count, 1))
    var moved = view ?? ViewCamera(camera, about: middle)
    move(&moved)
    view = moved
  }

  // MARK: Dragging

  /// Takes a handle: all that follows until ``endDrag()`` is one edit.
  public func beginDrag(_ handle: Handle, on canvas: Canvas) {
    guard let camera = camera(on: canvas) else { return }
    let start = described?.characters.first { $0.id == handle.id }?.position
    drag = Drag(handle, before: camera, from: start)
    history.beginGesture()
  }

  /// Brings the handle to a pixel; a pixel that it cannot come to is passed over.
  public func drag(
    to pixel: SIMD2<Double>, along path: Drag.Path = .picture
  ) throws(SceneEditFault) {
    guard let drag, let point = drag.point(at: pixel, along: path),
      let edit = edit(bringing: drag.handle, to: point)
    else { return }
    try make(edit)
  }

  /// Lets the handle go.
  public func endDrag() {
    drag = nil
    history.endGesture()
  }

  private func edit(bringing handle: Handle, to point: Vector3) -> SceneEdit? {
    let value = JSONValue.rounded([point.x, point.y, point.z], 3)
    switch handle.kind {
    case .prop: return .prop(handle.id, key: "position", value)
    case .figure:
      let step = point - handle.point
      return drag?.start.map { .place(handle.id, $0 + Vector3(step.x, 0, step.z)) }
    case .joint(let joint) where PoseGoals.effectors.contains(joint):
      return .reach(handle.id, joint, value)
    case .joint(.hips):
      guard let character = character(handle.id) else { return nil }
      let move = character.posed.worldFromModel.rotation.inverse.rotate(
        point - character.posed.position(of: .hips))
      return .hips(handle.id, character.described.pose.translation + move)
    case .joint(let joint):
      guard let turned = Aim.turned(by: joint), let character = character(handle.id) else {
        return nil
      }
      let angles = Aim.angles(
        of: turned, dragging: joint, to: point, character.posed, character.described.pose)
      return .turn(handle.id, [turned: angles])
    }
  }

  private func character(_ id: String) -> (posed: PosedCharacter, described: Character)? {
    guard let posed = posed?.characters.first(where: { $0.id == id }),
      let described = described?.characters.first(where: { $0.id == id })
    else { return nil }
    return (posed, described)
  }

  // MARK: Solving

  /// Reads and solves the files as they are by now; the last good scene stays where there are
  /// mistakes.
  private func solve() {
    var loader = disk
    let edited = files
    loader.read = { [disk] path in
      edited.documents[path].map { .success($0.bytes) } ?? disk.read(path)
    }
    do throws(Failure) {
      let loaded = try SceneLoader(SceneChoices(), files: loader).load(files.scenePath)
      (posed, described) = (loaded.scene, loaded.described)
      diagnostics = loaded.diagnostics
    } catch {
      diagnostics = error.diagnostics
    }
  }
}
