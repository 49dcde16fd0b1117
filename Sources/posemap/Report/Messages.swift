internal import ArgumentParser
internal import ComfyClient
internal import Export
internal import Glibc
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// Writes one line to standard error.
func printError(_ message: String) { writeError(message + "\n") }

/// Writes a text to standard error, at once.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

/// Runs a subcommand's work, turning what went wrong into a sentence and an exit code.
func reportingFaults(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let code as ExitCode {
    throw code
  } catch let error as ExportError {
    printError("posemap: error: \(error)")
    switch error {
    case .cannotCreate: throw ExitCode.cannotCreate
    case .cannotWrite: throw ExitCode.cannotWrite
    default: throw ExitCode.internalFault
    }
  } catch let error as Diagnostic {
    printError(error.description)
    throw ExitCode.badData
  } catch let error as ComfyRecipeFaults {
    error.assignments.forEach { printError("posemap: error: \($0.sentence)") }
    error.diagnostics.forEach { printError($0.description) }
    throw error.assignments.isEmpty ? ExitCode.badData : ExitCode.usage
  } catch let error as ComfyError {
    printError("posemap: error: \(error)")
    if case .badAddress = error { throw ExitCode.usage }
    throw ExitCode.unavailable
  } catch let error as RenderError {
    printError("posemap: error: \(error)")
    throw ExitCode.internalFault
  }
}
