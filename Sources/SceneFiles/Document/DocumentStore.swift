/// The files of one run, each read and parsed once.
package final class DocumentStore {
  /// The reason why there is no document.
  package enum Failure: Error {
    /// The file cannot be read.
    case unreadable(UnreadableFile)
    /// The file is not JSON.
    case malformed(Diagnostic)
  }

  package let loader: FileLoader
  private var documents: [String: Result<Document, Failure>] = [:]

  package init(_ loader: FileLoader) { self.loader = loader }

  /// Returns the document at a path.
  package func document(at path: String) -> Result<Document, Failure> {
    if let known = documents[path] { return known }
    let document = read(path)
    documents[path] = document
    return document
  }

  private func read(_ path: String) -> Result<Document, Failure> {
    switch loader.read(path) {
    case .failure(let failure): return .failure(.unreadable(failure))
    case .success(let bytes):
      do {
        return .success(try Document(bytes, file: path))
      } catch {
        return .failure(.malformed(error))
      }
    }
  }

  /// Returns diagnostics with the paths of the values that they are about, if these were read here.
  package func located(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      guard diagnostic.path == nil, let location = diagnostic.location,
        case .success(let document)? = documents[diagnostic.file]
      else { return diagnostic }
      var located = diagnostic
      located.path = document.path(at: location)
      return located
    }
  }
}
