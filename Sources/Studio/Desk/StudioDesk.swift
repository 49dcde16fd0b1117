internal import NIOCore
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The single thread that owns the session: it reads messages from tabs, edits, solves, and draws.
///
/// Messages that arrive while it draws are read together and drawn once. Work that is not urgent,
/// such as checking the disk for changes, waits until nothing moves.
actor StudioDesk {
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.executor.asUnownedSerialExecutor()
  }
  nonisolated private let thread: any EventLoop
  nonisolated private let mailbox = Mailbox()
  nonisolated private let darkroom: Darkroom

  let options: StudioOptions
  let session: StudioSession
  let library: StudioLibrary
  var tabs: [Tab] = []
  var jobs = JobList()
  /// The number of the session's newest state; pages do not ask for older ones.
  var revision = 0
  var isAutosaving: Bool
  /// The time of the last step of any gesture.
  var lastStep = ContinuousClock.now

  private let painter = ViewPainter()
  private var news = News()
  /// The findings about the session, and the revision that they belong to.
  private var findings: (revision: Int, message: Outgoing)?
  private var isChecking = false
  /// The time when the journal and the files on disk were last checked.
  private var lastLook = ContinuousClock.now
  /// The reason why the last automatic save failed, with the session's state and the time.
  var autosaveFault: (words: String, changes: Int, time: ContinuousClock.Instant)?
  private var nextWake: ContinuousClock.Instant?
  private var pictureNumber = 0

  /// Opens the scene.
  ///
  /// - Parameter thread: the thread to run everything on.
  init(_ options: StudioOptions, on thread: any EventLoop, darkroom: Darkroom) throws(Failure) {
    self.options = options
    self.thread = thread
    self.darkroom = darkroom
    isAutosaving = options.isAutosaving
    library = StudioLibrary(rigsFolder: options.rigsFolder, scenePath: options.scene)
    session = try StudioSession(
      options.scene, files: .disk(rigsFolder: RigsFolder.find(options.rigsFolder)),
      cache: options.cacheFolder)
  }

  /// Adds an incoming entry.
  nonisolated func add(_ entry: Mailbox.Entry) {
    if mailbox.add(entry) { Task { await work() } }
  }

  /// Waits, if much is waiting, until the desk has read it.
  nonisolated func catchUp() async {
    while mailbox.isFull { await work() }
  }

  /// The reference picture to pose by; nil for a scene without one.
  var plate: ServedFile? { session.plate }

  /// The solved scene; nil if there is nothing to see.
  var posedScene: PosedScene? { session.shown }

  /// Writes unsaved changes to the journal, and stops all jobs.
  func close() {
    session.writeJournal()
    jobs.stopAll()
  }

  // MARK: Work

  /// The time after which pending changes are drawn even if more messages are waiting.
  private static let spell = Duration.milliseconds(25)

  private func work() {
    let start = ContinuousClock.now
    var isAsleep = false
    while !isAsleep, .now - start < Self.spell {
      if let entry = mailbox.next() { take(entry) } else { isAsleep = true }
    }
    afterChanges()
    paint()
    idle()
    // Requests and the server's end get their turn before the next batch.
    if !isAsleep { Task { work() } }
  }

  private func take(_ entry: Mailbox.Entry) {
    switch entry {
    case .joined(let link):
      let tab = Tab(link, session)
      tabs.append(tab)
      link.send(HelloMessage.of(session, options, library, isAutosaving: isAutosaving))
      news.tell(tab, .all)
      tellJobs(link)
    case .left(let number):
      guard let index = tabs.firstIndex(where: { $0.link.tab == number }) else { return }
      let tab = tabs.remove(at: index)
      // A tab that is closed during a drag releases the handle.
      try? tab.view.release()
      session.endGesture(by: number)
      news.forget(number)
      tab.link.close()
      darkroom.want(nil, for: tab.link)
    case .message(let number, let message):
      guard let tab = tabs.first(where: { $0.link.tab == number }) else { return }
      if let stamp = message.stamp { tab.stamp = stamp }
      do throws(StudioFault) {
        try handle(message.message, from: tab)
      } catch {
        tab.link.send(.refusal(error.description, to: message.message))
      }
    }
  }

  /// Tells all tabs about changes since the last time.
  private func afterChanges() {
    if session.changes != news.changes {
      news.changes = session.changes
      revision += 1
      tabs.forEach { $0.isStale = true }
      tabs.forEach { news.tell($0, .all) }
    }
  }

  // MARK: Pictures

  private func paint() {
    for tab in tabs where tab.isStale && tab.awaited == nil { paint(tab, isMoving: tab.isMoving) }
  }

  private func paint(_ tab: Tab, isMoving: Bool) {
    pictureNumber += 1
    do {
      guard
        let picture = try painter.paint(
          tab, number: pictureNumber, revision: revision, isMoving: isMoving,
          solving: session.solvingTime)
      else {
        // There is nothing to see until the next change.
        tab.isStale = false
        return
      }
      tab.link.send(picture)
      (tab.isStale, tab.isRough) = (false, isMoving)
      (tab.awaited, tab.sentAt) = (pictureNumber, .now)
    } catch {
      tab.link.send(.refusal("the picture cannot be drawn: \(error)"))
      tab.isStale = false
    }
  }

  // MARK: What can wait

  /// Does all the work that is due, and schedules a wake-up for the rest.
  private func idle() {
    let now = ContinuousClock.now
    for tab in tabs { send(news.take(tab, now), to: tab) }
    for tab in tabs where tab.isRough && !tab.isMoving && tab.awaited == nil && !tab.isStale {
      paint(tab, isMoving: false)
    }
    pollJobs()
    lookAround(now)
    if session.changes != news.changes {
      afterChanges()
      paint()
    }
    wake()
  }

  private func wake() {
    guard !tabs.isEmpty || jobs.isBusy else { return }
    let isBusy = jobs.isBusy || tabs.contains { $0.isRough || $0.isStale || news.hasAny($0) }
    let due = ContinuousClock.now + .milliseconds(isBusy ? 30 : 250)
    if let nextWake, nextWake > .now, nextWake <= due { return }
    nextWake = due
    Task {
      try? await Task.sleep(until: due, clock: .continuous)
      tick(due)
    }
  }

  private func tick(_ due: ContinuousClock.Instant) {
    if nextWake == due { nextWake = nil }
    forgetLostPictures()
    paint()
    idle()
  }

  /// Stops waiting for pages that are hidden, since they do not confirm pictures.
  private func forgetLostPictures() {
    let now = ContinuousClock.now
    for tab in tabs where tab.awaited != nil && now - tab.sentAt > .seconds(2) {
      tab.awaited = nil
    }
  }

  private func send(_ kinds: News.Kinds, to tab: Tab) {
    if kinds.contains(.document) {
      tab.link.send(DocumentMessage.of(session, revision: revision, time: session.time))
    }
    if kinds.contains(.figure), let selection = tab.selection,
      let figure = FigureState(of: selection.character, in: session)
    {
      tab.link.send(.of("figure", figure.value))
    }
    if kinds.contains(.maps) {
      darkroom.want(tab.maps.flatMap { MapOrder($0, session, revision: revision) }, for: tab.link)
    }
    if kinds.contains(.difference) { tab.link.send(DifferenceMessage.of(session)) }
    if kinds.contains(.findings) {
      if let findings, findings.revision == revision {
        tab.link.send(findings.message)
      } else {
        check()
      }
    }
  }

  /// Finds intersecting limbs and floating feet, in the background.
  private func check() {
    guard !isChecking, let solved = session.solved else { return }
    isChecking = true
    let revision = revision
    Task.detached(priority: .utility) {
      let findings = SceneCheck.check(solved.described, solved.posed)
      await self.tell(findings, of: solved.described, revision: revision)
    }
  }

  private func tell(_ found: [Finding], of scene: Scene, revision: Int) {
    isChecking = false
    // Findings about an outdated state are dropped; the current state is checked once nothing
    // moves.
    guard revision == self.revision else { return tellAll(.findings) }
    let items = session.source?.diagnostics(of: found, in: scene) ?? []
    let message = Outgoing.of(
      "findings",
      [
        "revision": .int(revision),
        "items": .list(items.map { DocumentMessage.diagnostic($0, session) }),
      ])
    findings = (revision, message)
    tabs.forEach { $0.link.send(message) }
  }

  // MARK: The disk

  /// The pause in a gesture after which other work can run between its steps.
  static let rest = Duration.seconds(10)

  /// Checks the journal and the disk: immediately if nothing moves, otherwise once per second.
  private func lookAround(_ now: ContinuousClock.Instant) {
    let isStill = !session.isInGesture && tabs.allSatisfy { !$0.isMoving }
    guard isStill || now - lastLook > .milliseconds(900) else { return }
    lastLook = now
    session.writeJournal()
    let sentences = session.lookOutside(inGesture: now - lastStep > Self.rest)
    for sentence in sentences { tabs.forEach { $0.link.send(.notice(sentence)) } }
    if isAutosaving, !session.isInGesture, !session.files.unsaved.isEmpty { autosave(now) }
  }

  func tell(_ tab: Tab, _ kinds: News.Kinds) { news.tell(tab, kinds) }

  func tellAll(_ kinds: News.Kinds) { tabs.forEach { news.tell($0, kinds) } }
}
