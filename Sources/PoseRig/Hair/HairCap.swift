#if canImport(Glibc)
  internal import Glibc
#endif

extension HairCap {
  /// Adds the closed shell to a mesh.
  func build(_ fall: HairFall, hairline: [SIMD2<Double>], piece: Int, into mesh: inout HairMesh) {
    let own = self.hairline.isEmpty ? hairline : self.hairline
    let scalp = Scalp(fall.head, pole: pole, hairline: own)
    let columns = max(96, Int(ridges) * 4)
    let azimuths = (0..<columns).map { Float($0) / Float(columns) * 2 * .pi }
    let edges = smoothed(azimuths.map(scalp.edge))
    let variation = HairVariation(piece, 0)
    var top: [[SIMD3<Float>]] = []
    let shares = shares
    for share in shares {
      top.append(
        azimuths.indices.map { index in
          let angle = edges[index] * share
          let height = height(
            azimuth: azimuths[index], angle: angle, edge: edges[index], scalp, fall, variation)
          return lumpy(
            scalp.head.point(
              scalp.direction(azimuth: azimuths[index], angle: angle), height: height,
              overEars: overEars), scalp.head)
        })
    }
    if rim > 0 { top += rimRings(azimuths, edges, scalp, fall, variation) }
    let bottom = shares.reversed().map { share in
      azimuths.indices.map { index in
        scalp.head.point(
          scalp.direction(azimuth: azimuths[index], angle: edges[index] * share), height: -0.004,
          overEars: false)
      }
    }
    let peak = scalp.head.point(
      scalp.pole,
      height: height(azimuth: 0, angle: 0, edge: edges[0], scalp, fall, variation),
      overEars: overEars)
    let root = scalp.head.point(scalp.pole, height: -0.004, overEars: false)
    mesh.add(rings: top + bottom, start: peak, end: root)
  }

  /// The distances of the rings from the pole, as shares of the distance to the edge.
  private var shares: [Float] {
    let rings = lumps > 0 ? 64 : 22
    return (1...rings).map { 1 - powf(1 - Float($0) / Float(rings), 1.25) }
  }

  /// Smooths an edge, which is given by a table of a few points.
  private func smoothed(_ edges: [Float]) -> [Float] {
    var edges = edges
    for _ in 0..<edges.count / 48 {
      edges = edges.indices.map { index in
        let before = edges[(index + edges.count - 1) % edges.count]
        let after = edges[(index + 1) % edges.count]
        return (before + edges[index] * 2 + after) / 4
      }
    }
    return edges
  }

  private func height(
    azimuth: Float, angle: Float, edge: Float, _ scalp: Scalp, _ fall: HairFall,
    _ variation: HairVariation
  ) -> Float {
    let full = Float(thickness) * fall.volume * fall.head.size
    let inside = min((edge - angle) * 180 / .pi / max(Float(self.edge), 0.1), 1)
    let profile = (rim > 0 ? 0.45 : 0) + (rim > 0 ? 0.55 : 1) * sin(inside * .pi / 2)
    // Ridges merge at the pole, and end before the hairline.
    let shown = Float(relief) * min(angle * 3, 1) * (rim > 0 ? 1 : min(inside * 2.5, 1))
    let wander = sin(angle * 7 + variation[1] * 6) * 1.3 + sin(azimuth * 3 + angle * 4) * 0.8
    let turns = ridges.rounded()
    let fine = cos(azimuth * Float(turns) + wander * 2)
    let coarse = cos(azimuth * Float((turns * 0.37).rounded()) + wander + variation[2] * 6)
    var height = full * profile * (1 - shown * (0.5 - 0.3 * fine - 0.2 * coarse))
    if lumps > 0, rim == 0 {
      let point = scalp.head.point(
        scalp.direction(azimuth: azimuth, angle: angle), height: full, overEars: false)
      height += lump(point, fall.head) * profile
    }
    return height + 0.0012 * fall.head.size
  }

  /// Returns the height of lumps at a point.
  private func lump(_ point: SIMD3<Float>, _ head: HeadForm) -> Float {
    guard lumps > 0 else { return 0 }
    let size = Float(lumps) * head.size
    return size * (Self.lump(point / size) - 0.5) * 1.3
  }

  /// Moves a point of a shell with a rim out by the height of the lumps there.
  private func lumpy(
    _ point: SIMD3<Float>, _ head: HeadForm, share: Float = 1
  ) -> SIMD3<Float> {
    guard rim > 0, lumps > 0 else { return point }
    return point + (point - head.origin).unit * (lump(point, head) * share)
  }

  /// Returns the rings around the edge of a thick shell and back under it.
  private func rimRings(
    _ azimuths: [Float], _ edges: [Float], _ scalp: Scalp, _ fall: HairFall,
    _ variation: HairVariation
  ) -> [[SIMD3<Float>]] {
    (1...8).map { ring in
      let turn = Float(ring) / 8 * .pi
      return azimuths.indices.map { index in
        let full = height(
          azimuth: azimuths[index], angle: edges[index], edge: edges[index], scalp, fall, variation)
        let out = Float(rim) * full / 2 / (0.1 * fall.head.size) * sin(turn)
        return lumpy(
          scalp.head.point(
            scalp.direction(azimuth: azimuths[index], angle: edges[index] + out),
            height: full * (0.5 + 0.5 * cos(turn)) - 0.002, overEars: overEars),
          scalp.head, share: 1 - Float(ring) / 8)
      }
    }
  }

  /// Returns the height of a field of round lumps of size 1 at a point, 0 to 1 (Worley noise).
  private static func lump(_ point: SIMD3<Float>) -> Float {
    let cell = point.rounded(.down)
    var nearest: Float = 4
    for x in -1...1 {
      for y in -1...1 {
        for z in -1...1 {
          let corner = cell + SIMD3(Float(x), Float(y), Float(z))
          let number = Int(corner.x) &* 73 &+ Int(corner.y) &* 1931 &+ Int(corner.z) &* 40_009
          let variation = HairVariation(5, number)
          let offset = corner + SIMD3(variation[0], variation[1], variation[2]) - point
          nearest = min(nearest, offset.dot(offset))
        }
      }
    }
    return max(1 - nearest, 0)
  }
}
