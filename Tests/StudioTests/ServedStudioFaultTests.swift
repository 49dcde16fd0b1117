import Foundation
import SceneFiles
import TestSupport
import Testing

@Suite("A studio in trouble", .serialized, .timeLimit(.minutes(2)))
struct ServedStudioFaultTests {
  /// A scene in which a character nods.
  private static func nodding() throws -> ServedStudio {
    let frames = (0..<40).map { #"{"joints": {"head": {"rotation": \#($0)}}}"# }
    return try ServedStudio(
      pairScene.replacing("\"contrapposto\"", with: "\"nod.clip.json\""),
      ["nod.clip.json": "{\"frameRate\": 20, \"frames\": [\(frames.joined(separator: ", "))]}"])
  }

  /// Returns the journals of a studio as they are on disk.
  private static func journals(_ studio: ServedStudio) -> String {
    studio.runner.files("cache").filter { $0.hasSuffix(".journal") }
      .compactMap { studio.runner.bytes("cache/" + $0) }
      .map { String(decoding: $0, as: UTF8.self) }.joined()
  }

  @Test("A tab that sends endlessly blocks neither other tabs nor shutdown")
  func flood() async throws {
    let studio = try Self.nodding()
    try await studio.withTab { tab in
      _ = try await tab.next("view")
      // Moments of a clip alternating with view messages, so that none supersedes another.
      let flood = tab.flood
      async let sending: Void = flood.send { number in
        number % 2 == 0
          ? #"{"type":"time","seconds":\#(Double(number % 40) / 20)}"#
          : #"{"type":"pick","x":10,"y":10}"#
      }
      try await Task.sleep(for: .milliseconds(300))
      let start = ContinuousClock.now
      #expect(try await studio.get("/map?name=mask&subject=all").status == 200)
      #expect(ContinuousClock.now - start < .seconds(5))
      studio.command.send(SIGTERM)
      #expect(studio.command.end(within: 20)?.code == 130)
      await sending
    }
  }

  @Test("A gesture ends with its tab, and belongs to no other")
  func gestures() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { tab in
      try await tab.send(#"{"type":"gesture","begin":true}"#)
      try await tab.edit(#""kind":"yaw","character":"ana","degrees":20"#)
      _ = try await tab.document { $0.contains("\"yaw\": 20") }
    }
    try await studio.withTab { tab in
      try await tab.edit(#""kind":"yaw","character":"ben","degrees":30"#)
      try await tab.edit(#""kind":"yaw","character":"ben","degrees":40"#)
      let document = try await tab.document { $0.contains("\"yaw\": 40") }
      #expect(document["history"]?["past"]?.items?.count == 3)
      try await studio.withTab { other in
        try await tab.send(#"{"type":"gesture","begin":true}"#)
        try await tab.edit(#""kind":"yaw","character":"ana","degrees":50"#)
        _ = try await other.document { $0.contains("\"yaw\": 50") }
        try await other.send(#"{"type":"gesture","begin":false}"#)
        try await other.edit(#""kind":"look","character":"ben","point":"ana""#)
        _ = try await tab.document { $0.contains("\"look\"") }
        try await tab.edit(#""kind":"yaw","character":"ana","degrees":60"#)
        try await tab.edit(#""kind":"yaw","character":"ana","degrees":70"#)
        try await tab.send(#"{"type":"gesture","begin":false}"#)
        let last = try await tab.document { $0.contains("\"yaw\": 70") }
        #expect(last["history"]?["past"]?.items?.count == 6)
      }
    }
  }

  @Test("Edits in a gesture are in the journal a second later, and sent to other tabs")
  func journal() async throws {
    let studio = try Self.nodding()
    try await studio.withTab { tab in
      try await studio.withTab { playing in
        _ = try await playing.next("view")
        let flood = playing.flood
        async let _ = flood.send(every: .milliseconds(20)) { number in
          #"{"type":"time","seconds":\#(Double(number % 40) / 20)}"#
        }
        try await tab.send(#"{"type":"gesture","begin":true}"#)
        try await tab.edit(#""kind":"yaw","character":"ben","degrees":20"#)
        let start = ContinuousClock.now
        _ = try await tab.document { $0.contains("\"yaw\": 20") }
        #expect(RunningCommand.wait { Self.journals(studio).contains("yaw\\\": 20") })
        #expect(ContinuousClock.now - start < .seconds(5))
      }
    }
  }

  @Test("A failing autosave is reported once, and resumes when possible")
  func autosave() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { tab in
      try await tab.send(#"{"type":"autosave","on":true}"#)
      try await tab.edit(#""kind":"text","file":"scene.json","text":"{""#)
      _ = try await tab.next("refusal")
      _ = try await tab.next("findings")
      func told() -> Int { tab.seen.count { $0 == "document" || $0 == "refusal" } }
      let before = told()
      try await Task.sleep(for: .seconds(1))
      let whole = JSONValue.string(pairScene.replacing("squat", with: "kneel")).line
      try await tab.edit(#""kind":"text","file":"scene.json","text":\#(whole)"#)
      _ = try await tab.document { $0.contains("kneel") }
      #expect(told() - before < 5, "\(tab.seen)")
      #expect(RunningCommand.wait(upTo: 5) { studio.scene.contains("kneel") })
    }
  }

  @Test("A tab that opens later receives the findings")
  func findings() async throws {
    let studio = try ServedStudio(
      pairScene.replacing("\"position\": [0.5, 0, 0]", with: "\"position\": [-0.45, 0, 0]"))
    let first = try await studio.withTab { try await $0.next("findings")["items"]?.items?.count }
    let second = try await studio.withTab { try await $0.next("findings")["items"]?.items?.count }
    #expect(try #require(first) > 0 && first == second)
  }

  @Test("A tab that reads nothing is closed, without effect on others")
  func deaf() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { tab in
      // Each is answered with an error that names it.
      let name = String(repeating: "x", count: 1 << 20)
      for _ in 0..<60 { try await tab.send("{\"type\":\"grab\",\"handle\":\"\(name)\"}") }
      try await studio.withTab { other in
        _ = try await other.next("hello")
        try await other.edit(#""kind":"yaw","character":"ana","degrees":20"#)
        _ = try await other.document { $0.contains("\"yaw\": 20") }
      }
      await #expect(throws: (any Error).self) { while true { _ = try await tab.next() } }
    }
    #expect(try await studio.get("/").status == 200)
  }

  @Test("When file descriptors run out, connections wait and the server continues")
  func exhausted() async throws {
    let studio = try ServedStudio(pairScene)
    try await studio.withTab { _ = try await $0.next("view") }
    let number = studio.command.identifier
    let used =
      try FileManager.default.contentsOfDirectory(atPath: "/proc/\(number)/fd")
      .compactMap(Int.init)
      .max() ?? 0
    let limit = try studio.runner.run(
      executable: "/usr/bin/prlimit", ["--pid=\(number)", "--nofile=\(used + 4):\(used + 4)"])
    #expect(limit.code == 0, "\(limit.errors)")
    let sockets = (0..<20).map { _ in IdleConnection(to: studio.port) }
    #expect(!sockets.contains { !$0.isConnected })
    try await Task.sleep(for: .milliseconds(500))
    sockets.forEach { $0.end() }
    #expect(try await studio.get("/").status == 200)
    studio.command.send(SIGTERM)
    #expect(studio.command.end(within: 20)?.code == 130)
  }

  @Test("A connection that requests nothing is closed")
  func silent() throws {
    let studio = try ServedStudio(pairScene)
    let socket = IdleConnection(to: studio.port)
    #expect(socket.isConnected)
    #expect(socket.isClosedByOther(within: 20))
  }

  @Test("A tab that reconnects keeps its view")
  func camera() async throws {
    let studio = try ServedStudio(pairScene)
    func camera(_ view: JSONNode) -> String {
      view["camera"]?["own"].map { JSONValue($0).line } ?? "null"
    }
    let own = try await studio.withTab { tab in
      #expect(camera(try await tab.next("view")) == "null")
      try await tab.send(#"{"type":"orbit","right":30,"up":12}"#)
      try await tab.send(#"{"type":"roll","degrees":4}"#)
      try await tab.send(#"{"type":"lens","focalLength":80}"#)
      return camera(
        try await tab.next("view") { ($0["camera"]?["focalLength"]?.number ?? 0) == 80 })
    }
    try await studio.withTab { tab in
      try await tab.send("{\"type\":\"camera\"," + own.dropFirst())
      let view = try await tab.next("view") { camera($0) != "null" }
      #expect(camera(view) == own)
    }
  }
}

/// A connection over which nothing is sent.
private final class IdleConnection {
  let isConnected: Bool
  private var number: Int32

  init(to port: Int) {
    number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    isConnected = withUnsafePointer(to: &address) { [number] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(number, $0, length) == 0 }
    }
  }

  deinit { end() }

  func end() {
    if number >= 0 { close(number) }
    number = -1
  }

  /// Returns whether the other side closes it in time.
  func isClosedByOther(within seconds: Int32) -> Bool {
    var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    var byte = UInt8(0)
    return poll(&wanted, 1, seconds * 1000) == 1 && read(number, &byte, 1) == 0
  }
}
