internal import SceneFiles

/// Writes the state of a job for pages.
enum JobMessage {
  /// Returns the state of a job, with everything that it made.
  static func of(_ job: StudioJob) -> Outgoing { of(job, after: (0, 0)) }

  /// Returns the state of a job, with the pictures and messages since the last news; for an ended
  /// job, with all of them.
  static func news(of job: StudioJob) -> Outgoing {
    defer { job.reported = (job.pictures.count, job.messages.count) }
    return job.isRunning ? of(job, after: job.reported) : of(job)
  }

  private static func of(
    _ job: StudioJob, after known: (pictures: Int, messages: Int)
  ) -> Outgoing {
    .of(
      "job",
      [
        "job": .int(job.number),
        "kind": .string(job.order.kind.rawValue),
        "state": .string(job.state.rawValue),
        "line": .string(job.line),
        "fraction": job.fraction.map { .rounded($0, 3) } ?? .null,
        "pictures": .texts(Array(job.pictures.dropFirst(known.pictures))),
        "messages": .texts(Array(job.messages.dropFirst(known.messages))),
        "after": .members([
          "pictures": .int(known.pictures), "messages": .int(known.messages),
        ]),
        "folder": .string(job.order.folder.name),
        "code": job.code.map { .int(Int($0)) } ?? .null,
      ])
  }
}
