internal import Export
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// Draws the pictures of views.
final class ViewPainter {
  private let viewport = Viewport()

  /// Returns the picture of a tab's view with its header; nil if there is nothing to see.
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
    let quality: Viewport.Quality = isMoving ? .moving : .still
    let drawn: ContinuousClock.Instant
    let bytes: [UInt8]
    if tab.view.session.plate != nil {
      let picture = try viewport.drawBeforePlate(shown, eye, quality)
      drawn = .now
      bytes = try encode(picture, tab.form)
    } else {
      let picture = try viewport.draw(shown, eye, quality)
      drawn = .now
      bytes = try encode(picture, tab.form)
    }
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

  private func encode(
    _ picture: Image<RGB8>, _ form: PageMessage.PictureForm
  ) throws -> [UInt8] {
    switch form {
    case .png: return try PNGFile.encode(picture)
    case .rgba:
      return [UInt8](unsafeUninitializedCapacity: picture.pixels.count * 4) { bytes, count in
        for (index, pixel) in picture.pixels.enumerated() {
          bytes[4 * index] = pixel.red
          bytes[4 * index + 1] = pixel.green
          bytes[4 * index + 2] = pixel.blue
          bytes[4 * index + 3] = 255
        }
        count = picture.pixels.count * 4
      }
    }
  }

  private func encode(
    _ picture: Image<RGBA8>, _ form: PageMessage.PictureForm
  ) throws -> [UInt8] {
    switch form {
    case .png: try PNGFile.encode(picture)
    case .rgba: picture.pixels.withUnsafeBytes { Array($0) }
    }
  }
}

extension Tab {
  /// The time after a view's last movement until it is drawn at full quality.
  private static let rest = Duration.milliseconds(130)

  /// Whether the view is moving now.
  var isMoving: Bool {
    if let lastMove { ContinuousClock.now - lastMove < Self.rest } else { false }
  }
}
