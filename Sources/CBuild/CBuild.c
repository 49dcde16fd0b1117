#include "CBuild.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char version[] = {
#embed "../../VERSION"
    , 0};

#ifndef POSEMAP_COMMIT
#define POSEMAP_COMMIT ""
#endif

const char *posemap_version(void) { return version; }

const char *posemap_commit(void) { return POSEMAP_COMMIT; }
