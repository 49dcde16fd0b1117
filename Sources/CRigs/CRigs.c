#include "CRigs.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t limits[] = {
#embed "../../Rigs/limits.json"
};

static const uint8_t female[] = {
#embed "../../Rigs/female.body"
};

static const uint8_t male[] = {
#embed "../../Rigs/male.body"
};

posemap_blob posemap_limits_json(void) { return (posemap_blob){limits, sizeof limits}; }
posemap_blob posemap_female_body(void) { return (posemap_blob){female, sizeof female}; }
posemap_blob posemap_male_body(void) { return (posemap_blob){male, sizeof male}; }
