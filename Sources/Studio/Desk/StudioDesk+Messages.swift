internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The reason why the desk refuses a message, in a sentence.
struct StudioFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Acting on messages.
extension StudioDesk {
  func handle(_ message: PageMessage, from tab: Tab) throws(StudioFault) {
    switch message {
    case .view(let size, let form):
      tab.view.size = size
      tab.form = form
      tab.isStale = true
    case .orbit, .pan, .dolly, .lens, .roll, .preset, .frame, .sceneCamera, .hide:
      look(message, tab)
    case .takeCamera:
      guard let camera = tab.view.camera else { return }
      try edit { session throws(SceneEditFault) in try session.make(.wholeCamera(camera.value)) }
      tab.view.camera = nil
      tab.isStale = true
    case .select(let character, let joint):
      tab.selection = character.map { ($0, joint) }
      tell(tab, .figure)
    case .pick(let pixel):
      let pick = tab.view.shown.flatMap { Pick(in: $0, at: pixel) }
      tab.link.send(
        .of(
          "picked",
          [
            "character": .optional(pick?.character), "joint": .optional(pick?.joint?.rawValue),
            "prop": .optional(pick?.prop),
          ]))
    case .shown(let number):
      if tab.awaited == number { tab.awaited = nil }
    case .grab, .drag, .release, .cancel: try drag(message, tab)
    case .maps(let names, let subject, let height):
      tab.maps = names.isEmpty ? nil : MapWish(names: names, subject: subject, height: height)
      tell(tab, .maps)
    case .export, .comfyUI, .stopJob: try work(message, for: tab)
    default: try change(message, tab)
    }
  }

  /// Runs an edit; its fault becomes a sentence.
  func edit(
    _ work: (StudioSession) throws(SceneEditFault) -> Void
  ) throws(StudioFault) {
    do throws(SceneEditFault) {
      try work(session)
    } catch {
      throw StudioFault(error.description)
    }
  }

  // MARK: The view

  private func look(_ message: PageMessage, _ tab: Tab) {
    let view = tab.view
    switch message {
    case .orbit(let right, let up):
      view.look { $0.orbit(right: right.degreesToRadians, up: up.degreesToRadians) }
    case .pan(let pixels): view.pan(by: pixels)
    case .dolly(let factor): view.look { $0.dolly(by: factor) }
    case .lens(let focalLength): view.focalLength = focalLength
    case .roll(let degrees): view.look { $0.roll = degrees }
    case .preset(let preset, let about): view.look(from: preset, at: about)
    case .frame(let about, let part): view.frame(about, part)
    case .sceneCamera: view.camera = nil
    case .hide(let id, let isHidden):
      if isHidden { view.hidden.insert(id) } else { view.hidden.remove(id) }
    default: break
    }
    tab.move(at: .now)
  }

  // MARK: Dragging

  private func drag(_ message: PageMessage, _ tab: Tab) throws(StudioFault) {
    let view = tab.view
    switch message {
    case .grab(let name, let keeping):
      guard let handle = view.handles().first(where: { $0.name == name }) else {
        throw StudioFault("there is no handle \"\(name)\" in the view")
      }
      // One drag at a time: the document is everybody's.
      for other in tabs where other.view.isDragging {
        try edit { _ throws(SceneEditFault) in try other.view.release() }
      }
      view.keeping = keeping
      view.grab(handle)
    case .drag(let pixel, let path, let snapping):
      try edit { _ throws(SceneEditFault) in
        try view.drag(to: pixel, along: path, snapping: snapping)
      }
    case .release: try edit { _ throws(SceneEditFault) in try view.release() }
    case .cancel: try edit { _ throws(SceneEditFault) in try view.cancel() }
    default: break
    }
    tabs.forEach { $0.move(at: .now) }
  }

  // MARK: The document

  private func change(_ message: PageMessage, _ tab: Tab) throws(StudioFault) {
    switch message {
    case .edit(let value, let pixel):
      try edit { session throws(SceneEditFault) in
        let edit = try SceneEditReader.edit(in: value)
        let point = pixel.flatMap { tab.view.floor(at: $0) }
        try session.make(seating: session.placed(edit, at: point))
      }
      if session.isInGesture { tabs.forEach { $0.move(at: .now) } }
    case .gesture(let begins): if begins { session.beginGesture() } else { session.endGesture() }
    case .undo: try edit { session throws(SceneEditFault) in _ = try session.undo() }
    case .redo: try edit { session throws(SceneEditFault) in _ = try session.redo() }
    case .save: save(for: tab)
    case .autosave(let isOn): isAutosaving = isOn
    case .restore: try edit { session throws(SceneEditFault) in try session.restore() }
    case .forget: session.forget()
    case .outside(let file, let keepsMine):
      try edit { session throws(SceneEditFault) in
        try session.settleOutside(file, keepsMine: keepsMine)
      }
    case .savePose(let character, let name, let part):
      try edit { session throws(SceneEditFault) in
        tab.link.send(.notice("saved \(try session.savePose(of: character, as: name, part: part))"))
      }
      tabs.forEach { $0.link.send(.of("library", ["library": library.value])) }
    case .takeFrame(let character, let seconds):
      try edit { session throws(SceneEditFault) in
        try session.takeFrame(of: character, at: seconds)
      }
    case .difference: tab.link.send(DifferenceMessage.of(session))
    case .time(let seconds):
      try edit { session throws(SceneEditFault) in try session.show(time: seconds) }
      tabs.forEach { $0.move(at: .now) }
    default: break
    }
  }
}
