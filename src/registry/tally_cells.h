/*
 * tally_cells.h: how the counts of one segment and kind are packed (column tally.cells).
 *
 * A cell is a key and the number of enterprises that have it. Cells lie in the order of their keys,
 * each as how much its key is larger than the one before and as its number; both in bytes of seven
 * bits, lowest first, the highest bit set in all but the last.
 */
#ifndef CBEC_REGISTRY_TALLY_CELLS_H
#define CBEC_REGISTRY_TALLY_CELLS_H

#include <stdint.h>

#include "util/buffer.h"

/* A change of the number of enterprises that have a key. */
struct cell_change {
    uint64_t key;
    int64_t change;
};

/* Cells being read, from {.bytes = …} on. */
struct cells {
    struct slice bytes;
    uint64_t key;
    int64_t number; /* of enterprises */
};

/* Goes to the next cell; false behind the last one that is whole. */
bool cells_next(struct cells *cells);

/*
 * Packs into `out` the cells `before` with changes added, which are sorted by key (of which the
 * bits of `mask` count) and may name a key several times; cells that come to nothing are left out.
 * False if one comes to less than nothing.
 */
bool cells_change(struct slice before, const struct cell_change *changes, size_t count,
                  uint64_t mask, struct buffer *out);

#endif
