/* groups.h: adding up by several values at once. */
#ifndef CBEC_QUERY_GROUPS_H
#define CBEC_QUERY_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Groups, each with `width` values and what was added to it. From {.width = …} on. */
struct groups {
    size_t width;
    int64_t *at; /* of each group its values and its sum */
    size_t count;
    size_t capacity;
    size_t *slots; /* the groups by the hashes of their values, as their places plus one; 0: free */
    size_t last;   /* the group added to last, likewise */
};

/* Adds to the group with these values; false when there is no memory. */
bool groups_add(struct groups *groups, const int64_t *values, int64_t number);

/* The values of a group, behind them the sum. */
const int64_t *groups_at(const struct groups *groups, size_t nth);

/* Takes all groups away; they can be added to again. */
void groups_clear(struct groups *groups);

#endif
