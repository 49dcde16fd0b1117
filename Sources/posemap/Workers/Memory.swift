internal import CMalloc
internal import PoseRig

/// The memory allocation of a process that draws.
enum Memory {
  /// The memory for the G-buffer's targets and the pictures.
  private static let bytesPerPixel = 60

  /// Allocates, in one go, the memory that pictures of a canvas need.
  static func prepare(for canvas: Canvas) {
    posemap_prepare_memory(canvas.width * canvas.height * bytesPerPixel)
  }
}
