import Testing

@testable import ComfyClient
@testable import Export

extension ComfySubmissionTests {
  private static let emptyQueue = StandInServer.Reply.json(
    #"{"queue_running": [], "queue_pending": []}"#)
  /// A server that restarts: it hangs up for a while.
  private static let away = Array(repeating: StandInServer.Reply.bytes(""), count: 3)

  /// A server that restarts has forgotten what it had queued, and may have lost its files.
  @Test func whatARestartedServerHasLostIsQueuedAgain() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "POST /prompt": [.json(#"{"prompt_id": "p1"}"#), .json(#"{"prompt_id": "p3"}"#)],
        "GET /history/p1": Self.away + [.json("{}")], "GET /queue": [Self.emptyQueue],
        "GET /history/p3": [history("p3")],
      ], silence: 30, requeues: 2, picture: { _ in Array("picture".utf8) })
    #expect(outcome.sentence == nil && outcome.queuedAgain == ["p3"])
    #expect(outcome.files == [["ana/generated/base.png"]])
    let first = ["POST /upload/image", "POST /prompt"]
    #expect(outcome.lines == first + first + ["GET /view"])
    let prompts = outcome.requests.filter { $0.line == "POST /prompt" }
    #expect(prompts.count == 2 && prompts[0].body == prompts[1].body)
  }

  /// Another run may have written other maps since.
  @Test func aMapThatHasChangedIsNotUploadedInsteadOfTheOldOne() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "POST /prompt": [.json(#"{"prompt_id": "p1"}"#), .json(#"{"prompt_id": "p3"}"#)],
        "GET /history/p1": Self.away + [.json("{}")], "GET /queue": [Self.emptyQueue],
        "GET /history/p3": [history("p3")],
      ], silence: 30, requeues: 2, picture: { _ in Array("another".utf8) })
    #expect(outcome.queuedAgain == ["p3"])
    #expect(outcome.lines.filter { $0 == "POST /upload/image" }.count == 1)
  }

  /// A workflow that ends the server, as one that needs too much memory, is not queued for ever.
  @Test func whatIsLostAgainAndAgainIsGivenUp() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "POST /prompt": ["p1", "p2", "p3", "p4"].map { .json(#"{"prompt_id": "\#($0)"}"#) },
        "GET /history/p1": Self.away + [.json("{}")], "GET /history/p2": [.json("{}")],
        "GET /history/p3": [.json("{}")], "GET /queue": [Self.emptyQueue],
      ], silence: 30, requeues: 2)
    #expect(outcome.queuedAgain == ["p2", "p3"] && outcome.forgotten == ["ana"])
    #expect(
      outcome.sentence
        == #"the workflow of "ana" failed: the server has lost it 3 times; does it run out of memory?"#
    )
  }

  /// A person who takes work out of the queue does not want it back.
  @Test func whatAPersonRemovedIsNotQueuedAgain() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "GET /history/p1": [.json("{}")], "GET /queue": [Self.emptyQueue],
        "GET /history": [.json(#"{"other": {}}"#)],
      ], requeues: 2)
    #expect(outcome.queuedAgain.isEmpty && outcome.forgotten == ["ana"])
  }

  /// `--fetch` has not seen the restart; a server without any history was just started.
  @Test func aServerWithoutHistoryWasRestarted() async throws {
    let outcome = try await run(
      ["ana"],
      [
        "POST /prompt": [.json(#"{"prompt_id": "p1"}"#), .json(#"{"prompt_id": "p3"}"#)],
        "GET /history/p1": [.json("{}")], "GET /queue": [Self.emptyQueue],
        "GET /history": [.json("{}")], "GET /history/p3": [history("p3")],
      ], requeues: 2)
    #expect(outcome.queuedAgain == ["p3"] && outcome.sentence == nil)
  }

  @Test func aServerThatCannotTellIsAskedHowFarItIs() async throws {
    let heard = Flag()
    let outcome = try await run(
      ["ana"],
      [
        "GET /ws": [.answer(404, [])],
        "GET /queue": [
          .json(#"{"queue_running": [[0, "x"]], "queue_pending": [[1, "p1"]]}"#),
          .json(#"{"queue_running": [[1, "p1"]], "queue_pending": []}"#),
        ],
        "GET /history/p1": [
          .json("{}"), .json("{}"), .object(unless: { heard.isUp }, then: historyText("p1")),
        ],
      ], heard: heard)
    #expect(outcome.progress.map(\.ahead) == [1, 0])
  }
}
