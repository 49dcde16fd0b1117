import Processes
import Testing

@Suite("Another process")
struct OtherProcessTests {
  @Test("Neither this one, nor another program's, nor one that is gone, is another of this program")
  func others() throws {
    #expect(!OtherProcess.runsOwnProgram(OtherProcess.own))
    for id in [0, -1, 1, 999_999_999, Int.max] { #expect(!OtherProcess.runsOwnProgram(id)) }
  }
}
