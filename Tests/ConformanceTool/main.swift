// Draws maps from files, so that Tests/conformance can compare them with the reference programs.

import Export
import Foundation
import MapRender

do {
  try ConformanceTool.run(Array(CommandLine.arguments.dropFirst()))
} catch {
  FileHandle.standardError.write(Data("conformance-tool: \(error)\n".utf8))
  exit(1)
}
