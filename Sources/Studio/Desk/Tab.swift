internal import PoseRig

/// A page that shows the session.
final class Tab {
  /// The connection to the page.
  let link: TabLink
  /// The tab's view of the session.
  let view: StudioView
  /// The format in which it accepts pictures.
  var form = PageMessage.PictureForm.png
  /// The character and joint with the values that it shows.
  var selection: (character: String, joint: JointName?)?
  /// The maps that it shows.
  var maps: MapRequest?
  /// Whether its picture is out of date.
  var isStale = true
  /// Whether the last picture was drawn at reduced quality.
  var isRough = false
  /// The time when the view last moved.
  var lastMove: ContinuousClock.Instant?
  /// The number of the picture that the tab has not confirmed yet; nil if it has confirmed all.
  var awaited: Int?
  /// The time when that picture was sent.
  var sentAt = ContinuousClock.now
  /// The newest number that the tab gave a message; nil for a tab that does not number them.
  var stamp: Int?
  /// The size of pictures during movement.
  var pace = MovingSize()

  init(_ link: TabLink, _ session: StudioSession) {
    self.link = link
    view = StudioView(of: session, size: Canvas(width: 768, height: 768), owner: link.tab)
  }

  /// Records that the view is moving, so that it is drawn quickly.
  func move(at now: ContinuousClock.Instant) {
    lastMove = now
    isStale = true
  }
}

/// The maps that a tab shows beside its view.
struct MapRequest: Equatable, Sendable {
  /// The maps' names.
  var names: [String]
  /// The character's id; nil for all.
  var subject: String?
  /// The height of the pictures in pixels.
  var height: Int
}

/// The size of pictures during movement: as large as the time per picture allows.
struct MovingSize {
  /// The number of milliseconds that a picture can take to draw and encode.
  private static let patience = 28.0
  private static let steps = [1.0, 0.75, 0.5]

  private var step = 0
  private var average = 0.0

  /// The scale of the view's sides.
  var share: Double { Self.steps[step] }

  /// Records the time that a picture took.
  mutating func took(_ milliseconds: Double) {
    average = average == 0 ? milliseconds : 0.7 * average + 0.3 * milliseconds
    let area = share * share
    if average > Self.patience, step + 1 < Self.steps.count {
      step += 1
      average = 0
    } else if step > 0 {
      let larger = Self.steps[step - 1]
      // Requires a margin, so that the size does not oscillate.
      if average * larger * larger / area < 0.7 * Self.patience {
        step -= 1
        average = 0
      }
    }
  }
}
