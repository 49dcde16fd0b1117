/// A body's garments of the library, fitted to its measures.
struct Outfit: Equatable, Sendable {
  /// The pieces that only follow the joints.
  var worn: [WornSurface] = []
  /// The pieces that hang.
  var hanging: [HangingCloth] = []
  /// The hats, under which hair is flattened.
  var hats: [HatPlane] = []
  /// Whether each triangle of the body's surface is covered.
  var hidden: [Bool]

  /// The distance from an edge up to which skin under cloth is drawn, in meters, since sleeves are
  /// open.
  private static let seam: Float = 0.035

  /// The distance below a shoe's top up to which skin is drawn, in meters.
  private static let shoeSeam: Float = 0.012

  /// A fitted piece, and the body with everything under it.
  private struct Fitted {
    var shell: ShellFit.Shell
    var layer: Int
    var isUnder: (ClothVertex) -> Bool
  }

  /// Fits garments to a body without any; nil for an imported model.
  init?(_ clothes: [Clothes], on body: Body) {
    guard var figure = ClothBody(body) else { return nil }
    var covered = [Bool](repeating: false, count: body.surface.positions.count)
    let inOrder = clothes.enumerated().sorted {
      ($0.element.design.layer, $0.offset) < ($1.element.design.layer, $1.offset)
    }.map(\.element)
    var shells: [Fitted] = []
    for worn in inOrder {
      // A skirt begins under the belt of its upper part.
      let below = figure
      for piece in worn.design.pieces {
        switch piece {
        case .shell(let piece):
          let fit = ShellFit(piece, of: worn, on: figure)
          guard let shell = fit.shell() else { continue }
          shells.append(
            Fitted(
              shell: shell, layer: worn.design.layer,
              isUnder: { vertex in fit.distances(vertex.point).allSatisfy { $0 > Self.seam } }))
          figure.raise(over: shell)
          Self.cover(&covered, figure, fit, margin: Self.seam)
        case .shoes(let piece):
          for side in Side.both {
            let fit = ShoeFit(piece, of: worn, on: figure, side: side)
            guard let shell = fit.shell() else { continue }
            for index in shells.indices { shells[index].shell.tuck(into: fit) }
            shells.append(
              Fitted(
                shell: shell, layer: worn.design.layer,
                isUnder: { fit.distance($0.point) > Self.seam }))
            for (index, vertex) in figure.mesh.vertices.enumerated()
            where fit.distance(vertex.point) > Self.shoeSeam {
              covered[index] = true
            }
          }
        case .cloak(let piece):
          hanging.append(HangingCloth(piece, of: worn, on: figure))
          hanging[hanging.count - 1].layer = worn.design.layer
        case .hat(let piece):
          guard let head = HeadForm(body) else { continue }
          let fit = HatFit(piece: piece, clothes: worn, head: head)
          hats.append(fit.plane)
          shells.append(
            Fitted(
              shell: Self.shell(fit.mesh()), layer: worn.design.layer, isUnder: { _ in false }))
        case .skirt(let piece):
          hanging.append(HangingCloth(piece, of: worn, on: below))
          hanging[hanging.count - 1].layer = worn.design.layer
        }
      }
    }
    hidden = body.surface.triangles.map { corners in
      (0..<3).allSatisfy { covered[Int(corners[$0])] }
    }
    for (index, one) in shells.enumerated() {
      let outer = shells[(index + 1)...]
      var surface = Self.surface(one.shell, under: outer, on: figure)
      surface.layer = one.layer
      if !surface.triangles.isEmpty { worn.append(surface) }
    }
  }

  /// Returns a hat, which only follows the head.
  private static func shell(_ mesh: HairMesh) -> ShellFit.Shell {
    let vertices = mesh.positions.map { point in
      ClothVertex(
        point: point, normal: SIMD3(0, 1, 0),
        influences: SIMD4(UInt8(JointName.head.index), 0, 0, 0), weights: SIMD4(1, 0, 0, 0))
    }
    return ShellFit.Shell(
      vertices: vertices, triangles: mesh.triangles, points: mesh.positions,
      sag: Array(repeating: 0, count: vertices.count))
  }

  private static func cover(
    _ covered: inout [Bool], _ figure: ClothBody, _ fit: ShellFit, margin: Float
  ) {
    for (index, vertex) in figure.mesh.vertices.enumerated() where !covered[index] {
      covered[index] = fit.distances(vertex.point).allSatisfy { $0 > margin }
    }
  }

  /// Returns the surface of a shell with its joints, without parts under other shells.
  private static func surface(
    _ shell: ShellFit.Shell, under outer: ArraySlice<Fitted>, on figure: ClothBody
  ) -> WornSurface {
    let isCovered = shell.vertices.map { vertex in
      outer.contains { $0.isUnder(vertex) }
    }
    let triangles = shell.triangles.filter { corners in
      !(0..<3).allSatisfy { isCovered[Int(corners[$0])] }
    }
    let skin = DualQuaternionSkin(
      helpers: figure.skin.helpers, influences: shell.vertices.map(\.influences),
      weights: shell.vertices.map(\.weights), bind: figure.skin.bind)
    let joints = JointName.allCases + skin.helpers.map(\.joint)
    let parts = triangles.map {
      PartName(bending: $0, skin.influences, skin.weights, joints: joints)
    }
    var worn = WornSurface(
      kind: .worn, positions: figure.atRest(shell.points, shell.vertices), triangles: triangles,
      labels: parts.map(SurfaceLabel.init(wornOver:)), skin: skin)
    worn.sag = shell.sag
    if shell.isSoft {
      worn.folds = ClothFolds(
        shell.points,
        normals: Skinning.vertexNormals(positions: worn.positions, triangles: shell.triangles),
        room: shell.sag, on: figure)
    }
    var standing = figure.body
    standing.surface = BodySurface(
      positions: shell.points, triangles: triangles, labels: [], sides: [])
    worn.sides = standing.sides(parts: parts)
    return worn
  }
}

extension ClothBody {
  /// Raises the ground of later garments to this one.
  mutating func raise(over shell: ShellFit.Shell) {
    for (index, vertex) in shell.vertices.enumerated() {
      guard let source = vertex.source else { continue }
      let skin = mesh.vertices[source]
      let height = (shell.points[index] - skin.point).dot(skin.normal)
      mesh.vertices[source].height = max(skin.height, height)
    }
  }
}

extension Body {
  /// Puts on an outfit.
  mutating func putOn(_ outfit: Outfit) {
    worn += outfit.worn
    hanging = outfit.hanging
    hats = outfit.hats
    hide(outfit.hidden)
  }

  /// Hides skin deep under garments, and records skin to push under them.
  mutating func tuckSkin() {
    guard let cover = SkinCover(self) else { return }
    hide(cover.hidden(surface.triangles))
    tucks = cover.nearEdges
  }

  /// Hides triangles.
  private mutating func hide(_ triangles: [Bool]) {
    var seen = uncovered?.triangles[...]
    let hidden = zip(surface.triangles, triangles).map { triangle, isHidden in
      // The uncovered triangles are in the order of the surface.
      guard let first = seen?.first else { return isHidden || seen != nil }
      guard first == triangle else { return true }
      seen?.removeFirst()
      return isHidden
    }
    uncovered = UncoveredSurface(of: surface, hidden: hidden) ?? uncovered
  }
}
