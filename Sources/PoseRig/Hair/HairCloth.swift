#if canImport(Glibc)
  internal import Glibc
#endif

extension HairCloth {
  /// The number of lines along which the cloth hangs.
  private static let lines = 96

  /// Adds the closed sheet to a mesh.
  func build(_ fall: HairFall, piece: Int, into mesh: inout HairMesh) {
    var fall = fall
    fall.obstacles.parts = false
    var form = LockForm()
    form.thickness = thickness * 2
    form.stiffness = stiffness
    form.jitter = 0
    form.overEars = true
    form.hold = 0.4
    let steps = guides[0].path.count
    let strands = (0..<Self.lines).map { line in
      // Once around, from straight ahead over the left to straight ahead again.
      let turn = Float(line) / Float(Self.lines) * 2
      let along = turn <= 1 ? turn : 2 - turn
      let waypoints = (0..<steps).map { step in
        let points = guides.map { guide in
          HairWaypoint(
            direction: fall.head.direction(guide.path[step], mirrored: turn > 1),
            height: Float(guide.path[step].height) * fall.head.size)
        }
        return HairWaypoint.between(points, along)
      }
      let length = HairWaypoint.between(
        guides.map { HairWaypoint(direction: .zero, height: Float($0.fall)) }, along
      ).height
      return fall.straight(
        waypoints, fall: max(length, 0), form, variation: HairVariation(piece, line), pieces: 18,
        flutters: false)
    }
    let outer = (0...18).map { ring in points(strands, ring, fall, inside: false) }
    let inner = (0...18).reversed().map { ring in points(strands, ring, fall, inside: true) }
    let middle = fall.head.point(SIMD3(0, -1, 0), height: -0.03, overEars: false)
    mesh.add(rings: outer + inner, start: middle, end: middle)
  }

  private func points(
    _ strands: [HairStrand], _ ring: Int, _ fall: HairFall, inside: Bool
  ) -> [SIMD3<Float>] {
    let scale = fall.head.size
    let share = Float(ring) / 18
    return strands.indices.map { line in
      let turn = Float(line) / Float(strands.count) * 2 * .pi
      let wave = cos(turn * Float(folds.rounded()) + share * 1.5)
      let fold = Float(depth) * scale * smoothStep(share, 0.1, 0.9) * (0.5 + 0.5 * wave)
      let out = fold + (inside ? 0 : Float(thickness) * scale)
      return strands[line].points[ring] + strands[line].outward[ring] * out
    }
  }
}
