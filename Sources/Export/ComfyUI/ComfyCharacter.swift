/// A character's workflow and the files that it loads.
package struct ComfyCharacter {
  package var id: String
  package var workflow: ComfyWorkflow
  /// The name of the folder with the pictures that workflows load.
  package static let inputFolder = "input"
  /// The name of the folder, inside the character's, with the pictures that a server made.
  package static let generatedFolder = "generated"
  /// The pictures that the workflow loads. They have unique names in one flat folder, because
  /// ComfyUI's editor does not find pictures in subfolders of its input folder.
  package var pictures: [OutputFile]
  /// The masks that merging needs, in the character's folder.
  var masks: [OutputFile]
  /// Sentences that say which requests the workflow ignores, and why.
  package var notes: [String]
  /// A sentence about the maps that the workflow leaves out because they are blank; nil if there
  /// are no such maps.
  package var warning: String?
  /// The names of the settings and of the scene's prompts that the workflow uses.
  package var used: Set<String>
  /// The folder in the server's `output` where the workflow saves pictures.
  package var folder: String
  /// The pictures that an earlier workflow of this character might have loaded and this one does
  /// not, named like ``pictures``.
  package var strayPictures: [String]
  /// The possible picture names of this family's workflows.
  package var pictureNames: [String]
  /// The workflow for the editor; nil if nodes are unknown.
  var editorFile: [UInt8]?

  /// A workflow that was read back, with the pictures that it loads. Without the definitions of its
  /// nodes, there is no file for the editor.
  package init(
    id: String, workflow: ComfyWorkflow, pictures: [OutputFile], folder: String,
    pictureNames: [String]
  ) {
    let isKnown = workflow.nodes.allSatisfy { ComfyNodeDefinitions.known[$0.classType] != nil }
    self.init(
      id: id, workflow: workflow, pictures: pictures, masks: [], notes: [], used: [],
      folder: folder, strayPictures: [], pictureNames: pictureNames,
      editorFile: isKnown ? ComfyEditorFile.bytes(workflow, .known) : nil)
  }

  init(
    id: String, workflow: ComfyWorkflow, pictures: [OutputFile], masks: [OutputFile],
    notes: [String], warning: String? = nil, used: Set<String>, folder: String,
    strayPictures: [String], pictureNames: [String], editorFile: [UInt8]?
  ) {
    self.id = id
    self.workflow = workflow
    self.pictures = pictures
    self.masks = masks
    self.notes = notes
    self.warning = warning
    self.used = used
    self.folder = folder
    self.strayPictures = strayPictures
    self.pictureNames = pictureNames
    self.editorFile = editorFile
  }

  /// The files to write for the character.
  package var files: [OutputFile] {
    pictures + masks + [OutputFile(path: "\(id)/workflow_api.json", bytes: workflow.apiFile)]
      + (editorFile.map { [OutputFile(path: "\(id)/workflow.json", bytes: $0)] } ?? [])
  }
}
