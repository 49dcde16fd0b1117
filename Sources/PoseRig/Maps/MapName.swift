/// The maps there are, by the names that files and the command use.
public enum MapName: String, CaseIterable, Sendable {
  /// The OpenPose skeleton.
  case openpose
  /// How near everything is.
  case depth
  /// Which way surfaces face.
  case normal
  /// The edges of the shaded picture, or of the geometry.
  case canny
  /// The character's silhouette.
  case mask
  /// The silhouette without what stands before it.
  case visible
  /// Which part of the body a pixel shows, as a number.
  case parts
  /// The studio picture that Canny reads.
  case shaded
  /// Millimetres along the view axis.
  case metric
  /// Lines as an illustrator would draw them.
  case lineart
  /// Soft lines, as HED and PiDiNet find them.
  case softedge
  /// Flat colours of classes, parts or characters.
  case segmentation
  /// DensePose's 24 parts.
  case densepose

  /// What is drawn when nothing else is asked for.
  public static let standard: [MapName] = [.openpose, .depth, .normal, .canny, .mask]

  /// The maps in which props may be seen. In the openpose map a prop hides what is behind it. A mask is
  /// the character's own, whatever stands around it.
  public static let showingProps: [MapName] = [
    .openpose, .depth, .normal, .canny, .shaded, .metric, .lineart, .softedge, .segmentation,
  ]
}
