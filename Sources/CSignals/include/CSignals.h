/// Signals, whose handlers can be written in C only.
#pragma once

/// From now on the first SIGINT or SIGTERM is only noted; another ends the process as usual.
void posemap_note_interrupts(void);

/// Whether a signal was noted.
int posemap_was_interrupted(void);
