internal import Glibc

/// The folder of bodies and library poses: the given one, or the one beside the installed command.
public enum RigsFolder {
  /// Returns `given`, or else the folder beside the command; nil if it does not exist.
  public static func find(_ given: String?) -> String? {
    if let given { return given }
    guard let folder = OwnExecutable.folder else { return nil }
    // PREFIX/bin/posemap → PREFIX/share/posemap/Rigs; .build/release/posemap → the checkout's Rigs.
    let candidates = ["../share/posemap/Rigs", "Rigs", "../../Rigs", "../../../Rigs"]
    return candidates.map { "\(folder)/\($0)" }.first { access($0 + "/limits.json", R_OK) == 0 }
  }
}
