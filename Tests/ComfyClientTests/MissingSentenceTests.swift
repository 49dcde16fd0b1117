import Testing

@testable import ComfyClient
@testable import Export

/// Sentences about nodes and files that a server lacks.
@Suite struct MissingSentenceTests {
  private static let checkpoint = ComfyWorkflow(nodes: [
    SmallWorkflow.node(
      "CheckpointLoaderSimple", "Models", ["ckpt_name": .text("ink.safetensors")],
      setting: "checkpoint")
  ])
  private static let lora = ComfyWorkflow(nodes: [
    SmallWorkflow.node(
      "LoraLoader", "Style", ["lora_name": .text("ink.safetensors")], setting: "lora.name")
  ])

  private func sentence(
    _ workflow: ComfyWorkflow, _ classType: String, _ input: String, _ present: [String]
  ) -> String {
    MissingSentence.of(
      .missingFile(
        name: "ink.safetensors", classType: classType, input: input, present: present), workflow)
  }

  @Test func aMissingNodeIsReportedWithItsPack() {
    #expect(
      MissingSentence.of(
        .missingNode(classType: "LyingSigmaSampler", pack: "ComfyUI-Detail-Daemon"),
        Self.checkpoint)
        == "the node LyingSigmaSampler is not installed; it is in the node pack ComfyUI-Detail-Daemon"
    )
    #expect(
      MissingSentence.of(.missingNode(classType: "KSampler", pack: nil), Self.checkpoint)
        == "the server does not have the node KSampler; update ComfyUI")
  }

  @Test func aMissingFileIsReportedWithTheNearestOneAndItsSetting() {
    #expect(
      sentence(Self.checkpoint, "CheckpointLoaderSimple", "ckpt_name", ["ink2.safetensors", "b"])
        == #"there is no "ink.safetensors" for "ckpt_name" of CheckpointLoaderSimple; did you mean "ink2.safetensors"? (--set checkpoint=…)"#
    )
    #expect(
      sentence(Self.lora, "LoraLoader", "lora_name", [])
        == #"there is no "ink.safetensors" for "lora_name" of LoraLoader; it has none (--lora …)"#
    )
  }

  @Test func eightOfManyFilesAreNamed() {
    let present = (0..<10).map { "model\($0)" }
    #expect(
      sentence(Self.lora, "UpscaleModelLoader", "model_name", present)
        == #"there is no "ink.safetensors" for "model_name" of UpscaleModelLoader; there are: model0, model1, model2, model3, model4, model5, model6, model7 and 2 more"#
    )
  }

  @Test func aFaultOfTheWorkflowIsReportedUnchanged() {
    #expect(
      MissingSentence.of(.wrong(#"KSampler lacks "model""#, node: 0, input: nil), Self.lora)
        == #"KSampler lacks "model""#)
  }
}
