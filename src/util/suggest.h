/* suggest.h: what somebody may have meant who wrote a name that is not known. */
#ifndef CBEC_UTIL_SUGGEST_H
#define CBEC_UTIL_SUGGEST_H

#include "util/buffer.h"

struct suggestion {
    struct slice written;
    struct buffer best; /* the nearest name so far; empty if none is near */
    size_t distance;
};

/* Begin with {.written = …}; show every name that is known; then suggestion_text; free `best`. */
void suggestion_add(struct suggestion *suggestion, struct slice name);

/* "; did you mean new_by_year?" or "". */
const char *suggestion_text(struct suggestion *suggestion, char text[128]);

#endif
