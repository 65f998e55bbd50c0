/* Reading runs of keys: several of them as one, or their hashes alone. */
#include <stdlib.h>

#include "registry/key_bucket.h"
#include "registry/key_table.h"
#include "util/error.h"

#define HASHES_AT_ONCE ((size_t)256)
#define KEYS_AT_ONCE ((size_t)256)

/* Sorted keys: a run, read bucket by bucket, or a table, read so many at once. */
struct sorted_keys {
    const struct key_run *run;
    uint64_t bucket; /* the next one to be read */
    const struct key_table *table;
    size_t slot; /* the next one to be read */
    struct key *keys;
    size_t capacity;
    size_t at;
    size_t count;
};

static enum cbec_status make_room(struct sorted_keys *list, size_t count, struct cbec_error *error)
{
    if (count <= list->capacity)
        return CBEC_OK;
    struct key *grown = realloc(list->keys, count * sizeof *grown);
    if (!grown)
        return error_no_memory(error);
    list->keys = grown;
    list->capacity = count;
    return CBEC_OK;
}

static enum cbec_status read_bucket(struct key_runs *runs, struct sorted_keys *list,
                                    struct cbec_error *error)
{
    struct bucket read;
    enum cbec_status status = key_runs_bucket(runs, list->run, list->bucket, &read, error);
    if (status == CBEC_OK)
        status = make_room(list, read.count, error);
    for (size_t i = 0; i < read.count && status == CBEC_OK; i++)
        list->keys[i] = bucket_key(&read, i);
    statement_reset(&runs->find);
    list->bucket++;
    list->count = read.count;
    return status;
}

static enum cbec_status read_table(struct sorted_keys *list, struct cbec_error *error)
{
    enum cbec_status status = make_room(list, KEYS_AT_ONCE, error);
    if (status == CBEC_OK)
        list->count = key_table_read(list->table, &list->slot, list->keys, KEYS_AT_ONCE);
    return status;
}

static bool has_more(const struct sorted_keys *list)
{
    return list->run ? list->bucket < (uint64_t)1 << list->run->bits
                     : list->slot < list->table->end;
}

static enum cbec_status fill_list(struct key_runs *runs, struct sorted_keys *list,
                                  struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    while (status == CBEC_OK && list->at == list->count && has_more(list)) {
        list->at = list->count = 0;
        status = list->run ? read_bucket(runs, list, error) : read_table(list, error);
    }
    return status;
}

/* The list whose next key has the least hash; NULL behind the last key. `*limit` is the least
 * hash of the others. */
static struct sorted_keys *least_list(struct sorted_keys *lists, size_t count, uint64_t *limit)
{
    struct sorted_keys *least = NULL;
    *limit = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        struct sorted_keys *list = &lists[i];
        if (list->at == list->count)
            continue;
        uint64_t hash = list->keys[list->at].hash;
        if (!least) {
            least = list;
        } else if (hash < least->keys[least->at].hash) {
            *limit = least->keys[least->at].hash;
            least = list;
        } else if (hash < *limit) {
            *limit = hash;
        }
    }
    return least;
}

/* Hands on keys that lie one behind the other in one list together. */
static enum cbec_status read_lists(struct key_runs *runs, struct sorted_keys *lists, size_t count,
                                   keys_function function, void *context, struct cbec_error *error)
{
    for (;;) {
        uint64_t limit;
        for (size_t i = 0; i < count; i++) {
            enum cbec_status status = fill_list(runs, &lists[i], error);
            if (status != CBEC_OK)
                return status;
        }
        struct sorted_keys *least = least_list(lists, count, &limit);
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
    struct sorted_keys *lists = calloc(count + 1, sizeof *lists);
    if (!lists)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        lists[i].run = &runs->at[from + i];
    if (keys)
        lists[count++].table = keys;
    enum cbec_status status = read_lists(runs, lists, count, function, context, error);
    for (size_t i = 0; i < count; i++)
        free(lists[i].keys);
    free(lists);
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
