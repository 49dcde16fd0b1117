/// Three vertices (0, 0, 0), (1, 0, 0), (0, 1, 0) as encoded by meshoptimizer 0.18.
enum MeshoptSample {
  static let vertices: [UInt8] =
    [160, 0, 0, 1, 60, 0, 0, 0, 255, 255, 1, 60, 0, 0, 0, 126, 125, 0, 0, 1, 12, 0, 0, 0, 255]
    + [1, 12, 0, 0, 0, 126] + Array(repeating: 0, count: 36)
}

/// A triangle of these three vertices as encoded by libdraco 1.5.
enum DracoSample {
  static let triangle: [UInt8] =
    [68, 82, 65, 67, 79, 2, 2, 1, 1, 0, 0, 0, 3, 1, 0, 1, 0, 0, 1, 7, 255, 1, 17, 1, 255, 0, 1, 1]
    + [0, 9, 3, 0, 0, 0, 0, 0, 128, 63] + Array(repeating: 0, count: 14) + [128, 63]
    + Array(repeating: 0, count: 16)

  /// A square of four vertices in two triangles, encoded sequentially by libdraco.
  static let square: [UInt8] =
    [68, 82, 65, 67, 79, 2, 2, 1, 0, 0, 0, 2, 4, 1, 0, 1, 2, 0, 2, 3, 1, 1, 0, 9, 3, 0, 0, 2, 0, 1]
    + [1, 0, 3, 3, 1, 48, 1, 16, 3, 0, 52, 130, 136, 4, 0, 0, 0, 0, 255, 7]
    + Array(repeating: 0, count: 16) + [128, 63, 11]
}

/// Two adjacent pixels, losslessly encoded by libwebp: a transparent and an opaque one.
enum WebPSample {
  static let pixels: [UInt8] = [
    82, 73, 70, 70, 32, 0, 0, 0, 87, 69, 66, 80, 86, 80, 56, 76, 19, 0, 0, 0, 47, 1, 0, 0, 16, 15,
    48, 20, 163, 48, 30, 243, 31, 135, 168, 64, 68, 255, 3, 0,
  ]
}
