/* Reading runs of keys: several of them as one, or their hashes alone. */
#include <stdlib.h>

#include "registry/key_bucket.h"
#include "registry/key_table.h"
#include "util/error.h"

#define HASHES_AT_ONCE ((size_t)256)
#define KEYS_AT_ONCE ((size_t)256)

/* Sorted keys: a run, read bucket by bucket, or a table, read so many at once. */
struct source {
    const struct key_run *run;
    uint64_t bucket; /* the next one to be read */
    const struct key_table *table;
    size_t slot; /* the next one to be read */
    struct key *keys;
    size_t capacity;
    size_t at;
    size_t count;
};

static enum cbec_status make_room(struct source *source, size_t count, struct cbec_error *error)
{
    if (count <= source->capacity)
        return CBEC_OK;
    struct key *grown = realloc(source->keys, count * sizeof *grown);
    if (!grown)
        return error_no_memory(error);
    source->keys = grown;
    source->capacity = count;
    return CBEC_OK;
}

static enum cbec_status read_bucket(struct key_runs *runs, struct source *source,
                                    struct cbec_error *error)
{
    struct bucket read;
    enum cbec_status status = key_runs_bucket(runs, source->run, source->bucket, &read, error);
    if (status == CBEC_OK)
        status = make_room(source, read.count, error);
    for (size_t i = 0; i < read.count && status == CBEC_OK; i++)
        source->keys[i] = bucket_key(&read, i);
    statement_reset(&runs->find);
    source->bucket++;
    source->count = read.count;
    return status;
}

static enum cbec_status read_table(struct source *source, struct cbec_error *error)
{
    enum cbec_status status = make_room(source, KEYS_AT_ONCE, error);
    if (status == CBEC_OK)
        source->count = key_table_read(source->table, &source->slot, source->keys, KEYS_AT_ONCE);
    return status;
}

static bool has_more(const struct source *source)
{
    return source->run ? source->bucket < (uint64_t)1 << source->run->bits
                       : source->slot < source->table->end;
}

static enum cbec_status fill_source(struct key_runs *runs, struct source *source,
                                    struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    while (status == CBEC_OK && source->at == source->count && has_more(source)) {
        source->at = source->count = 0;
        status = source->run ? read_bucket(runs, source, error) : read_table(source, error);
    }
    return status;
}

/* The source whose next key has the least hash; NULL behind the last key. `*limit` is the least
 * hash of the others. */
static struct source *least_source(struct source *sources, size_t count, uint64_t *limit)
{
    struct source *least = NULL;
    *limit = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        struct source *source = &sources[i];
        if (source->at == source->count)
            continue;
        uint64_t hash = source->keys[source->at].hash;
        if (!least) {
            least = source;
        } else if (hash < least->keys[least->at].hash) {
            *limit = least->keys[least->at].hash;
            least = source;
        } else if (hash < *limit) {
            *limit = hash;
        }
    }
    return least;
}

/* Hands on keys that lie one behind the other in one source together. */
static enum cbec_status read_sources(struct key_runs *runs, struct source *sources, size_t count,
                                     keys_function function, void *context,
                                     struct cbec_error *error)
{
    for (;;) {
        uint64_t limit;
        for (size_t i = 0; i < count; i++) {
            enum cbec_status status = fill_source(runs, &sources[i], error);
            if (status != CBEC_OK)
                return status;
        }
        struct source *least = least_source(sources, count, &limit);
        if (!least)
            return CBEC_OK;
        const struct key *keys = &least->keys[least->at];
        size_t stretch = 1, left = least->count - least->at;
        while (stretch < left && keys[stretch].hash <= limit)
            stretch++;
        least->at += stretch;
        if (!function(context, keys, stretch))
            return CBEC_OK;
    }
}

enum cbec_status key_runs_merge(struct key_runs *runs, size_t from, const struct key_table *keys,
                                keys_function function, void *context, struct cbec_error *error)
{
    size_t count = runs->count - from;
    struct source *sources = calloc(count + 1, sizeof *sources);
    if (!sources)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        sources[i].run = &runs->at[from + i];
    if (keys)
        sources[count++].table = keys;
    enum cbec_status status = read_sources(runs, sources, count, function, context, error);
    for (size_t i = 0; i < count; i++)
        free(sources[i].keys);
    free(sources);
    return status;
}

enum cbec_status key_runs_read(struct key_runs *runs, keys_function function, void *context,
                               struct cbec_error *error)
{
    return key_runs_merge(runs, 0, NULL, function, context, error);
}

struct reading_hashes {
    hashes_function function;
    void *context;
};

static bool read_hashes(void *context, const struct bucket *bucket)
{
    const struct reading_hashes *reading = context;
    uint64_t hashes[HASHES_AT_ONCE];
    for (size_t from = 0; from < bucket->count; from += HASHES_AT_ONCE)
        reading->function(reading->context, hashes,
                          bucket_hashes(bucket, from, HASHES_AT_ONCE, hashes));
    return true;
}

enum cbec_status key_runs_read_hashes(struct key_runs *runs, hashes_function function,
                                      void *context, struct cbec_error *error)
{
    struct reading_hashes reading = {function, context};
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < runs->count && status == CBEC_OK; i++)
        status = key_runs_each_bucket(runs, &runs->at[i], read_hashes, &reading, error);
    return status;
}
