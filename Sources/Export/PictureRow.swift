public import MapRender

/// A row of pictures of one height.
public enum PictureRow {
  /// Returns one picture of several, from left to right, each with a gap around it.
  public static func draw(_ pictures: [Image<RGB8>]) -> Image<RGB8> {
    let gap = ContactSheet.gap
    var row = Image(
      width: pictures.reduce(gap) { $0 + $1.width + gap },
      height: (pictures.map(\.height).max() ?? 0) + 2 * gap, filling: ContactSheet.paper)
    var x = gap
    for picture in pictures {
      row.paste(picture, x: x, y: gap)
      x += picture.width + gap
    }
    return row
  }
}
