// TEMPORARY, never landed.
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

extension StudioSession {

  func savePose(of: String, as: String, part: String) throws(SceneEditFault) -> String { "" }
}
struct StudioJob { var isOver: Bool { true }; mutating func poll() -> Int? { nil } }
enum JobMessage { static func of(_ n: Int) -> Outgoing { .notice("") } }
struct StudioLibrary: Sendable {
  init(rigsFolder: String?) {}
  func thumbnail(_ k: String, _ n: String, _ s: RenderSessions) throws -> Image<RGB8>? { nil }
}
extension StudioDesk {
  func plate() -> [UInt8]? { nil }
  func picture(job: String, name: String) -> [UInt8]? { nil }
  func work(_ m: PageMessage, for tab: Tab) throws(StudioFault) {}
}
