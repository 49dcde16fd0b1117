internal import PoseRig
package import SceneFiles

/// The mistakes in a recipe and in the settings given for it.
package struct ComfyRecipeFaults: Error {
  /// The mistakes in `--set`, only the first of each: if one node rejects a value, others do too.
  package var assignments: [(name: String, sentence: String)] = []
  /// The mistakes in files.
  package var diagnostics: [Diagnostic] = []

  init() {}

  /// Creates a single mistake in a file.
  init(file: String, at location: TextLocation?, _ sentence: String) {
    diagnostics = [Diagnostic(.error, .recipe, file: file, at: location, sentence)]
  }

  /// Creates several mistakes.
  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  package var isEmpty: Bool { assignments.isEmpty && diagnostics.isEmpty }

  /// Adds those faults of another list that are not in this one.
  mutating func merge(_ others: ComfyRecipeFaults) {
    assignments += others.assignments.filter { own in
      !assignments.contains { $0.name == own.name }
    }
    // A wrong value is wrong in every input that it reaches.
    diagnostics += others.diagnostics.filter { other in
      !diagnostics.contains { $0.file == other.file && $0.location == other.location }
    }
  }
}

extension ComfyRecipe {
  /// Returns a fault in a setting's value, attributed to its source: `--set`, or a file.
  func fault(of setting: String, _ sentence: String) -> ComfyRecipeFaults {
    let location = locations[setting]
    guard let text = assigned[setting] else {
      return ComfyRecipeFaults(file: location?.file ?? file, at: location?.location, sentence)
    }
    var faults = ComfyRecipeFaults()
    faults.assignments = [(setting, "--set \(setting)=\(text): \(sentence)")]
    return faults
  }
}
