#include "CSignals.h"

#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void note(int signal) {
  (void)signal;
  interrupted = 1;
}

int posemap_ignores(int signal) {
  struct sigaction present;
  return sigaction(signal, NULL, &present) == 0 && present.sa_handler == SIG_IGN;
}

void posemap_unblock_signals(void) {
  // A mask outlives exec(): a thread that blocks signals would make the programs it starts deaf.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

void posemap_end_with(int parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // It may have died before this one asked to be told.
  if (getppid() != parent) raise(SIGTERM);
}

void posemap_prepare_signals(void) {
  signal(SIGXFSZ, SIG_IGN);
  // The Swift runtime prints a trace at SIGQUIT, and goes on as if nothing had been.
  if (!posemap_ignores(SIGQUIT)) signal(SIGQUIT, SIG_DFL);
}

void posemap_note_interrupts(void) {
  // No SA_RESTART: whoever waits must wake up.
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  if (!posemap_ignores(SIGHUP)) sigaction(SIGHUP, &action, NULL);
}

int posemap_was_interrupted(void) { return interrupted; }
