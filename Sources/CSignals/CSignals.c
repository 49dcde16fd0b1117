#include "CSignals.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t interrupted;

static void note(int signal) {
  (void)signal;
  interrupted = 1;
}

static void handle(void (*handler)(int), int flags) {
  // No SA_RESTART: whoever waits must wake up.
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

void posemap_note_interrupts(void) {
  interrupted = 0;
  handle(note, SA_RESETHAND);
}

int posemap_was_interrupted(void) { return interrupted; }

void posemap_leave_interrupts(void) { handle(SIG_IGN, 0); }
