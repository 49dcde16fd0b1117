"""The results of the checks."""


class Report:
    def __init__(self, quiet=False):
        self.passed, self.failures, self.quiet = 0, [], quiet

    def check(self, holds, message):
        if holds:
            self.passed += 1
        else:
            self.failures.append(message)
            if not self.quiet:
                print(f"FAILED {message}")
        return holds
