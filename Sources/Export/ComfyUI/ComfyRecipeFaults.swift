internal import PoseRig
package import SceneFiles

/// All mistakes in a recipe and in the settings given for it.
package struct ComfyRecipeFaults: Error {
  /// The mistakes in `--set`, the first of each: a value that one node refuses others refuse too.
  package var assignments: [(name: String, sentence: String)] = []
  /// The mistakes in files.
  package var diagnostics: [Diagnostic] = []

  init() {}

  /// One thing that is wrong with a file.
  init(file: String, at location: TextLocation?, _ sentence: String) {
    diagnostics = [Diagnostic(.error, .recipe, file: file, at: location, sentence)]
  }

  /// Many of them.
  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  package var isEmpty: Bool { assignments.isEmpty && diagnostics.isEmpty }

  /// Takes up the faults of another list that are not among these.
  mutating func merge(_ others: ComfyRecipeFaults) {
    assignments += others.assignments.filter { own in
      !assignments.contains { $0.name == own.name }
    }
    // What is wrong with a value is wrong with it wherever it goes.
    diagnostics += others.diagnostics.filter { other in
      !diagnostics.contains { $0.file == other.file && $0.location == other.location }
    }
  }
}

extension ComfyRecipe {
  /// A fault of a setting's value, to be said of whoever gave it: `--set`, or a file.
  func fault(of setting: String, _ sentence: String) -> ComfyRecipeFaults {
    let place = places[setting]
    guard let text = assigned[setting] else {
      return ComfyRecipeFaults(file: place?.file ?? file, at: place?.location, sentence)
    }
    var faults = ComfyRecipeFaults()
    faults.assignments = [(setting, "--set \(setting)=\(text): \(sentence)")]
    return faults
  }
}
