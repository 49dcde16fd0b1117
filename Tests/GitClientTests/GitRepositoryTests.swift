import Foundation
import Processes
import Testing

@testable import GitClient

/// A repository in a temporary folder that is deleted with the value.
final class TemporaryRepository {
  let folder: String

  init(_ arguments: String...) throws {
    folder = FileManager.default.temporaryDirectory.path + "/posemap-git-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try git(["init", "-q", "-b", "main"] + arguments)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @discardableResult
  func git(_ arguments: [String]) throws -> String {
    let outcome = try ChildProcess(
      "git", ["-C", folder] + arguments,
      environment: [
        "GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "ana@example.org",
        "GIT_COMMITTER_NAME": "Ana", "GIT_COMMITTER_EMAIL": "ana@example.org",
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      ]
    ).outcome(patience: 60, maximumOutput: 1 << 20)
    #expect(outcome.end == .exited(0), "\(String(decoding: outcome.errors, as: UTF8.self))")
    return String(decoding: outcome.output, as: UTF8.self)
  }

  func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: "\(folder)/\(path)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func commit(_ message: String) throws {
    try git(["add", "-A"])
    try git(["commit", "-q", "-m", message])
  }
}

@Suite("A git repository")
struct GitRepositoryTests {
  @Test("Files have their committed, staged and work tree content, even at odd paths")
  func trees() throws {
    let made = try TemporaryRepository()
    let path = "poses/Größe \"1\"\n.pose.json"
    try made.write("one", to: path)
    try made.commit("One")
    try made.write("two", to: path)
    try made.git(["add", "-A"])
    try made.write("three", to: path)
    let repository = try GitRepository(containing: made.folder)
    let head = GitTree.commit(try repository.commit("HEAD"))
    let contents = try [head, .index, .workTree, .empty].map {
      try repository.bytes(of: path, in: $0).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(contents == ["one", "two", "three", nil])
    for tree in [head, .index, .workTree] { #expect(try repository.files(in: tree) == [path]) }
    let change = [GitChange(before: path, after: path)]
    #expect(try repository.changes(from: head, to: .index) == change)
    #expect(try repository.changes(from: .index, to: .workTree) == change)
    #expect(try repository.changes(from: .empty, to: head) == [GitChange(before: nil, after: path)])
    #expect(try repository.bytes(of: "none.json", in: head) == nil)
  }

  @Test("A renamed file is one change, an added and a deleted one are two")
  func renames() throws {
    let made = try TemporaryRepository()
    let text = String(repeating: "a line that stays\n", count: 20)
    try made.write(text, to: "a.pose.json")
    try made.write("x", to: "old.pose.json")
    try made.commit("One")
    try made.git(["mv", "a.pose.json", "b.pose.json"])
    try made.git(["rm", "-q", "old.pose.json"])
    try made.write("{}", to: "new.pose.json")
    try made.commit("Two")
    let repository = try GitRepository(containing: made.folder)
    let (old, new) = (try repository.commit("HEAD~1"), try repository.commit("HEAD"))
    #expect(
      Set(try repository.changes(from: .commit(old), to: .commit(new))) == [
        GitChange(before: "a.pose.json", after: "b.pose.json"),
        GitChange(before: "old.pose.json", after: nil),
        GitChange(before: nil, after: "new.pose.json"),
      ])
  }

  @Test("From a subfolder, pathspecs are relative to it and paths to the top")
  func below() throws {
    let made = try TemporaryRepository()
    try made.write("{}", to: "scenes/one/scene.json")
    try made.write("{}", to: "other.pose.json")
    try made.commit("One")
    let repository = try GitRepository(containing: made.folder + "/scenes")
    #expect(repository.prefix == "scenes/")
    let head = GitTree.commit(try repository.commit("HEAD"))
    for tree in [head, .index, .workTree] {
      #expect(try repository.files(in: tree, ["one"]) == ["scenes/one/scene.json"])
    }
    #expect(try repository.changes(from: .empty, to: head, ["."]).count == 1)
  }

  @Test("A missing or bare repository, or an unknown revision, is reported in one sentence")
  func faults() throws {
    let made = try TemporaryRepository("--bare")
    let bare = try GitRepository(containing: made.folder)
    #expect(bare.workTree == nil)
    #expect(throws: GitError.bare(folder: made.folder)) { try bare.requiredWorkTree() }
    #expect(throws: GitError.unknownRevision("HEAD~3")) { try bare.commit("HEAD~3") }
    #expect(throws: GitError.unknownRevision("--all")) { try bare.commit("--all") }
    let outside = FileManager.default.temporaryDirectory.path
    #expect(throws: GitError.noRepository(folder: outside)) {
      try GitRepository(containing: outside)
    }
  }

  @Test("The message about a shallow clone tells how to get the rest")
  func shallow() throws {
    let made = try TemporaryRepository()
    for name in ["a", "b"] {
      try made.write("{}", to: "\(name).pose.json")
      try made.commit(name)
    }
    try made.git(["clone", "-q", "--depth", "1", "file://\(made.folder)", "shallow"])
    let shallow = try GitRepository(containing: made.folder + "/shallow")
    #expect(shallow.isShallow)
    #expect(throws: GitError.shallow("HEAD~1")) { try shallow.commit("HEAD~1") }
  }
}
