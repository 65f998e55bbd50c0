/* play.h: plays a history on a registry, and compares it with the model at every step. */
#ifndef CBEC_TESTS_PROPERTY_PLAY_H
#define CBEC_TESTS_PROPERTY_PLAY_H

#include "generate.h"

enum { WHY_BYTES = 4000 };

/* What is compared; a shrunken history must fail for the same reason. */
enum check {
    CHECK_NOTHING, /* all is well */
    CHECK_CALL,    /* a call failed that should not, or the other way round */
    CHECK_SUMMARY, /* what an import says of itself */
    CHECK_SOUND,   /* cbec_check */
    CHECK_IDENTITY,
    CHECK_SETTLED,
    CHECK_REFUSED,
    CHECK_QUERY,
    CHECK_VINTAGE,
    CHECK_UNDO /* the registry against a new one with the remaining imports */
};

/* Plays a history in a folder that exists; `why` says what differs. */
enum check play(const struct history *history, const char *folder, char why[WHY_BYTES]);

#endif
