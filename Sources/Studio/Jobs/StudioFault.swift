/// The reason why what a page asks for cannot be done, in a sentence.
struct StudioFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
