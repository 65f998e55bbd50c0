#include "registry/filter.h"

#include <stdlib.h>

/* 16 MiB, touched only where hashes fall: of 10 million hashes one stranger in forty is taken for a
 * member. */
#define FILTER_BITS ((uint64_t)1 << 27)

void filter_open(struct filter *filter)
{
    filter->bits = calloc(FILTER_BITS / 64, sizeof *filter->bits);
}

void filter_close(struct filter *filter)
{
    free(filter->bits);
    filter->bits = NULL;
}

/* Two places for each hash, from its two halves. */
static uint64_t place(int64_t hash, int which)
{
    return ((uint64_t)hash >> (which ? 37 : 0)) & (FILTER_BITS - 1);
}

void filter_add(struct filter *filter, int64_t hash)
{
    for (int which = 0; which < 2 && filter->bits; which++)
        filter->bits[place(hash, which) / 64] |= (uint64_t)1 << place(hash, which) % 64;
}

bool filter_may_have(const struct filter *filter, int64_t hash)
{
    for (int which = 0; which < 2 && filter->bits; which++)
        if (!(filter->bits[place(hash, which) / 64] >> place(hash, which) % 64 & 1))
            return false;
    return true;
}
