import Testing

@testable import MapRender

@Suite struct MesaVariablesTests {
  private func fault(_ environment: [String: String], for renderer: Renderer = .osmesa) -> String? {
    MesaVariables.fault(in: { environment[$0] }, for: renderer)
  }

  @Test func harmlessVariablesAreAccepted() {
    #expect(fault([:]) == nil)
    #expect(fault(["GALLIUM_DRIVER": "llvmpipe", "LP_NUM_THREADS": "2"]) == nil)
    #expect(fault(["MESA_GL_VERSION_OVERRIDE": "4.6COMPAT"]) == nil)
    #expect(fault(["MESA_GLSL_VERSION_OVERRIDE": "330"]) == nil)
    #expect(fault(["MESA_GL_VERSION_OVERRIDE": "nonsense"]) == nil)
    // WSL's driver for the graphics card of Windows.
    #expect(fault(["GALLIUM_DRIVER": "d3d12"], for: .gpu) == nil)
  }

  @Test func otherDriversAndOlderVersionsAreNamedWithARemedy() {
    #expect(
      fault(["GALLIUM_DRIVER": "softpipe"])
        == #"GALLIUM_DRIVER is "softpipe", but only llvmpipe draws the same bytes on every machine; run: unset GALLIUM_DRIVER"#
    )
    #expect(
      fault(["MESA_GL_VERSION_OVERRIDE": "3.2"])
        == #"MESA_GL_VERSION_OVERRIDE is "3.2", but posemap draws with OpenGL 3.3; run: unset MESA_GL_VERSION_OVERRIDE"#
    )
    #expect(
      fault(["MESA_GLSL_VERSION_OVERRIDE": "120"])
        == #"MESA_GLSL_VERSION_OVERRIDE is "120", but posemap draws with OpenGL 3.3; run: unset MESA_GLSL_VERSION_OVERRIDE"#
    )
  }

  @Test func theVersionOfMesaIsFoundInOpenGLsString() {
    #expect(RendererIdentity.mesaVersion(in: "3.3 (Core Profile) Mesa 22.3.6") == "Mesa 22.3.6")
    #expect(RendererIdentity.mesaVersion(in: "4.6.0 NVIDIA 570.1") == "4.6.0 NVIDIA 570.1")
  }
}
