/// Which posemap this is.
#pragma once

/// The version, as the file VERSION has it.
const char *posemap_version(void);

/// The commit that it was built from; empty where the build was told none.
const char *posemap_commit(void);
