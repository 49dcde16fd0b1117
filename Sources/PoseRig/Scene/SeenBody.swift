extension PosedCharacter {
  /// The body's surface without parts covered by garments, and with skin that would come through
  /// them pushed under them.
  package var seenBody: PosedSurface {
    var seen = bodySurface
    for (vertex, way) in pushed { seen.positions[vertex] += way }
    push(&seen, under: body.tucks)
    guard let uncovered = body.uncovered else { return seen }
    seen.triangles = uncovered.triangles
    seen.labels = uncovered.labels
    // The insides of sleeves are visible.
    seen.isClosed = false
    seen.look = body.surface.tones?.look(
      triangles: uncovered.triangles.count, doubleSided: true, posedRig: posedRig)
    return seen
  }

  /// Pushes skin under the cloth over it.
  private func push(_ skin: inout PosedSurface, under tucks: [SkinCover.Tuck]) {
    for tuck in tucks where tuck.worn < otherSurfaces.count {
      let cloth = otherSurfaces[tuck.worn].surface
      let (height, way) = tuck.height(of: skin.positions[tuck.vertex], over: cloth)
      let depth = height + SkinCover.room
      if depth > 0, depth < SkinCover.deepest { skin.positions[tuck.vertex] -= way * depth }
    }
  }
}
