/*
 * key_table.h: keys in memory, found by their hashes and in their order at any time.
 *
 * A hash table whose slots are chosen by the first bits of the hash, in which keys that meet are
 * moved up so that smaller ones come first. A slot is eight bytes: the hash, the segment in which
 * the place lies, by the order in which they were met, and where in it. A segment is a quarter of a
 * million lines of an import; a table takes places of a thousand of them.
 */
#ifndef CBEC_REGISTRY_KEY_TABLE_H
#define CBEC_REGISTRY_KEY_TABLE_H

#include "registry/key.h"

#define KEY_TABLE_SEGMENT_BITS 18
#define KEY_TABLE_SEGMENTS ((1 << (64 - KEY_BITS - KEY_TABLE_SEGMENT_BITS)) - 1)

/* Without a key and without memory at first: all zeros. */
struct key_table {
    uint64_t *slots; /* 0: a free one */
    size_t end;      /* behind it no slot has been used yet */
    size_t count;    /* of keys */
    int bits;        /* hashes choose among 2^bits slots */
    size_t segment_count;
    size_t segment; /* the number of the one met last; the first one has the number 1 */
    int64_t segments[KEY_TABLE_SEGMENTS];
};

/* False if the place lies in one segment too many. */
bool key_table_takes(const struct key_table *table, int64_t place);

/* Adds a key that the table takes. False when there is no memory. */
bool key_table_add(struct key_table *table, struct key key);

/* Fetches from memory what key_table_find will look at. */
void key_table_expect(const struct key_table *table, uint64_t hash);

/* Adds the places that have this hash. False when there is no memory. */
bool key_table_find(const struct key_table *table, uint64_t hash, struct place_list *places);

/* Reads keys, sorted by hash, from the slot `*slot` on, at first 0, but no more than `most`.
 * Returns how many: fewer at the end. */
size_t key_table_read(const struct key_table *table, size_t *slot, struct key *keys, size_t most);

/* Forgets all keys, and gives the memory back. */
void key_table_close(struct key_table *table);

#endif
