internal import Glibc
internal import PoseRig
internal import SceneFiles

/// Writes the header of a view's picture: everything that is drawn over it.
struct PictureHead {
  /// The times that a picture took, in milliseconds.
  struct Times {
    var solve = 0.0
    var draw = 0.0
    var encode = 0.0
  }

  let view: StudioView
  let number: Int
  /// The newest number that the tab gave a message.
  let stamp: Int?
  let revision: Int
  /// The size of the picture: that of the view, or smaller during movement.
  let size: Canvas
  let form: PageMessage.PictureForm
  let isMoving: Bool
  let times: Times

  var value: JSONValue {
    guard let camera = view.worldCamera, let framing = view.framing else { return .null }
    let rectangle = framing.rectangle
    return .members([
      "kind": .string("view"),
      "number": .int(number),
      "stamp": stamp.map(JSONValue.int) ?? .null,
      "revision": .int(revision),
      "width": .int(size.width),
      "height": .int(size.height),
      "format": .string(form.rawValue),
      "isMoving": .boolean(isMoving),
      "view": .list([.int(view.size.width), .int(view.size.height)]),
      "frame": .rounded([rectangle.x, rectangle.y, rectangle.width, rectangle.height], 1),
      "camera": cameraValue(camera, framing),
      "handles": .list(view.handles().map { handle($0, camera) }),
      "targets": .list(
        view.targets.map {
          .members([
            "name": .string($0.name), "words": .string($0.words), "at": .pixel($0.pixel),
          ])
        }),
      "snapped": .optional(view.snapped?.name),
      "balance": .list(balance(camera)),
      "milliseconds": .members([
        "solve": .rounded(times.solve, 1), "draw": .rounded(times.draw, 1),
        "encode": .rounded(times.encode, 1),
      ]),
    ])
  }

  private func cameraValue(_ camera: Camera, _ framing: Framing) -> JSONValue {
    let own = view.camera
    return .members([
      "isScene": .boolean(own == nil),
      "focalLength": .rounded(view.focalLength ?? 50, 1),
      "roll": .rounded(own?.roll ?? view.session.described?.camera.roll ?? 0, 1),
      "own": own.map(Self.own) ?? .null,
    ])
  }

  /// Returns an artist's own camera as the message `camera` takes it.
  private static func own(_ camera: ViewCamera) -> JSONValue {
    .members([
      "target": .rounded([camera.target.x, camera.target.y, camera.target.z], 4),
      "distance": .rounded(camera.distance, 4),
      "azimuth": .rounded(camera.azimuth.radiansToDegrees, 3),
      "elevation": .rounded(camera.elevation.radiansToDegrees, 3),
      "roll": .rounded(camera.roll, 3),
      "fovY": .rounded((2 * atan(camera.tangentY)).radiansToDegrees, 3),
    ])
  }

  private func handle(_ handle: Handle, _ camera: Camera) -> JSONValue {
    let (kind, character, joint): (String, String?, JointName?) =
      switch handle.kind {
      case .joint(let joint): ("joint", handle.id, joint)
      case .figure: ("figure", handle.id, nil)
      case .yaw: ("yaw", handle.id, nil)
      case .look: ("gaze", handle.id, nil)
      case .seat: ("seat", handle.id, nil)
      case .prop: ("prop", nil, nil)
      }
    return .members([
      "handle": .string(handle.name),
      "kind": .string(kind),
      "character": .optional(character),
      "joint": .optional(joint?.rawValue),
      "x": .rounded(handle.pixel.x, 1),
      "y": .rounded(handle.pixel.y, 1),
      "depth": .rounded(handle.depth, 3),
      "ring": handle.kind == .yaw ? ring(handle, camera) : .null,
    ])
  }

  /// Returns the ring on the floor for turning a figure; null if it is not entirely visible.
  private func ring(_ handle: Handle, _ camera: Camera) -> JSONValue {
    guard let figure = view.session.shown?.characters.first(where: { $0.id == handle.id }) else {
      return .null
    }
    let points = Handle.ring(of: figure).map { camera.project($0)?.pixel }
    return points.contains(nil) ? .null : .list(points.compactMap(\.self).map(JSONValue.pixel))
  }

  private func balance(_ camera: Camera) -> [JSONValue] {
    guard let posed = view.session.shown, let described = view.session.described else { return [] }
    return zip(posed.characters, Footing.all(of: posed, described)).compactMap {
      character, footing in
      guard let footing, !view.hidden.contains(character.id),
        let center = camera.project(footing.center)
      else { return nil }
      let corners = footing.corners.compactMap { camera.project($0)?.pixel }
      guard corners.count == footing.corners.count else { return nil }
      return .members([
        "character": .string(character.id),
        "center": .pixel(center.pixel),
        "support": .list(corners.map(JSONValue.pixel)),
        "isBalanced": .boolean(footing.isBalanced),
      ])
    }
  }
}
