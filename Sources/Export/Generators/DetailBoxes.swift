internal import MapRender
internal import PoseRig

/// The boxes of the parts of a person that a generator draws again, larger.
struct DetailBoxes {
  /// The box of the face; nil if the face is turned away, hidden, or not in the picture.
  var face: PixelBounds?
  /// The boxes of the hands that are seen.
  var hands: [PixelBounds]

  init(_ boxes: PersonBoxes?) {
    face = boxes?.face
    hands = [boxes?.leftHand, boxes?.rightHand].compactMap(\.self)
  }

  /// Returns a mask of a picture's size that is white in these boxes, as a PNG for generators.
  static func mask(of boxes: [PixelBounds], _ canvas: Canvas) throws(ExportError) -> [UInt8] {
    let bounds = boxes.reduce(PixelBounds.none) { $0.union($1) }
    var pixels = [UInt8](repeating: 0, count: bounds.count)
    for box in boxes {
      for y in box.rows {
        for x in box.columns {
          if let index = bounds.index(x: x, y: y) { pixels[index] = 255 }
        }
      }
    }
    return try Picture.gray(
      Inset<UInt8>(
        width: canvas.width, height: canvas.height, background: 0, bounds: bounds, pixels: pixels)
    ).generatorPNG()
  }
}
