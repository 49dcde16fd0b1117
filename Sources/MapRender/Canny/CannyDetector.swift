public import PoseRig

/// The arguments of `cv2.Canny`.
public struct CannyDetector: Equatable, Sendable {
  /// The measure of a gradient's length.
  public enum Norm: String, SettingChoice {
    /// |dx| + |dy|.
    case l1 = "L1"
    /// √(dx² + dy²).
    case l2 = "L2"
  }

  /// The gradient above which a pixel continues an edge.
  public var low: Double
  /// The gradient above which a pixel starts an edge.
  public var high: Double
  /// The width of the Sobel kernel: 3, 5 or 7.
  public var aperture: Int
  /// The norm that measures gradients.
  public var norm: Norm
  /// Whether the picture is converted to gray first, as VideoX-Fun does.
  public var gray: Bool

  /// Creates the arguments; the defaults are the annotators'.
  public init(
    low: Double = 100, high: Double = 200, aperture: Int = 3, norm: Norm = .l1, gray: Bool = false
  ) {
    self.low = low
    self.high = high
    self.aperture = aperture
    self.norm = norm
    self.gray = gray
  }
}
