/// The limbs and colors that every ControlNet OpenPose model was trained on.
package enum OpenPoseTables {
  /// The 17 limbs in drawing order, with ends in COCO-18 order.
  package static let limbs = [
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7),
    (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
  ]

  /// The color of each body point; limb k has color k, dimmed.
  package static let bodyColors = [
    RGB8(255, 0, 0), RGB8(255, 85, 0), RGB8(255, 170, 0), RGB8(255, 255, 0),
    RGB8(170, 255, 0), RGB8(85, 255, 0), RGB8(0, 255, 0), RGB8(0, 255, 85),
    RGB8(0, 255, 170), RGB8(0, 255, 255), RGB8(0, 170, 255), RGB8(0, 85, 255),
    RGB8(0, 0, 255), RGB8(85, 0, 255), RGB8(170, 0, 255), RGB8(255, 0, 255),
    RGB8(255, 0, 170), RGB8(255, 0, 85),
  ]

  /// The two additional limbs of Wan2.2-Animate, from the ankles to the toes: points 18 (left) and
  /// 19 (right).
  static let toeLimbs = [(13, 18), (10, 19)]

  /// The colors of the toes. Limb 17 has the left ear's color, limb 18 the left toe's.
  static let toeColors = [RGB8(200, 200, 0), RGB8(100, 100, 0)]

  /// SCAIL's colors of a lone person's 17 limbs: warm on the right, cold on the left
  /// (`render_nlf_as_images` in `NLFPoseExtract/nlf_render.py`).
  static let cylinderColors = [
    RGB8(255, 0, 0), RGB8(0, 255, 255), RGB8(255, 85, 0), RGB8(255, 170, 0),
    RGB8(0, 170, 255), RGB8(0, 85, 255), RGB8(180, 255, 0), RGB8(0, 255, 0), RGB8(0, 255, 85),
    RGB8(0, 0, 255), RGB8(85, 0, 255), RGB8(170, 0, 255), RGB8(150, 150, 150),
    RGB8(255, 0, 170), RGB8(50, 0, 255), RGB8(255, 0, 170), RGB8(50, 0, 255),
  ]

  /// SCAIL's colors of the first of two people, pale, and of the second, saturated
  /// (`render_multi_nlf_as_images`).
  static let pairedCylinderColors = [
    [
      RGB8(255, 150, 150), RGB8(180, 230, 240), RGB8(255, 180, 140), RGB8(255, 215, 150),
      RGB8(160, 200, 255), RGB8(100, 120, 255), RGB8(200, 255, 100), RGB8(100, 255, 100),
      RGB8(140, 255, 180), RGB8(120, 140, 255), RGB8(180, 90, 255), RGB8(190, 120, 255),
      RGB8(210, 210, 210), RGB8(255, 120, 200), RGB8(130, 80, 255), RGB8(255, 120, 200),
      RGB8(130, 80, 255),
    ],
    [
      RGB8(255, 20, 20), RGB8(0, 230, 255), RGB8(255, 60, 0), RGB8(255, 110, 0),
      RGB8(0, 130, 255), RGB8(0, 70, 255), RGB8(160, 255, 40), RGB8(0, 255, 50),
      RGB8(0, 255, 100), RGB8(0, 0, 255), RGB8(80, 0, 255), RGB8(160, 0, 255),
      RGB8(130, 130, 130), RGB8(255, 0, 150), RGB8(60, 0, 255), RGB8(255, 0, 150),
      RGB8(60, 0, 255),
    ],
  ]

  /// The 20 bones of a hand in drawing order: wrist to fingertip, thumb first.
  static let handEdges = [
    (0, 1), (1, 2), (2, 3), (3, 4),
    (0, 5), (5, 6), (6, 7), (7, 8),
    (0, 9), (9, 10), (10, 11), (11, 12),
    (0, 13), (13, 14), (14, 15), (15, 16),
    (0, 17), (17, 18), (18, 19), (19, 20),
  ]

  /// The color of each bone: hue k/20, in a table because OpenCV's rounding yields particular 8-bit
  /// values (229 beside 230).
  static let handColors = [
    RGB8(255, 0, 0), RGB8(255, 77, 0), RGB8(255, 153, 0), RGB8(255, 229, 0),
    RGB8(204, 255, 0), RGB8(128, 255, 0), RGB8(51, 255, 0), RGB8(0, 255, 25),
    RGB8(0, 255, 102), RGB8(0, 255, 179), RGB8(0, 255, 255), RGB8(0, 178, 255),
    RGB8(0, 102, 255), RGB8(0, 25, 255), RGB8(51, 0, 255), RGB8(128, 0, 255),
    RGB8(204, 0, 255), RGB8(255, 0, 230), RGB8(255, 0, 153), RGB8(255, 0, 77),
  ]

  /// The colors of a hand's bones in ComfyUI's own node: hue k/20 truncated to 8 bits, including
  /// floating-point error.
  static let coreHandColors = [
    RGB8(255, 0, 0), RGB8(255, 76, 0), RGB8(255, 153, 0), RGB8(255, 229, 0),
    RGB8(203, 255, 0), RGB8(127, 255, 0), RGB8(51, 255, 0), RGB8(0, 255, 25),
    RGB8(0, 255, 102), RGB8(0, 255, 178), RGB8(0, 255, 255), RGB8(0, 178, 255),
    RGB8(0, 102, 255), RGB8(0, 25, 255), RGB8(50, 0, 255), RGB8(127, 0, 255),
    RGB8(204, 0, 255), RGB8(255, 0, 229), RGB8(255, 0, 152), RGB8(255, 0, 76),
  ]

  /// The color of every hand point.
  static let handPointColor = RGB8(0, 0, 255)
  /// The color of every face point.
  static let facePointColor = RGB8.white

  /// Returns six tenths of a color, which distinguishes a limb from its end points.
  static func dimmed(_ color: RGB8) -> RGB8 {
    func dim(_ channel: UInt8) -> UInt8 { UInt8(UInt16(channel) * 6 / 10) }
    return RGB8(dim(color.red), dim(color.green), dim(color.blue))
  }
}
