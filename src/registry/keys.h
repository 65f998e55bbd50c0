/*
 * keys.h: by which records are found again.
 *
 * A key is a hash of what identifies a record, with the record's place. On file the keys lie in
 * runs, each sorted by hash and cut into buckets, so that they are written one behind the other
 * however the hashes fall. Keys of the transaction under way are held in memory until there are
 * many, and then become a run. Runs of like size are merged, so that there are never many to ask.
 */
#ifndef CBEC_REGISTRY_KEYS_H
#define CBEC_REGISTRY_KEYS_H

#include "registry/filter.h"
#include "registry/key_answers.h"
#include "registry/key_index.h"
#include "registry/key_run.h"
#include "registry/key_table.h"

/* Keys held in memory before they become a run (16 MB). */
#define KEYS_PENDING ((size_t)3 << 19)

/* Asking a run takes as long as reading so many keys of it: a page of the file comes with each
 * bucket. */
#define KEYS_READ_PER_QUESTION 512

/* The runs are held in memory if they have no more keys (40 MB). */
#define KEYS_INDEXED ((size_t)3 << 20)

struct keys {
    struct cbec_registry *registry;
    uint64_t read_per_question; /* KEYS_READ_PER_QUESTION; 0: they are not read */
    size_t pending_most;        /* KEYS_PENDING */
    size_t indexed_most;        /* KEYS_INDEXED */
    struct key_table pending;
    struct key_runs runs;
    struct key_index index;     /* all that is in the runs, once they were often asked, or: */
    struct filter filter;       /* what may be in the runs, once they were often asked in vain */
    struct key_answers answers; /* of the runs, to what is foreseen */
    uint64_t finds;             /* hashes that were looked for on file */
    uint64_t questions;         /* put to the runs, each alone */
    uint64_t in_vain;           /* those that found nothing, and had no filter to spare them */
    uint64_t expected;          /* keys that are likely to be asked for and added */
    uint64_t asked;             /* the hash that was asked for last, unless keys changed since */
    struct place_list found;
};

/* `expected`: how many keys are likely to be asked for and added; 0 if that is not known. */
enum cbec_status keys_open(struct keys *keys, struct cbec_registry *registry, uint64_t expected,
                           struct cbec_error *error);
void keys_close(struct keys *keys);

/* Takes the places of records with the same hash, two or more; false stops the reading. */
typedef bool (*alike_function)(void *context, struct place_list *alike);

/* Pushes all such places into `function`. There must be nothing that keys_save has not written. */
enum cbec_status keys_read_alike(struct keys *keys, alike_function function, void *context,
                                 struct cbec_error *error);

/* Whether all runs are read faster than so many questions put to them. */
bool keys_are_read_faster(const struct keys *keys, uint64_t questions);

enum cbec_status keys_add(struct keys *keys, uint64_t hash, int64_t place,
                          struct cbec_error *error);

/* Whether so much of what is looked for is asked of the runs, in spite of an index or a filter,
 * that it pays to put many questions to them together. */
bool keys_look_far(const struct keys *keys);

/*
 * To be called for some thousand hashes that will be asked for before all others: the runs are
 * asked for them at once. When they have been asked for, the next ones may follow.
 */
void keys_foresee(struct keys *keys, uint64_t hash);

/* Fetches what keys_find will look at first for this hash, so that it need not wait for memory. */
void keys_expect(const struct keys *keys, uint64_t hash);

/* All places with this hash, in ascending order, in keys->found. */
enum cbec_status keys_find(struct keys *keys, uint64_t hash, struct cbec_error *error);

/* Writes what was added; to be called before the commit. */
enum cbec_status keys_save(struct keys *keys, struct cbec_error *error);

/* Takes out all keys on file with a place from `first` to `last`. */
enum cbec_status keys_drop(struct keys *keys, int64_t first, int64_t last,
                           struct cbec_error *error);

#endif
