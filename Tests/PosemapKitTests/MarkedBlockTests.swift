import Testing

@testable import PosemapKit

@Suite("posemap's lines in other owners' files")
struct MarkedBlockTests {
  private static let texts = [
    "", "\n", "a", "a\n", "a\r\n", "a\r\nb", "a\nb", "\n\n", "# x\n\n*.png binary",
    "\u{FEFF}a\r\nb\r\n",
    "a\r\nb\n", "a\r", "\r\n",
  ]

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("Removing the lines restores a file byte for byte, wherever they were")
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

  @Test("Additions by others after, within or beside the lines stay")
  func others() throws {
    let new = try BlockedText(Array("a".utf8)).inserting(["x"], at: 1) + Array("b\n".utf8)
    #expect(text(try BlockedText(new).restored) == "a\nb\n")
    let own = BlockedText.new(["x"], folders: 2)
    #expect(try BlockedText(own).block?.origin == .nothing(folders: 2))
    #expect(text(try BlockedText(own + Array("b".utf8)).restored) == "b")
  }

  @Test("Lines that a git merge duplicated are found once and removed together")
  func doubled() throws {
    let one = try BlockedText(Array("a\n".utf8)).inserting(["x"], at: 2)
    let two = one + Array("b\n".utf8) + one.dropFirst(2)
    let found = try BlockedText(two)
    #expect(text(found.restored) == "a\nb\n")
    #expect(text(found.replacing(["x"])) == text(one) + "b\n")
  }

  @Test("A block without an end mark is rejected, not guessed")
  func unended() {
    let bytes = Array("# >>> posemap git >>>\nx\n".utf8)
    #expect(throws: BlockedText.Unended.self) { try BlockedText(bytes) }
  }

  @Test("Patterns with spaces and quotes are written as git reads them")
  func patterns() {
    #expect(AttributesBlock.quoted("out/**") == "out/**")
    #expect(AttributesBlock.quoted("my out/\"a\"") == "\"my out/\\\"a\\\"\"")
  }

  @Test(
    "Lines are inserted after a hook's shell line; scripts in other languages are left alone",
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
