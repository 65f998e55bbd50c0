/*
 * key_table.h: keys in memory, found by their hashes and in their order at any time.
 *
 * A hash table whose slots are chosen by the first bits of the hash, in which keys that meet are
 * moved up so that those of smaller hashes come first. To be sorted it is only put together.
 */
#ifndef CBEC_REGISTRY_KEY_TABLE_H
#define CBEC_REGISTRY_KEY_TABLE_H

#include "registry/key_run.h"

/* Without a key and without memory at first: all zeros. */
struct key_table {
    struct key *slots; /* a free one has the place 0, which no key has */
    size_t end;        /* behind it no slot has been used yet */
    size_t count;      /* of keys */
    int bits;          /* hashes choose among 2^bits slots */
};

/* Adds a key, behind those with the same hash. False when there is no memory. */
bool key_table_add(struct key_table *table, struct key key);

/* Fetches from memory what key_table_find will look at. */
void key_table_expect(const struct key_table *table, uint64_t hash);

/* Adds the places that have this hash. False when there is no memory. */
bool key_table_find(const struct key_table *table, uint64_t hash, struct place_list *places);

/* Makes of the table an array of its keys, sorted by hash. It may only be closed then. */
const struct key *key_table_sort(struct key_table *table);

/* Forgets all keys, and gives the memory back. */
void key_table_close(struct key_table *table);

#endif
