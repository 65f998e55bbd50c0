/*
 * tally.h: the counts that are kept (tables tally and segment), in step with the enterprises.
 *
 * Whoever writes or deletes a row of table enterprise says so here. Changes are added up in memory
 * until they are of many cells, and written with the transaction they belong to: a row that is
 * written again and again in a transaction costs more than itself (import.c says why).
 *
 * Where enterprises fall into more segments than SEGMENTS_MOST, because there are so many
 * definitions that overlap, counts would cost more than they spare: none are kept then, and queries
 * look at the enterprises themselves.
 */
#ifndef CBEC_REGISTRY_TALLY_H
#define CBEC_REGISTRY_TALLY_H

#include "registry/counted.h"
#include "registry/tally_cells.h"
#include "util/texts.h"

#define SEGMENTS_MOST ((size_t)65535)

/* A row of table tally has the id kind << SEGMENT_BITS | segment; segment 0 stands for all
 * enterprises, and a row with the id 0 says that no counts are kept. */
#define SEGMENT_BITS 17

/* The table of changes has 2^bits slots (up to 16 MB, and 12 MB to sort them). */
#define CELLS_LEAST_BITS 10
#define CELLS_MOST_BITS 20

struct tally {
    struct cbec_registry *registry;
    int64_t cny;           /* the number of the word CNY */
    struct texts segments; /* each as the bytes of what it is of */
    size_t segments_saved;
    size_t segments_most;      /* SEGMENTS_MOST */
    struct cell_change *cells; /* by kind, segment and key; in free slots all is 0 */
    size_t count;
    int bits;
    int most_bits;        /* CELLS_MOST_BITS */
    struct statement get; /* counted_enterprise */
    bool none_kept;
    bool emptied; /* some cells came to nothing */
    bool damaged; /* there were fewer enterprises than were taken away */
};

/* Whether counts are kept. */
enum cbec_status tally_is_kept(struct cbec_registry *registry, bool *kept,
                               struct cbec_error *error);

enum cbec_status tally_open(struct tally *tally, struct cbec_registry *registry,
                            struct words *words, struct cbec_error *error);
void tally_close(struct tally *tally);

/* Counts an enterprise: `change` is 1 if it comes, -1 if it goes. */
enum cbec_status tally_count(struct tally *tally, const struct counted *counted, int change,
                             struct cbec_error *error);

/* To be called before the enterprise is written anew or deleted; nothing if it is not on file. */
enum cbec_status tally_forget(struct tally *tally, int64_t enterprise, struct cbec_error *error);

/* Counts, by `change` each, all enterprises that a statement yields, with the columns of
 * counted_read. */
enum cbec_status tally_count_all(struct tally *tally, const char *statement, int change,
                                 struct cbec_error *error);

/* Writes what was counted; to be called before the commit. */
enum cbec_status tally_save(struct tally *tally, struct cbec_error *error);

/* Counts all enterprises anew. */
enum cbec_status tally_recount(struct cbec_registry *registry, struct cbec_error *error);

#endif
