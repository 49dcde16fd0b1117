/// Signals, whose handlers can only be written in C.
#pragma once

/// Makes a file that grows too large an error of write(), and lets SIGQUIT end the program.
void posemap_prepare_signals(void);

/// Unblocks all signals, including those that the parent blocked.
void posemap_unblock_signals(void);

/// Makes the process get SIGTERM when its parent dies, or immediately if the parent is dead.
void posemap_end_with(int parent);

/// Returns whether the process ignores a signal.
int posemap_ignores(int signal);

/// Makes the first SIGINT, SIGTERM or SIGHUP only recorded; another ends the process as usual.
/// SIGHUP stays ignored if it is, as under nohup.
void posemap_note_interrupts(void);

/// Returns whether a signal was recorded.
int posemap_was_interrupted(void);
