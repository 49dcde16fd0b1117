import Foundation
import FoundationNetworking
import SceneFiles
import TestSupport
import Testing

@Suite("A served studio", .serialized, .timeLimit(.minutes(2)))
struct ServedStudioTests {
  @Test("It answers only its own page, and ends on a signal with nothing left behind")
  func lifecycle() async throws {
    let studio = try ServedStudio(pairScene)
    #expect(try await studio.get("/").status == 200)
    #expect(try await studio.get("/page/main.js").status == 200)
    #expect(try await studio.get("/", token: "wrong").status == 403)
    for path in ["/page/..%2fscene.json", "/picture?job=1&name=x.png", "/plate", "/scene.json"] {
      #expect(try await studio.get(path).status == 404, "\(path)")
    }
    for (token, origin) in [("wrong", nil), (nil, "http://evil.example"), (nil, "null")] {
      await #expect(throws: (any Error).self) {
        try await studio.withTab(token: token, origin: origin) { try await $0.next() }
      }
    }
    try await studio.withTab { tab in
      let hello = try await tab.next("hello")
      #expect(hello["scenePath"]?.text == "scene.json")
      let picture = try await tab.next("view")
      #expect(picture["handles"]?.items?.isEmpty == false)
    }
    studio.command.send(SIGTERM)
    #expect(try #require(studio.command.end(within: 20)).code == 130)
    // Mesa also keeps its shaders in the cache.
    let files = studio.runner.files("").filter { !$0.hasPrefix("cache/mesa") }
    #expect(files == ["scene.json", "stderr.txt", "stdout.txt"])
    #expect(studio.scene == pairScene)
  }

  @Test("A browser is opened with a one-time key; the printed address has the token")
  func opening() async throws {
    let studio = try ServedStudio(
      pairScene, ["bin/xdg-open": "#!/bin/sh\necho \"$1\" > opened.txt\n"],
      options: ["--port", "0"])
    var opened = ""
    #expect(
      RunningCommand.wait {
        opened = String(decoding: studio.runner.bytes("opened.txt") ?? [], as: UTF8.self)
        return opened.hasSuffix("\n")
      })
    #expect(!opened.contains(studio.token))
    let address = try #require(URL(string: String(opened.dropLast())))
    let (page, first) = try await URLSession.shared.data(from: address)
    #expect(first.url?.query == "token=\(studio.token)" && !page.isEmpty)
    let (_, second) = try await URLSession.shared.data(from: address)
    #expect((second as? HTTPURLResponse)?.statusCode == 403)
    #expect(try await studio.get("/").status == 200)
  }

  @Test("Without a port, a second studio uses the next one, and autosaves if requested")
  func usualPorts() async throws {
    let studios = try (0..<2).map { _ in
      try ServedStudio(pairScene, options: ["--no-open", "--autosave"])
    }
    #expect(studios[0].port != studios[1].port)
    try await studios[1].withTab { tab in
      let hello = try await tab.next("hello")
      #expect(hello["isAutosaving"]?.isTrue == true)
      try await tab.edit(#""kind":"yaw","character":"ana","degrees":20"#)
      #expect(RunningCommand.wait(upTo: 10) { studios[1].scene.contains("\"yaw\": 20") })
    }
  }

  @Test("A custom pose that is rewritten gets a new thumbnail")
  func thumbnails() async throws {
    func pose(_ degrees: Int) -> String {
      "{\n  \"joints\": {\"leftUpperArm\": {\"abduction\": \(degrees)}}\n}\n"
    }
    let studio = try ServedStudio(pairScene, ["own.pose.json": pose(10)])
    let path = "/thumbnail?kind=pose&name=own.pose.json"
    let before = try await studio.get(path)
    #expect(try await studio.get(path).body == before.body && before.status == 200)
    try studio.runner.write(pose(80), to: "own.pose.json")
    #expect(try await studio.get(path).body != before.body)
  }

  @Test("Two tabs see one document, each with its own view")
  func tabs() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { one in
      try await studio.withTab { other in
        try await one.edit(#""kind":"yaw","character":"ana","degrees":20"#)
        _ = try await one.document { $0.contains("\"yaw\": 20") }
        let document = try await other.document { $0.contains("\"yaw\": 20") }
        #expect(document["isUnsaved"]?.isTrue == true && document["undo"]?.text != nil)
        try await other.send(#"{"type":"undo"}"#)
        _ = try await one.document { $0 == pairScene }
        _ = try await other.document { $0 == pairScene }
        try await one.send(#"{"type":"view","width":200,"height":100}"#)
        _ = try await one.next("view") { $0["width"]?.number == 200 }
        try await other.send(#"{"type":"orbit","right":10,"up":0}"#)
        let turned = try await other.next("view") { $0["camera"]?["isScene"]?.isTrue == false }
        #expect(turned["width"]?.number != 200)
      }
    }
  }

  @Test("An export saves first, and writes the files that posemap render writes")
  func export() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { tab in
      try await tab.edit(#""kind":"yaw","character":"ana","degrees":35"#)
      try await tab.send(
        #"{"type":"export","folder":"out","maps":[],"only":["ana"],"together":false}"#)
      let running = try await tab.next("job")
      #expect(running["state"]?.text == "running" && running["folder"]?.text == "out")
      #expect(studio.scene.contains("\"yaw\": 35"))
      let done = try await tab.next("job") { $0["state"]?.text != "running" }
      #expect(done["state"]?.text == "done", "\(done)")
      #expect(
        try studio.runner.run("render", "scene.json", "-o", "mine", "--only", "ana").code == 0)
      let files = studio.runner.files("mine")
      #expect(files.count == 9 && studio.runner.files("out") == files)
      for file in files {
        #expect(studio.runner.bytes("out/" + file) == studio.runner.bytes("mine/" + file))
      }
      for name in try #require(done["pictures"]?.items).compactMap(\.text) {
        let picture = try await studio.get("/picture?job=1&name=\(name)")
        #expect(picture.status == 200 && picture.body == studio.runner.bytes("out/" + name))
      }
      #expect(try await studio.get("/picture?job=1&name=manifest.json").status == 404)
    }
    try await studio.withTab { late in
      let last = try await late.next("job")
      #expect(last["state"]?.text == "done")
    }
  }

  @Test("A scene that cannot be saved is not exported")
  func unsaved() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { tab in
      try await tab.edit(#""kind":"yaw","character":"ana","degrees":35"#)
      _ = try await tab.document { $0.contains("\"yaw\": 35") }
      let theirs = pairScene.replacingOccurrences(
        of: "\"pose\": \"contrapposto\"", with: "\"pose\": \"contrapposto\", \"yaw\": 70")
      try studio.runner.write(theirs, to: "scene.json")
      try await tab.send(#"{"type":"export","folder":"out","maps":[],"together":false}"#)
      #expect(try await tab.next("refusal")["message"]?.text?.contains("saved") == true)
      #expect(studio.scene == theirs && studio.runner.files("out").isEmpty)
    }
  }

  @Test(
    "A killed studio offers unsaved changes at the next start, and no job outlives it")
  func killed() async throws {
    let studio = try ServedStudio(pairScene)
    let deaf = try DeafServer()
    let studioNumber = studio.command.identifier
    let port = deaf.port
    let children = try await studio.withTab { tab in
      try await tab.edit(#""kind":"yaw","character":"ana","degrees":35"#)
      try await tab.send(
        "{\"type\":\"comfyui\",\"server\":\"http://127.0.0.1:\(port)\",\"folder\":\"comfy\"}")
      _ = try await tab.next("job")
      try await tab.edit(#""kind":"yaw","character":"ben","degrees":-50"#)
      _ = try await tab.document { $0.contains("\"yaw\": -50") }
      let children = Self.waitForChildren(of: studioNumber)
      // Unsaved changes are journaled once all is quiet.
      try await Task.sleep(for: .seconds(1))
      return children
    }
    #expect(children.count == 1)
    studio.command.send(SIGKILL)
    #expect(studio.command.end()?.signal == SIGKILL)
    for child in children {
      #expect(RunningCommand.wait { !Self.isAlive(child) })
    }
    #expect(studio.scene.contains("\"yaw\": 35") && !studio.scene.contains("-50"))

    try studio.startAgain()
    let rest = try await studio.withTab { tab in
      let unsaved = try #require(try await tab.next("document")["unsavedChanges"])
      let id = try #require(unsaved["id"]?.text)
      try await tab.send(#"{"type":"restore","changes":"another"}"#)
      _ = try await tab.next("refusal")
      try await tab.send(#"{"type":"restore","changes":"\#(id)"}"#)
      _ = try await tab.document { $0.contains("\"yaw\": -50") }
      try await tab.send(#"{"type":"undo"}"#)
      _ = try await tab.document { !$0.contains("-50") }
      return unsaved["words"]?.items ?? []
    }
    let words = rest.compactMap(\.text).joined(separator: "\n")
    #expect(words.contains("ben"), "\(words)")
    studio.command.send(SIGINT)
    #expect(studio.command.end(within: 20)?.code == 130)
  }

  @Test("Two thousand damaged messages leave the server answering, and the document whole")
  func damaged() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { tab in
      var random = SplitMix64(seed: 21)
      for round in 0..<40 {
        for _ in 0..<50 { try await tab.send(Self.damagedMessage(&random)) }
        // A text is accepted whatever the messages have made of the scene.
        let scene = JSONValue.string(pairScene).line
        try await tab.edit(#""kind":"text","file":"scene.json","text":\#(scene)"#)
        try await tab.edit(#""kind":"yaw","character":"ana","degrees":\#(round + 1)"#)
        let document = try await tab.document { $0.contains("\"yaw\": \(round + 1)") }
        #expect(document["diagnostics"]?.items?.isEmpty == true)
      }
      #expect(tab.seen.count { $0 == "refusal" } > 500)
    }
    try await studio.withTab { tab in
      let picture = try await tab.next("view")
      #expect(picture["handles"]?.items?.isEmpty == false)
    }
    studio.command.send(SIGTERM)
    #expect(studio.command.end(within: 20)?.code == 130)
  }

  private static let messages = [
    #"{"type":"view","width":128,"height":128}"#, #"{"type":"orbit","right":3,"up":-2.5}"#,
    #"{"type":"dolly","factor":1.1}"#, #"{"type":"preset","name":"overShoulder","about":"ana"}"#,
    #"{"type":"grab","handle":"ana.leftHand","as":"goal"}"#,
    #"{"type":"drag","x":40,"y":60,"path":"picture","snap":true}"#, #"{"type":"release"}"#,
    #"{"type":"undo"}"#, #"{"type":"redo"}"#, #"{"type":"gesture","begin":true}"#,
    #"{"type":"edit","edit":{"kind":"turn","character":"ana","joints":{"head":{"flexion":40}}}}"#,
    #"{"type":"edit","edit":{"kind":"reach","character":"ben","joint":"leftHand","point":"ana.head"}}"#,
    #"{"type":"edit","edit":{"kind":"renameCharacter","character":"ben","to":"eva"}}"#,
    #"{"type":"edit","edit":{"kind":"addProp","value":{"id":"box","shape":"box","size":[1,1,1]}}}"#,
    #"{"type":"edit","edit":{"kind":"pair","name":"hug","characters":["ana","ben"]}}"#,
    #"{"type":"edit","edit":{"kind":"removeCharacter","character":"ana"}}"#,
    #"{"type":"edit","edit":{"kind":"text","file":"scene.json","text":"{}"}}"#,
    #"{"type":"maps","names":["depth"],"subject":"all","height":64}"#, #"{"type":"difference"}"#,
    #"{"type":"export","folder":"../out","maps":["mask"],"together":true}"#,
    #"{"type":"select","character":"ana","joint":"leftHand"}"#, #"{"type":"stopJob","job":1}"#,
  ]

  /// Returns a message with up to three bytes changed, removed or duplicated.
  private static func damagedMessage(_ random: inout SplitMix64) -> [UInt8] {
    var bytes = Array((messages.randomElement(using: &random) ?? "{}").utf8)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let index = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: index)
      default: bytes.insert(contentsOf: bytes[index...].prefix(8), at: index)
      }
    }
    return bytes
  }

  // MARK: Processes

  /// Returns the numbers of a process's children.
  private static func children(of parent: Int32) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap(Int32.init).filter { status(of: $0)?.parent == parent }
  }

  private static func waitForChildren(of parent: Int32) -> [Int32] {
    _ = RunningCommand.wait { !children(of: parent).isEmpty }
    return children(of: parent)
  }

  private static func isAlive(_ process: Int32) -> Bool {
    status(of: process).map { $0.state != "Z" } ?? false
  }

  /// Returns the state of a process and the number of its parent, from `proc(5)`.
  private static func status(of process: Int32) -> (state: Substring, parent: Int32)? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[end...].split(separator: " ")
    return fields.count > 2 ? (fields[1], Int32(fields[2]) ?? 0) : nil
  }
}

/// A server that accepts connections and never sends anything.
private final class DeafServer {
  let port: Int
  private let socket: FileHandle

  init() throws {
    let number = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    socket = FileHandle(fileDescriptor: number, closeOnDealloc: true)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(number, address, length) == 0 && listen(number, 8) == 0
          && getsockname(number, address, &length) == 0
      }
    }
    try #require(isBound)
    port = Int(UInt16(bigEndian: address.sin_port))
  }
}
