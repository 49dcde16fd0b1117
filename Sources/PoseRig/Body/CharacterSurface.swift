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

  /// A thing of the character, as it is in the world.
  init(held prop: Prop) {
    kind = .held
    surface = PropSurface.surface(of: prop)
    surface.labels = Array(
      repeating: SurfaceLabel(held: prop.sceneClass), count: surface.triangles.count)
  }

  /// What is worn or grown, with the labels and halves that it has.
  init(worn surface: PosedSurface, kind: SurfaceKind) {
    self.kind = kind
    self.surface = surface
  }

  /// Moves points by what is said of each and of the way that it faces.
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
