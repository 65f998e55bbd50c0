#include "registry/filter.h"

#include <stdlib.h>

#include "util/large.h"

/* 64 MiB, for 34 million members: one or two strangers in a thousand are let in, with three times
 * as many members one in ten. */
#define MOST_BLOCK_BITS 20
#define BLOCK_MEMBERS 32

/* Bits set for each member in one word of each half of its block: one question is one visit to
 * memory. */
#define BITS_PER_WORD 3

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

/* Spreads a hash over 64 bits, which choose words and bits of the block. */
static uint64_t spread(uint64_t hash)
{
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint64_t *lower_word(uint64_t *block, uint64_t spread)
{
    return &block[spread >> 62];
}

static uint64_t *upper_word(uint64_t *block, uint64_t spread)
{
    return &block[4 + (spread >> 60 & 3)];
}

/* The bits of a word, by the six bits of each. */
static uint64_t bits_of_word(uint64_t numbers)
{
    uint64_t word = 0;
    for (int i = 0; i < BITS_PER_WORD; i++, numbers >>= 6)
        word |= (uint64_t)1 << (numbers & 63);
    return word;
}

void filter_add(struct filter *filter, uint64_t hash)
{
    if (!filter->blocks)
        return;
    uint64_t bits = spread(hash);
    uint64_t *block = block_of(filter, hash);
    *lower_word(block, bits) |= bits_of_word(bits);
    *upper_word(block, bits) |= bits_of_word(bits >> 18);
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
    uint64_t *block = block_of(filter, hash);
    uint64_t lower = bits_of_word(bits), upper = bits_of_word(bits >> 18);
    return (*lower_word(block, bits) & lower) == lower &&
           (*upper_word(block, bits) & upper) == upper;
}
