internal import ArgumentParser

/// The exit codes of sysexits.h that posemap uses, with what they mean here.
extension ExitCode {
  /// The command line does not make sense.
  static let usage = ExitCode(64)
  /// A file's content is wrong.
  static let badData = ExitCode(65)
  /// An input file is missing or cannot be read.
  static let noInput = ExitCode(66)
  /// A server that was to be used cannot be reached, lacks something, or failed.
  static let unavailable = ExitCode(69)
  /// A bug of posemap, or a broken graphics library.
  static let internalFault = ExitCode(70)
  /// An output file or folder cannot be created.
  static let cannotCreate = ExitCode(73)
  /// Writing failed, as on a full disk.
  static let cannotWrite = ExitCode(74)
}
