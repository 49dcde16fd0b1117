internal import SceneFiles

/// Writes what a page shows of a job.
enum JobMessage {
  /// Returns the state of a job.
  static func of(_ job: StudioJob) -> Outgoing {
    .of(
      "job",
      [
        "job": .int(job.number),
        "kind": .string(job.order.kind.rawValue),
        "state": .string(job.state.rawValue),
        "line": .string(job.line),
        "fraction": job.fraction.map { .rounded($0, 3) } ?? .null,
        "pictures": .texts(job.pictures),
        "messages": .texts(job.messages),
        "folder": .string(job.order.folder.name),
        "code": job.code.map { .int(Int($0)) } ?? .null,
      ])
  }
}
