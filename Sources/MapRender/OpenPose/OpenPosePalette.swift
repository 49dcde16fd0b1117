/// Limbs, edges and colours of the annotators' drawing.
///
/// Source: comfyui_controlnet_aux `dwpose/util.py`; the hand colours are the 8-bit values that its HSV wheel yields.
enum OpenPosePalette {
  /// The body points each limb joins, in drawing order.
  static let limbs: [(Int, Int)] = [
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12),
    (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
  ]

  /// Body point i, and limb i, has colour i.
  static let body: [RGB8] = [
    RGB8(255, 0, 0), RGB8(255, 85, 0), RGB8(255, 170, 0), RGB8(255, 255, 0), RGB8(170, 255, 0),
    RGB8(85, 255, 0), RGB8(0, 255, 0), RGB8(0, 255, 85), RGB8(0, 255, 170), RGB8(0, 255, 255),
    RGB8(0, 170, 255), RGB8(0, 85, 255), RGB8(0, 0, 255), RGB8(85, 0, 255), RGB8(170, 0, 255),
    RGB8(255, 0, 255), RGB8(255, 0, 170), RGB8(255, 0, 85),
  ]

  /// The hand points each edge joins, in drawing order.
  static let handEdges: [(Int, Int)] = [
    (0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 7), (7, 8), (0, 9), (9, 10), (10, 11),
    (11, 12), (0, 13), (13, 14), (14, 15), (15, 16), (0, 17), (17, 18), (18, 19), (19, 20),
  ]

  /// Hand edge i has colour i.
  static let hand: [RGB8] = [
    RGB8(255, 0, 0), RGB8(255, 77, 0), RGB8(255, 153, 0), RGB8(255, 229, 0), RGB8(204, 255, 0),
    RGB8(128, 255, 0), RGB8(51, 255, 0), RGB8(0, 255, 25), RGB8(0, 255, 102), RGB8(0, 255, 179),
    RGB8(0, 255, 255), RGB8(0, 178, 255), RGB8(0, 102, 255), RGB8(0, 25, 255), RGB8(51, 0, 255),
    RGB8(128, 0, 255), RGB8(204, 0, 255), RGB8(255, 0, 230), RGB8(255, 0, 153), RGB8(255, 0, 77),
  ]

  static let handPoint = RGB8(0, 0, 255)

  /// A limb's colour: 0.6 of its point's, truncated.
  static func limb(_ index: Int) -> RGB8 {
    let colour = body[index]
    func dim(_ level: UInt8) -> UInt8 { UInt8(Double(level) * 0.6) }
    return RGB8(dim(colour.red), dim(colour.green), dim(colour.blue))
  }
}
