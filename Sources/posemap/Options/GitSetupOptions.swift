import ArgumentParser
internal import GitClient
internal import PosemapKit

/// The options of the commands that set git up.
struct GitSetupOptions: ParsableArguments {
  @Flag(help: "Set up all your repositories instead of this one; without the hook.")
  var global = false

  /// Returns the setup that the options select.
  func setup() throws -> GitSetup {
    try global ? GitSetup.global() : GitSetup(in: GitRepository(containing: "."))
  }
}
