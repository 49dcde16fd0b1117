#include "CSignals.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t interrupted;

static void note(int signal) {
  (void)signal;
  interrupted = 1;
}

void posemap_note_interrupts(void) {
  interrupted = 0;
  // No SA_RESTART: whoever waits must wake up.
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

int posemap_was_interrupted(void) { return interrupted; }
