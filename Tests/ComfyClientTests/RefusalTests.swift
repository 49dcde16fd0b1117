import SceneFiles
import Testing

@testable import ComfyClient

/// A server's objections, in the wording of ComfyUI's execution.py.
@Suite struct RefusalTests {
  private func sentences(_ answer: String) throws -> [String] {
    Refusal.sentences(try JSONParser.parse(Array(answer.utf8)), SmallWorkflow.workflow)
  }

  /// Returns a response to `POST /prompt` about faults of nodes.
  private func answer(_ nodes: String) -> String {
    #"""
    {"error": {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation",
      "details": "Required input is missing: model", "extra_info": {}}, "node_errors": {\#(nodes)}}
    """#
  }

  @Test(arguments: [
    (
      #"{"type": "required_input_missing", "message": "Required input is missing", "details": "model"}"#,
      "Required input is missing: model"
    ),
    (
      #"{"type": "value_not_in_list", "message": "Value not in list", "details": "sampler_name: 'euler2' not in ['euler']"}"#,
      "Value not in list: sampler_name: 'euler2' not in ['euler']"
    ),
    (
      #"{"type": "return_type_mismatch", "message": "Return type mismatch between linked nodes", "details": "model, received_type(CLIP) mismatch input_type(MODEL)"}"#,
      "Return type mismatch between linked nodes: model, received_type(CLIP) mismatch input_type(MODEL)"
    ),
    (
      #"{"type": "value_bigger_than_max", "message": "Value 20000 bigger than max of 10000", "details": "steps"}"#,
      "Value 20000 bigger than max of 10000: steps"
    ),
    (
      #"{"type": "exception_during_validation", "message": "Exception when validating node", "details": ""}"#,
      "Exception when validating node"
    ),
  ])
  func aNodesFaultIsReportedWithTheNode(_ fault: String, _ sentence: String) throws {
    let node =
      #""2": {"errors": [\#(fault)], "dependent_outputs": ["3"], "class_type": "KSampler"}"#
    #expect(try sentences(answer(node)) == ["KSampler 2 (First pass): \(sentence)"])
  }

  @Test func everyFaultOfEveryNodeIsReported() throws {
    let nodes = #"""
      "2": {"errors": [{"message": "A", "details": "a"}, {"message": "B", "details": ""}]},
      "3": {"errors": [{"message": "C", "details": "c"}]}, "12": {"errors": [{"message": "D"}]}
      """#
    #expect(
      try sentences(answer(nodes)) == [
        "KSampler 2 (First pass): A: a", "KSampler 2 (First pass): B", "SaveImage 3 (Save): C: c",
        "node 12: D",
      ])
  }

  @Test(arguments: [
    (
      #"{"error": {"type": "prompt_no_outputs", "message": "Prompt has no outputs", "details": "", "extra_info": {}}, "node_errors": {}}"#,
      "Prompt has no outputs"
    ),
    (
      #"{"error": {"type": "missing_node_type", "message": "Node 'Detail' not found. The custom node may not be installed.", "details": "Node ID '#2'"}, "node_errors": {}}"#,
      "Node 'Detail' not found. The custom node may not be installed.: Node ID '#2'"
    ),
    (#"{"error": "no prompt", "node_errors": []}"#, "no prompt"),
    ("{}", "it did not say why"),
    ("[]", "it did not say why"),
  ])
  func aFaultOfTheWholeWorkflowIsReportedByItself(_ answer: String, _ sentence: String) throws {
    #expect(try sentences(answer) == [sentence])
  }
}
