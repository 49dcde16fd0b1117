package import MapRender
internal import PoseRig
package import SceneFiles

/// The pictures of a file before and after a change, by subject and map.
package struct DifferencePictures {
  /// One map of one subject in both states.
  package struct Cell {
    /// The map.
    package var map: MapName
    /// The picture before; nil if the subject did not exist.
    package var before: Image<RGB8>?
    /// The picture after; nil if the subject no longer exists.
    package var after: Image<RGB8>?
    /// Both states in one picture, with arrows that show how hands, feet and heads moved; nil
    /// unless both exist.
    package var onion: Image<RGB8>?
  }

  /// A character, or all of them together.
  package struct Subject {
    /// The character's id; empty for all together, and for a pose.
    package var title: String
    /// The time within a clip; empty for anything else.
    package var moment: String
    /// The subject's maps.
    package var cells: [Cell]
  }

  /// The maps to draw.
  package var maps: [MapName]
  /// The side in pixels of a square that has the area of each picture.
  package var side: Int
  /// The largest number of a clip's frames to show.
  private static let mostFrames = 4

  package init(maps: [MapName] = [.shaded, .openpose, .depth], side: Int) {
    (self.maps, self.side) = (maps, side)
  }

  /// Returns the subjects of a file that changed: all characters together, if there are several,
  /// then each that changed.
  package func subjects(of file: FileDifference) throws(RenderError) -> [Subject] {
    if file.motions.before != nil || file.motions.after != nil { return try clip(file) }
    let isPose = file.kind != .scene
    let scenes =
      isPose
      ? SceneState.framedAlike(file.before, file.after) : (file.before?.posed, file.after?.posed)
    guard scenes.0 != nil || scenes.1 != nil else { return [] }
    if isPose { return try draw(scenes, [.together], file.difference, moment: "") }
    let count = max(scenes.0?.characters.count ?? 0, scenes.1?.characters.count ?? 0)
    let ids = file.groups.map(\.title).filter { !$0.isEmpty }
    let changed = file.difference == nil ? [] : ids.map(Subjects.one)
    let shown: [Subjects] = count == 1 ? [.together] : [.together] + changed
    return try draw(scenes, shown, file.difference, moment: "")
  }

  private enum Subjects {
    case together
    case one(String)
  }

  private func clip(_ file: FileDifference) throws(RenderError) -> [Subject] {
    let (before, after) = file.motions
    var frames = [0]
    if let spans = file.motion?.spans, !spans.isEmpty {
      frames = spans.prefix(Self.mostFrames).map { $0.turns.first?.frame ?? $0.frames.lowerBound }
    } else if let inserted = file.motion?.inserted {
      frames = [inserted.lowerBound]
    }
    var subjects: [Subject] = []
    for frame in frames {
      func state(_ motion: PoseMotion?) -> SceneState? {
        motion.map { SceneState($0.pose(at: Double(frame) / $0.frameRate), on: .female) }
      }
      let (old, new) = (state(before), state(after))
      let scenes = SceneState.framedAlike(old, new)
      var difference: SceneDifference?
      if let old, let new { difference = SceneDifference(from: old, to: new) }
      subjects += try draw(scenes, [.together], difference, moment: "frame \(frame)")
    }
    return subjects
  }

  private func draw(
    _ scenes: (before: PosedScene?, after: PosedScene?), _ subjects: [Subjects],
    _ difference: SceneDifference?, moment: String
  ) throws(RenderError) -> [Subject] {
    guard let canvas = (scenes.after ?? scenes.before)?.camera.canvas else { return [] }
    let scale = Double(side) / Double(canvas.width * canvas.height).squareRoot()
    let size = (
      width: max(1, Int((Double(canvas.width) * scale).rounded())),
      height: max(1, Int((Double(canvas.height) * scale).rounded()))
    )
    let old = try pictures(scenes.before, subjects, size)
    let new = try pictures(scenes.after, subjects, size)
    return subjects.enumerated().map { index, subject in
      let id: String? = if case .one(let id) = subject { id } else { nil }
      let arrows = Self.arrows(scenes, difference, of: id)
      let cells = maps.enumerated().map { number, map in
        var cell = Cell(map: map, before: old[index]?[number], after: new[index]?[number])
        if let one = cell.before, let other = cell.after {
          var onion = OnionSkin.draw(one, other)
          arrows.forEach { $0.draw(on: &onion) }
          cell.onion = onion
        }
        return cell
      }
      return Subject(title: id ?? "", moment: moment, cells: cells)
    }
  }

  /// Returns the maps of each subject; nil for a subject that is not in the scene.
  private func pictures(
    _ scene: PosedScene?, _ subjects: [Subjects], _ size: (width: Int, height: Int)
  ) throws(RenderError) -> [[Image<RGB8>]?] {
    guard let scene, !scene.characters.isEmpty else { return subjects.map { _ in nil } }
    let buffers = try CharacterBuffers(scene)
    var all: [[Image<RGB8>]?] = []
    for subject in subjects {
      let shown: MapSubject
      switch subject {
      case .together: shown = .together(Array(scene.characters.indices))
      case .one(let id):
        guard let index = scene.characters.firstIndex(where: { $0.id == id }) else {
          all.append(nil)
          continue
        }
        shown = .character(index)
      }
      let drawing = try MapDrawing(shown, of: scene, buffers: buffers, maps: maps)
      all.append(
        maps.map { drawing.picture($0).inColor.fitted(width: size.width, height: size.height) })
    }
    return all
  }

  /// The least distance to mark with an arrow, as a share of the picture's height.
  private static let least: Float = 0.012

  /// Returns how the hands, feet, heads and hips of one character, or of all, moved in the picture.
  private static func arrows(
    _ scenes: (before: PosedScene?, after: PosedScene?), _ difference: SceneDifference?,
    of id: String?
  ) -> [MotionArrow] {
    guard let before = scenes.before, let after = scenes.after, let difference,
      before.camera.canvas.hasShape(of: after.camera.canvas)
    else { return [] }
    return difference.characters.filter { id == nil || $0.id == id }.flatMap { change in
      guard
        let old = before.characters.first(where: { $0.id == change.oldId ?? change.id }),
        let new = after.characters.first(where: { $0.id == change.id })
      else { return [MotionArrow]() }
      let isMoved = change.shift != .zero || change.carried != nil
      let joints = isMoved ? [JointName.hips] : change.moves.map(\.joint)
      return joints.compactMap { joint in
        guard let start = before.camera.share(of: old.position(of: joint)),
          let end = after.camera.share(of: new.position(of: joint))
        else { return nil }
        let way = end - start
        return (way * way).sum().squareRoot() >= least ? MotionArrow(start: start, end: end) : nil
      }
    }
  }
}

extension Image<RGB8> {
  /// Returns the picture scaled to fit a given size, with its aspect ratio kept.
  fileprivate func fitted(width: Int, height: Int) -> Image<RGB8> {
    let own = max(1, min(width, (height * self.width + self.height / 2) / self.height))
    if abs(own - width) <= 1 { return shrunk(width: width, height: height) }
    let tall = max(1, min(height, width * self.height / self.width))
    let small = shrunk(width: min(own, width), height: own < width ? height : tall)
    var whole = Image(width: width, height: height, filling: .black)
    whole.paste(small, x: (width - small.width) / 2, y: (height - small.height) / 2)
    return whole
  }
}

extension Camera {
  /// Returns a world point as shares of the picture's width and height; nil behind the camera.
  fileprivate func share(of point: Vector3) -> SIMD2<Float>? {
    project(point).map {
      SIMD2(Float($0.pixel.x) / Float(canvas.width), Float($0.pixel.y) / Float(canvas.height))
    }
  }
}
