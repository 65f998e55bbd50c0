/* radix.h: sorting by a number. */
#ifndef CBEC_UTIL_RADIX_H
#define CBEC_UTIL_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct numbered {
    uint64_t number; /* to be sorted by */
    int64_t value;
};

/*
 * Sorts by the lowest `bits` bits of the numbers, which have no higher ones; equal numbers keep
 * their order. `spare` is as large; returns where the result is: in one or the other.
 */
struct numbered *radix_sort(struct numbered *items, struct numbered *spare, size_t count, int bits);

#endif
