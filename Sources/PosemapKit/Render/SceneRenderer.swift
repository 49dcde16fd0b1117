internal import Export
public import PoseRig
public import SceneFiles

/// The result of rendering a scene.
public struct RenderedScene {
  /// Whether the files were made now; false if they existed.
  public var isNew: Bool
  /// The paths of the files made now, relative to the task's folder.
  public var files: [String]
  /// The warnings about the scene, and notes about overlapping bodies.
  public var diagnostics: [Diagnostic]
}

/// Renders scenes one after another: reads, solves, draws and writes each.
public struct SceneRenderer {
  private let job: RenderJob
  private let loader: SceneLoader
  private let sessions = RenderSessions()

  /// Creates a renderer; throws for wrong choices before any file is read.
  public init(_ job: RenderJob, files: FileLoader? = nil) throws(Failure) {
    self.job = job
    loader = try SceneLoader(job.choices, files: files)
  }

  /// Makes the files of a scene.
  ///
  /// - Parameters:
  ///   - willDraw: called with the picture's size before memory for it is allocated.
  ///   - progress: called before each picture is drawn.
  public func render(
    _ task: SceneTask, willDraw: (Canvas) -> Void = { _ in },
    progress: (ProgressLine) -> Void = { _ in }
  ) throws(Failure) -> RenderedScene {
    let described = try loader.describe(task.path)
    if job.writing == .resumable {
      try checkAnyCharacter(of: described)
      var export = job.export
      export.origin = job.origin(of: task)
      if export.isDone(described.scene, inputs: described.inputs, in: task.folder) {
        // A worker that died after its last file left its lock behind.
        FolderLock.sweep(task.folder)
        return RenderedScene(isNew: false, files: [], diagnostics: [])
      }
    }
    let loaded = try loader.solve(described)
    var found = loaded.diagnostics
    do throws(Failure) {
      if job.writing == .whole { try job.checkCharacters(of: loaded.described) }
      try SystemMemory.check(for: loaded.scene.camera.canvas)
      willDraw(loaded.scene.camera.canvas)
      let drawn = try draw(loaded, for: task, progress)
      found += try loader.warnings(drawn.flatness(loaded.scene.mapSettings), of: task.path)
      if job.notesOverlaps { found += loaded.notes() }
      try write(drawn.files, to: task.folder)
      return RenderedScene(isNew: true, files: drawn.files.map(\.path), diagnostics: found)
    } catch {
      throw error.after(found)
    }
  }

  private func draw(
    _ loaded: LoadedScene, for task: SceneTask, _ progress: (ProgressLine) -> Void
  ) throws(Failure) -> SceneOutput {
    var export = job.export
    export.origin = job.origin(of: task)
    return try Failure.catching {
      try export.draw(
        loaded.scene, inputs: loaded.inputs,
        in: try sessions.session(of: loaded.scene.camera.canvas)
      ) { path, index, count in
        progress(ProgressLine(Double(index) / Double(count), path))
      }
    }
  }

  private func write(_ files: [OutputFile], to folder: String) throws(Failure) {
    try Failure.catching {
      switch job.writing {
      case .whole: try AtomicFolder.write(files, to: folder)
      case .resumable:
        try FrameFolder.write(files, to: folder, voucher: "manifest.json")
      }
    }
  }

  private func checkAnyCharacter(of described: DescribedScene) throws(Failure) {
    let ids = described.scene.characters.map(\.id)
    guard let only = job.only, !only.contains(where: ids.contains) else { return }
    throw Failure(
      .usage, of: described.path,
      "--only: none of these is in it; there are: " + ids.joined(separator: ", "))
  }
}
