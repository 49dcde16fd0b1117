/// A surface that belongs to a character.
public enum SurfaceKind: UInt8, CaseIterable, Sendable {
  /// The body's own skin.
  case body
  /// Hair that is a surface of its own.
  case hair
  /// Clothes and whatever else is worn.
  case worn
  /// A prop in a hand.
  case held
}

/// A surface of a posed character other than its body, in the world.
public struct CharacterSurface: Sendable {
  /// The surface's kind.
  public let kind: SurfaceKind
  /// The surface, with the kind's label on every triangle.
  public private(set) var surface: PosedSurface

  /// Creates a surface of a kind, and replaces any labels with that of the kind.
  ///
  /// - Precondition: the kind is not `body`, which has a label for each part.
  public init(_ kind: SurfaceKind, _ surface: PosedSurface) {
    self.kind = kind
    self.surface = surface
    self.surface.labels = Array(
      repeating: SurfaceLabel(kind), count: surface.triangles.count)
    // Only parts of a body have halves.
    self.surface.sides = []
  }

  /// Takes a held prop, as it is in the world.
  init(held prop: Prop) {
    kind = .held
    surface = PropSurface.surface(of: prop)
    surface.labels = Array(
      repeating: SurfaceLabel(held: prop.sceneClass), count: surface.triangles.count)
  }

  /// Takes a garment or hair, with its labels and halves.
  init(worn surface: PosedSurface, kind: SurfaceKind) {
    self.kind = kind
    self.surface = surface
  }

  /// Moves each point by the offset that a function returns for the point and its normal.
  mutating func push(_ way: (SIMD3<Float>, SIMD3<Float>) -> SIMD3<Float>?) {
    guard !surface.normals.isEmpty else { return }
    for index in surface.positions.indices {
      if let move = way(surface.positions[index], surface.normals[index]) {
        surface.positions[index] += move
      }
    }
  }

  /// Moves the surface.
  mutating func move(by offset: SIMD3<Float>) { surface.move(by: offset) }
}

extension PosedSurface {
  /// Moves every point.
  mutating func move(by offset: SIMD3<Float>) { positions = positions.map { $0 + offset } }
}
