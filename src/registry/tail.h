/*
 * tail.h: keeping pages in memory that change now and then while records are added.
 *
 * SQLite writes to the log what was used least lately, and a page that is written to the log twice
 * has it read all of the log behind it once more at the commit, for its sums. So these pages are
 * looked at now and then:
 *
 *   - the inner pages at the end of table record: where the last one is full, SQLite shares out
 *     anew what it and the two before it hold;
 *   - the ends of tables and indexes to which few rows are added (last_rows.sql). Where many are,
 *     as to record_by_enterprise by a second vendor's list, they fall everywhere, and pages are
 *     written twice.
 */
#ifndef CBEC_REGISTRY_TAIL_H
#define CBEC_REGISTRY_TAIL_H

#include "registry/statement.h"

/* An inner page leads to some 500,000 records, of a business scope each, or to fewer, longer ones.
 */
#define TAIL_STEP 50000
#define TAIL_PLACES 36

/* Bytes of records: a quarter of the pages in memory. */
#define TAIL_PAUSE ((uint64_t)4 << 20)

struct tail {
    struct cbec_registry *registry;
    struct statement up_to; /* record_up_to; prepared when a record is added, as is the other */
    struct statement last_rows;
    uint64_t step;               /* TAIL_STEP */
    uint64_t pause;              /* TAIL_PAUSE */
    uint64_t added;              /* records */
    uint64_t bytes;              /* of records, since the last look */
    int64_t places[TAIL_PLACES]; /* of records about a step apart, the last one first; 0: none */
};

void tail_open(struct tail *tail, struct cbec_registry *registry);
void tail_close(struct tail *tail);

/* To be called for each record that has been added, at the end of the table: with the bytes of its
 * texts. A first import has no log, and nothing is done. */
enum cbec_status tail_add(struct tail *tail, int64_t place, size_t bytes, struct cbec_error *error);

#endif
