import SceneFiles
import Testing

@testable import Studio

@Suite("Waiting messages")
struct MailboxTests {
  private static func entry(_ text: String, tab: Int = 1) throws -> Mailbox.Entry {
    .message(tab: tab, try StampedMessage(Array(text.utf8)))
  }

  /// Returns the messages that remain of some that wait together.
  private static func left(of texts: [(Int, String)]) throws -> [(tab: Int, StampedMessage)] {
    let mailbox = Mailbox()
    for (tab, text) in texts { _ = mailbox.add(try entry(text, tab: tab)) }
    var left: [(tab: Int, StampedMessage)] = []
    while let next = mailbox.next() {
      if case .message(let tab, let message) = next { left.append((tab, message)) }
    }
    return left
  }

  private static func edit(_ members: String, _ stamp: Int) -> String {
    "{\"type\":\"edit\",\"stamp\":\(stamp),\"edit\":{\(members)}}"
  }

  @Test("Of a drag's waiting steps, only the last is processed; nothing else is skipped")
  func drags() throws {
    let drag = #"{"type":"drag","x":1,"y":2,"stamp":"#
    let left = try Self.left(of: [
      (1, #"{"type":"grab","handle":"ana","x":0,"y":0}"#), (1, drag + "1}"), (1, drag + "2}"),
      (1, #"{"type":"shown","number":1}"#), (1, drag + "3}"), (2, drag + "4}"), (1, drag + "5}"),
      (1, #"{"type":"release"}"#), (1, #"{"type":"undo"}"#),
    ])
    #expect(left.map(\.1.stamp) == [nil, 5, nil, 4, nil, nil])
  }

  @Test("Of a slider's waiting steps, the last is processed, as long as they are one undo step")
  func sliders() throws {
    func age(_ years: Int) -> String {
      Self.edit(
        #""kind":"character","character":"ana","key":"phenotype","value":{"age":\#(years)}"#, years)
    }
    let height = Self.edit(#""kind":"character","character":"ana","key":"height","value":1.8"#, 90)
    let begin = #"{"type":"gesture","begin":true}"#
    let end = #"{"type":"gesture","begin":false}"#
    let inGesture = try Self.left(
      of: [(1, begin)] + (20..<80).map { (1, age($0)) } + [(1, height), (1, end)])
    #expect(inGesture.map(\.1.stamp) == [nil, 79, 90, nil])
    let single = try Self.left(of: (20..<24).map { (1, age($0)) })
    #expect(single.map(\.1.stamp) == [20, 21, 22, 23])
    let after = try Self.left(of: [(1, begin), (1, end)] + (20..<24).map { (1, age($0)) })
    #expect(after.count == 6)
    let others = try Self.left(of: [(1, begin)] + (20..<24).map { (2, age($0)) })
    #expect(others.count == 5)
  }

  @Test("Moments of a clip and moves of the view are combined, including all that they move")
  func views() throws {
    let times = try Self.left(
      of: (0..<60).map { (1, #"{"type":"time","seconds":\#(Double($0) / 60)}"#) })
    #expect(times.map(\.1.message) == [.time(59.0 / 60)])
    let moves = try Self.left(of: [
      (1, #"{"type":"orbit","right":3,"up":1}"#), (1, #"{"type":"orbit","right":4,"up":-2}"#),
      (1, #"{"type":"pan","x":3,"y":1}"#), (1, #"{"type":"pan","x":-1,"y":1}"#),
      (1, #"{"type":"dolly","factor":2}"#), (1, #"{"type":"dolly","factor":1.5}"#),
      (1, #"{"type":"orbit","right":1,"up":0}"#),
    ])
    #expect(
      moves.map(\.1.message) == [
        .orbit(right: 7, up: -1), .pan([2, 2]), .dolly(3), .orbit(right: 1, up: 0),
      ])
  }

  @Test("Waiting messages are limited by size, not only by number")
  func weight() throws {
    let mailbox = Mailbox()
    let text = String(repeating: "x", count: 3 << 20)
    for number in 0..<6 {
      #expect(!mailbox.isFull)
      let edit = Self.edit(#""kind":"text","file":"scene.json","text":"\#(text)""#, number)
      _ = mailbox.add(try Self.entry(edit))
    }
    #expect(mailbox.isFull)
    _ = mailbox.next()
    #expect(!mailbox.isFull)
  }
}

@Suite("Messages to a tab")
struct TabLinkTests {
  private static func waiting(_ link: TabLink) -> [Outgoing] {
    var messages: [Outgoing] = []
    while let next = link.next() { messages.append(next) }
    return messages
  }

  private static func map(_ name: String, _ count: Int) -> Outgoing {
    .picture(
      head: .members(["kind": .string("map"), "name": .string(name)]),
      bytes: [UInt8](repeating: 0, count: count))
  }

  @Test("Only the newest display message waits, behind earlier messages")
  func newest() {
    let link = TabLink(tab: 1)
    let text = JSONValue.string(String(repeating: "x", count: 1 << 20))
    for number in 0..<200 {
      link.send(.of("document", ["revision": .int(number), "text": text]))
      link.send(Self.map("depth", 300_000))
      link.send(Self.map("canny", 300_000))
      if number % 50 == 0 { link.send(.notice("\(number)")) }
    }
    let kinds = Self.waiting(link).map { message in
      switch message {
      case .text(let value): value.line.prefix(20)
      case .picture(let head, _): head.line.prefix(40)
      }
    }
    #expect(kinds.count == 7, "\(kinds)")
  }

  @Test("A tab that reads nothing is closed", .timeLimit(.minutes(1)))
  func overflow() async {
    let link = TabLink(tab: 1)
    let sentence = String(repeating: "x", count: 1 << 20)
    for _ in 0..<31 { link.send(.notice(sentence)) }
    #expect(Self.waiting(link).count == 31)
    for _ in 0..<40 { link.send(.notice(sentence)) }
    #expect(Self.waiting(link).isEmpty)
    for await _ in link.end {}
    link.send(.notice("late"))
    #expect(link.next() == nil)
  }

  @Test("A single message can have any size")
  func large() {
    let link = TabLink(tab: 1)
    link.send(.notice(String(repeating: "x", count: 40 << 20)))
    #expect(link.next() != nil)
  }
}
