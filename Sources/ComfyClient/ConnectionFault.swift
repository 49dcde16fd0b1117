internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Sentences about failed connections.
enum ConnectionFault {
  /// Returns the cause and the remedy of an error from SwiftNIO.
  static func sentence(_ error: any Error) -> String {
    if let error = error as? NIOConnectionError {
      if error.dnsAError != nil, error.connectionErrors.isEmpty {
        return "there is no host with this name"
      }
      if let first = error.connectionErrors.first { return sentence(first.error) }
    }
    if let error = error as? IOError {
      return error.errnoCode == ECONNREFUSED
        ? "nothing is listening there; is ComfyUI running, and is this its port?"
        : String(cString: strerror(error.errnoCode))
    }
    if case ChannelError.connectTimeout? = error as? ChannelError {
      return "no answer in 10 seconds"
    }
    return "\(error)"
  }
}
