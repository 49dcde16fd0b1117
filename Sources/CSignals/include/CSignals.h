/// Signals, whose handlers can be written in C only.
#pragma once

/// From now on a file that grows too large is an error of write(), and SIGQUIT ends the program.
void posemap_prepare_signals(void);

/// Hears all signals, whichever the parent has blocked.
void posemap_unblock_signals(void);

/// From now on the process gets SIGTERM when its parent dies, or at once if that is dead.
void posemap_end_with(int parent);

/// Whether the process takes no notice of a signal.
int posemap_ignores(int signal);

/// From now on the first SIGINT, SIGTERM or SIGHUP is only noted; another ends the process as
/// usual. SIGHUP stays ignored where it is, as under nohup.
void posemap_note_interrupts(void);

/// Whether a signal was noted.
int posemap_was_interrupted(void);
