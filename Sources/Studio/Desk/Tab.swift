internal import PoseRig

/// A page that looks at the session.
final class Tab {
  /// The way to it.
  let link: TabLink
  /// The tab's look at the session.
  let view: StudioView
  /// The form in which it takes pictures.
  var form = PageMessage.PictureForm.png
  /// The character and joint that it shows the values of.
  var selection: (character: String, joint: JointName?)?
  /// The maps that it shows.
  var maps: MapWish?
  /// Whether something that its picture shows has changed.
  var isStale = true
  /// Whether the last picture was drawn in haste.
  var isRough = false
  /// When the view last moved.
  var lastMove: ContinuousClock.Instant?
  /// The number of the picture that it has not shown yet; nil if it has shown all.
  var awaited: Int?
  /// When that one was sent.
  var sentAt = ContinuousClock.now
  /// The newest number that the tab gave a message; nil for a tab that gives no numbers.
  var stamp: Int?
  /// The size of pictures that move.
  var pace = MovingSize()

  init(_ link: TabLink, _ session: StudioSession) {
    self.link = link
    view = StudioView(of: session, size: Canvas(width: 768, height: 768), owner: link.tab)
  }

  /// Takes note that the view moves, so that it is drawn in haste.
  func move(at now: ContinuousClock.Instant) {
    lastMove = now
    isStale = true
  }
}

/// The maps that a tab shows beside its view.
struct MapWish: Equatable, Sendable {
  /// The maps' names.
  var names: [String]
  /// The character; nil for all.
  var subject: String?
  /// The height of the pictures in pixels.
  var height: Int
}

/// The size of the pictures of a view that moves: as large as the time for one allows.
struct MovingSize {
  /// The milliseconds that a picture may take to draw and to encode.
  private static let patience = 28.0
  private static let steps = [1.0, 0.75, 0.5]

  private var step = 0
  private var average = 0.0

  /// The share of the view's sides.
  var share: Double { Self.steps[step] }

  /// Takes note of the time that a picture took.
  mutating func took(_ milliseconds: Double) {
    average = average == 0 ? milliseconds : 0.7 * average + 0.3 * milliseconds
    let area = share * share
    if average > Self.patience, step + 1 < Self.steps.count {
      step += 1
      average = 0
    } else if step > 0 {
      let larger = Self.steps[step - 1]
      // Only with room to spare, so that it does not go to and fro.
      if average * larger * larger / area < 0.7 * Self.patience {
        step -= 1
        average = 0
      }
    }
  }
}
