internal import MapRender
public import PoseRig

/// A message from a page: an intent, never a state.
///
/// `docs/studio.md` lists them. Angles are in degrees, lengths in meters, and pixels are those of
/// the picture, from its top left.
public enum PageMessage: Equatable, Sendable {
  /// The format of the view's pictures.
  public enum PictureForm: String, Sendable {
    case png, rgba
  }

  // MARK: View

  case view(Canvas, PictureForm)
  case orbit(right: Double, up: Double)
  case pan(SIMD2<Double>)
  case dolly(Double)
  case lens(focalLength: Double)
  case roll(Double)
  /// The camera that a tab had when it lost its connection.
  case camera(ViewCamera)
  case preset(StudioView.Preset, about: String?)
  case frame(String?, StudioView.Part)
  case sceneCamera
  case takeCamera
  case hide(String, Bool)
  case select(character: String?, joint: JointName?)
  case pick(SIMD2<Double>)
  case shown(Int)

  // MARK: Dragging

  case grab(String, StudioView.Keeping)
  case drag(SIMD2<Double>, Drag.Path, snapping: Bool)
  case release
  case cancel
  case gesture(Bool)

  // MARK: Document

  /// An edit; with a pixel, an added thing is put on the floor there.
  case edit(SceneEdit, at: SIMD2<Double>?)
  case undo(Int)
  case redo(Int)
  case save
  case autosave(Bool)
  /// Restores or discards the unsaved changes of an earlier session, by the id that was offered.
  case restore(String)
  case forget(String)
  case outside(file: String, keepsMine: Bool)
  case savePose(character: String, name: String, part: String)
  case difference
  case time(Double)
  case takeFrame(character: String, seconds: Double)

  // MARK: Maps and jobs

  case maps([String], subject: String?, height: Int)
  case export(ExportRequest)
  case comfyUI(server: String, folder: String)
  case stopJob(Int)
}
