/*
 * filter.h: a set of hashes that may take a stranger for a member, but never a member for a
 * stranger (a Bloom filter). In a registry's first import it spares nearly all questions to the
 * database, since nearly no row has been seen before.
 */
#ifndef CBEC_REGISTRY_FILTER_H
#define CBEC_REGISTRY_FILTER_H

#include <stdbool.h>
#include <stdint.h>

struct filter {
    uint64_t *bits; /* NULL: everything may be a member */
};

/* An empty set; without memory for it, everything may be a member. */
void filter_open(struct filter *filter);
void filter_close(struct filter *filter);

void filter_add(struct filter *filter, int64_t hash);
bool filter_may_have(const struct filter *filter, int64_t hash);

#endif
