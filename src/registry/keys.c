#include "registry/keys.h"

#include <stdlib.h>
#include <string.h>

#include "util/error.h"

/* For each question that the runs were asked so many are expected in all. */
#define EXPECTED_PER_QUESTION 256

/* Where less than one in so many hashes is asked of the runs, it is asked alone. */
#define FINDS_PER_QUESTION 16

#define KEYS_AT_ONCE ((size_t)256)

/* No hash: they are shorter. */
#define NO_HASH UINT64_MAX

_Static_assert(KEY_BITS == FILTER_HASH_BITS, "the filter takes the hashes of keys");

/* ---- Saving ------------------------------------------------------------------------------------
 */

/* To be called when runs change. */
static void forget_index(struct keys *keys)
{
    key_index_close(&keys->index);
    key_answers_forget(&keys->answers);
    keys->asked = NO_HASH;
}

/* Makes a run of the pending keys, of which the filter is told if there is one. */
static enum cbec_status flush(struct keys *keys, struct cbec_error *error)
{
    struct key read[KEYS_AT_ONCE];
    forget_index(keys);
    enum cbec_status status = key_runs_add(&keys->runs, &keys->pending, error);
    for (size_t slot = 0; keys->filter.blocks && slot < keys->pending.end;) {
        size_t count = key_table_read(&keys->pending, &slot, read, KEYS_AT_ONCE);
        for (size_t i = 0; i < count; i++)
            filter_add(&keys->filter, read[i].hash);
    }
    key_table_close(&keys->pending);
    return status;
}

enum cbec_status keys_save(struct keys *keys, struct cbec_error *error)
{
    filter_close(&keys->filter);
    return keys->pending.count > 0 ? flush(keys, error) : CBEC_OK;
}

enum cbec_status keys_drop(struct keys *keys, int64_t first, int64_t last, struct cbec_error *error)
{
    forget_index(keys);
    return key_runs_drop(&keys->runs, first, last, error);
}

/* ---- Adding ------------------------------------------------------------------------------------
 */

enum cbec_status keys_add(struct keys *keys, uint64_t hash, int64_t place, struct cbec_error *error)
{
    if (keys->pending.count == keys->pending_most || !key_table_takes(&keys->pending, place)) {
        if (keys->runs.count == 0 && !keys->filter.blocks && keys->expected)
            filter_open(&keys->filter, keys->expected);
        enum cbec_status status = flush(keys, error);
        if (status != CBEC_OK)
            return status;
    }
    keys->asked = NO_HASH;
    return key_table_add(&keys->pending, (struct key){hash, place}) ? CBEC_OK
                                                                    : error_no_memory(error);
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
    key_table_expect(&keys->pending, hash);
    key_index_expect(&keys->index, hash);
    filter_expect(&keys->filter, hash);
}

bool keys_are_read_faster(const struct keys *keys, uint64_t questions)
{
    return questions * keys->read_per_question >= key_runs_count(&keys->runs);
}

static bool add_to_index(void *context, const struct key *keys, size_t count)
{
    return key_index_add(context, keys, count);
}

static void add_to_filter(void *context, const uint64_t *hashes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        filter_add(context, hashes[i]);
}

static bool fit_into_memory(const struct keys *keys)
{
    return key_runs_count(&keys->runs) <= keys->indexed_most;
}

/* No key on file has a place behind it. */
static int64_t last_place(const struct keys *keys)
{
    int64_t last = 0;
    for (size_t i = 0; i < keys->runs.count; i++)
        last = keys->runs.at[i].last > last ? keys->runs.at[i].last : last;
    return last;
}

/* Whether so many questions make it likely that there will be so many more that it pays to read
 * the runs for them. */
static bool are_worth_reading(const struct keys *keys, uint64_t questions)
{
    uint64_t likely = questions * EXPECTED_PER_QUESTION;
    if (keys->expected && likely > keys->expected)
        likely = keys->expected;
    return keys_are_read_faster(keys, likely);
}

bool keys_look_far(const struct keys *keys)
{
    uint64_t unspared = keys->questions - keys->in_vain;
    return !keys->index.keys && unspared > 0 && unspared >= keys->finds / FINDS_PER_QUESTION &&
           are_worth_reading(keys, unspared);
}

/* What is not foreseen for want of memory is asked for when it comes. */
void keys_foresee(struct keys *keys, uint64_t hash)
{
    if (filter_may_have(&keys->filter, hash))
        key_answers_ask(&keys->answers, hash);
}

/* An index that is not whole would make strangers of records that are on file. Without one the runs
 * are asked. */
static enum cbec_status read_into_index(struct keys *keys, uint64_t count, struct cbec_error *error)
{
    struct key_index *index = &keys->index;
    key_index_open(index, count, last_place(keys));
    enum cbec_status status =
        index->keys ? key_runs_read(&keys->runs, add_to_index, index, error) : CBEC_OK;
    if (!index->keys || index->is_unfit) {
        key_index_close(index);
        keys->read_per_question = 0;
        return status;
    }
    bool is_whole = index->count == count && !index->is_full;
    if (status == CBEC_OK && is_whole) {
        key_index_finish(index);
        return CBEC_OK;
    }
    key_index_close(index);
    return status == CBEC_OK
               ? registry_damaged(keys->registry, "its keys are not as many as it says", error)
               : status;
}

/* Reads all runs, into the index if they fit, else into a filter that knows what is not there. */
static enum cbec_status read_runs(struct keys *keys, struct cbec_error *error)
{
    uint64_t count = key_runs_count(&keys->runs);
    if (fit_into_memory(keys))
        return read_into_index(keys, count, error);
    filter_open(&keys->filter, count + keys->expected);
    return keys->filter.blocks
               ? key_runs_read_hashes(&keys->runs, add_to_filter, &keys->filter, error)
               : CBEC_OK;
}

static bool add_places(void *context, const struct key *found, size_t count)
{
    bool added = true;
    for (size_t i = 0; i < count && added; i++)
        added = place_list_add(context, found[i].place);
    return added;
}

static enum cbec_status ask_runs(struct keys *keys, uint64_t hash, struct cbec_error *error)
{
    enum cbec_status status = key_runs_find(&keys->runs, &hash, 1, add_places, &keys->found, error);
    keys->questions++;
    keys->in_vain += keys->found.count == 0 && !keys->filter.blocks;
    /* A filter spares no more than what is asked in vain. */
    uint64_t spared = fit_into_memory(keys) ? keys->questions : keys->in_vain;
    return status == CBEC_OK && !keys->filter.blocks && are_worth_reading(keys, spared)
               ? read_runs(keys, error)
               : status;
}

static enum cbec_status find_on_file(struct keys *keys, uint64_t hash, struct cbec_error *error)
{
    bool known;
    keys->finds++;
    if (keys->index.keys)
        return key_index_find(&keys->index, hash, &keys->found) ? CBEC_OK : error_no_memory(error);
    if (!filter_may_have(&keys->filter, hash))
        return CBEC_OK;
    enum cbec_status status =
        key_answers_find(&keys->answers, &keys->runs, hash, &keys->found, &known, error);
    return status == CBEC_OK && !known ? ask_runs(keys, hash, error) : status;
}

enum cbec_status keys_find(struct keys *keys, uint64_t hash, struct cbec_error *error)
{
    struct place_list *found = &keys->found;
    if (keys->asked == hash)
        return CBEC_OK;
    found->count = 0;
    keys->asked = NO_HASH;
    enum cbec_status status = keys->runs.count > 0 ? find_on_file(keys, hash, error) : CBEC_OK;
    if (status != CBEC_OK)
        return status;
    if (!key_table_find(&keys->pending, hash, found))
        return error_no_memory(error);
    if (found->count > 1)
        qsort(found->at, found->count, sizeof *found->at, by_place);
    keys->asked = hash;
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

static bool take_keys(void *context, const struct key *keys, size_t count)
{
    struct reading_alike *reading = context;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].hash != reading->hash && !end_alike(reading))
            return false;
        reading->hash = keys[i].hash;
        reading->no_memory = !place_list_add(&reading->places, keys[i].place);
        if (reading->no_memory)
            return false;
    }
    return true;
}

enum cbec_status keys_read_alike(struct keys *keys, alike_function function, void *context,
                                 struct cbec_error *error)
{
    struct reading_alike reading = {.function = function, .context = context};
    enum cbec_status status = key_runs_read(&keys->runs, take_keys, &reading, error);
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
                          .pending_most = KEYS_PENDING,
                          .indexed_most = KEYS_INDEXED,
                          .expected = expected,
                          .asked = NO_HASH};
    return key_runs_open(&keys->runs, registry, error);
}

void keys_close(struct keys *keys)
{
    key_runs_close(&keys->runs);
    key_index_close(&keys->index);
    filter_close(&keys->filter);
    key_answers_close(&keys->answers);
    key_table_close(&keys->pending);
    free(keys->found.at);
    *keys = (struct keys){.registry = NULL};
}
