internal import Glibc
internal import PosemapKit

/// Sees to it that all that was printed has arrived, as in a file on a disk that is full.
func finishOutput() throws(Failure) {
  // A reader that has gone away has seen what it wanted.
  if fflush(nil) == 0 || errno == EPIPE { return }
  throw Failure(
    .cannotWrite, "cannot write to standard output: \(String(cString: strerror(errno)))")
}
