/// The version of this posemap.
#pragma once

/// The version, as in the file VERSION.
const char *posemap_version(void);

/// The commit that it was built from; empty if the build did not state it.
const char *posemap_commit(void);
