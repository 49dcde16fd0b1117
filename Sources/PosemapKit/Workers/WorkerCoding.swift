internal import Export
internal import MapRender
internal import PoseRig
internal import RigImport
internal import SceneFiles

extension ByteWriter {
  mutating func write(_ range: DepthRange) {
    write(range.near)
    write(range.far)
  }

  mutating func write(_ levels: DepthLevels) {
    write(levels.character)
    write(levels.levels)
    write(levels.distances)
    write(levels.isTogether)
  }

  mutating func write(_ job: RenderJob) {
    write(job.choices.canvas) { $0.write($1) }
    write(job.choices.profile) { $0.write($1.name) }
    write(job.choices.isStrict)
    write(job.choices.rigsFolder) { $0.write($1) }
    write(job.choices.mapSettings) { out, setting in
      out.write(setting.key)
      out.write(setting.value)
    }
    write(job.choices.camera) { $0.write($1) }
    write(job.choices.turn) { $0.write($1.description) }
    write(job.maps) { $0.write($1.rawValue) }
    write(job.only) { out, ids in out.write(ids) { $0.write($1) } }
    write(job.together)
    write(job.writing == .whole)
    write(job.version)
    write(job.notesOrigin)
    write(job.notesOverlaps)
  }

  mutating func write(_ canvas: Canvas) {
    write(canvas.width)
    write(canvas.height)
  }

  mutating func write(_ clip: ClipHandover) {
    write(clip.job)
    write(clip.task.path)
    write(clip.task.folder)
    write(clip.frames.lowerBound)
    write(clip.frames.upperBound)
    write(clip.rate)
    let camera = clip.camera
    let turn = camera.worldFromCamera.rotation.components
    write([turn.x, turn.y, turn.z, turn.w])
    write(camera.position)
    write(camera.tangents.y)
    write(camera.canvas)
    write(clip.lifts)
    write(clip.identityRanks) { $0.write($1) }
  }
}

extension ByteReader {
  typealias Fault = ByteReader.Fault

  mutating func lines() throws(Fault) -> [String] {
    try list { reader throws(ByteReader.Fault) in try reader.text() }
  }

  mutating func range() throws(Fault) -> DepthRange {
    DepthRange(near: try float(), far: try float())
  }

  mutating func levels() throws(Fault) -> DepthLevels {
    DepthLevels(
      character: try text(), levels: try index(), distances: try range(),
      isTogether: try flag())
  }

  mutating func canvas() throws(Fault) -> Canvas {
    Canvas(width: try index(), height: try index())
  }

  mutating func job() throws(Fault) -> RenderJob {
    let canvas = try optional { reader throws(ByteReader.Fault) in try reader.canvas() }
    let profile = try optional { reader throws(ByteReader.Fault) in try reader.profile() }
    let isStrict = try flag()
    let rigs = try optional { reader throws(ByteReader.Fault) in try reader.text() }
    let settings = try list { reader throws(ByteReader.Fault) in
      (key: try reader.text(), value: try reader.text())
    }
    let camera = try optional { reader throws(ByteReader.Fault) in try reader.text() }
    let turn = try optional { reader throws(ByteReader.Fault) in try reader.turn() }
    let maps = try list { reader throws(ByteReader.Fault) in try reader.map() }
    let only = try optional { reader throws(ByteReader.Fault) in try reader.lines() }
    var job = RenderJob(
      choices: SceneChoices(
        canvas: canvas, profile: profile, isStrict: isStrict, rigsFolder: rigs,
        mapSettings: settings, camera: camera, turn: turn),
      maps: maps, only: only, together: try flag(), writing: try flag() ? .whole : .resumable,
      version: try text())
    job.notesOrigin = try flag()
    job.notesOverlaps = try flag()
    return job
  }

  private mutating func profile() throws(Fault) -> Profile {
    guard let profile = Profile.named(try text()) else { throw Fault() }
    return profile
  }

  private mutating func turn() throws(Fault) -> Turn {
    guard let turn = Turn(try text()) else { throw Fault() }
    return turn
  }

  private mutating func map() throws(Fault) -> MapName {
    guard let map = MapName(rawValue: try text()) else { throw Fault() }
    return map
  }

  mutating func clip() throws(Fault) -> ClipHandover {
    let job = try job()
    let task = SceneTask(path: try text(), folder: try text())
    let (first, last) = (try index(), try index())
    guard first <= last else { throw Fault() }
    let rate = try double()
    let turn: [Double] = try numbers()
    guard turn.count == 4 else { throw Fault() }
    let camera = Camera(
      worldFromCamera: Transform(
        rotation: Quaternion(x: turn[0], y: turn[1], z: turn[2], w: turn[3]),
        translation: try vector()),
      tangentY: try double(), canvas: try canvas())
    return ClipHandover(
      job: job, task: task, frames: first...last, rate: rate, camera: camera,
      lifts: try numbers(),
      identityRanks: try optional { reader throws(ByteReader.Fault) in try reader.numbers() })
  }
}
