public import PoseRig

/// The picture that each pixel of a merged picture is taken from: that of the character visible
/// there, or the base.
public struct OwnerMap: Equatable, Sendable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The number of pictures besides the base.
  public let pictureCount: Int
  /// The owner of every pixel: 0 for the base, otherwise 1 + the number of the picture.
  public private(set) var owners: [UInt8]

  /// The owner of all pixels without their own picture.
  public static let base: UInt8 = 0
  /// The maximum number of pictures besides the base.
  public static let mostPictures = 254

  /// Creates an owner map from its pixels.
  init(width: Int, height: Int, pictureCount: Int, owners: [UInt8]) {
    precondition(owners.count == width * height, "OwnerMap: as many as pixels")
    self.width = width
    self.height = height
    self.pictureCount = pictureCount
    self.owners = owners
  }

  /// Finds the owners in a scene: where one of the characters is visible, with neither another
  /// character nor a prop in front, its picture; elsewhere the base.
  /// - Parameters:
  ///   - pictured: the characters that have pictures, by their indices in the scene, in the order
  ///     of the pictures.
  ///   - base: the character that the base shows, if any.
  ///   - grow: the distance, in pixels, by which clothes or hair stand out from a character's
  ///     silhouette. A gained pixel shows nothing nearer than the character's nearest pixel, and no
  ///     other character with a picture: around a character, its picture shows its own background,
  ///     which must not cover characters behind it. If two characters can gain a pixel, the nearer
  ///     one does. The character in the base grows like the others. If negative, the distance by
  ///     which pictures stay inside the silhouette.
  ///     far pictures stay back from the base.
  public init(
    of scene: PosedScene, pictured: [Int], base: Int?, grow: Int,
    buffers: borrowing CharacterBuffers
  ) throws(RenderError) {
    let everyone = Array(scene.characters.indices)
    let seen = try buffers.together(everyone, withProps: true)
    let canvas = scene.camera.canvas
    let (width, height) = (canvas.width, canvas.height)
    var owners = [UInt8](repeating: Self.base, count: width * height)
    var ownerOf = [UInt8](repeating: Self.base, count: everyone.count)
    for (number, index) in pictured.enumerated() { ownerOf[index] = UInt8(number + 1) }
    let (columns, length) = (seen.buffer.bounds.columns, seen.buffer.bounds.columns.count)
    for (number, row) in seen.buffer.bounds.rows.enumerated() {
      for column in 0..<length {
        guard let index = seen.characters[number * length + column] else { continue }
        owners[row * width + columns.lowerBound + column] = ownerOf[index]
      }
    }
    self.init(width: width, height: height, pictureCount: pictured.count, owners: owners)
    if grow > 0 {
      let claimants = (pictured + (base.map { [$0] } ?? [])).map { index in
        (owner: ownerOf[index], seen: seen.characters.map { $0 == index })
      }
      gain(grow, claimants, seen.buffer)
    } else if grow < 0 {
      shrink(by: -grow)
    }
  }

  /// Returns whether any pixel is taken from a picture, given by its number.
  public func shows(_ picture: Int) -> Bool { owners.contains(UInt8(picture + 1)) }

  /// Returns, for each pixel, whether it belongs to an owner.
  func isOwned(by owner: UInt8) -> [Bool] { owners.map { $0 == owner } }

  /// Returns the rectangle that contains all of an owner's pixels.
  func bounds(of owner: UInt8) -> PixelBounds {
    var bounds = PixelBounds.none
    for row in 0..<height {
      let locations = row * width..<(row + 1) * width
      guard let first = locations.first(where: { owners[$0] == owner }),
        let last = locations.last(where: { owners[$0] == owner })
      else { continue }
      bounds = bounds.union(
        PixelBounds(
          columns: first - locations.lowerBound..<last - locations.lowerBound + 1,
          rows: row..<row + 1))
    }
    return bounds
  }
}

// MARK: Growing

extension OwnerMap {
  /// Assigns pixels to the pictures that can gain them, the nearest first.
  private mutating func gain(
    _ grow: Int, _ claimants: [(owner: UInt8, seen: [Bool])], _ buffer: GBuffer
  ) {
    var claims = [Float](repeating: .infinity, count: owners.count)
    let people = buffer.picture(false) { location in claimants.contains { $0.seen[location] } }
    for (owner, seen) in claimants {
      let mask: Inset<UInt8> = buffer.picture(0) { seen[$0] ? 255 : 0 }
      let region = Region(mask.grown(by: grow))
      let bounds = mask.bounds.grown(by: grow, width: width, height: height)
      let distances = buffer.distances.grown(by: grow).pixels
      let isTaken = people.grown(by: grow).pixels
      let transform = region.distances(toInside: true)
      for (location, squared) in transform.squared.enumerated()
      where !isTaken[location] && squared <= Int32(grow * grow) {
        let claim = distances[Int(transform.nearest[location])]
        guard distances[location] == 0 || distances[location] >= claim else { continue }
        let pixel =
          (bounds.rows.lowerBound + location / region.width) * width + bounds.columns.lowerBound
          + location % region.width
        if claim < claims[pixel] {
          claims[pixel] = claim
          owners[pixel] = owner
        }
      }
    }
  }

  /// Assigns to the base all pixels that are at most `distance` from it.
  private mutating func shrink(by distance: Int) {
    let region = Region(width: width, height: height, contains: isOwned(by: Self.base))
    let transform = region.distances(toInside: true)
    for (location, squared) in transform.squared.enumerated()
    where squared <= Int32(distance * distance) {
      owners[location] = Self.base
    }
  }
}
