import Testing

@testable import PosemapKit

@Suite("The symbolic links of a state of a repository")
struct TreeLinksTests {
  @Test("Links to files and folders are followed, but not out of the repository or in cycles")
  func targets() {
    let links = TreeLinks([
      "a.json": "poses/a.json", "scenes/linked": "../poses", "poses/b.json": "../a.json",
      "out": "../elsewhere", "root": "/etc", "one": "two", "two": "one",
    ])
    #expect(links.target(of: "poses/c.json") == .file("poses/c.json"))
    #expect(links.target(of: "scenes/linked/b.json") == .file("poses/a.json"))
    #expect(links.target(of: "out/x.json") == .outside("out/x.json"))
    #expect(links.target(of: "root/passwd") == .outside("/etc"))
    #expect(links.target(of: "one") == .endless)
    #expect(
      links.aliases(of: "poses/a.json") == ["a.json", "poses/b.json", "scenes/linked/a.json"])
  }
}
