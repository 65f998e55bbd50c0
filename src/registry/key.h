/* key.h: a hash of what identifies a record, with the record's place (store.h). */
#ifndef CBEC_REGISTRY_KEY_H
#define CBEC_REGISTRY_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So much of a hash is kept: among 70 million keys one stranger in a thousand meets one. */
#define KEY_BITS 36

struct key {
    uint64_t hash; /* below 2^KEY_BITS */
    int64_t place; /* of the record */
};

struct place_list {
    int64_t *at;
    size_t count;
    size_t capacity;
};

/* False when there is no memory. */
bool place_list_add(struct place_list *places, int64_t place);

#endif
