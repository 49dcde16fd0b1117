#if canImport(Glibc)
  internal import Glibc
#endif

/// A view of a turnaround: one of several equally spaced views around the figures.
///
/// ```swift
/// let back = Turn(2, of: 4)
/// precondition(back.degrees == 180)
/// ```
public struct Turn: Equatable, Sendable {
  /// The index of the view; 0 is where the camera is.
  public let index: Int
  /// The number of views.
  public let count: Int

  /// The numbers of views that a turnaround can have.
  public static let counts = 2...360

  /// Creates a view.
  ///
  /// - Precondition: the index is one of `count` views, which is in ``counts``.
  public init(_ index: Int, of count: Int) {
    precondition(
      Self.counts.contains(count) && (0..<count).contains(index), "Turn: \(index)/\(count)")
    (self.index, self.count) = (index, count)
  }

  /// Creates a view from its description; nil for other text.
  public init?(_ text: String) {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1],
      Self.counts.contains(count), (0..<count).contains(index)
    else { return nil }
    self.init(index, of: count)
  }

  /// Returns all views of a turnaround, in order.
  public static func all(_ count: Int) -> [Turn] { (0..<count).map { Turn($0, of: count) } }

  /// How far the camera goes around the figures, in degrees toward the left of a figure that faces
  /// it.
  public var degrees: Double { 360 * Double(index) / Double(count) }

  /// The name of the folder of the view's maps: `view-3` of 8, `view-03` of 12.
  public var name: String {
    let digits = String(count).count
    let number = String(index + 1)
    return "view-" + String(repeating: "0", count: digits - number.count) + number
  }
}

extension Turn: CustomStringConvertible {
  /// The index and the count: `2/8`.
  public var description: String { "\(index)/\(count)" }
}

extension PosedScene {
  /// Moves the camera around the figures, which stay as they are.
  ///
  /// A camera that frames is as far away as all views need, so that they have the same framing.
  public mutating func turn(to turn: Turn, in scene: Scene) {
    let points = characters.map(scene.camera.points)
    let isFramed = zip(scene.characters, points).map { character, _ in
      scene.camera.frames(character.id)
    }
    let subjects = zip(characters, isFramed).filter(\.1).map(\.0)
    guard let axis = Self.axis(of: subjects.isEmpty ? characters : subjects) else { return }
    func around(_ degrees: Double) -> Transform {
      let rotation = Quaternion(angle: degrees.degreesToRadians, axis: .unitY)
      return Transform(rotation: rotation, translation: axis - rotation.rotate(axis))
    }
    if !points.allSatisfy(\.isEmpty), !scene.camera.placement.isOverShoulder {
      let all = Turn.all(turn.count).map { around(-$0.degrees) }
      camera = SceneSolver.camera(
        scene, holding: points.map { own in all.flatMap { own.map($0.apply) } })
    }
    camera.worldFromCamera = around(turn.degrees) * camera.worldFromCamera
  }

  /// Returns the middle of figures, on the ground.
  private static func axis(of characters: [PosedCharacter]) -> Vector3? {
    characters.flatMap { $0.bodySurface.points }.bounds().map { low, high in
      Vector3((low.x + high.x) / 2, 0, (low.z + high.z) / 2)
    }
  }
}

extension CameraDescription {
  /// Returns whether the camera frames a character; a camera with a position frames nobody.
  fileprivate func frames(_ id: String) -> Bool {
    switch placement {
    case .at: false
    case .framing(let framed, _, _, _): framed == nil || framed == id
    case .shot(let shot): shot.frames(id)
    }
  }
}

extension CameraDescription.Placement {
  /// Whether it is a shot over a shoulder, which depends on two heads.
  fileprivate var isOverShoulder: Bool {
    if case .shot(let shot) = self { shot.size == .overShoulder } else { false }
  }
}
