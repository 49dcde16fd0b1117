// TEMPORARY, never landed.
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

struct StudioJob { var isOver: Bool { true }; mutating func poll() -> Int? { nil } }
enum JobMessage { static func of(_ n: Int) -> Outgoing { .notice("") } }
extension StudioDesk {
  func plate() -> [UInt8]? { nil }
  func picture(job: String, name: String) -> [UInt8]? { nil }
  func work(_ m: PageMessage, for tab: Tab) throws(StudioFault) {}
}
