internal import ArgumentParser
internal import PoseRig
internal import PosemapKit

/// The views in which `posemap render` draws a scene: several cameras, or the views around figures.
struct ViewList {
  /// One view, with a folder of its own for the maps.
  struct View: Equatable {
    var camera: String?
    var turn: Turn?

    /// Returns the folder of its maps in another.
    func folder(in folder: String) -> String {
      ([folder] + [camera, turn?.name].compactMap(\.self)).joined(separator: "/")
    }

    /// Returns a job that draws the view.
    func job(_ job: RenderJob) -> RenderJob {
      var own = job
      own.choices.camera = camera ?? job.choices.camera
      own.choices.turn = turn
      return own
    }
  }

  /// The names of cameras, `["all"]` for all of a scene; nil for the one camera that is chosen.
  var cameras: [String]?
  /// The number of views around the figures; nil for no turnaround.
  var turnaround: Int?

  /// Whether there is a single view, so that maps need no other folder.
  var isSingle: Bool { cameras == nil && turnaround == nil }

  /// Returns the names in a list on the command line.
  static func parse(_ list: String) throws -> [String] {
    let names = list.split(separator: ",").map(String.init)
    if names.isEmpty { throw ValidationError("--cameras names no camera") }
    return names
  }

  /// Refuses numbers of views that a turnaround cannot have.
  static func check(turnaround count: Int?) throws {
    if let count, !Turn.counts.contains(count) {
      let (least, most) = (Turn.counts.lowerBound, Turn.counts.upperBound)
      throw ValidationError("--turnaround takes \(least) to \(most) views")
    }
  }

  /// Returns the views of scenes, each with the tasks that draw it, in order.
  func tasks(
    of tasks: [SceneTask], _ choices: SceneChoices
  ) throws(Failure) -> [(view: View, tasks: [SceneTask])] {
    var views: [(view: View, tasks: [SceneTask])] = []
    for task in tasks {
      for view in try self.views(of: task.path, choices) {
        let own = SceneTask(path: task.path, folder: view.folder(in: task.folder))
        if let index = views.firstIndex(where: { $0.view == view }) {
          views[index].tasks.append(own)
        } else {
          views.append((view, [own]))
        }
      }
    }
    return views
  }

  private func views(of path: String, _ choices: SceneChoices) throws(Failure) -> [View] {
    var names: [String?] = cameras ?? [nil]
    if cameras == ["all"] {
      names = try SceneLoader(choices).describe(path).scene.cameras.map(\.name)
      if names.isEmpty {
        throw Failure(.usage, of: path, "--cameras: the scene names no \"cameras\"")
      }
    }
    let turns: [Turn?] = turnaround.map(Turn.all) ?? [nil]
    return names.flatMap { name in turns.map { View(camera: name, turn: $0) } }
  }
}
