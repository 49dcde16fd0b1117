/// A character's workflow and the files that it loads.
package struct ComfyCharacter {
  package var id: String
  package var workflow: ComfyWorkflow
  /// The folder of the pictures that workflows load.
  package static let inputFolder = "input"
  /// The folder, in the character's, of the pictures that a server made.
  package static let generatedFolder = "generated"
  /// The pictures that the workflow loads, in that folder, by names of their own: ComfyUI's editor
  /// knows the pictures in its input folder, and none in folders of it.
  package var pictures: [OutputFile]
  /// The masks that merging needs, in the character's folder.
  var masks: [OutputFile]
  /// The wishes that are not in the workflow, and why, in sentences.
  package var notes: [String]
  /// A sentence on the maps that are not in the workflow since they show nothing; nil for none.
  package var warning: String?
  /// The names of the settings and of the scene's words that are in the workflow.
  package var used: Set<String>
  /// The folder in the server's `output` that its pictures are saved in.
  package var folder: String
  /// The pictures that an earlier workflow of this character may have loaded and this one does not,
  /// as ``pictures`` has them.
  package var strayPictures: [String]
  /// The names that pictures of this family's workflows can have.
  package var pictureNames: [String]
  var editorFile: [UInt8]

  /// All that is written for it.
  package var files: [OutputFile] {
    pictures + masks + [
      OutputFile(path: "\(id)/workflow_api.json", bytes: workflow.apiFile),
      OutputFile(path: "\(id)/workflow.json", bytes: editorFile),
    ]
  }
}
