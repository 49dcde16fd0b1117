package import PoseRig

/// A description of a scene in plain English, for prompts and for people who cannot see the
/// picture.
///
/// Equal scenes always get equal descriptions.
package struct SceneDescription {
  private let state: SceneState
  private let figures: [FigureDescription]

  /// Creates a description of a solved scene.
  package init(_ state: SceneState) {
    self.state = state
    figures = FigureDescription.all(in: state)
  }

  /// Returns a paragraph about the picture and one about each character; empty for a scene that
  /// cannot be posed.
  package func paragraphs() -> [String] {
    guard !figures.isEmpty || state.posed != nil else { return [] }
    let picture = PictureSentences(state, figures).text()
    return [picture] + figures.map { FigureSentences($0, in: state.scene, among: figures).text() }
  }

  /// Returns a prompt for each character, by id in the file's order.
  package func prompts() -> [(id: String, text: String)] {
    figures.map { figure in
      let phrases = PromptPhrases(figure, in: state).all()
      return (figure.character.id, phrases.joined(separator: ", "))
    }
  }
}
