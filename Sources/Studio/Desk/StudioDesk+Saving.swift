internal import PosemapKit

/// Saving, automatic or requested by a tab.
extension StudioDesk {
  /// Saves, unless that has just failed: then it tries after the next change, or some time later.
  func autosave(_ now: ContinuousClock.Instant) {
    if let fault = autosaveFault, fault.changes == session.changes, now - fault.time < .seconds(5) {
      return
    }
    do throws(Failure) {
      _ = try saveAndTell()
    } catch {
      let words = error.words
      if words != autosaveFault?.words { tabs.forEach { $0.link.send(.refusal(words)) } }
      autosaveFault = (words, session.changes, now)
    }
  }

  /// Saves the session, informs every tab and the program, and returns the files that were written.
  func saveAndTell() throws(Failure) -> [String] {
    let written = try session.save()
    autosaveFault = nil
    if !written.isEmpty {
      tellAll(.document)
      options.saved()
    }
    return written
  }

  func save(for tab: Tab) {
    do throws(Failure) {
      let written = try saveAndTell()
      if !written.isEmpty, !isAutosaving { tab.link.send(.notice("saved")) }
    } catch {
      tab.link.send(.refusal(error.words))
    }
  }
}
