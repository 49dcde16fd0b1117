package import PoseRig

/// A scene in plain English, for prompts and for people who cannot see the picture.
///
/// The same scene always gets the same words.
package struct SceneDescription {
  private let state: SceneState
  private let figures: [FigureDescription]

  /// A description of a scene that was solved.
  package init(_ state: SceneState) {
    self.state = state
    figures = FigureDescription.all(in: state)
  }

  /// Returns a paragraph for the picture and one for each character; empty for a scene that cannot
  /// be posed.
  package func paragraphs() -> [String] {
    guard !figures.isEmpty || state.posed != nil else { return [] }
    let picture = PictureSentences(state, figures).text()
    return [picture] + figures.map { FigureSentences($0, in: state.scene, among: figures).text() }
  }

  /// Returns the phrases for a generator of each character, by id in the file's order.
  package func prompts() -> [(id: String, text: String)] {
    figures.map { figure in
      let phrases = PromptPhrases(figure, in: state.scene).all()
      return (figure.character.id, phrases.joined(separator: ", "))
    }
  }
}
