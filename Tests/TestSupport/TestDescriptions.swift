public import MapRender
public import PoseRig
public import Testing

// Pictures and bodies are too long to print in full when a test fails.

extension Image: CustomTestStringConvertible {
  /// The size of the picture.
  public var testDescription: String { "picture of \(width)×\(height)" }
}

extension Body: CustomTestStringConvertible {
  /// The name of the body.
  public var testDescription: String { "body \(name)" }
}

extension Figure: CustomTestStringConvertible {
  /// The kind of the figure.
  public var testDescription: String {
    switch self {
    case .mannequin(let mannequin, _): mannequin.name
    case .human: "human"
    case .model(let body): "model \(body.name)"
    }
  }
}

extension Mannequin: CustomTestStringConvertible {
  /// The name of the mannequin.
  public var testDescription: String { name }
}
