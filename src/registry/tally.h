/*
 * tally.h: the counts that are kept (tables tally and segment), in step with the enterprises.
 *
 * Whoever writes or deletes a row of table enterprise says so here. Changes are held in memory
 * until there are many, and written with the transaction they belong to.
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

/* A row of table tally has the id kind << SEGMENT_BITS | segment. */
#define SEGMENT_BITS 17

/* The segment that stands for all enterprises. */
#define SEGMENT_ALL 0

/* The row whose presence says that no counts are kept. */
#define TALLY_NONE_KEPT 0

/* Changes held in memory before they are sorted and written (16 MB, with the room for that). */
#define TALLY_PENDING ((size_t)1 << 19)

struct tally {
    struct cbec_registry *registry;
    int64_t cny;           /* the number of the word CNY */
    struct texts segments; /* each as the bytes of what it is of */
    size_t segments_saved;
    size_t segments_most;        /* SEGMENTS_MOST */
    struct cell_change *pending; /* changes by kind, segment and key, as they came */
    size_t count;
    size_t capacity;
    struct statement get; /* counted_enterprise */
    bool none_kept;
    bool emptied; /* some cells came to nothing */
    bool damaged; /* there were fewer enterprises than were taken away */
};

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
