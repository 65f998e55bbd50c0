/*
 * filter.h: a set of hashes that may take a stranger for a member, but never a member for a
 * stranger (a Bloom filter). It spares nearly all questions to the database, since most rows have
 * not been seen before.
 */
#ifndef CBEC_REGISTRY_FILTER_H
#define CBEC_REGISTRY_FILTER_H

#include <stdbool.h>
#include <stdint.h>

/* Hashes have so many bits. */
#define FILTER_HASH_BITS 36

#define FILTER_BLOCK_WORDS 8 /* a line of the processor's cache */

struct filter {
    uint64_t (*blocks)[FILTER_BLOCK_WORDS]; /* NULL: everything may be a member */
    unsigned bits;                          /* there are 2^bits blocks */
};

/*
 * An empty set, with two bytes for each of `expected` members, but no more than 64 MiB. Without
 * memory for it everything may be a member.
 */
void filter_open(struct filter *filter, uint64_t expected);
void filter_close(struct filter *filter);

/* Hashes that are added in their order are added many times faster: their blocks lie in it too. */
void filter_add(struct filter *filter, uint64_t hash);

/* Fetches from memory what filter_may_have will look at. */
void filter_expect(const struct filter *filter, uint64_t hash);

bool filter_may_have(const struct filter *filter, uint64_t hash);

#endif
