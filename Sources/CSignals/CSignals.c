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
  // A mask survives exec(): programs started by a thread that blocks signals would not receive them.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

void posemap_end_with(int parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // The parent might have died before the request took effect.
  if (getppid() != parent) raise(SIGTERM);
}

void posemap_prepare_signals(void) {
  signal(SIGXFSZ, SIG_IGN);
  // The Swift runtime prints a trace on SIGQUIT, and then continues.
  if (!posemap_ignores(SIGQUIT)) signal(SIGQUIT, SIG_DFL);
}

void posemap_note_interrupts(void) {
  // No SA_RESTART: waiting system calls must return.
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  if (!posemap_ignores(SIGHUP)) sigaction(SIGHUP, &action, NULL);
}

int posemap_was_interrupted(void) { return interrupted; }
