internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// Handling of messages.
extension StudioDesk {
  func handle(_ message: PageMessage, from tab: Tab) throws(StudioFault) {
    switch message {
    case .view(let size, let form):
      tab.view.size = size
      tab.form = form
      tab.isStale = true
    case .orbit, .pan, .dolly, .lens, .roll, .camera, .preset, .frame, .sceneCamera, .hide:
      look(message, tab)
    case .takeCamera:
      guard let camera = tab.view.camera else { return }
      try edit(tab) { session throws(SceneEditFault) in
        _ = try session.make(.wholeCamera(camera.value))
      }
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
      tab.maps = names.isEmpty ? nil : MapRequest(names: names, subject: subject, height: height)
      tell(tab, .maps)
    case .export, .comfyUI, .stopJob: try work(message, for: tab)
    default: try change(message, tab)
    }
  }

  /// Applies a tab's edit, separate from gestures of other tabs; a fault is sent as a sentence.
  func edit(
    _ tab: Tab, _ work: (StudioSession) throws(SceneEditFault) -> Void
  ) throws(StudioFault) {
    do throws(SceneEditFault) {
      try session.apart(for: tab.link.tab) { () throws(SceneEditFault) in try work(session) }
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
    case .camera(let camera): view.camera = camera
    case .sceneCamera: view.camera = nil
    case .hide(let id, let isHidden):
      if !isHidden {
        view.hidden.remove(id)
      } else if session.files.hasItem(id) {
        view.hidden.insert(id)
      }
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
      try letGo()
      view.keeping = keeping
      view.grab(handle)
    case .drag(let pixel, let path, let snapping):
      try edit(tab) { _ throws(SceneEditFault) in
        try view.drag(to: pixel, along: path, snapping: snapping)
      }
    case .release: try edit(tab) { _ throws(SceneEditFault) in try view.release() }
    case .cancel: try edit(tab) { _ throws(SceneEditFault) in try view.cancel() }
    default: break
    }
    lastStep = .now
    tabs.forEach { $0.move(at: .now) }
  }

  /// Ends the drag in progress: there is only one gesture at a time.
  private func letGo() throws(StudioFault) {
    for tab in tabs where tab.view.isDragging {
      try edit(tab) { _ throws(SceneEditFault) in try tab.view.release() }
    }
  }

  private func gesture(_ begins: Bool, _ tab: Tab) throws(StudioFault) {
    guard begins else { return session.endGesture(by: tab.link.tab) }
    try letGo()
    session.beginGesture(by: tab.link.tab)
    lastStep = .now
  }

  /// Moves through the history. A drag in progress is undone; a slider that is being moved
  /// continues as another step.
  private func step(
    _ work: (StudioSession) throws(SceneEditFault) -> Void
  ) throws(StudioFault) {
    let slider = tabs.contains(where: \.view.isDragging) ? nil : session.gesture
    defer { if let slider { session.beginGesture(by: slider) } }
    do throws(SceneEditFault) {
      try work(session)
    } catch {
      throw StudioFault(error.description)
    }
  }

  // MARK: The document

  private func change(_ message: PageMessage, _ tab: Tab) throws(StudioFault) {
    switch message {
    case .edit(let wish, let pixel): try make(wish, at: pixel, tab)
    case .gesture(let begins): try gesture(begins, tab)
    case .undo(let count):
      try step { session throws(SceneEditFault) in _ = try session.undo(count) }
    case .redo(let count):
      try step { session throws(SceneEditFault) in _ = try session.redo(count) }
    case .save: save(for: tab)
    case .autosave(let isOn): isAutosaving = isOn
    case .restore(let id):
      try edit(tab) { session throws(SceneEditFault) in try session.restore(id) }
    case .forget(let id):
      try edit(tab) { session throws(SceneEditFault) in try session.forget(id) }
      tellAll(.document)
    case .outside(let file, let keepsMine):
      try edit(tab) { session throws(SceneEditFault) in
        try session.settleOutside(file, keepsMine: keepsMine)
      }
    case .savePose(let character, let name, let part):
      try edit(tab) { session throws(SceneEditFault) in
        tab.link.send(.notice("saved \(try session.savePose(of: character, as: name, part: part))"))
      }
      tabs.forEach { $0.link.send(.of("library", ["library": library.value])) }
    case .takeFrame(let character, let seconds):
      try edit(tab) { session throws(SceneEditFault) in
        try session.takeFrame(of: character, at: seconds)
      }
    case .difference: tell(tab, .difference)
    case .time(let seconds):
      try edit(tab) { session throws(SceneEditFault) in try session.show(time: seconds) }
      tabs.forEach { $0.move(at: .now) }
    default: break
    }
  }

  private func make(
    _ wish: SceneEdit, at pixel: SIMD2<Double>?, _ tab: Tab
  ) throws(StudioFault) {
    if session.gesture == tab.link.tab, !tab.view.isDragging, .now - lastStep > Self.rest {
      // A page might have lost the end of its gesture, with a slider that disappeared while it was
      // held.
      session.beginGesture(by: tab.link.tab)
    }
    try edit(tab) { session throws(SceneEditFault) in
      let point = pixel.flatMap { tab.view.floor(at: $0) }
      try session.make(seating: session.placed(wish, at: point))
    }
    guard session.isInGesture else { return }
    lastStep = .now
    tabs.forEach { $0.move(at: .now) }
  }
}
