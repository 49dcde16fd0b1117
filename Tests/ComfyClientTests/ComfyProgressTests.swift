import Testing

@testable import ComfyClient

@Suite struct ComfyProgressTests {
  private func reader() -> ProgressReader {
    ProgressReader(SmallWorkflow.queued)
  }

  private func message(_ type: String, _ data: String, prompt: String = "p1") -> String {
    #"{"type": "\#(type)", "data": {\#(data), "prompt_id": "\#(prompt)"}}"#
  }

  @Test func nodesAndStepsAreCounted() {
    var reader = reader()
    // The sampler's 20 steps and two more nodes make up the whole work.
    func progress(
      _ begun: Int, _ node: String?, _ steps: (Int, of: Int)? = nil, done: Double
    ) -> ComfyProgress {
      ComfyProgress(
        character: "ana", nodesBegun: begun, nodes: 3, node: node,
        steps: steps.map { (done: $0.0, of: $0.of) }, share: done / 22)
    }
    #expect(reader.progress == progress(0, nil, done: 0))
    for (message, expected) in [
      (message("execution_cached", #""nodes": ["1"]"#), progress(1, nil, done: 1)),
      (message("executing", #""node": "2""#), progress(2, "First pass", done: 1)),
      (
        message("progress", #""value": 4, "max": 20, "node": "2""#),
        progress(2, "First pass", (4, of: 20), done: 5)
      ),
      (message("executing", #""node": "3""#), progress(3, "Save", done: 21)),
      // A node that starts again counts once, and an unknown node does not count.
      (message("executing", #""node": "2""#), progress(3, "First pass", done: 2)),
      (message("executing", #""node": "9""#), progress(3, nil, done: 22)),
    ] {
      let isTaken = reader.take(message)
      #expect(isTaken, "\(message)")
      #expect(reader.progress == expected, "\(message)")
    }
  }

  @Test func stepsNeverExceedTheirNumber() {
    var reader = reader()
    let isTaken = reader.take(message("progress", #""value": 21, "max": 20"#))
    #expect(isTaken && reader.progress.steps?.done == 20 && reader.progress.steps?.of == 20)
  }

  /// Numbers at the limits of integers, and texts that are not numbers.
  @Test(arguments: [
    "-9223372036854775808", "9223372036854775807", "9223372036854775808", "0", "-1", "", "2.5",
    "\\u0000", "١",
  ])
  func unknownNodesAreNotNamed(_ node: String) {
    var reader = reader()
    let isTaken = reader.take(message("executing", #""node": "\#(node)""#))
    #expect(isTaken && reader.progress.node == nil && reader.progress.nodesBegun == 0)
    #expect(SmallWorkflow.queued.name(ofNode: node) == "node \(node)")
  }

  @Test(arguments: [
    "not JSON", "[]", "{}", #"{"type": "status", "data": {"status": {}}}"#,
    #"{"type": "executing", "data": {"node": "1", "prompt_id": "another"}}"#,
    #"{"type": "executing", "data": {"node": null, "prompt_id": "p1"}}"#,
    #"{"type": "progress", "data": {"value": 1, "max": 0, "prompt_id": "p1"}}"#,
    #"{"type": "progress", "data": {"value": -1, "max": 5, "prompt_id": "p1"}}"#,
    #"{"type": "progress", "data": {"max": 5, "prompt_id": "p1"}}"#,
    #"{"type": "progress_state", "data": {"nodes": {}, "prompt_id": "p1"}}"#,
  ])
  func otherMessagesChangeNothing(_ message: String) {
    var reader = reader()
    let before = reader.progress
    let isTaken = reader.take(message)
    #expect(!isTaken && reader.progress == before)
  }
}
