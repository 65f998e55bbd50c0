#include "registry/key_answers.h"

#include <stdlib.h>
#include <string.h>

#include "util/error.h"

void key_answers_close(struct key_answers *answers)
{
    free(answers->hashes);
    free(answers->found);
    *answers = (struct key_answers){.hashes = NULL};
}

void key_answers_forget(struct key_answers *answers)
{
    answers->answered = false;
    answers->found_count = 0;
}

bool key_answers_ask(struct key_answers *answers, uint64_t hash)
{
    if (answers->answered || answers->count == KEY_ANSWERS_MOST) {
        key_answers_forget(answers);
        answers->count = 0;
    }
    if (answers->count == answers->capacity) {
        size_t capacity = answers->capacity ? answers->capacity * 2 : 1024;
        uint64_t *hashes = realloc(answers->hashes, capacity * sizeof *hashes);
        if (!hashes)
            return false;
        answers->hashes = hashes;
        answers->capacity = capacity;
    }
    answers->hashes[answers->count++] = hash;
    return true;
}

/* Of hashes, or of keys, which begin with them. */
static int by_hash(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a, second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

static bool add_found(void *context, const struct key *keys, size_t count)
{
    struct key_answers *answers = context;
    if (answers->found_capacity - answers->found_count < count) {
        size_t capacity = 2 * (answers->found_capacity + count);
        struct key *found = realloc(answers->found, capacity * sizeof *found);
        if (!found)
            return false;
        answers->found = found;
        answers->found_capacity = capacity;
    }
    memcpy(answers->found + answers->found_count, keys, count * sizeof *keys);
    answers->found_count += count;
    return true;
}

static void sort_hashes(struct key_answers *answers)
{
    size_t count = 0;
    qsort(answers->hashes, answers->count, sizeof *answers->hashes, by_hash);
    for (size_t i = 0; i < answers->count; i++)
        if (i == 0 || answers->hashes[i] != answers->hashes[count - 1])
            answers->hashes[count++] = answers->hashes[i];
    answers->count = count;
}

static enum cbec_status read_answers(struct key_answers *answers, struct key_runs *runs,
                                     struct cbec_error *error)
{
    sort_hashes(answers);
    enum cbec_status status =
        key_runs_find(runs, answers->hashes, answers->count, add_found, answers, error);
    if (answers->found_count > 1)
        qsort(answers->found, answers->found_count, sizeof *answers->found, by_hash);
    answers->answered = status == CBEC_OK;
    return status;
}

enum cbec_status key_answers_find(struct key_answers *answers, struct key_runs *runs, uint64_t hash,
                                  struct place_list *places, bool *known, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    *known = false;
    if (answers->count == 0)
        return CBEC_OK;
    if (!answers->answered)
        status = read_answers(answers, runs, error);
    *known = status == CBEC_OK && bsearch(&hash, answers->hashes, answers->count,
                                          sizeof *answers->hashes, by_hash) != NULL;
    if (!*known)
        return status;
    size_t low = 0, high = answers->found_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (answers->found[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < answers->found_count && answers->found[low].hash == hash; low++)
        if (!place_list_add(places, answers->found[low].place))
            return error_no_memory(error);
    return CBEC_OK;
}
