import Testing

@testable import ComfyClient
@testable import Export

/// Workflows that run on a server.
@Suite struct ComfySubmissionTests {
  @Test func picturesAreUploadedQueuedAndFetchedInOrder() async throws {
    let outcome = try await run(
      ["ana", "ben"],
      ["GET /history/p1": [.json("{}"), history("p1")], "GET /history/p2": [history("p2")]])
    #expect(outcome.sentence == nil)
    #expect(
      outcome.lines == [
        // The pictures of both are the same file.
        "POST /upload/image", "POST /prompt", "POST /prompt", "GET /view", "GET /view",
      ])
    #expect(outcome.files == [["ana/generated/base.png"], ["ben/generated/base.png"]])
  }

  @Test func theWorkflowLoadsThePictureUnderItsUploadedName() async throws {
    let outcome = try await run(["ana"], ["GET /history/p1": [history("p1")]])
    let upload = try #require(outcome.requests.first { $0.line == "POST /upload/image" })
    #expect(upload.text.contains(#"filename="\#(Self.stored)""#))
    let prompt = try #require(outcome.requests.first { $0.line == "POST /prompt" })
    #expect(prompt.text.contains(#""image": "\#(Self.stored)""#), "\(prompt.text)")
  }

  @Test func progressIsReportedWithTheClientOfTheWebsocket() async throws {
    let message = #"{"type": "executing", "data": {"node": "2", "prompt_id": "p1"}}"#
    let heard = Flag()
    let outcome = try await run(
      ["ana"],
      [
        "GET /ws": [.socket([.text(message)])],
        "GET /history/p1": [.object(unless: { heard.isUp }, then: historyText("p1"))],
      ], heard: heard)
    #expect(
      outcome.progress == [
        ComfyProgress(
          character: "ana", nodesBegun: 1, nodes: 3, node: "First pass", steps: nil, share: 0)
      ])
    let socket = try #require(outcome.requests.first { $0.line.hasPrefix("GET /ws") })
    let client = try #require(socket.line.split(separator: "clientId=").last)
    let prompt = try #require(outcome.requests.first { $0.line == "POST /prompt" })
    #expect(prompt.text.contains(#""client_id": "\#(client)""#))
  }

  /// A server does not repeat messages that it sent before anyone was listening.
  @Test func theWebsocketIsOpenBeforeAnythingIsQueued() async throws {
    let outcome = try await run(
      ["ana", "ben"], ["GET /history/p1": [history("p1")], "GET /history/p2": [history("p2")]])
    let lines = outcome.requests.map { String($0.line.prefix { $0 != "?" }) }
    let socket = try #require(lines.firstIndex(of: "GET /ws"))
    let prompt = try #require(lines.firstIndex(of: "POST /prompt"))
    #expect(socket < prompt, "\(lines)")
  }

  /// Nodes from the cache, and all nodes that started while others were still being queued.
  @Test func messagesBeforeTheQueueIsFollowedCount() async throws {
    let messages = [
      #"{"type": "execution_cached", "data": {"nodes": ["1"], "prompt_id": "p1"}}"#,
      #"{"type": "executing", "data": {"node": "2", "prompt_id": "p1"}}"#,
      #"{"type": "execution_cached", "data": {"nodes": ["1", "2"], "prompt_id": "p2"}}"#,
    ]
    let heard = Flag()
    let outcome = try await run(
      ["ana", "ben"],
      [
        "GET /ws": [.socket(messages.map(WebSocketBytes.text), atOnce: true)],
        "GET /history/p1": [.object(unless: { heard.isUp }, then: historyText("p1"))],
        "GET /history/p2": [history("p2")],
      ], heard: heard)
    let last = ["ana", "ben"].map { id in outcome.progress.last { $0.character == id } }
    #expect(last.map { $0?.nodesBegun } == [2, 2])
    #expect(outcome.requests.filter { $0.line.hasPrefix("GET /ws") }.count == 1)
  }

  @Test func aLostWebsocketIsOpenedAgainForTheNextWorkflow() async throws {
    let message = #"{"type": "executing", "data": {"node": "2", "prompt_id": "p2"}}"#
    let heard = Flag()
    let outcome = try await run(
      ["ana", "ben"],
      [
        "GET /ws": [.socket([.close], atOnce: true), .socket([.text(message)])],
        "GET /history/p1": [.json("{}"), .json("{}"), .json("{}"), history("p1")],
        "GET /history/p2": [.object(unless: { heard.isUp }, then: historyText("p2"))],
      ], heard: heard)
    #expect(outcome.progress.filter { $0.ahead == nil }.map(\.character) == ["ben"])
  }

  @Test func aServerWithoutWebsocketStillWorks() async throws {
    let outcome = try await run(
      ["ana"], ["GET /ws": [.answer(404, [])], "GET /history/p1": [history("p1")]])
    #expect(outcome.sentence == nil && outcome.progress.isEmpty)
    #expect(outcome.files == [["ana/generated/base.png"]])
  }

  private static let failures: [(String, String)] = [
    (
      #", ["execution_error", {"node_id": "2", "node_type": "KSampler", "exception_message": "CUDA out of memory.\nTried to allocate 2 GiB\n", "exception_type": "OutOfMemoryError"}]"#,
      "KSampler 2 (First pass): CUDA out of memory. Tried to allocate 2 GiB"
    ),
    (#", ["execution_error", {"node_id": "2"}]"#, "KSampler 2 (First pass): it did not say why"),
    (
      #", ["execution_interrupted", {"node_id": "2", "node_type": "KSampler", "executed": []}]"#,
      "it was interrupted at the server"
    ),
    ("", "the server did not say why"),
  ]

  @Test func aWebsocketThatNeverAnswersBlocksNothing() async throws {
    let outcome = try await run(
      ["ana"], ["GET /ws": [.silence], "GET /history/p1": [.json("{}"), history("p1")]])
    #expect(outcome.sentence == nil && outcome.files.count == 1)
  }

  @Test(arguments: failures)
  func aFailedWorkflowIsReportedWithTheReason(
    _ messages: String, _ reason: String
  ) async throws {
    let failed = history("p1", "error", messages: messages, outputs: "")
    let outcome = try await run(["ana"], ["GET /history/p1": [failed]])
    #expect(outcome.sentence == #"the workflow of "ana" failed: \#(reason)"#)
    #expect(outcome.files == [[]])
  }

  @Test func afterAFailureTheOthersContinueAndFinishedPicturesAreFetched() async throws {
    let outcome = try await run(
      ["ana", "ben"],
      ["GET /history/p1": [history("p1", "error")], "GET /history/p2": [history("p2", "error")]])
    #expect(
      outcome.sentence == """
        the workflow of "ana" failed: the server did not say why
          the workflow of "ben" failed: the server did not say why
        """)
    #expect(outcome.files == [["ana/generated/base.png"], ["ben/generated/base.png"]])
  }

  @Test func aWorkflowThatLeavesTheQueueIsNotWaitedFor() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "GET /history/p1": [.json("{}")],
        "GET /queue": [.json(#"{"queue_running": [], "queue_pending": []}"#)],
      ])
    #expect(
      outcome.sentence
        == #"the workflow of "ana" failed: the server no longer knows it: it was removed from the queue, or the server was restarted"#
    )
    #expect(outcome.requests.filter { $0.line == "GET /queue" }.count == 6)
    #expect(outcome.forgotten == ["ana"] && outcome.files.isEmpty)
  }

  /// A restarting server does not respond for a while, and has forgotten its queue.
  @Test func aRestartedServerIsAskedForTheOthersToo() async throws {
    let away = Array(repeating: StandInServer.Reply.bytes(""), count: 20)
    let outcome = try await run(
      ["ana", "ben"],
      [
        "GET /history/p1": away + [.json("{}")],
        "GET /history/p2": [history("p2")],
        "GET /queue": [.json(#"{"queue_running": [], "queue_pending": []}"#)],
      ], silence: 30)
    #expect(outcome.forgotten == ["ana"] && outcome.files == [["ben/generated/base.png"]])
    #expect(
      outcome.sentence?.hasPrefix(#"the workflow of "ana" failed: the server no longer"#) == true)
  }

  /// The bytes that a broken server, or another program, returns as a picture.
  private static let damaged: [([UInt8], String)] = [
    ([], "it is empty"), (Array("<html>".utf8), "it does not begin like a PNG"),
    (Array(png.dropLast(20)), "the file ends too early"),
    (Array(png.prefix(8)), "the file ends too early"),
    (Array(png.prefix(7)), "it does not begin like a PNG"),
  ]

  @Test(arguments: damaged)
  func bytesOtherThanPNGAreNotPassedOn(_ bytes: [UInt8], _ reason: String) async throws {
    let outcome = try await run(
      ["ana", "ben"],
      [
        "GET /history/p1": [history("p1")], "GET /history/p2": [history("p2")],
        "GET /view": [.answer(200, bytes), .answer(200, Self.png)],
      ])
    #expect(
      outcome.sentence
        == "unexpected answer to GET /view at SERVER: b.png is not a readable PNG: \(reason)"
    )
    #expect(outcome.files == [[], ["ben/generated/base.png"]])
    #expect(outcome.incomplete == ["ana"])
  }

  @Test func fetchingPicturesIsRetriedWhileTheServerIsSilent() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "GET /history/p1": [history("p1")],
        "GET /view": [.bytes(""), .bytes(""), .answer(200, Self.png)],
      ], silence: 30)
    #expect(outcome.sentence == nil && outcome.files == [["ana/generated/base.png"]])
  }

  @Test func eachQueuedWorkflowIsReportedBeforeTheNextIsQueued() async throws {
    let outcome = try await run(
      ["ana", "ben"], ["POST /prompt": [.json(#"{"prompt_id": "p1"}"#), .bytes("")]])
    #expect(outcome.queued == ["ana"] && outcome.sentence?.hasPrefix("cannot reach") == true)
  }

  @Test func aServerThatIsSilentForAWhileIsAskedAgain() async throws {
    let outcome = try await run(
      ["ana"],
      ["GET /history/p1": Array(repeating: .bytes(""), count: 4) + [history("p1")]], silence: 30)
    #expect(outcome.sentence == nil && outcome.files.count == 1)
  }

  @Test func aServerThatDiesIsNotAskedForTheOthers() async throws {
    let outcome = try await run(
      ["ana", "ben"], ["GET /history/p1": [.bytes("")], "GET /history/p2": [.bytes("")]])
    #expect(
      outcome.sentence
        == "cannot reach a ComfyUI server at SERVER: it closed the connection in the middle of its answer to /history/p1"
    )
    #expect(!outcome.requests.contains { $0.line == "GET /history/p2" })
  }

  @Test func aNodeThatSavedNothingIsNamed() async throws {
    let outcome = try await run(["ana"], ["GET /history/p1": [history("p1", outputs: "")]])
    #expect(
      outcome.sentence
        == "unexpected answer to GET /history: SaveImage 3 (Save) made no picture")
  }

  @Test func aRefusedWorkflowStopsTheOthersFromBeingQueued() async throws {
    let refusal =
      #"{"error": {"message": "Prompt has no outputs", "details": ""}, "node_errors": {}}"#
    let outcome = try await run(
      ["ana", "ben"], ["POST /prompt": [.json(refusal, status: 400)]])
    #expect(
      outcome.sentence == """
        ComfyUI refused the workflow of "ana":
          Prompt has no outputs
        """)
    #expect(outcome.requests.filter { $0.line == "POST /prompt" }.count == 1)
  }

  @Test func missingNodesAndModelsAreReportedOnceForAllWorkflows() async throws {
    let info = #"""
      {"LoadImage": {"input": {"required": {"image": [["a.png"], {"image_upload": true}]}},
        "output": ["LATENT"], "python_module": "nodes"},
       "SaveImage": {"input": {"required": {"images": ["*"]}}, "output": [], "output_node": true}}
      """#
    try await StandInServer.with(["GET /object_info": [.json(info)]]) { server in
      let submission = ComfySubmission(to: server.address) { _ in }
      await #expect(
        throws: ComfyError.unfit(
          address: server.address.description,
          sentences: ["the server does not have the node KSampler; update ComfyUI"])
      ) {
        try await submission.check(["ana", "ben"].map(SmallWorkflow.character))
      }
      #expect(server.lines == ["GET /object_info"])
    }
  }
}
