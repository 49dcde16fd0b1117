import TestSupport
import Testing

/// The command `posemap comfyui --fetch`.
@Suite struct FetchCommandTests {
  @Test(arguments: [
    (
      ["--fetch", "field.scene.json"],
      "Error: --fetch takes only -o, --quiet and the server's options: the folder says what was queued, and where"
    ),
    (
      ["--fetch", "--submit", "http://127.0.0.1"],
      "Error: --fetch takes only -o, --quiet and the server's options: the folder says what was queued, and where"
    ),
    (
      ["--fetch", "--patience", "-1"],
      "Error: --patience must be from 0 to 86400 seconds"
    ),
    (
      ["--fetch", "-o", "elsewhere"],
      "posemap: error: elsewhere: there is nothing left to fetch; --submit <url> queues workflows"
    ),
    (
      ["--fetch", "-o", "broken"],
      "broken/queue.json: error: this is not what `posemap comfyui --submit` writes; delete it, and submit again"
    ),
    (
      ["--fetch", "-o", "deserted", "--patience", "0"],
      "posemap: note: not fetched: ana; fetch later: posemap comfyui --fetch -o deserted"
    ),
  ])
  func picturesThatCannotBeFetchedAreReported(_ words: [String], _ line: String) throws {
    let runner = try FieldScene.runner()
    try runner.write("{}", to: "broken/queue.json")
    let queued =
      #"{"server": "http://127.0.0.1:1", "waiting": [{"character": "ana", "prompt": "p", "folder": "f", "pictureNames": ["base"], "nodes": []}]}"#
    try runner.write(queued, to: "deserted/queue.json")
    let outcome = try runner.run(["comfyui"] + words)
    #expect(outcome.code != 0 && outcome.errorLines.contains(line), "\(outcome.errors)")
    #expect(runner.files("deserted") == ["queue.json"])
  }
}
