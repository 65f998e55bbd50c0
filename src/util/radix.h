/* radix.h: sorting by a number. */
#ifndef CBEC_UTIL_RADIX_H
#define CBEC_UTIL_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* An item is so large, and begins with the uint64_t it is sorted by. */
#define RADIX_ITEM 16

/*
 * Sorts by the lowest `bits` bits of the numbers, which have no higher ones; items with equal
 * numbers keep their order. `spare` is as large as `items`; returns which of the two holds the
 * result.
 */
void *radix_sort(void *items, void *spare, size_t count, int bits);

#endif
