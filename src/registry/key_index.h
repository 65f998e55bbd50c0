/*
 * key_index.h: keys in memory, sorted by hash, to be found faster than on file.
 *
 * It is filled once, in the order of the hashes, and then only asked.
 */
#ifndef CBEC_REGISTRY_KEY_INDEX_H
#define CBEC_REGISTRY_KEY_INDEX_H

#include "registry/key_run.h"

struct key_index {
    struct key *keys; /* NULL: there is no index */
    size_t count;
    size_t capacity;
    uint32_t *starts; /* of the keys whose hash begins with such bits; one more marks the end */
    unsigned bits;
    bool is_full; /* there was no room for more keys */
};

/* An empty index with room for so many keys; without memory for it there is none. */
void key_index_open(struct key_index *index, size_t capacity);
void key_index_close(struct key_index *index);

/* Adds keys behind those that are there; false where there is no room for them. */
bool key_index_add(struct key_index *index, const struct key *keys, size_t count);

/* To be called when all are there, before any is asked for. */
void key_index_finish(struct key_index *index);

/* Fetches from memory what key_index_find will look at first. */
void key_index_expect(const struct key_index *index, uint64_t hash);

/* Adds the places that have this hash; false when there is no memory. */
bool key_index_find(const struct key_index *index, uint64_t hash, struct place_list *places);

#endif
