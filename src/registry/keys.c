#include "registry/keys.h"

#include <stdlib.h>
#include <string.h>

#include "util/error.h"
#include "util/radix.h"

/* A power of two: most hashes that are not there are known by their empty heads. */
#define HEADS_PER_KEY 2

/* For each question that was asked in vain so many are expected in all. */
#define EXPECTED_IN_VAIN 8

_Static_assert(KEY_BITS == FILTER_HASH_BITS, "the filter takes the hashes of keys");
_Static_assert(sizeof(struct key) == RADIX_ITEM, "keys are sorted as such items");

/* ---- Pending keys ------------------------------------------------------------------------------
 */

static size_t head_of(const struct keys *keys, uint64_t hash)
{
    return hash & (HEADS_PER_KEY * keys->capacity - 1);
}

static void chain(struct keys *keys, size_t nth)
{
    uint32_t *head = &keys->heads[head_of(keys, keys->pending[nth].hash)];
    keys->next[nth] = *head;
    *head = (uint32_t)nth + 1;
}

/* Doubles the room; its size is a power of two. */
static bool grow(struct keys *keys)
{
    size_t capacity = keys->capacity ? keys->capacity * 2 : 1024;
    struct key *pending = realloc(keys->pending, capacity * sizeof *pending);
    keys->pending = pending ? pending : keys->pending;
    uint32_t *next = realloc(keys->next, capacity * sizeof *next);
    keys->next = next ? next : keys->next;
    uint32_t *heads = calloc(HEADS_PER_KEY * capacity, sizeof *heads);
    if (!pending || !next || !heads) {
        free(heads);
        return false;
    }
    free(keys->heads);
    keys->heads = heads;
    keys->capacity = capacity;
    for (size_t i = 0; i < keys->count; i++)
        chain(keys, i);
    return true;
}

/* ---- Saving ------------------------------------------------------------------------------------
 */

/* Makes a run of the pending keys, of which the filter is told if there is one. Where to find them
 * is forgotten first, for the room. */
static enum cbec_status flush(struct keys *keys, struct cbec_error *error)
{
    free(keys->heads);
    free(keys->next);
    keys->heads = keys->next = NULL;
    struct key *spare = malloc(keys->count * sizeof *spare);
    if (!spare)
        return error_no_memory(error);
    const struct key *sorted = radix_sort(keys->pending, spare, keys->count, KEY_BITS);
    enum cbec_status status = key_runs_add(&keys->runs, sorted, keys->count, error);
    for (size_t i = 0; i < keys->count; i++)
        filter_add(&keys->filter, sorted[i].hash);
    free(spare);
    free(keys->pending);
    keys->pending = NULL;
    keys->count = keys->capacity = 0;
    return status;
}

enum cbec_status keys_save(struct keys *keys, struct cbec_error *error)
{
    filter_close(&keys->filter);
    return keys->count > 0 ? flush(keys, error) : CBEC_OK;
}

/* ---- Adding ------------------------------------------------------------------------------------
 */

enum cbec_status keys_add(struct keys *keys, uint64_t hash, int64_t place, struct cbec_error *error)
{
    if (keys->count == keys->pending_most) {
        if (keys->runs.count == 0 && !keys->filter.blocks)
            filter_open(&keys->filter, keys->expected);
        enum cbec_status status = flush(keys, error);
        if (status != CBEC_OK)
            return status;
    }
    if (keys->count == keys->capacity && !grow(keys))
        return error_no_memory(error);
    keys->pending[keys->count] = (struct key){hash, place};
    chain(keys, keys->count++);
    return CBEC_OK;
}

/* ---- Finding -----------------------------------------------------------------------------------
 */

static int by_place(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

void keys_expect(const struct keys *keys, uint64_t hash)
{
    if (keys->capacity)
        __builtin_prefetch(&keys->heads[head_of(keys, hash)]);
    if (keys->runs.count > 0)
        filter_expect(&keys->filter, hash);
}

bool keys_are_read_faster(const struct keys *keys, uint64_t questions)
{
    return questions * keys->read_per_question >= key_runs_count(&keys->runs);
}

static bool add_to_filter(void *context, const struct key *key)
{
    filter_add(context, key->hash);
    return true;
}

/*
 * Asks the runs. If they often have nothing, all are read once, into a filter that knows it: soon,
 * since more questions will come than were asked so far.
 */
static enum cbec_status find_on_file(struct keys *keys, uint64_t hash, struct cbec_error *error)
{
    enum cbec_status status = key_runs_find(&keys->runs, hash, &keys->found, error);
    if (status != CBEC_OK || keys->found.count > 0 || keys->filter.blocks ||
        !keys_are_read_faster(keys, ++keys->in_vain * EXPECTED_IN_VAIN))
        return status;
    filter_open(&keys->filter, keys->expected);
    return keys->filter.blocks ? key_runs_read(&keys->runs, add_to_filter, &keys->filter, error)
                               : CBEC_OK;
}

enum cbec_status keys_find(struct keys *keys, uint64_t hash, struct cbec_error *error)
{
    struct place_list *found = &keys->found;
    found->count = 0;
    if (keys->runs.count > 0 && filter_may_have(&keys->filter, hash)) {
        enum cbec_status status = find_on_file(keys, hash, error);
        if (status != CBEC_OK)
            return status;
    }
    uint32_t nth = keys->capacity ? keys->heads[head_of(keys, hash)] : 0;
    for (; nth; nth = keys->next[nth - 1])
        if (keys->pending[nth - 1].hash == hash &&
            !place_list_add(found, keys->pending[nth - 1].place))
            return error_no_memory(error);
    if (found->count > 1)
        qsort(found->at, found->count, sizeof *found->at, by_place);
    return CBEC_OK;
}

/* ---- Reading -----------------------------------------------------------------------------------
 */

/* Keys are read sorted by their hashes: those that are alike come one behind the other. */
struct reading_alike {
    alike_function function;
    void *context;
    uint64_t hash; /* of the keys read last, and their places */
    struct place_list places;
    bool no_memory;
};

static bool end_alike(struct reading_alike *reading)
{
    bool goes_on =
        reading->places.count < 2 || reading->function(reading->context, &reading->places);
    reading->places.count = 0;
    return goes_on;
}

static bool take_key(void *context, const struct key *key)
{
    struct reading_alike *reading = context;
    if (key->hash != reading->hash && !end_alike(reading))
        return false;
    reading->hash = key->hash;
    reading->no_memory = !place_list_add(&reading->places, key->place);
    return !reading->no_memory;
}

enum cbec_status keys_read_alike(struct keys *keys, alike_function function, void *context,
                                 struct cbec_error *error)
{
    struct reading_alike reading = {.function = function, .context = context};
    enum cbec_status status = key_runs_read(&keys->runs, take_key, &reading, error);
    if (status == CBEC_OK && reading.no_memory)
        status = error_no_memory(error);
    if (status == CBEC_OK)
        end_alike(&reading);
    free(reading.places.at);
    return status;
}

/* ---- Opening -----------------------------------------------------------------------------------
 */

enum cbec_status keys_open(struct keys *keys, struct cbec_registry *registry, uint64_t expected,
                           struct cbec_error *error)
{
    *keys = (struct keys){.registry = registry,
                          .read_per_question = KEYS_READ_PER_QUESTION,
                          .pending_most = KEYS_PENDING};
    enum cbec_status status = key_runs_open(&keys->runs, registry, error);
    keys->expected = key_runs_count(&keys->runs) + expected;
    return status;
}

void keys_close(struct keys *keys)
{
    key_runs_close(&keys->runs);
    filter_close(&keys->filter);
    free(keys->pending);
    free(keys->next);
    free(keys->heads);
    free(keys->found.at);
    *keys = (struct keys){.registry = NULL};
}
