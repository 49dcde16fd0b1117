/// A contact of a hand or foot, as a fact about one pose, to which a gap belongs.
public struct Contact: Hashable, Sendable {
  /// A thing that a hand or foot can touch.
  public enum Other: Hashable, Sendable {
    /// The ground that everyone stands on.
    case floor
    /// A prop, by its id.
    case prop(String)
    /// A part of a character, by id, which can be the hand's own character.
    case body(String, BodyRegion)
  }

  /// The hand or foot.
  public var part: BodyRegion
  /// The thing that it touches.
  public var other: Other

  /// Creates a contact from its parts.
  public init(part: BodyRegion, other: Other) {
    self.part = part
    self.other = other
  }
}

/// Finds everything near hands and feet.
struct ContactSurvey {
  /// The gap in meters up to which there is a contact.
  static let touch = 0.01
  /// The gap in meters from which there is no contact. Between both values a contact neither begins
  /// nor ends, so that a change of a millimeter is not reported.
  static let apart = 0.02
  /// The largest gap in meters that is recorded.
  private static let reach = 0.04

  private let solids: [(id: String, solid: PropSolid)]
  private let skins: [(id: String, skin: RegionSkin)]

  init(_ scene: Scene, _ characters: [PosedCharacter]) {
    solids = scene.props.filter(\.shape.isSolid).map { ($0.id, PropSolid($0)) }
    skins = characters.map { ($0.id, RegionSkin($0)) }
  }

  /// Returns the gaps in meters to everything near a character's hands and feet.
  func gaps(of index: Int, floor: Double) -> [Contact: Double] {
    var gaps: [Contact: Double] = [:]
    func note(_ part: BodyRegion, _ other: Contact.Other, _ gap: Double) {
      let contact = Contact(part: part, other: other)
      if gap <= Self.reach { gaps[contact] = min(gap, gaps[contact] ?? .infinity) }
    }
    for part in BodyRegion.touching {
      let points = skins[index].skin.points(of: part)
      guard !points.isEmpty else { continue }
      let lowest = points.map { Double($0.y) }.min() ?? 0
      note(part, .floor, max(0, lowest - floor))
      for (id, solid) in solids {
        let gap = points.map { solid.distance(to: Vector3($0)) }.min() ?? .infinity
        note(part, .prop(id), max(0, gap))
      }
      for (other, entry) in skins.enumerated() {
        if other == index, !part.isHand { continue }
        let avoided = other == index ? part.neighbors : []
        for (region, gap) in entry.skin.gaps(to: points, within: Self.reach, avoiding: avoided) {
          note(part, .body(entry.id, region), gap)
        }
      }
    }
    return gaps
  }
}

/// A body's skin by region.
private struct RegionSkin {
  private let surface: PosedSurface
  private let regions: [BodyRegion]

  init(_ character: PosedCharacter) {
    surface = character.bodySurface
    regions = character.body.carriers().map(BodyRegion.init)
  }

  func points(of region: BodyRegion) -> [SIMD3<Float>] {
    surface.positions.indices.filter { regions[$0] == region }.map { surface.positions[$0] }
  }

  /// Returns the gap in meters between points and each region within `reach`.
  func gaps(
    to points: [SIMD3<Float>], within reach: Double, avoiding avoided: Set<BodyRegion>
  ) -> [(BodyRegion, Double)] {
    let margin = SIMD3<Float>(repeating: Float(reach))
    let low = points.reduce(points[0], pointwiseMin) - margin
    let high = points.reduce(points[0], pointwiseMax) + margin
    var gaps: [BodyRegion: Double] = [:]
    for index in surface.positions.indices {
      let skin = surface.positions[index]
      guard all(skin .>= low), all(skin .<= high), !avoided.contains(regions[index]) else {
        continue
      }
      let normal = surface.normals.isEmpty ? SIMD3<Float>.zero : surface.normals[index]
      let gap = points.map { Self.gap($0 - skin, normal) }.min() ?? .infinity
      if Double(gap) <= reach {
        gaps[regions[index]] = min(Double(gap), gaps[regions[index]] ?? .infinity)
      }
    }
    return BodyRegion.allCases.compactMap { region in gaps[region].map { (region, $0) } }
  }

  /// Returns the distance of a point from the skin at a vertex, along the vertex's normal, since
  /// vertices are up to 2 cm apart.
  private static func gap(_ way: SIMD3<Float>, _ normal: SIMD3<Float>) -> Float {
    let along = way.dot(normal)
    let aside = max(0, way.dot(way) - along * along).squareRoot()
    return aside < 0.012 && abs(along) < 0.04 ? max(0, along) : way.length
  }
}
