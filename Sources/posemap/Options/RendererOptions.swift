import ArgumentParser
internal import MapRender

/// The option of all commands that draw scenes.
struct RendererOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The library to draw with: osmesa, egl, or gpu for the first graphics card. By default "
        + "osmesa if it is installed, else egl, which draws the same bytes.",
      valueName: "renderer"), transform: Self.parse)
  var renderer: Renderer?

  /// Applies the choice to this process and its child processes.
  func validate() throws { renderer?.choose() }

  private static func parse(_ argument: String) throws -> Renderer {
    guard let renderer = Renderer(rawValue: argument) else {
      let names = Renderer.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there is no renderer \"\(argument)\"; the renderers are \(names)")
    }
    return renderer
  }
}
