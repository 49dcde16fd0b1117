internal import Export
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// Draws the pictures of views.
final class ViewPainter {
  private let viewport = Viewport()

  /// Returns the picture of a tab's view with its head; nil while there is nothing to see.
  func paint(
    _ tab: Tab, number: Int, revision: Int, isMoving: Bool, solving: Duration
  ) throws -> Outgoing? {
    guard let shown = tab.view.shown, let camera = tab.view.worldCamera else { return nil }
    let share = isMoving ? tab.pace.share : 1
    let size = Canvas(
      width: max(64, Int(Double(camera.canvas.width) * share)),
      height: max(64, Int(Double(camera.canvas.height) * share)))
    let eye = Camera(
      worldFromCamera: camera.worldFromCamera, tangentY: camera.tangents.y, canvas: size)
    let start = ContinuousClock.now
    let picture = try viewport.draw(shown, eye, isMoving ? .moving : .still)
    let drawn = ContinuousClock.now
    let bytes = try encode(
      picture, tab.form, isClear: tab.view.session.platePath != nil)
    let encoded = ContinuousClock.now
    let times = PictureHead.Times(
      solve: solving / .milliseconds(1), draw: (drawn - start) / .milliseconds(1),
      encode: (encoded - drawn) / .milliseconds(1))
    if isMoving { tab.pace.took(times.draw + times.encode) }
    let head = PictureHead(
      view: tab.view, number: number, stamp: tab.stamp, revision: revision, size: size,
      form: tab.form,
      isMoving: isMoving, times: times)
    return .picture(head: head.value, bytes: bytes)
  }

  /// Encodes a picture.
  ///
  /// - Parameter isClear: whether a plate shows through where the picture has nothing.
  private func encode(
    _ picture: Image<RGB8>, _ form: PageMessage.PictureForm, isClear: Bool
  ) throws -> [UInt8] {
    let backdrop = isClear ? StudioLight.background : nil
    switch form {
    case .png:
      guard let backdrop else { return try PNGFile.encode(picture) }
      return try PNGFile.encode(
        Image(
          width: picture.width, height: picture.height,
          pixels: picture.pixels.map { RGBA8($0, opacity: $0 == backdrop ? 0 : 255) }))
    case .rgba:
      return [UInt8](unsafeUninitializedCapacity: picture.pixels.count * 4) { bytes, count in
        for (index, pixel) in picture.pixels.enumerated() {
          bytes[4 * index] = pixel.red
          bytes[4 * index + 1] = pixel.green
          bytes[4 * index + 2] = pixel.blue
          bytes[4 * index + 3] = pixel == backdrop ? 0 : 255
        }
        count = picture.pixels.count * 4
      }
    }
  }
}

extension Tab {
  /// How long after its last move a view is drawn with all care.
  private static let rest = Duration.milliseconds(130)

  /// Whether the view moves by now.
  var isMoving: Bool {
    if let lastMove { ContinuousClock.now - lastMove < Self.rest } else { false }
  }
}
