import ComfyClient
import Testing

/// The sentence for each kind of failure.
@Suite struct ComfyErrorTests {
  /// A server must not be able to add lines to output that is printed line by line.
  @Test func aServersLineBreaksAddNoLines() {
    let words = "out of memory\nposemap: error: forged"
    #expect(ComfyError.failed(character: "ana", reason: words).lines.count == 1)
    #expect(ComfyError.refused(character: "ana", sentences: [words, words]).lines.count == 3)
    let both = ComfyError.several([
      .unfit(address: "http://a:1", sentences: [words]),
      .unexpectedAnswer(request: "GET /queue", reason: words),
    ])
    #expect(both.lines.count == 3)
  }

  private static let sentences: [(ComfyError, String)] = [
    (
      .badAddress(text: "ftp://a", reason: "it must begin with http://"),
      #""ftp://a" is not a server's address: it must begin with http://"#
    ),
    (
      .unreachable(address: "http://a:1", reason: "no answer in 10 seconds"),
      "cannot reach a ComfyUI server at http://a:1: no answer in 10 seconds"
    ),
    (
      .unexpectedAnswer(request: "GET /queue at http://a:1", reason: "HTTP status 500"),
      "unexpected answer to GET /queue at http://a:1: HTTP status 500"
    ),
    (
      .unfit(address: "http://a:1", sentences: ["one is missing", "two is missing"]),
      """
      the server at http://a:1 cannot run these workflows:
        one is missing
        two is missing
      """
    ),
    (
      .refused(character: "ana", sentences: ["KSampler 2 (First pass): too many steps"]),
      """
      ComfyUI refused the workflow of "ana":
        KSampler 2 (First pass): too many steps
      """
    ),
    (
      .failed(character: "ana", reason: "it was interrupted at the server"),
      #"the workflow of "ana" failed: it was interrupted at the server"#
    ),
    (
      .several([.failed(character: "ana", reason: "a"), .failed(character: "ben", reason: "b")]),
      """
      the workflow of "ana" failed: a
        the workflow of "ben" failed: b
      """
    ),
  ]

  @Test(arguments: sentences)
  func everyFailureIsASentence(_ error: ComfyError, _ sentence: String) {
    #expect(error.description == sentence)
  }
}
