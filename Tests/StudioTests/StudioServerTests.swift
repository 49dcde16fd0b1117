import NIOHTTP1
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("Access to the studio")
struct StudioAccessTests {
  private let access = AccessGuard(token: "0123456789abcdef", port: 8170)

  @Test("Only requests that use this server's own names are answered")
  func host() {
    for host in ["127.0.0.1:8170", "localhost:8170", "LOCALHOST:8170"] {
      #expect(access.allowsHost(["Host": host]), "\(host)")
    }
    for host in ["127.0.0.1", "127.0.0.1:8171", "evil.example", "evil.example:8170", ""] {
      #expect(!access.allowsHost(["Host": host]), "\(host)")
    }
    #expect(!access.allowsHost([:]))
    #expect(!access.allowsHost(HTTPHeaders([("Host", "127.0.0.1:8170"), ("Host", "a.example")])))
  }

  @Test("No other page's requests are answered")
  func origin() {
    #expect(access.allowsOrigin(["Origin": "http://127.0.0.1:8170"]))
    #expect(access.allowsOrigin([:]))
    for origin in [
      "http://evil.example", "https://127.0.0.1:8170", "http://127.0.0.1:8171", "null",
      "http://127.0.0.1:8170.evil.example",
    ] {
      #expect(!access.allowsOrigin(["Origin": origin]), "\(origin)")
    }
  }

  @Test("The whole token is required, and no two are equal")
  func token() throws {
    func allows(_ target: String) throws -> Bool {
      access.allowsToken(try #require(RequestTarget(target)))
    }
    #expect(try allows("/?token=0123456789abcdef"))
    for wrong in [
      "/", "/?token=", "/?token=0123456789abcde", "/?token=0123456789abcdeF",
      "/?Token=0123456789abcdef",
    ] {
      #expect(try !allows(wrong), "\(wrong)")
    }
    let tokens = (0..<100).map { _ in AccessGuard.newToken() }
    #expect(Set(tokens).count == 100 && tokens.allSatisfy { $0.count == 32 })
  }

  @Test("Addresses are decoded once; malformed ones are rejected")
  func target() throws {
    let target = try #require(RequestTarget("/map?name=depth&subject=a%20b+c&name=x"))
    #expect(target.path == "/map")
    #expect(target.query == ["name": "depth", "subject": "a b c"])
    #expect(RequestTarget("/a%252e")?.path == "/a%2e")
    for wrong in ["", "map", "/%", "/%2", "/%zz", "/%00", "/?a=%ff", "http://evil.example/"] {
      #expect(RequestTarget(wrong) == nil, "\(wrong)")
    }
  }

  @Test("The page's files are served, and nothing else")
  func files() throws {
    let runner = try CommandRunner()
    try runner.write("export {}\n", to: "page/main.js")
    try runner.write("secret", to: "secret.js")
    try runner.write("secret", to: "page/.hidden.js")
    let files = PageFiles(folder: runner.folder + "/page")
    #expect(files.file("main.js")?.type == "text/javascript; charset=utf-8")
    for path in [
      "../secret.js", "./main.js", "/main.js", "a/../../secret.js", ".hidden.js", "main.txt", "",
      "main.js/", "none.js",
    ] {
      #expect(files.file(path) == nil, "\(path)")
    }
  }
}

@Suite("Messages from a page")
struct PageMessageTests {
  private static let messages = [
    #"{"type":"view","width":768,"height":512}"#, #"{"type":"orbit","right":3,"up":-2.5}"#,
    #"{"type":"pan","x":3,"y":-2}"#, #"{"type":"dolly","factor":1.1}"#,
    #"{"type":"lens","focalLength":85}"#, #"{"type":"roll","degrees":-5}"#,
    #"{"type":"preset","name":"overShoulder","about":"ana"}"#,
    #"{"type":"frame","about":"all","part":"face"}"#, #"{"type":"sceneCamera"}"#,
    #"{"type":"grab","handle":"ana.leftHand","x":3,"y":4,"as":"angles"}"#,
    #"{"type":"drag","x":3,"y":4,"path":"depth","snap":true,"stamp":7}"#, #"{"type":"release"}"#,
    #"{"type":"select","character":"ana","joint":"leftHand"}"#,
    #"{"type":"edit","edit":{"kind":"yaw","character":"ana","degrees":20}}"#,
    #"{"type":"maps","names":["depth"],"subject":"all","height":320}"#,
    #"{"type":"export","folder":"out","maps":["depth"],"only":null,"together":true}"#,
    #"{"type":"outside","file":"a","keep":"mine"}"#, #"{"type":"time","seconds":1.5}"#,
  ]

  @Test("Every message is read", arguments: messages)
  func understood(_ text: String) throws {
    _ = try StampedMessage(Array(text.utf8))
  }

  @Test("Other data is rejected in a sentence that names the member")
  func refused() {
    for (text, sentence) in [
      ("", "this is not JSON"), ("[]", "a message needs a \"type\""),
      (#"{"type":"fly"}"#, "there is no message of the type \"fly\""),
      (#"{"type":"orbit","right":"3","up":0}"#, "\"right\" of \"orbit\" must be a number"),
      (#"{"type":"orbit","right":1e9,"up":0}"#, "\"right\" of \"orbit\" must be a number from"),
      (#"{"type":"view","width":1e6,"height":9}"#, "\"width\" of \"view\" must be"),
      (
        #"{"type":"view","width":99.5,"height":99}"#, "\"width\" of \"view\" must be a whole number"
      ),
      (#"{"type":"grab","handle":7}"#, "\"handle\" of \"grab\" must be a string"),
      (#"{"type":"preset","name":"below"}"#, "\"name\" of \"preset\" must be one of its words"),
      (#"{"type":"maps","names":["a",3],"height":99}"#, "\"names\" of \"maps\" must be a list"),
      (#"{"type":"undo","stamp":-1}"#, "\"stamp\""),
    ] {
      do {
        _ = try StampedMessage(Array(text.utf8))
        Issue.record("\(text) was taken")
      } catch {
        #expect("\(error)".contains(sentence), "\(text): \(error)")
      }
    }
  }

  @Test("Ten thousand damaged messages each yield a message or a sentence")
  func damaged() {
    var random = SplitMix64(seed: 20)
    var taken = 0
    for number in 0..<10_000 {
      var bytes = Array(Self.messages[number % Self.messages.count].utf8)
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        default: bytes.insert(contentsOf: bytes[index...].prefix(8), at: index)
        }
        if bytes.isEmpty { break }
      }
      if (try? StampedMessage(bytes)) != nil { taken += 1 }
    }
    #expect(taken > 100 && taken < 9_900)
  }

  @Test("A message with too many values is rejected before they are all in memory")
  func values() {
    let zeros = String(repeating: "0,", count: 1 << 20)
    #expect(throws: MessageFault.self) {
      _ = try StampedMessage(Array("{\"type\":\"edit\",\"edit\":[\(zeros)0]}".utf8))
    }
    let edit = #"{"type":"edit","edit":{"kind":"yaw","character":"ana","degrees":"far"}}"#
    #expect(throws: MessageFault.self) { _ = try StampedMessage(Array(edit.utf8)) }
  }

  @Test("Maps are requested by name, each once")
  func maps() throws {
    let message = try StampedMessage(
      Array(#"{"type":"maps","names":["depth","canny","depth"],"height":64}"#.utf8))
    #expect(message.message == .maps(["depth", "canny"], subject: nil, height: 64))
    #expect(throws: MessageFault.self) {
      _ = try StampedMessage(Array(#"{"type":"maps","names":["deep"],"height":64}"#.utf8))
    }
  }
}
