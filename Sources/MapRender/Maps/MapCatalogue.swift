public import PoseRig

extension MapName {
  /// What the map shows, in a line.
  public var summary: String {
    switch self {
    case .openpose: "skeleton of body, hands and face on black, as the annotators draw it"
    case .depth: "how near everything is, near = white"
    case .normal: "which way surfaces face; red = screen-left"
    case .canny: "edges one pixel wide, white on black"
    case .mask: "the character's silhouette"
    case .visible: "the silhouette without what stands before it"
    case .parts: "the number of the body's part at each pixel"
    case .shaded: "the studio picture that Canny reads"
    case .metric: "16-bit millimetres along the view axis, 0 = nothing"
    case .lineart: "smooth lines of contours and folds"
    case .softedge: "soft lines with a halo, as HED finds them"
    case .segmentation:
      "flat colours of ADE20K's classes, of parts, of characters, or masks of identities"
    case .densepose: "DensePose's 24 charts"
    }
  }

  /// Which models take it, or what else it is for.
  public var takenBy: String {
    switch self {
    case .openpose: "SD 1.5, SDXL, Flux, Qwen-Image, Z-Image, Wan-VACE, Wan-Animate, SCAIL"
    case .depth: "SD 1.5, SDXL, Flux, Qwen-Image, Z-Image, Wan-VACE"
    case .normal: "SD 1.5 normalbae, SDXL union, Qwen-Image (DiffSynth)"
    case .canny: "SD 1.5, SDXL, Flux, Qwen-Image, Z-Image, Wan-Fun"
    case .mask: "inpainting, regional prompts"
    case .visible: "putting separately generated characters into one picture"
    case .parts: "programs; inpainting of a hand or a face"
    case .shaded: "img2img, a look at the pose"
    case .metric: "programs: 3-D, relighting, compositing"
    case .lineart: "SD 1.5 lineart, SDXL union (canny slot), Qwen-Image (DiffSynth)"
    case .softedge: "SD 1.5 softedge, SDXL union, Flux union 2.0, Qwen-Image, Z-Image (HED)"
    case .segmentation: "SD 1.5 seg, SDXL union (segment)"
    case .densepose: "SD 1.5 DensePose, MagicAnimate"
    }
  }
}
