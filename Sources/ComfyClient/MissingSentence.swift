internal import Export
internal import SceneFiles

/// Sentences about nodes and files that a server lacks, with remedies.
enum MissingSentence {
  static func of(_ fault: ComfyWorkflowCheck.Fault, _ workflow: ComfyWorkflow) -> String {
    switch fault {
    case .wrong(let sentence, _, _): return sentence
    case .missingNode(let classType, let pack?):
      return "the node \(classType) is not installed; it is in the node pack \(pack)"
    case .missingNode(let classType, nil):
      return "the server does not have the node \(classType); update ComfyUI"
    case .missingFile(let name, let classType, let input, let present):
      let nearest = NearestName.question(for: name, among: present)
      let hint =
        nearest.map { "; \($0)" }
        ?? (present.isEmpty ? "; it has none" : "; there are: \(list(present))")
      let setting = workflow.setting(of: input, classType, name)
      let remedy =
        setting.map { $0 == "lora.name" ? " (--lora …)" : " (--set \($0)=…)" } ?? ""
      return "there is no \"\(name)\" for \"\(input)\" of \(classType)\(hint)\(remedy)"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ")
      + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
