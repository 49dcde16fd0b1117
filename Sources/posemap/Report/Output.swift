// The stream is C's own global variable, which no other thread sets.
@preconcurrency internal import Glibc
internal import PosemapKit

/// From now on every line that is printed arrives at once, whoever reads.
func printAtOnce() { setvbuf(stdout, nil, _IOLBF, 0) }

/// Makes sure that all that was printed has arrived, as in a file on a disk that is full.
func finishOutput() throws(Failure) {
  errno = 0
  let isFlushed = fflush(stdout) == 0
  let isWhole = ferror(stdout) == 0 || Interrupts.outliveReaders
  // A reader that has gone away has seen what it wanted.
  if isFlushed && isWhole || errno == EPIPE { return }
  let reason = errno == 0 ? "part of it is lost" : String(cString: strerror(errno))
  throw Failure(.cannotWrite, "cannot write to standard output: \(reason)")
}
