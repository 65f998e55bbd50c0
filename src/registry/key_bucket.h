/* key_bucket.h: how the keys of a bucket are packed (key_run.h says it in words). */
#ifndef CBEC_REGISTRY_KEY_BUCKET_H
#define CBEC_REGISTRY_KEY_BUCKET_H

#include "registry/key_run.h"

struct bucket {
    const unsigned char *keys; /* packed */
    size_t count;
    uint64_t prefix; /* of the hashes */
    uint64_t rest;   /* the bits of a hash that are not in it */
    int64_t base;    /* the smallest place */
    int hash_bytes;
    int place_bytes;
};

/* The number of the bucket in which a hash lies. */
uint64_t bucket_of(const struct key_run *run, uint64_t hash);

/* A bucket that is not there has no keys, and one that is damaged those that are whole. Points into
 * `bytes`. */
struct bucket bucket_read(const struct key_run *run, uint64_t number, struct slice bytes);
struct key bucket_key(const struct bucket *bucket, size_t nth);

/* The hashes alone, from the key number `from` on, but no more than `most`; returns how many. */
size_t bucket_hashes(const struct bucket *bucket, size_t from, size_t most, uint64_t *hashes);

/* Reads a bucket from the registry: statement_reset(&runs->find) gives it back. */
enum cbec_status key_runs_bucket(struct key_runs *runs, const struct key_run *run, uint64_t number,
                                 struct bucket *bucket, struct cbec_error *error);

/* Takes a bucket; false stops the reading. */
typedef bool (*bucket_function)(void *context, const struct bucket *bucket);

/* Pushes all buckets of a run that have keys into `function`, in their order: faster than to read
 * them one by one, while nothing is written to them. */
enum cbec_status key_runs_each_bucket(struct key_runs *runs, const struct key_run *run,
                                      bucket_function function, void *context,
                                      struct cbec_error *error);

/* Packs the keys of one bucket, sorted by hash, into `packed`; false when there is no memory. */
bool bucket_pack(const struct key_run *run, const struct key *keys, size_t count,
                 struct buffer *packed);

#endif
