#include "registry/key_run.h"

#include <stdlib.h>

#include "registry/key_bucket.h"
#include "registry/key_table.h"
#include "util/error.h"

/* Keys in a bucket, at most, on the average. */
#define BUCKET_KEYS 512

#define BUCKET_MOST_BITS 31 /* its number and that of its run make the id of a row */

/* ---- Buckets -----------------------------------------------------------------------------------
 */

static int64_t row_of(const struct key_run *run, uint64_t bucket)
{
    return (int64_t)((uint64_t)run->id << 32 | bucket);
}

enum cbec_status key_runs_bucket(struct key_runs *runs, const struct key_run *run, uint64_t bucket,
                                 struct bucket *read, struct cbec_error *error)
{
    bool row;
    statement_bind_integer(&runs->find, 1, row_of(run, bucket));
    enum cbec_status status = statement_step(&runs->find, &row, error);
    struct slice bytes = {0};
    if (status == CBEC_OK && row)
        bytes = statement_blob(&runs->find, 0);
    *read = bucket_read(run, bucket, bytes);
    return status;
}

static enum cbec_status write_bucket(struct key_runs *runs, const struct key_run *run,
                                     uint64_t bucket, const struct key *keys, size_t count,
                                     struct buffer *packed, struct cbec_error *error)
{
    if (!bucket_pack(run, keys, count, packed))
        return error_no_memory(error);
    statement_bind_integer(&runs->put, 1, row_of(run, bucket));
    statement_bind_blob(&runs->put, 2, packed->data, packed->length);
    return statement_run(&runs->put, error);
}

/* ---- Runs --------------------------------------------------------------------------------------
 */

static struct key_run *append_run(struct key_runs *runs, struct key_run run)
{
    if (runs->count == runs->capacity) {
        size_t capacity = runs->capacity ? runs->capacity * 2 : 16;
        struct key_run *at = realloc(runs->at, capacity * sizeof *at);
        if (!at)
            return NULL;
        runs->at = at;
        runs->capacity = capacity;
    }
    runs->at[runs->count] = run;
    return &runs->at[runs->count++];
}

enum cbec_status key_runs_open(struct key_runs *runs, struct cbec_registry *registry,
                               struct cbec_error *error)
{
    *runs = (struct key_runs){.registry = registry};
    struct statement rows;
    enum cbec_status status = statement_prepare(&rows, registry, "key_runs", error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        struct key_run run = {.id = statement_integer(&rows, 0),
                              .bits = (int)statement_integer(&rows, 1),
                              .count = (uint64_t)statement_integer(&rows, 2),
                              .first = statement_integer(&rows, 3),
                              .last = statement_integer(&rows, 4)};
        if (!append_run(runs, run))
            status = error_no_memory(error);
    }
    statement_finish(&rows);
    if (status == CBEC_OK)
        status = statement_prepare(&runs->find, registry, "key_bucket_find", error);
    if (status == CBEC_OK)
        status = statement_prepare(&runs->each, registry, "key_buckets_read", error);
    if (status == CBEC_OK)
        status = statement_prepare(&runs->put, registry, "key_bucket_put", error);
    return status;
}

void key_runs_close(struct key_runs *runs)
{
    statement_finish(&runs->find);
    statement_finish(&runs->each);
    statement_finish(&runs->put);
    free(runs->at);
    runs->at = NULL;
    runs->count = runs->capacity = 0;
}

uint64_t key_runs_count(const struct key_runs *runs)
{
    uint64_t count = 0;
    for (size_t i = 0; i < runs->count; i++)
        count += runs->at[i].count;
    return count;
}

enum cbec_status key_runs_each_bucket(struct key_runs *runs, const struct key_run *run,
                                      bucket_function function, void *context,
                                      struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    statement_bind_integer(&runs->each, 1, run->id);
    statement_bind_integer(&runs->each, 2, (int64_t)1 << run->bits);
    for (bool row = true, goes_on = true; goes_on;) {
        status = statement_step(&runs->each, &row, error);
        if (status != CBEC_OK || !row)
            break;
        struct bucket read = bucket_read(run, (uint64_t)statement_integer(&runs->each, 0),
                                         statement_blob(&runs->each, 1));
        goes_on = function(context, &read);
    }
    statement_reset(&runs->each);
    return status;
}

/* Many hashes that are looked for, sorted. */
struct finding {
    const struct key_run *run;
    const uint64_t *hashes;
    size_t count;
    size_t at; /* the next one */
    keys_function function;
    void *context;
    bool no_memory;
};

static void find_in_bucket(struct finding *finding, const struct bucket *read, uint64_t hash)
{
    size_t low = 0, high = read->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bucket_key(read, middle).hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < read->count && !finding->no_memory; low++) {
        struct key key = bucket_key(read, low);
        if (key.hash != hash)
            break;
        finding->no_memory = !finding->function(finding->context, &key, 1);
    }
}

/* Looks for all hashes up to the end of a bucket. False if there is nothing more to look for. */
static bool find_up_to(void *context, const struct bucket *read)
{
    struct finding *finding = context;
    for (; finding->at < finding->count && !finding->no_memory; finding->at++) {
        uint64_t hash = finding->hashes[finding->at];
        if (hash > (read->prefix | read->rest))
            return true;
        find_in_bucket(finding, read, hash);
    }
    return false;
}

/* Buckets that are asked for are looked up, unless they are so many that all are gone through. */
static enum cbec_status find_in_run(struct key_runs *runs, struct finding *finding,
                                    struct cbec_error *error)
{
    const struct key_run *run = finding->run;
    if (finding->count > (size_t)1 << run->bits >> 2)
        return key_runs_each_bucket(runs, run, find_up_to, finding, error);
    enum cbec_status status = CBEC_OK;
    for (bool goes_on = true; status == CBEC_OK && goes_on;) {
        struct bucket read;
        uint64_t bucket = bucket_of(run, finding->hashes[finding->at]);
        status = key_runs_bucket(runs, run, bucket, &read, error);
        goes_on = status == CBEC_OK && find_up_to(finding, &read);
        statement_reset(&runs->find);
    }
    return status;
}

enum cbec_status key_runs_find(struct key_runs *runs, const uint64_t *hashes, size_t count,
                               keys_function function, void *context, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < runs->count && count > 0 && status == CBEC_OK; i++) {
        struct finding finding = {.run = &runs->at[i],
                                  .hashes = hashes,
                                  .count = count,
                                  .function = function,
                                  .context = context};
        status = find_in_run(runs, &finding, error);
        if (status == CBEC_OK && finding.no_memory)
            status = error_no_memory(error);
    }
    return status;
}

/* ---- Writing -----------------------------------------------------------------------------------
 */

struct writing {
    struct key_runs *runs;
    struct key_run run;
    struct key *keys; /* of the bucket under way */
    size_t count;
    size_t capacity;
    struct buffer packed;
    enum cbec_status status;
    struct cbec_error *error;
};

static bool end_bucket(struct writing *writing)
{
    if (writing->count > 0)
        writing->status = write_bucket(
            writing->runs, &writing->run, bucket_of(&writing->run, writing->keys[0].hash),
            writing->keys, writing->count, &writing->packed, writing->error);
    writing->count = 0;
    return writing->status == CBEC_OK;
}

static bool write_key(struct writing *writing, const struct key *key)
{
    struct key_run *run = &writing->run;
    if (writing->count > 0 && bucket_of(run, key->hash) != bucket_of(run, writing->keys[0].hash) &&
        !end_bucket(writing))
        return false;
    if (writing->count == writing->capacity) {
        size_t capacity = writing->capacity ? writing->capacity * 2 : 2 * BUCKET_KEYS;
        struct key *keys = realloc(writing->keys, capacity * sizeof *keys);
        if (!keys) {
            writing->status = error_no_memory(writing->error);
            return false;
        }
        writing->keys = keys;
        writing->capacity = capacity;
    }
    writing->keys[writing->count++] = *key;
    run->first = run->count == 0 || key->place < run->first ? key->place : run->first;
    run->last = run->count == 0 || key->place > run->last ? key->place : run->last;
    run->count++;
    return true;
}

static bool write_keys(void *context, const struct key *keys, size_t count)
{
    size_t written = 0;
    while (written < count && write_key(context, &keys[written]))
        written++;
    return written == count;
}

/* Deletes a run with its buckets. */
static enum cbec_status delete_run(struct key_runs *runs, size_t nth, struct cbec_error *error)
{
    static const char *const names[] = {"key_run_delete", "key_buckets_delete"};
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && status == CBEC_OK; i++) {
        struct statement statement;
        status = statement_prepare(&statement, runs->registry, names[i], error);
        statement_bind_integer(&statement, 1, runs->at[nth].id);
        if (status == CBEC_OK)
            status = statement_run(&statement, error);
        statement_finish(&statement);
    }
    runs->count--;
    memmove(runs->at + nth, runs->at + nth + 1, (runs->count - nth) * sizeof *runs->at);
    return status;
}

/* Writes what is known of a run to its row. */
static enum cbec_status save_run(struct key_runs *runs, const struct key_run *run,
                                 struct cbec_error *error)
{
    struct statement put;
    enum cbec_status status = statement_prepare(&put, runs->registry, "key_run_put", error);
    if (status == CBEC_OK) {
        statement_bind_integer(&put, 1, run->id);
        statement_bind_integer(&put, 2, run->bits);
        statement_bind_integer(&put, 3, (int64_t)run->count);
        statement_bind_integer(&put, 4, run->first);
        statement_bind_integer(&put, 5, run->last);
        status = statement_run(&put, error);
    }
    statement_finish(&put);
    return status;
}

enum cbec_status key_runs_add(struct key_runs *runs, const struct key_table *keys,
                              struct cbec_error *error)
{
    if (keys->count == 0)
        return CBEC_OK;
    struct writing writing = {.runs = runs, .error = error};
    size_t merged = runs->count; /* the runs from here on */
    uint64_t total = keys->count;
    while (merged > 0 && (runs->at[merged - 1].count <= total || merged >= KEY_RUNS_MOST))
        total += runs->at[--merged].count;
    writing.run.id = runs->count ? runs->at[runs->count - 1].id + 1 : 1;
    while (writing.run.bits < BUCKET_MOST_BITS && total >> writing.run.bits > BUCKET_KEYS)
        writing.run.bits++;

    enum cbec_status status = key_runs_merge(runs, merged, keys, write_keys, &writing, error);
    if (status == CBEC_OK && writing.status == CBEC_OK)
        end_bucket(&writing);
    if (status == CBEC_OK)
        status = writing.status;
    while (status == CBEC_OK && runs->count > merged)
        status = delete_run(runs, runs->count - 1, error);
    if (status == CBEC_OK)
        status = save_run(runs, &writing.run, error);
    if (status == CBEC_OK && !append_run(runs, writing.run))
        status = error_no_memory(error);
    free(writing.keys);
    buffer_free(&writing.packed);
    return status;
}

/* ---- Dropping ----------------------------------------------------------------------------------
 */

/* Keeps of a bucket what lies outside `first` to `last`, and writes it if that is less. */
static enum cbec_status drop_from_bucket(struct writing *writing, uint64_t bucket, int64_t first,
                                         int64_t last)
{
    struct bucket read;
    struct key_run before = writing->run;
    writing->status = key_runs_bucket(writing->runs, &before, bucket, &read, writing->error);
    writing->count = 0;
    for (size_t i = 0; i < read.count && writing->status == CBEC_OK; i++) {
        struct key key = bucket_key(&read, i);
        if (key.place < first || key.place > last)
            write_key(writing, &key);
    }
    statement_reset(&writing->runs->find);
    size_t dropped = read.count - writing->count;
    writing->run = before;
    writing->run.count -= dropped;
    if (writing->status == CBEC_OK && dropped > 0)
        writing->status = write_bucket(writing->runs, &before, bucket, writing->keys,
                                       writing->count, &writing->packed, writing->error);
    return writing->status;
}

static enum cbec_status drop_from_run(struct key_runs *runs, struct key_run *run, int64_t first,
                                      int64_t last, struct cbec_error *error)
{
    struct writing writing = {.runs = runs, .run = *run, .error = error};
    enum cbec_status status = CBEC_OK;
    for (uint64_t bucket = 0; bucket < (uint64_t)1 << run->bits && status == CBEC_OK; bucket++)
        status = drop_from_bucket(&writing, bucket, first, last);
    free(writing.keys);
    buffer_free(&writing.packed);
    *run = writing.run;
    return status;
}

enum cbec_status key_runs_drop(struct key_runs *runs, int64_t first, int64_t last,
                               struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    for (size_t i = runs->count; i-- > 0 && status == CBEC_OK;) {
        struct key_run *run = &runs->at[i];
        if (run->last < first || run->first > last)
            continue;
        bool whole = run->first >= first && run->last <= last;
        if (!whole)
            status = drop_from_run(runs, run, first, last, error);
        if (status == CBEC_OK)
            status =
                whole || run->count == 0 ? delete_run(runs, i, error) : save_run(runs, run, error);
    }
    return status;
}
