internal import PoseRig

/// The borders at which one surface ends in front of another in the picture, or lies on it.
struct Overlaps {
  /// Two neighboring pixels, one of each surface, as indices in the buffer's lists.
  struct Overlap {
    /// The pixel that stays unchanged.
    var near: Int32
    /// The pixel that becomes darker.
    var far: Int32
    /// The strength, from 0, where surfaces begin to separate, to 1.
    var strength: Float
    /// Whether it is so close to the silhouette that one of the two surfaces is only a strip there.
    var isAtRim = false
  }

  /// The overlaps with one surface in front of the other, in the order of their near pixels.
  var occlusions: [Overlap] = []
  /// The overlaps at equal distance from the camera, in which near and far can be swapped: a hand
  /// on a thigh, a foot on the floor, two faces of a box.
  var touches: [Overlap] = []
  /// The pixels of gaps too narrow to be visible, each with a pixel beside them that provides its
  /// color: two lines so close together would be drawn as dots.
  private(set) var gaps: [(index: Int32, like: Int32)] = []
  /// The bars between each pixel and its neighbors.
  var bars: [Bars]

  /// The sides on which a pixel is separated from its neighbors.
  struct Bars: OptionSet {
    let rawValue: UInt8
    /// A surface ends between the pixel and the one on its right, or the row ends.
    static let right = Bars(rawValue: 1)
    /// A surface ends between the pixel and the one below.
    static let below = Bars(rawValue: 2)
    /// The pixel is the near pixel of an occlusion.
    static let isNear = Bars(rawValue: 4)
  }

  /// The difference between directions, in either coordinate of ``PackedNormal``, at which two
  /// pixels of a prop show two of its faces: about 25 degrees.
  private static let edgeOfProp: Float = 0.3

  /// Three perpendicular directions, the first of which is the light's.
  private static let axesOfBrightness = [
    SIMD3<Float>(0, 0.6, 0.8), SIMD3<Float>(1, 0, 0), SIMD3<Float>(0, 0.8, -0.6),
  ]

  /// The distance from its silhouette within which a thin round object can turn that fast, in
  /// pixels.
  private static let rim = 4

  /// The width of gaps and strips that are too narrow to be visible, in pixels.
  private static let narrow = 2

  private let buffer: GBuffer
  private let breaks: SurfaceBreaks
  let columns: Int

  init(of buffer: GBuffer, tangents: SIMD2<Double>) {
    self.buffer = buffer
    breaks = SurfaceBreaks(buffer, tangents: tangents)
    columns = buffer.bounds.columns.count
    bars = [Bars](repeating: [], count: buffer.depth.count)
    let (depths, shading) = (buffer.depth.span, buffer.shading.span)
    for row in 0..<buffer.bounds.rows.count {
      let (start, end) = (row * columns, (row + 1) * columns)
      for here in start..<end where depths[here] > 0 {
        let slack = breaks.slack(at: depths[here]) / 2
        if here + 1 < end { look(here, 1, end, .right, slack, depths, shading) }
        if here + columns < depths.count {
          look(here, columns, depths.count, .below, slack, depths, shading)
        }
      }
      bars[end - 1].insert(.right)
    }
    dropCrumbs()
    dropRims()
    occlusions.sort { ($0.near, $0.far) < ($1.near, $1.far) }
    for overlap in occlusions { bars[Int(overlap.near)].insert(.isNear) }
  }

  /// Returns the distance in meters between surfaces that count as two at a depth.
  func slack(at depth: Float) -> Float { breaks.slack(at: depth) }

  /// Returns by how many levels of green the skin's tone darkens a pixel.
  func darkness(_ index: Int) -> Float { breaks.darkness(index) }

  /// Returns the occlusions with their near pixel at `index`.
  func occlusions(before index: Int) -> some Sequence<Int> {
    var (low, high) = (0, occlusions.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(occlusions[middle].near) < index { low = middle + 1 } else { high = middle }
    }
    return (low..<occlusions.count).lazy.prefix { occlusions[$0].near == Int32(index) }
  }

  /// Compares a pixel with the one `step` further, before `end`. Nearly all pairs are skipped: they
  /// are equally far away, within `slack`, and show one part.
  @inline(__always)
  private mutating func look(
    _ here: Int, _ step: Int, _ end: Int, _ side: Bars, _ slack: Float,
    _ depths: borrowing Span<Float>, _ shading: borrowing Span<SIMD4<UInt8>>
  ) {
    let there = here + step
    let next = depths[there]
    let label = shading[here].w
    if next == 0 {
      closeGap(here, step, end)
    } else if abs(next - depths[here]) > slack {
      addOcclusion(here, there, side)
    } else if label != shading[there].w || label > SurfaceLabel.firstThing {
      addTouch(here, there, side)
    }
  }

  private mutating func addOcclusion(_ here: Int, _ there: Int, _ side: Bars) {
    var strength: Float = 1
    if !breaks.areForeign(here, there) {
      // A steep face is farther away in the next pixel, but is still the same surface.
      if isEdge(here, there), breaks.meet(here, there) { return addTouch(here, there, side) }
      strength = Self.strength(of: breaks.separation(here, there))
    } else if breaks.mayTouch(here, there) {
      strength = max(Self.strength(of: breaks.separation(here, there)), Self.crease)
    }
    guard strength > 0 else { return }
    let isNearer = buffer.depth[here] < buffer.depth[there]
    var (near, far) = isNearer ? (here, there) : (there, here)
    // The silhouette's line is where this line would be.
    if isStrip(far, beyond: near, side) { return }
    // A prop in front of a character is already the darker one, and needs little shade to be dark
    // enough.
    if isProp(near), !isProp(far) { swap(&near, &far) }
    add(near, far, strength)
    bars[here].insert(side)
  }

  /// Returns the strength of the shade for a separation: surfaces begin to separate at half a
  /// slack, and have full shade only from two slacks on, so that lips, folds and the ends of
  /// contours are not blackened.
  private static func strength(of separation: Float) -> Float {
    separation < 1 ? 0.7 * (2 * separation - 1) : min(0.7 + 0.3 * (separation - 1), 1)
  }

  /// The strength of a crease between parts with skin that can merge: too little to start a line,
  /// but enough for one to continue.
  private static let crease: Float = 0.6

  private func isProp(_ index: Int) -> Bool { buffer.shading[index].w > SurfaceLabel.firstThing }

  private mutating func add(_ near: Int, _ far: Int, _ strength: Float) {
    occlusions.append(Overlap(near: Int32(near), far: Int32(far), strength: strength))
  }

  /// Returns whether nothing is left a few pixels beyond a far pixel, away from the near one.
  private func isStrip(_ far: Int, beyond near: Int, _ side: Bars) -> Bool {
    let row = far / columns * columns
    let line = side == .right ? row..<row + columns : buffer.depth.indices
    return (1...Self.narrow).contains { count in
      let index = far + (far - near) * count
      return line.contains(index) && buffer.depth[index] == 0
    }
  }

  /// Looks across empty pixels for a surface on their other side, and treats the two as neighbors
  /// if it is near.
  private mutating func closeGap(_ here: Int, _ step: Int, _ end: Int) {
    let width = (1...Self.narrow).first { width in
      let there = here + step * (width + 1)
      return there < end && buffer.depth[there] > 0
    }
    guard let width else { return }
    let there = here + step * (width + 1)
    let isNearer = buffer.depth[here] < buffer.depth[there]
    let far = isNearer ? there : here
    add(isNearer ? here : there, far, 1)
    for count in 1...width {
      gaps.append((index: Int32(here + step * count), like: Int32(far)))
    }
  }

  private mutating func addTouch(_ here: Int, _ there: Int, _ side: Bars) {
    let isFold = isEdge(here, there) && !isRim(here, there)
    guard isFold || breaks.areForeign(here, there) else { return }
    let isNearer = lies(here, on: there)
    touches.append(
      Overlap(
        near: Int32(isNearer ? here : there), far: Int32(isNearer ? there : here),
        strength: breaks.mayTouch(here, there) ? Self.crease : 1,
        isAtRim: isFold
          && (isStrip(there, beyond: here, side) || isStrip(here, beyond: there, side))))
    bars[here].insert(side)
  }

  /// Whether two pixels show two faces of a prop.
  private func isEdge(_ here: Int, _ there: Int) -> Bool {
    isProp(here) && buffer.shading[here].w == buffer.shading[there].w
      && buffer.normals[here].differs(from: buffer.normals[there], by: Self.edgeOfProp)
  }

  /// Returns whether two pixels that look like two faces of a prop are the rim of something thin
  /// and round, such as a rod: at every pixel it turns away from the eye by as much, and its
  /// silhouette is near.
  private func isRim(_ here: Int, _ there: Int) -> Bool {
    let step = there - here
    let turn = buffer.normals[there].direction - buffer.normals[here].direction
    let least = (turn * turn).sum() / 4
    var (isTurning, isNearEnd) = (false, false)
    for (pixel, way) in [(here, -step), (there, step)] {
      let line =
        step == 1
        ? pixel / columns * columns..<(pixel / columns + 1) * columns
        : buffer.depth.indices
      for count in 1...Self.rim {
        let (before, next) = (pixel + way * (count - 1), pixel + way * count)
        guard line.contains(next), buffer.shading[next].w == buffer.shading[here].w,
          !breaks.areForeign(min(before, next), max(before, next))
        else {
          isNearEnd = true
          break
        }
        guard count == 1 else { continue }
        let on = buffer.normals[next].direction - buffer.normals[pixel].direction
        isTurning = isTurning || (on * turn).sum() * (way == step ? 1 : -1) > least
      }
    }
    return isTurning && isNearEnd
  }

  /// Returns whether this one of two that touch would be drawn over the other: a body over a prop,
  /// an outer part over the part to which it is attached, an object over the ground. Of two faces
  /// of a prop, the brighter one would.
  private func lies(_ here: Int, on there: Int) -> Bool {
    let (one, other) = (rank(here), rank(there))
    if one != other { return one > other }
    let (label, next) = (buffer.shading[here].w, buffer.shading[there].w)
    return label == next ? isBrighter(here, than: there) : label > next
  }

  /// Returns whether the face at one pixel of a prop is brighter than the face at another.
  ///
  /// The answer is the same all along their edge, however it runs through the pixels: of equally
  /// bright faces, one is chosen by its direction.
  private func isBrighter(_ here: Int, than there: Int) -> Bool {
    let difference = buffer.normals[here].direction - buffer.normals[there].direction
    for axis in Self.axesOfBrightness {
      let distance = (difference * axis).sum()
      if abs(distance) > 0.1 { return distance > 0 }
    }
    return false
  }

  private func rank(_ index: Int) -> Int {
    guard let label = buffer.label(index) else { return 0 }
    if let part = label.part {
      return 2 + part.remoteness
    }
    // Clothes lie on the body's parts; hair and held objects lie on all of it.
    if label.kind == .worn, let part = label.underlyingPart {
      return 2 + PartName.allCases.count + part.remoteness
    }
    if label.kind != nil { return 2 + 2 * PartName.allCases.count }
    return label.sceneClass.map(Self.grounds.contains) == true ? 0 : 1
  }

  /// The classes that objects stand on, hang on and lean against.
  private static let grounds: Set<SceneClass> = [
    .wall, .building, .floor, .ceiling, .road, .grass, .sidewalk, .earth, .water, .rug,
  ]
}
