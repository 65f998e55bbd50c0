/* place_set.h: a set of places (store.h), with a bit for each line of an import. */
#ifndef CBEC_REGISTRY_PLACE_SET_H
#define CBEC_REGISTRY_PLACE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place_lines {
    int64_t import;
    uint64_t *words;
    size_t count;
};

struct place_set {
    struct place_lines *of; /* in ascending order of their imports */
    size_t count;
    size_t capacity;
};

/* False when there is no memory. */
bool place_set_add(struct place_set *set, int64_t place);
bool place_set_has(const struct place_set *set, int64_t place);
void place_set_free(struct place_set *set);

#endif
