/* texts.h: texts by number, each once. */
#ifndef CBEC_UTIL_TEXTS_H
#define CBEC_UTIL_TEXTS_H

#include <stdint.h>

#include "util/slice.h"

struct text {
    char *at; /* owned */
    uint32_t length;
    uint32_t hash;
};

/* From {0} on. A text may hold any bytes. */
struct texts {
    struct text *at; /* number n is at[n - 1] */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* the numbers of the texts by their hashes; 0: free */
    size_t slot_count;
};

void texts_free(struct texts *texts);

/* The number of a text, 0 if it is not there. */
uint32_t texts_find(const struct texts *texts, struct slice text);

/* The number of a text, which is added if it is new, as the highest; 0 when there is no memory. */
uint32_t texts_add(struct texts *texts, struct slice text);

/* The text of a number, which must be there. */
struct slice texts_at(const struct texts *texts, uint32_t number);

#endif
