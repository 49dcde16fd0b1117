/// The edges of a shell, and the positions of bands.
extension ShellFit {
  /// Returns the distances of a point of the skin inside the edges, one per edge, in meters;
  /// negative outside.
  func distances(_ point: SIMD3<Float>) -> [Float] {
    [point.y - low, upper(point), sleeve(point)]
  }

  func sleeve(_ point: SIMD3<Float>) -> Float {
    // Only a piece with a neckline extends up to the arms.
    piece.neck == nil || point.y < figure.height(ofTrunk: 0.5) ? 1 : cuff - abs(point.x)
  }

  /// Returns the distance of a point below the upper edge: the neckline, or a level of the trunk.
  func upper(_ point: SIMD3<Float>) -> Float {
    guard let neck = piece.neck else {
      return figure.height(ofTrunk: clothes.value(piece.top)) - point.y
    }
    return min(offNeck(point, neck), offOpening(point))
  }

  /// Returns the distance of a point from the neck hole: a sphere around the base of the neck, and
  /// the cone above it with the whole head.
  private func offNeck(_ point: SIMD3<Float>, _ neck: GarmentMeasure) -> Float {
    let scoop = clothes.value(piece.scoop)
    let base = figure.joint(.neck) + SIMD3(0, -0.012, 0.012)
    let radius = neckRadius(neck)
    let axis = SIMD3<Float>(0, 0.9, 0.436)
    let offset = point - base
    let along = offset.dot(axis)
    var across = offset - axis * along
    // In front it extends farther down.
    if across.z > 0, scoop > 0 { across.z *= radius / (radius + scoop) }
    // Behind, it runs straight from shoulder to shoulder, as high as the nape.
    let behind = max(-across.z, 0) / max(across.length, 1e-4)
    let steep = scoop > 0 && offset.z > 0 ? radius / (radius + scoop) : 1 + 1.6 * behind * behind
    let below = min(along, 0) * steep * 0.8
    return (across.dot(across) + below * below).squareRoot() - radius - max(along, 0) * 1.2
  }

  private func neckRadius(_ neck: GarmentMeasure) -> Float {
    let scale = (figure.joint(.head) - figure.joint(.neck)).length / 0.1
    return clothes.value(neck) * min(max(scale, 0.8), 1.3)
  }

  // MARK: Opening

  /// The lowest point of the front opening; nil for a piece without one.
  private var openingLow: Float? {
    let level = clothes.value(piece.vee)
    return level < 1 ? figure.height(ofTrunk: level) : nil
  }

  /// Returns the position of a height between the lowest point of the opening and the neck, 0 to 1.
  private func openingShare(_ height: Float, _ low: Float) -> Float {
    (height - low) / max(figure.joint(.neck).y - low, 0.05)
  }

  /// Returns the distance of a point from the front opening, which widens upward from its lowest
  /// point like a V.
  private func offOpening(_ point: SIMD3<Float>) -> Float {
    let neck = figure.joint(.neck)
    guard let neckline = piece.neck, let low = openingLow, point.z > neck.z, point.y < neck.y
    else { return 1 }
    let width = neckRadius(neckline) * 0.9
    let height = neck.y - low
    // The distance from an oblique line.
    let lean = height / (height * height + width * width).squareRoot()
    return (abs(point.x) - width * openingShare(point.y, low)) * lean
  }

  /// Returns the distance of a point from the lapels along the opening, in meters; negative on
  /// them.
  private func offLapel(_ point: SIMD3<Float>) -> Float {
    let width = clothes.value(piece.lapel)
    guard width > 0, let low = openingLow, point.z > figure.joint(.neck).z else { return 1 }
    let share = openingShare(point.y, low)
    guard share > 0, share < 1.1 else { return 1 }
    // They widen upward to a notch, above which the collar begins.
    let own = share < 0.7 ? width * (0.15 + 0.85 * share / 0.7) : width * 0.55
    return offOpening(point) - own
  }

  // MARK: Bands

  /// Returns the distance of a point from the bands along the edges and down the front, in meters;
  /// negative on them.
  func offBand(_ point: SIMD3<Float>) -> Float {
    let (trim, placket) = (clothes.value(piece.trim), clothes.value(piece.placket))
    var distance = offLapel(point)
    if trim > 0 { distance = min(distance, (distances(point).min() ?? 1) - trim) }
    let top = openingLow ?? figure.joint(.neck).y
    if placket > 0, point.z > figure.joint(.chest).z, point.y < top {
      distance = min(distance, abs(point.x - placket * 0.25) - placket / 2)
    }
    return distance
  }

  /// Returns the height of the collar at an edge, in meters; 0 if there is no collar.
  func collar(_ point: SIMD3<Float>) -> Float {
    let height = clothes.value(piece.collar)
    guard height > 0, let neck = piece.neck, abs(upper(point)) < 2e-3 else { return 0 }
    // It ends along the opening.
    return height * (1 - smoothStep(offNeck(point, neck), 0.002, 0.03))
  }
}
