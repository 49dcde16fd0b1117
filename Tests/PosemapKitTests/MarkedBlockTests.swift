import Testing

@testable import PosemapKit

@Suite("Lines of posemap in the files of others")
struct MarkedBlockTests {
  private static let texts = [
    "", "\n", "a", "a\n", "a\r\n", "a\r\nb", "a\nb", "\n\n", "# x\n\n*.png binary",
    "\u{FEFF}a\r\nb\r\n",
    "a\r\nb\n", "a\r", "\r\n",
  ]

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("Taken away again, a file is what it was, byte for byte, wherever the lines stood")
  func restored() throws {
    for before in Self.texts {
      let bytes = Array(before.utf8)
      let starts = [0] + bytes.indices.filter { bytes[$0] == 10 }.map { $0 + 1 }
      for offset in Set(starts + [bytes.count]) {
        let new = try BlockedText(bytes).inserting(["x", "y"], at: offset)
        let found = try BlockedText(new)
        #expect(found.block?.lines == ["x", "y"], "\(before.debugDescription) \(offset)")
        #expect(found.restored == bytes, "\(before.debugDescription) \(offset)")
        #expect(try BlockedText(found.replacing(["z"])).restored == bytes)
        #expect(found.replacing(["x", "y"]) == new)
      }
    }
  }

  @Test("What others add after the lines, in between or beside them, stays")
  func others() throws {
    let new = try BlockedText(Array("a".utf8)).inserting(["x"], at: 1) + Array("b\n".utf8)
    #expect(text(try BlockedText(new).restored) == "a\nb\n")
    let own = BlockedText.new(["x"], folders: 2)
    #expect(try BlockedText(own).block?.origin == .nothing(folders: 2))
    #expect(text(try BlockedText(own + Array("b".utf8)).restored) == "b")
  }

  @Test("Lines that git doubled in a merge are found once and go together")
  func doubled() throws {
    let one = try BlockedText(Array("a\n".utf8)).inserting(["x"], at: 2)
    let two = one + Array("b\n".utf8) + one.dropFirst(2)
    let found = try BlockedText(two)
    #expect(text(found.restored) == "a\nb\n")
    #expect(text(found.replacing(["x"])) == text(one) + "b\n")
  }

  @Test("Lines without an end are refused, not guessed at")
  func unended() {
    let bytes = Array("# >>> posemap git >>>\nx\n".utf8)
    #expect(throws: BlockedText.Unended.self) { try BlockedText(bytes) }
  }

  @Test("Patterns with blanks and quotes are written as git reads them")
  func patterns() {
    #expect(AttributesBlock.quoted("out/**") == "out/**")
    #expect(AttributesBlock.quoted("my out/\"a\"") == "\"my out/\\\"a\\\"\"")
  }

  @Test(
    "A hook takes lines after the line that names its shell; scripts of other languages do not",
    arguments: [
      ("#!/bin/sh\necho", 10), ("#!/usr/bin/env bash\n", 20), ("#!/usr/bin/env -S zsh -e\n", 25),
      ("echo no shell named\n", 0), ("", 0),
      ("#!/usr/bin/env python3\n", nil), ("\u{7F}ELF\0\0", nil), ("#!/usr/bin/perl -w\n", nil),
      ("#!/bin/sh\n'''exec' /a/python \"$0\" \"$@\"\n' '''\n", nil),
    ] as [(String, Int?)])
  func hooks(script: String, offset: Int?) {
    #expect(HookBlock.offset(in: Array(script.utf8)) == offset)
  }
}
