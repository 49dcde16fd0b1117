// The stream is a C global variable that no other thread sets.
@preconcurrency internal import Glibc
internal import PosemapKit

/// Makes printed lines arrive immediately from now on, even if standard output is not a terminal.
func printAtOnce() { setvbuf(stdout, nil, _IOLBF, 0) }

/// Makes sure that all output has arrived, which fails for a file on a full disk.
func finishOutput() throws(Failure) {
  errno = 0
  let isFlushed = fflush(stdout) == 0
  let isWhole = ferror(stdout) == 0 || Interrupts.outliveReaders
  // A reader that has closed the pipe has read what it wanted.
  if isFlushed && isWhole || errno == EPIPE { return }
  let reason = errno == 0 ? "part of it is lost" : String(cString: strerror(errno))
  throw Failure(.cannotWrite, "cannot write to standard output: \(reason)")
}
