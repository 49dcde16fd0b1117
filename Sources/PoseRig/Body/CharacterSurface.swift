/// A surface that belongs to a character.
public enum SurfaceKind: UInt8, CaseIterable, Sendable {
  /// The body's own skin.
  case body
  /// Hair that is a surface of its own.
  case hair
  /// Clothes and whatever else is worn.
  case worn
  /// A thing in a hand.
  case held
}

/// A surface of a posed character that is not its body's, in the world.
public struct CharacterSurface: Sendable {
  /// The surface's kind.
  public let kind: SurfaceKind
  /// The surface, with the kind's label on every triangle.
  public private(set) var surface: PosedSurface

  /// A surface of a kind; whatever labels it had before, it gets the kind's.
  /// - Precondition: the kind is not `body`, which has a label for each part.
  public init(_ kind: SurfaceKind, _ surface: PosedSurface) {
    self.kind = kind
    self.surface = surface
    self.surface.labels = Array(
      repeating: SurfaceLabel(kind), count: surface.triangles.count)
    // Only parts of a body have halves.
    self.surface.sides = []
  }

  /// What is worn or grown, with the labels and halves that it has.
  init(worn surface: PosedSurface, kind: SurfaceKind) {
    self.kind = kind
    self.surface = surface
  }

  /// Moves the surface.
  mutating func move(by offset: SIMD3<Float>) { surface.move(by: offset) }
}

extension PosedSurface {
  /// Moves every point.
  mutating func move(by offset: SIMD3<Float>) { positions = positions.map { $0 + offset } }
}
