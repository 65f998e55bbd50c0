/*
 * tail.h: keeping the inner pages at the end of table record in memory while records are added.
 *
 * Where the last inner page of the table's tree is full, SQLite shares out anew what it and the two
 * before it hold. By then those would long have been written to the log; and a page that is written
 * to the log twice has SQLite read all of the log behind it once more at the commit, for its sums.
 * SQLite writes what was used least lately: so a record under each of these pages is looked at now
 * and then.
 */
#ifndef CBEC_REGISTRY_TAIL_H
#define CBEC_REGISTRY_TAIL_H

#include "registry/statement.h"

/* An inner page leads to some 500,000 records, of a business scope each, or to fewer, longer ones.
 */
#define TAIL_STEP 50000
#define TAIL_PLACES 36

/* Records for which the pages in memory are enough, were they 7 KB each. */
#define TAIL_PAUSE 2000

struct tail {
    struct cbec_registry *registry;
    struct statement up_to; /* record_up_to; prepared when a record is added */
    uint64_t step;          /* TAIL_STEP */
    uint64_t pause;         /* TAIL_PAUSE */
    uint64_t added;
    int64_t places[TAIL_PLACES]; /* of records about a step apart, the last one first; 0: none */
};

void tail_open(struct tail *tail, struct cbec_registry *registry);
void tail_close(struct tail *tail);

/* To be called for each record that has been added, at the end of the table. A first import has no
 * log, and nothing is done. */
enum cbec_status tail_add(struct tail *tail, int64_t place, struct cbec_error *error);

#endif
