import MapRender
import Testing

@testable import ComfyClient
@testable import Export

/// Single requests, and responses that ComfyUI does not give.
@Suite struct ComfyServerTests {
  /// Makes a request to a server with these replies, and returns its value or its error's sentence.
  private func ask<Value>(
    _ replies: [String: [StandInServer.Reply]], _ request: (ComfyServer) async throws -> Value
  ) async throws -> (value: Value?, sentence: String?, requests: [StandInServer.Request]) {
    try await StandInServer.with(replies) { server in
      do {
        let value = try await request(ComfyServer(server.address))
        return (value, nil, server.requests)
      } catch let error as ComfyError {
        // The port differs each time.
        let sentence = error.description.replacing("\(server.address)", with: "SERVER")
        return (nil, sentence, server.requests)
      }
    }
  }

  @Test func nodesAreReadFromObjectInfo() async throws {
    let info = #"""
      {"SaveImage": {"input": {"required": {"images": ["IMAGE"]}}, "output": [], "output_node": true}}
      """#
    let asked = try await ask(["GET /object_info": [.json(info)]]) { server in
      try await server.nodeDefinitions()["SaveImage"]?.isOutput
    }
    #expect(asked.value == true)
  }

  @Test(arguments: [
    (
      StandInServer.Reply.json("", status: 404),
      "unexpected answer to GET /object_info at SERVER: HTTP status 404; is this a ComfyUI server?"
    ),
    (
      .json("", status: 500),
      "unexpected answer to GET /object_info at SERVER: HTTP status 500"
    ),
    (
      .json("<html>"),
      "unexpected answer to GET /object_info: SERVER/object_info:1:1: error: unexpected character; a value should be here"
    ),
    (
      .json("[]"),
      "unexpected answer to GET /object_info: SERVER/object_info:1:1: error: node definitions must be an object with the nodes by name, as GET /object_info returns, not a list"
    ),
  ])
  func otherAnswersAreReportedAsNotComfyUIs(
    _ reply: StandInServer.Reply, _ sentence: String
  ) async throws {
    let asked = try await ask(["GET /object_info": [reply]]) { try await $0.nodeDefinitions() }
    #expect(asked.sentence == sentence)
  }

  @Test func aPictureIsUploadedUnderItsName() async throws {
    let asked = try await ask(["POST /upload/image": [.json(#"{"name": "a.png"}"#)]]) {
      try await $0.upload([9], name: "a.png")
    }
    #expect(asked.sentence == nil)
    let sent = try #require(asked.requests.first)
    #expect(sent.headers["content-type"]?.hasPrefix("multipart/form-data; boundary=") == true)
    #expect(sent.text.contains(#"name="image"; filename="a.png""#))
    #expect(sent.text.contains("name=\"type\"\r\n\r\ninput\r\n"))
    #expect(sent.text.contains("name=\"overwrite\"\r\n\r\ntrue\r\n"))
  }

  @Test(arguments: [
    (#"{"name": "a (1).png"}"#, "a.png was stored as a (1).png"),
    ("{}", "a.png was stored as nothing"),
  ])
  func aServerThatRenamesPicturesIsRejected(_ answer: String, _ reason: String) async throws {
    let asked = try await ask(["POST /upload/image": [.json(answer)]]) {
      try await $0.upload([9], name: "a.png")
    }
    #expect(
      asked.sentence == "unexpected answer to POST /upload/image: \(reason)")
  }

  private func queue(
    _ reply: StandInServer.Reply
  ) async throws -> (value: String?, sentence: String?, requests: [StandInServer.Request]) {
    try await ask(["POST /prompt": [reply]]) {
      try await $0.queue(SmallWorkflow.workflow, of: "ana", client: "posemap-1")
    }
  }

  @Test func aWorkflowIsQueuedForTheWebsocketsClient() async throws {
    let asked = try await queue(.json(#"{"prompt_id": "p1", "number": 3, "node_errors": {}}"#))
    #expect(asked.value == "p1")
    let text = try #require(asked.requests.first).text
    #expect(text == #"{"prompt": \#(SmallWorkflow.workflow.apiText), "client_id": "posemap-1"}"#)
  }

  @Test func aRefusedWorkflowIsReportedWithTheReasons() async throws {
    let answer = #"""
      {"error": {"message": "Prompt outputs failed validation"}, "node_errors": {
        "2": {"errors": [{"message": "Required input is missing", "details": "model"}]}}}
      """#
    #expect(
      try await queue(.json(answer, status: 400)).sentence == """
        ComfyUI refused the workflow of "ana":
          KSampler 2 (First pass): Required input is missing: model
        """)
  }

  @Test func anAnswerWithoutAnIdIsRejected() async throws {
    #expect(
      try await queue(.json("{}")).sentence
        == "unexpected answer to POST /prompt: it names no prompt_id")
  }

  @Test func theHistoryContainsAPromptOnceItIsDone() async throws {
    let replies = ["GET /history/p1": [StandInServer.Reply.json("{}"), .json(#"{"p1": {}}"#)]]
    let asked = try await ask(replies) {
      [try await $0.history("p1") == nil, try await $0.history("p1") == nil]
    }
    #expect(asked.value == [true, false])
  }

  @Test(arguments: [
    (#"{"queue_running": [[0, "p1", {}, {}, []]], "queue_pending": []}"#, 0),
    (#"{"queue_running": [], "queue_pending": [[4, "p1", {}, {}, []]]}"#, 0),
    (
      #"{"queue_running": [[0, "p2"]], "queue_pending": [[7, "p4"], [4, "p1"], [3, "p3"]]}"#, 2
    ),
    (#"{"queue_running": [[0, "p2", {}, {}, []]], "queue_pending": []}"#, nil),
    ("{}", nil),
  ])
  func aPromptIsQueuedWhileItWaitsOrRuns(_ answer: String, _ ahead: Int?) async throws {
    let asked = try await ask(["GET /queue": [.json(answer)]]) {
      try await $0.promptsAhead(of: "p1")
    }
    #expect(asked.value == .some(ahead))
  }

  @Test(arguments: [
    (302, "it leads to another address, and posemap does not follow it: name that one"),
    (401, "it wants a token: --token-file FILE"), (403, "it wants a token: --token-file FILE"),
  ])
  func aStatusIsExplained(_ status: Int, _ hint: String) async throws {
    let asked = try await ask(["GET /history/p1": [.json("", status: status)]]) {
      try await $0.history("p1") == nil
    }
    #expect(
      asked.sentence
        == "unexpected answer to GET /history at SERVER: HTTP status \(status); \(hint)")
  }

  @Test func aPictureIsFetched() async throws {
    let png = try PNGFile.encode(Image(width: 2, height: 1, filling: UInt8(7)))
    let asked = try await ask(["GET /view": [.answer(200, png)]]) {
      try await $0.picture(SavedPicture(name: "a b.png", folder: "", type: "output"))
    }
    #expect(asked.value == png)
    #expect(
      asked.requests.map(\.line) == ["GET /view?filename=a%20b.png&subfolder=&type=output"])
  }
}
