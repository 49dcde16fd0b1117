public import PoseRig

/// One tab's view of a session: its size, its camera and the handle that it drags.
///
/// ```swift
/// let view = StudioView(of: session, size: Canvas(width: 768, height: 768))
/// if let hand = view.handles().first(where: { $0.name == "ana.leftHand" }) {
///   view.grab(hand)
///   try view.drag(to: SIMD2(300, 200))
///   try view.release()
/// }
/// ```
public final class StudioView {
  /// The ways to keep a dragged hand or foot.
  public enum Keeping: String, Sendable {
    /// As a goal, which follows the thing that it names.
    case goal
    /// As the solved angles.
    case angles
  }

  /// The session.
  public let session: StudioSession
  /// The size of its pictures in pixels.
  public var size: Canvas { didSet { if size != oldValue { resizeDrag() } } }
  /// The artist's own camera; nil for the scene's.
  public var camera: ViewCamera?
  /// The ids of characters and props to hide in this view.
  public var hidden: Set<String> = []
  /// The way in which dragged limbs are kept.
  public var keeping = Keeping.goal
  /// The target that the dragged handle has snapped to.
  public internal(set) var snapped: SnapTarget?

  /// The number that distinguishes its gestures from those of other views.
  let owner: Int
  private let margin: Double
  var grabbed: Drag?

  /// Creates a view through the scene's camera.
  ///
  /// - Parameters:
  ///   - owner: a number that is unique among the views of the session.
  ///   - margin: the share of its sides to leave free around the scene's picture.
  public init(of session: StudioSession, size: Canvas, owner: Int = 0, margin: Double = 0.03) {
    self.session = session
    self.size = size
    self.owner = owner
    self.margin = margin
  }

  /// The drag in progress; nil after an undo has undone its gesture.
  var drag: Drag? { session.gesture == owner ? grabbed : nil }

  /// Whether a handle is being dragged.
  public var isDragging: Bool { drag != nil }

  /// The part of the view that shows the scene's picture; nil if there is nothing to see.
  public var framing: Framing? {
    session.shown.map { Framing(of: $0.camera.canvas, in: size, margin: margin) }
  }

  /// The camera of the view's pictures; nil if there is nothing to see.
  public var worldCamera: Camera? {
    guard let framing, let posed = session.shown else { return nil }
    if let camera { return camera.camera(on: size, widening: framing.widening) }
    return Camera(
      worldFromCamera: posed.camera.worldFromCamera,
      tangentY: posed.camera.tangents.y * framing.widening, canvas: size)
  }

  /// Returns the points that can be dragged.
  public func handles() -> [Handle] {
    guard let posed = session.shown, let described = session.described, let camera = worldCamera
    else { return [] }
    return Handle.all(of: posed, described, camera).filter { !hidden.contains($0.id) }
  }

  /// The scene as the view shows it; nil if there is nothing to see.
  public var shown: PosedScene? {
    guard var scene = session.shown, let camera = worldCamera else { return nil }
    scene.camera = camera
    scene.characters.removeAll { hidden.contains($0.id) }
    scene.props.removeAll { hidden.contains($0.id) }
    return scene
  }

  /// Returns the point of the floor under a pixel; nil above the horizon, or far away.
  func floor(at pixel: SIMD2<Double>) -> Vector3? {
    guard let camera = worldCamera else { return nil }
    let direction = camera.direction(through: pixel)
    guard direction.y < -1e-6 else { return nil }
    let far = -camera.position.y / direction.y
    guard far > 0, far < 100 else { return nil }
    let point = camera.position + direction * far
    return Vector3(point.x, 0, point.z)
  }

  // MARK: Moving the view

  /// Moves the view, which gets its own camera.
  public func look(_ move: (inout ViewCamera) -> Void) {
    guard let posed = session.shown else { return }
    let middle =
      posed.characters.map { $0.position(of: .hips) }.reduce(Vector3.zero, +)
      / Double(max(posed.characters.count, 1))
    var moved = camera ?? ViewCamera(posed.camera, about: middle)
    move(&moved)
    camera = moved
  }

  /// Moves the view so that its target follows a pointer by a number of pixels.
  public func pan(by pixels: SIMD2<Double>) {
    guard let framing else { return }
    look { $0.pan(by: pixels, height: framing.rectangle.height) }
  }
}
