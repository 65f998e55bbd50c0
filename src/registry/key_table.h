/*
 * key_table.h: keys in memory, found by their hashes and in their order at any time.
 *
 * A hash table whose slots are chosen by the first bits of the hash, in which keys that meet are
 * moved up so that smaller ones come first. A slot is eight bytes: the hash, the stretch in which
 * the place lies, by the order in which they were met, and where in it. A stretch is a quarter of a
 * million lines of an import; a table takes places of a thousand of them.
 */
#ifndef CBEC_REGISTRY_KEY_TABLE_H
#define CBEC_REGISTRY_KEY_TABLE_H

#include "registry/key.h"

#define KEY_TABLE_STRETCH_BITS 18
#define KEY_TABLE_STRETCHES ((1 << (64 - KEY_BITS - KEY_TABLE_STRETCH_BITS)) - 1)

/* Without a key and without memory at first: all zeros. */
struct key_table {
    uint64_t *slots; /* 0: a free one */
    size_t end;      /* behind it no slot has been used yet */
    size_t count;    /* of keys */
    int bits;        /* hashes choose among 2^bits slots */
    size_t stretch_count;
    size_t stretch; /* the number of the one met last; the first one has the number 1 */
    int64_t stretches[KEY_TABLE_STRETCHES];
};

/* False if the place lies in one stretch too many. */
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
