#include "registry/filter.h"

#include <stdlib.h>

#include "util/large.h"

/* 64 MiB, for 34 million members: one stranger in a thousand is let in, with three times as many
 * members one in ten. */
#define MOST_BLOCK_BITS 20
#define BLOCK_MEMBERS 32

/* Bits set for each member, all in one block: one question is one visit to memory. */
#define BITS_PER_MEMBER 6

void filter_open(struct filter *filter, uint64_t expected)
{
    filter->bits = 1;
    while (filter->bits < MOST_BLOCK_BITS && expected / BLOCK_MEMBERS >> filter->bits)
        filter->bits++;
    filter->blocks = large_zeros((size_t)1 << filter->bits, sizeof *filter->blocks);
}

void filter_close(struct filter *filter)
{
    free(filter->blocks);
    filter->blocks = NULL;
}

/* The upper bits of a hash choose the block. */
static uint64_t *block_of(const struct filter *filter, uint64_t hash)
{
    return filter->blocks[hash >> (FILTER_HASH_BITS - filter->bits)];
}

/* Spreads a hash over 64 bits, which choose bits of the block. */
static uint64_t spread(uint64_t hash)
{
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

void filter_add(struct filter *filter, uint64_t hash)
{
    if (!filter->blocks)
        return;
    uint64_t bits = spread(hash);
    uint64_t *block = block_of(filter, hash);
    for (int i = 0; i < BITS_PER_MEMBER; i++, bits >>= 9)
        block[bits >> 6 & 7] |= (uint64_t)1 << (bits & 63);
}

void filter_expect(const struct filter *filter, uint64_t hash)
{
    if (filter->blocks)
        __builtin_prefetch(block_of(filter, hash));
}

bool filter_may_have(const struct filter *filter, uint64_t hash)
{
    if (!filter->blocks)
        return true;
    uint64_t bits = spread(hash);
    const uint64_t *block = block_of(filter, hash);
    for (int i = 0; i < BITS_PER_MEMBER; i++, bits >>= 9)
        if (!(block[bits >> 6 & 7] >> (bits & 63) & 1))
            return false;
    return true;
}
