import ComfyClient
import Testing

@Suite struct ServerAddressTests {
  @Test(arguments: [
    ("127.0.0.1", "http://127.0.0.1:8188"),
    ("localhost:3000", "http://localhost:3000"),
    ("http://10.0.0.2:8188", "http://10.0.0.2:8188"),
    ("https://host", "https://host:443"),
    ("HTTPS://host:8443/comfy/", "https://host:8443/comfy"),
    ("HTTP://host", "http://host:8188"),
    ("http://host/", "http://host:8188"),
    ("http://host:80/comfy/", "http://host:80/comfy"),
    ("host/a/b//", "http://host:8188/a/b"),
    ("[::1]", "http://[::1]:8188"),
    ("http://[fe80::1]:9000/x", "http://[fe80::1]:9000/x"),
  ])
  func schemePortAndPathCanBeOmitted(_ text: String, _ address: String) throws {
    #expect(try ServerAddress(text).description == address)
  }

  @Test func anIPv6AddressIsAHostWithoutBrackets() throws {
    #expect(try ServerAddress("http://[::1]:9000").host == "::1")
  }

  private static let form = "it must be like http://127.0.0.1:8188"
  private static let path =
    ##"its path must not contain spaces, "?", "#" or letters beyond ASCII"##

  @Test(arguments: [
    ("ftp://host", "it must begin with http:// or https://"),
    ("", form), ("http://", form), (":8188", form), ("host:", form), ("host:0", form),
    ("host:65536", form), ("host:http", form), ("ada@host", form), ("a host", form),
    ("höst", form),
    ("host/a b", path), ("host/?a=1", path), ("host/a#b", path), ("host/ä", path),
  ])
  func otherTextsAreRejectedWithTheReason(_ text: String, _ reason: String) {
    #expect(throws: ComfyError.badAddress(text: text, reason: reason)) { try ServerAddress(text) }
  }
}
