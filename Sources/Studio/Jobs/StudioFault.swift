/// The reason, in a sentence, why a page's request cannot be done.
struct StudioFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
