/*
 * key_run.h: sorted runs of keys on file (tables key_run and record_key).
 *
 * A run has 2^bits buckets, by the first bits of the hash, each a row of record_key. A bucket is
 * packed: the smallest place in it (8 bytes), the number of bytes of a place (1), and its keys,
 * each the rest of its hash and how far its place lies behind the smallest one. All numbers begin
 * with their lowest byte.
 */
#ifndef CBEC_REGISTRY_KEY_RUN_H
#define CBEC_REGISTRY_KEY_RUN_H

#include "registry/key.h"
#include "registry/statement.h"
#include "util/buffer.h"

/* There are never more runs: a question is put to each of them. */
#define KEY_RUNS_MOST 16

struct key_table;

struct key_run {
    int64_t id;
    int bits;
    uint64_t count;
    int64_t first, last; /* all its places lie between these */
};

struct key_runs {
    struct cbec_registry *registry;
    struct key_run *at; /* in the order of their ids */
    size_t count;
    size_t capacity;
    struct statement find; /* key_bucket_find */
    struct statement each; /* key_buckets_read */
    struct statement put;  /* key_bucket_put */
};

/* Takes one or more keys, sorted by hash; false stops the reading. */
typedef bool (*keys_function)(void *context, const struct key *keys, size_t count);

enum cbec_status key_runs_open(struct key_runs *runs, struct cbec_registry *registry,
                               struct cbec_error *error);
void key_runs_close(struct key_runs *runs);

/* Keys in all runs. */
uint64_t key_runs_count(const struct key_runs *runs);

/* Pushes the keys that have one of these hashes, which are sorted, into `function`, run by run. It
 * says false where it has no memory for them. */
enum cbec_status key_runs_find(struct key_runs *runs, const uint64_t *hashes, size_t count,
                               keys_function function, void *context, struct cbec_error *error);

/* Pushes the keys of all runs, sorted by hash, into `function`. */
enum cbec_status key_runs_read(struct key_runs *runs, keys_function function, void *context,
                               struct cbec_error *error);

/* The same of the runs from the number `from` on, and of a table; NULL if there is none. */
enum cbec_status key_runs_merge(struct key_runs *runs, size_t from, const struct key_table *keys,
                                keys_function function, void *context, struct cbec_error *error);

/* Takes the hashes of some keys of one run, sorted. */
typedef void (*hashes_function)(void *context, const uint64_t *hashes, size_t count);

/* Pushes the hashes of all keys into `function`, run by run: faster than to read them as one. */
enum cbec_status key_runs_read_hashes(struct key_runs *runs, hashes_function function,
                                      void *context, struct cbec_error *error);

/*
 * Writes the keys of a table as a new run. It takes in the runs before it that are not larger, so
 * that a key is only written again into a run twice as large; and the last ones where there would
 * be too many.
 */
enum cbec_status key_runs_add(struct key_runs *runs, const struct key_table *keys,
                              struct cbec_error *error);

/* Takes out all keys with a place from `first` to `last`. */
enum cbec_status key_runs_drop(struct key_runs *runs, int64_t first, int64_t last,
                               struct cbec_error *error);

#endif
