/*
 * key_index.h: keys in memory, sorted by hash, to be found faster than on file.
 *
 * It is filled once, in the order of the hashes, and then only asked. A key takes eight bytes: the
 * bits of its hash that its start does not tell, and its place.
 */
#ifndef CBEC_REGISTRY_KEY_INDEX_H
#define CBEC_REGISTRY_KEY_INDEX_H

#include "registry/key.h"

struct key_index {
    uint64_t *keys; /* NULL: there is no index */
    size_t count;
    size_t capacity;
    uint32_t *starts; /* of the keys whose hash begins with such bits; one more marks the end */
    size_t started;   /* of the starts */
    unsigned bits;
    unsigned place_bits;
    bool is_full;  /* there was no room for more keys */
    bool is_unfit; /* a place lies behind the last one, or a hash before the one added last */
};

/* An empty index with room for so many keys, with places up to `last`. Without memory for it there
 * is none, nor where places are so long that there is no room for what is kept of a hash. */
void key_index_open(struct key_index *index, size_t capacity, int64_t last);
void key_index_close(struct key_index *index);

/* Adds keys behind those that are there; false where there is no room for them, or one is unfit. */
bool key_index_add(struct key_index *index, const struct key *keys, size_t count);

/* To be called when all are there, before any is asked for. */
void key_index_finish(struct key_index *index);

/* Fetches from memory what key_index_find will look at first. */
void key_index_expect(const struct key_index *index, uint64_t hash);

/* Adds the places that have this hash; false when there is no memory. */
bool key_index_find(const struct key_index *index, uint64_t hash, struct place_list *places);

#endif
