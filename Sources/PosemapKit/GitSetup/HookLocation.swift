internal import GitClient
internal import Glibc
internal import SceneFiles

/// The location where git looks for the hook, and whether posemap may write there.
struct HookLocation {
  /// The path of the hook.
  let path: String
  /// The reason why the hook is left alone; nil if lines can be written.
  let refusal: String?
  /// Whether another program runs the file, so that it need not be executable.
  let isOfHusky: Bool

  /// Finds the location in a repository.
  init(in repository: GitRepository, common: String, top: String) throws(Failure) {
    let setting = try Failure.ofGit { () throws(GitError) in
      try repository.settings(matching: #"^core\.hookspath$"#, asPaths: true).last
    }
    guard let setting else {
      (path, refusal, isOfHusky) = ("\(common)/hooks/\(HookBlock.name)", nil, false)
      return
    }
    let folder = setting.value.hasPrefix("/") ? setting.value : "\(top)/\(setting.value)"
    let names = folder.split(separator: "/")
    // In Husky 9, git runs the stubs in .husky/_, and the user's own hooks are beside that folder.
    isOfHusky = names.last == "_" && names.dropLast().last == ".husky" || names.last == ".husky"
    path =
      names.last == "_" && isOfHusky
      ? "/" + names.dropLast().joined(separator: "/") + "/\(HookBlock.name)"
      : "\(folder)/\(HookBlock.name)"
    var status = stat()
    if stat(folder, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      refusal = "core.hooksPath is \(setting.value), so git runs no hooks"
    } else if setting.scope != "local", setting.scope != "worktree" {
      refusal =
        "core.hooksPath in the \(setting.scope) configuration sets the hooks of all repositories: \(setting.value)"
    } else {
      refusal = nil
    }
  }
}
