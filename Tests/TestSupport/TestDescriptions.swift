public import MapRender
public import PoseRig
public import Testing

// Pictures and bodies are too long to print whole when a test fails.

extension Image: CustomTestStringConvertible {
  /// Its size.
  public var testDescription: String { "picture of \(width)×\(height)" }
}

extension Body: CustomTestStringConvertible {
  /// Its name.
  public var testDescription: String { "body \(name)" }
}
