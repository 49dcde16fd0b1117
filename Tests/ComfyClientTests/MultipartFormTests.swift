import Testing

@testable import ComfyClient

@Suite struct MultipartFormTests {
  @Test func fieldsAndFilesAreBetweenBoundaries() {
    var form = MultipartForm()
    form.add(file: [1, 2], field: "image", name: "a.png", type: "image/png")
    form.add(field: "overwrite", value: "true")
    let boundary = form.contentType.split(separator: "boundary=").last ?? ""
    #expect(form.contentType == "multipart/form-data; boundary=\(boundary)")
    let text = """
      --\(boundary)\r
      Content-Disposition: form-data; name="image"; filename="a.png"\r
      Content-Type: image/png\r
      \r
      \u{1}\u{2}\r
      --\(boundary)\r
      Content-Disposition: form-data; name="overwrite"\r
      \r
      true\r
      --\(boundary)--\r

      """
    #expect(form.body == Array(text.utf8))
  }
}

@Suite struct PercentEncodingTests {
  @Test func lettersDigitsAndFourMarksStay() {
    #expect(PercentEncoding.of("aZ09-._~") == "aZ09-._~")
    #expect(PercentEncoding.of("a b&c=d/e\n") == "a%20b%26c%3Dd%2Fe%0A")
    #expect(PercentEncoding.of("ä日") == "%C3%A4%E6%97%A5")
  }

  @Test func aPictureIsRequestedByAllThreeOfItsParts() {
    let picture = SavedPicture(name: "base 1.png", folder: "posemap/field", type: "output")
    #expect(picture.query == "filename=base%201.png&subfolder=posemap%2Ffield&type=output")
  }
}
