import Foundation
import TestSupport
import Testing

@Suite("posemap git enable, disable and status")
struct GitSetupCommandTests {
  /// Enables twice and disables; expects that the second time changes nothing and that disabling
  /// restores everything. Returns the first report.
  @discardableResult
  private func roundTrip(
    _ repository: SetupRepository, _ arguments: [String] = [],
    whileEnabled: () throws -> Void = {}
  ) throws -> String {
    let command = [CommandRunner.command, "git"]
    let before = try repository.state()
    let first = try repository.run(command + ["enable"] + arguments)
    #expect(first.code == 0, "\(first.errors)")
    let enabled = try repository.state()
    #expect(enabled != before)
    let second = try repository.run(command + ["enable"] + arguments)
    #expect(second.code == 0 && second.output.contains("everything is already set up"))
    #expect(try repository.state() == enabled)
    try whileEnabled()
    let scope = arguments.filter { $0 == "--global" }
    let last = try repository.run(command + ["disable"] + scope)
    #expect(last.code == 0, "\(last.errors)")
    #expect(try repository.state() == before)
    return first.output
  }

  @Test("One command sets everything up, reports it, and can be undone without a trace")
  func plain() throws {
    let repository = try SetupRepository()
    let command = CommandRunner.command
    let said = try roundTrip(repository) { () throws in
      let config = try repository.git("config", "--local", "--list")
      let driver =
        "merge.posemap.driver=\(command) merge-driver --base %O --ours %A --theirs %B "
        + "--marker-size %L --path %P --base-label %S --ours-label %X --theirs-label %Y\n"
      #expect(config.contains(driver))
      #expect(config.contains("diff.posemap.textconv=\(command) textconv\n"))
      #expect(
        config.contains("mergetool.posemap.cmd=\(command) mergetool --no-stage -- \"$MERGED\"\n"))
      #expect(config.contains("mergetool.posemap.trustexitcode=true\n"))
      #expect(config.contains("difftool.posemap.cmd=\(command) diff \"$LOCAL\" \"$REMOTE\"\n"))
      let attributes = try repository.git(
        "check-attr", "diff", "merge", "--", "a/x.pose.json", "b.clip.json", "scene.json",
        "a.scene.json", "m.bones.json", "other.json")
      #expect(attributes.components(separatedBy: ": posemap\n").count == 11)
      #expect(attributes.contains("other.json: diff: unspecified"))
      let status = try repository.posemap("git", "status")
      #expect(status.code == 0)
      #expect(
        status.output.split(separator: "\n").map { $0.split(separator: " ").prefix(2) } == [
          ["attributes", "on:"], ["diff", "on:"], ["merge", "on:"], ["mergetool", "on:"],
          ["difftool", "on:"], ["hook", "on:"],
        ])
    }
    #expect(
      try repository.posemap("git", "disable").output == "posemap is not set up here\n")
    #expect(
      said == """
        .gitattributes: git diffs and merges *.pose.json *.clip.json *.bones.json *scene.json by posemap
        .git/config: diff.posemap, merge.posemap, mergetool.posemap, difftool.posemap, by \(command)
        .git/hooks/pre-commit: checks what is staged before each commit
        commit .gitattributes, so that it applies in every clone

        """)
  }

  @Test(
    "Existing attributes stay, with any line endings and without a final one",
    arguments: ["*.png binary", "# x\r\n*.json text\r\n"])
  func attributes(text: String) throws {
    let repository = try SetupRepository()
    try repository.write(text, to: ".gitattributes")
    try roundTrip(repository, ["--binary", "out/**", "--binary", "my renders/**"]) { () throws in
      #expect(try #require(repository.text(".gitattributes")).hasPrefix(text))
      let attributes = try repository.git("check-attr", "diff", "--", "out/a.png", "my renders/b")
      #expect(attributes.components(separatedBy: ": diff: unset\n").count == 3)
      #expect(try repository.git("check-attr", "merge", "a.pose.json").hasSuffix(": posemap\n"))
    }
  }

  @Test("The user's line about poses overrides posemap's; one about all JSON does not")
  func ownAttributes() throws {
    let repository = try SetupRepository()
    try repository.write(
      "*.json merge=union diff=json\nold.pose.json merge=ours\n*.png binary\n", to: ".gitattributes"
    )
    let said = try roundTrip(repository) { () throws in
      #expect(try repository.git("check-attr", "merge", "old.pose.json").hasSuffix(": ours\n"))
      #expect(try repository.git("check-attr", "merge", "new.pose.json").hasSuffix(": posemap\n"))
    }
    #expect(said.contains(".gitattributes: kept your line: old.pose.json merge=ours\n"))
  }

  @Test("The user's configuration stays: its last line, comments, and keys with these names")
  func ownConfiguration() throws {
    let repository = try SetupRepository()
    let config = try #require(repository.text(".git/config"))
    try repository.write(
      config + "[diff \"posemap\"]\n\ttextconv = mine\n# end\n[user]\n\tname = B",
      to: ".git/config",
      mode: 0o600)
    let said = try roundTrip(repository) { () throws in
      #expect(try repository.git("config", "diff.posemap.textconv") == "mine\n")
      #expect(try repository.git("config", "user.name") == "B\n")
      #expect(try repository.posemap("git", "status").output.contains("diff       own: mine\n"))
    }
    #expect(said.contains("kept your diff.posemap.textconv = mine\n"))
  }

  @Test(
    "Existing hooks stay and run: shell scripts, scripts in other languages, and links",
    arguments: [
      ("#!/bin/sh\ntouch ran; exit 0", nil), ("#!/usr/bin/perl\nopen(F, '>', 'ran');\n", nil),
      ("#!/bin/sh\ntouch ran\n", "tools/check"),
    ] as [(String, String?)])
  func hooks(script: String, linked: String?) throws {
    let repository = try SetupRepository()
    try repository.write(script, to: linked ?? ".git/hooks/pre-commit", mode: 0o755)
    if let linked {
      try FileManager.default.createSymbolicLink(
        atPath: repository.folder + "/.git/hooks/pre-commit", withDestinationPath: "../../" + linked
      )
    }
    try roundTrip(repository) { () throws in
      try repository.git("commit", "-q", "--allow-empty", "-m", "x")
      #expect(repository.text("ran") == "")
      try FileManager.default.removeItem(atPath: repository.folder + "/ran")
      try repository.write("{\"joints\": {\"leftElbow\": [0, 0, 0]}}\n", to: "a.pose.json")
      try repository.git("add", "a.pose.json")
      let refused = try repository.run(["git", "commit", "-q", "-m", "x"])
      #expect(refused.code == 1 && refused.errors.contains("leftElbow"))
      try repository.git("rm", "-q", "-f", "a.pose.json")
    }
  }

  @Test("A hook that git does not run, or that others own, is left alone and reported")
  func refusedHooks() throws {
    let dead = try SetupRepository()
    try dead.write("#!/bin/sh\n", to: ".git/hooks/pre-commit", mode: 0o644)
    #expect(
      try roundTrip(dead).contains(
        "no hook: .git/hooks/pre-commit exists but is not executable, so git does not run it; ")
    )
    let none = try SetupRepository()
    try none.git("config", "core.hooksPath", "/dev/null")
    #expect(
      try roundTrip(none).contains("no hook: core.hooksPath is /dev/null, so git runs no "))
    let shared = try SetupRepository()
    try shared.git("config", "--global", "core.hooksPath", "~/hooks")
    #expect(
      try roundTrip(shared).contains(
        "no hook: core.hooksPath in the global configuration sets the hooks of all repositories: "
          + "\(shared.runner.folder)/home/hooks; let your hook run \"\(CommandRunner.command) git check\"\n"
      ))
  }

  @Test("In Husky's folder, and in a folder of the repository, the hook is where git runs it")
  func hooksPath() throws {
    for (folder, hook) in [
      (".husky/_", ".husky/pre-commit"), (".githooks", ".githooks/pre-commit"),
    ] {
      let repository = try SetupRepository()
      try repository.git("config", "core.hooksPath", folder)
      if folder == ".husky/_" {
        try repository.write(
          "#!/bin/sh\nexec sh -e .husky/pre-commit\n", to: ".husky/_/pre-commit", mode: 0o755)
        try repository.write("touch ran\n", to: hook)
      }
      try roundTrip(repository) { () throws in
        #expect(repository.text(hook)?.contains("posemap git check") == true)
        #expect(try repository.posemap("git", "status").output.contains("hook       on: \(hook)\n"))
      }
    }
  }

  @Test("Git starts posemap by name if it is in PATH; a moved command is reported as broken")
  func moved() throws {
    var repository = try SetupRepository("a work 100% 'odd'")
    let bin = repository.runner.folder + "/my bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: bin + "/posemap", withDestinationPath: CommandRunner.command)
    repository.path = [bin]
    #expect(try repository.run(["posemap", "git", "enable"]).code == 0)
    #expect(try repository.git("config", "diff.posemap.textconv") == "posemap textconv\n")
    #expect(try repository.posemap("git", "status").code == 0)
    repository.path = []
    let status = try repository.posemap("git", "status")
    #expect(status.code == 65)
    #expect(status.output.contains("merge      broken: posemap is not in PATH\n"))
    #expect(status.output.contains("hook       broken: posemap is not in PATH\n"))
    // It does not block a commit, and reports that.
    let commit = try repository.run(["git", "commit", "-q", "--allow-empty", "-m", "x"])
    #expect(commit.code == 0 && commit.errors.contains("posemap was moved or removed"))
    #expect(try repository.posemap("git", "enable").output.contains("by \(CommandRunner.command)"))
    #expect(try repository.posemap("git", "status").code == 0)
  }

  @Test("A command at an odd path is quoted for git's shell, and git starts it")
  func oddCommand() throws {
    let repository = try SetupRepository()
    let odd = repository.runner.folder + "/it's 100% \"odd\""
    try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: true)
    // Through a link the command would find its usual path.
    try FileManager.default.copyItem(atPath: CommandRunner.command, toPath: odd + "/posemap")
    #expect(try repository.run([odd + "/posemap", "git", "enable"]).code == 0)
    #expect(try repository.posemap("git", "status").code == 0)
    try repository.write("{\"joints\": {}, \"name\": \"a\"}\n", to: "a.pose.json")
    try repository.git("add", "-N", "a.pose.json")
    #expect(try repository.git("diff").contains("+  \"name\": \"a\",\n+  \"joints\": {}\n"))
  }

  @Test("From a subfolder, a worktree or a submodule, the right files are written")
  func locations() throws {
    var repository = try SetupRepository()
    try repository.git("commit", "-q", "--allow-empty", "-m", "x")
    let top = repository.folder
    try repository.write("", to: "a/b/c")
    repository.folder = top + "/a/b"
    try roundTrip(repository)
    repository.folder = top
    try repository.git("worktree", "add", "-q", "../tree")
    try repository.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", top, "sub")
    for folder in ["\(repository.runner.folder)/tree", "\(top)/sub"] {
      repository.folder = folder
      try roundTrip(repository) { () throws in
        #expect(repository.text(".gitattributes") != nil)
        let status = try repository.posemap("git", "status")
        #expect(status.code == 0 && !status.output.contains("off"))
      }
    }
  }

  @Test("The global setup uses the user's own files, wherever git has them, and no hook")
  func global() throws {
    let repository = try SetupRepository()
    let outside = try SetupRepository()
    try FileManager.default.removeItem(atPath: outside.folder + "/.git")
    try roundTrip(outside, ["--global"])
    let said = try roundTrip(repository, ["--global"]) { () throws in
      #expect(repository.text("../home/.config/git/attributes") != nil)
      #expect(try repository.git("check-attr", "diff", "a.pose.json").hasSuffix(": posemap\n"))
      #expect(try repository.posemap("git", "status").output.contains("(global)\n"))
    }
    #expect(said.contains("~/.gitconfig: diff.posemap, "))
    try repository.git("config", "--global", "core.attributesFile", "~/my attributes")
    try roundTrip(repository, ["--global"]) { () throws in
      #expect(repository.text("../home/my attributes") != nil)
    }
  }

  @Test("Lines that came with a clone stay; lines that enable wrote and were committed go")
  func cloned() throws {
    var repository = try SetupRepository()
    #expect(try repository.posemap("git", "enable").code == 0)
    try repository.git("add", "-A")
    try repository.git("commit", "-q", "-m", "x")
    try repository.git("clone", "-q", ".", "../clone")
    let first = repository.folder
    repository.folder = repository.runner.folder + "/clone"
    let off = try repository.posemap("git", "status").output
    #expect(off.contains("diff       off: not in this clone; run: posemap git enable\n"))
    try repository.git("config", "user.name", "Ana")
    let before = try repository.state()
    #expect(try repository.posemap("git", "enable").code == 0)
    #expect(try repository.git("status", "--porcelain") == "")
    #expect(
      try repository.posemap("git", "disable").output.contains(".gitattributes: kept, because "))
    #expect(try repository.state() == before)
    repository.folder = first
    #expect(try repository.posemap("git", "disable").code == 0)
    #expect(repository.text(".gitattributes") == nil)
  }

  @Test("A missing or bare repository, or missing git, is reported in one sentence")
  func faults() throws {
    var repository = try SetupRepository()
    try repository.git("init", "-q", "--bare", "../bare")
    for (folder, sentence) in [
      ("/bare", "this folder is a bare repository, or a .git folder, and has no files; "),
      ("/home", "this folder is not in a git repository; git init creates one"),
    ] {
      repository.folder = repository.runner.folder + folder
      for command in ["enable", "disable", "status", "check"] {
        let outcome = try repository.posemap("git", command)
        #expect(outcome.code == 66 && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("posemap: error: " + sentence))
      }
    }
    for (script, sentence) in [
      ("exit 127", "git is not installed; on Debian and Ubuntu: apt install git"),
      ("echo git version 2.20.1", "this needs git 2.30 or newer; this is 2.20.1"),
    ] {
      try repository.write("#!/bin/sh\n\(script)\n", to: "../bin/git", mode: 0o755)
      repository.path = [repository.runner.folder + "/bin"]
      for arguments in [["git", "enable"], ["git", "enable", "--global"]] {
        let outcome = try repository.run([CommandRunner.command] + arguments)
        #expect(outcome.code == 69 && outcome.errors == "posemap: error: \(sentence)\n")
      }
    }
  }

  @Test("A key that someone adds to posemap's sections survives a move of posemap")
  func addedKeys() throws {
    let repository = try SetupRepository()
    #expect(try repository.posemap("git", "enable").code == 0)
    try repository.git("config", "diff.posemap.cachetextconv", "true")
    try repository.git("config", "diff.posemap.textconv", "/gone/posemap textconv")
    #expect(try repository.posemap("git", "status").code == 65)
    #expect(try repository.posemap("git", "enable").code == 0)
    #expect(try repository.git("config", "diff.posemap.cachetextconv") == "true\n")
    #expect(try repository.posemap("git", "status").code == 0)
  }

  @Test("A block that someone cut in two is named, and nothing is written")
  func cut() throws {
    let repository = try SetupRepository()
    try repository.write("# >>> posemap git >>>\n", to: ".gitattributes")
    let before = try repository.state()
    for command in ["enable", "disable", "status"] {
      let outcome = try repository.posemap("git", command)
      #expect(outcome.code == 65 && outcome.errors.contains("posemap's lines begin here"))
    }
    #expect(try repository.state() == before)
  }
}
