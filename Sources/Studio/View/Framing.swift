public import PoseRig

/// The rectangle of a view that shows a scene's picture, which has its own aspect ratio.
public struct Framing: Equatable, Sendable {
  /// The size of the view in pixels.
  public let view: Canvas
  /// The rectangle's left and top edges, width and height in the view, in pixels.
  public let rectangle: (x: Double, y: Double, width: Double, height: Double)

  /// Fits a picture into a view.
  ///
  /// - Parameter margin: the share of the view's sides to leave free, from 0 to less than 0.5.
  public init(of picture: Canvas, in view: Canvas, margin: Double = 0.03) {
    self.view = view
    let (width, height) = (Double(view.width), Double(view.height))
    let scale =
      min(width / Double(picture.width), height / Double(picture.height)) * (1 - 2 * margin)
    let (shownWidth, shownHeight) = (Double(picture.width) * scale, Double(picture.height) * scale)
    rectangle = (
      (width - shownWidth) / 2, (height - shownHeight) / 2, shownWidth, shownHeight
    )
  }

  /// The factor by which the view's height shows more than the picture's.
  var widening: Double { Double(view.height) / rectangle.height }

  /// Whether both have equal values.
  public static func == (one: Framing, other: Framing) -> Bool {
    one.view == other.view && one.rectangle == other.rectangle
  }
}
