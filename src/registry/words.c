#include "registry/words.h"

#include <stdlib.h>
#include <xxhash.h>

#include "record/text.h"
#include "util/error.h"

static bool is_word(struct slice text)
{
    return text.length > 0 && text.length <= WORD_BYTES;
}

/* The slot of a word, or the free one where it would be. */
static uint32_t *slot_of(const struct words *words, struct slice text, uint32_t hash)
{
    for (size_t place = hash;; place++) {
        uint32_t *slot = &words->slots[place & (words->slot_count - 1)];
        const struct word *word = *slot ? &words->at[*slot - 1] : NULL;
        if (!word ||
            (word->hash == hash && slice_equal((struct slice){word->text, word->length}, text)))
            return slot;
    }
}

/* Slots are never more than half full. */
static bool grow(struct words *words)
{
    size_t capacity = words->capacity ? words->capacity * 2 : 1024;
    struct word *at = realloc(words->at, capacity * sizeof *at);
    words->at = at ? at : words->at;
    uint32_t *slots = calloc(capacity * 2, sizeof *slots);
    if (!at || !slots) {
        free(slots);
        return false;
    }
    free(words->slots);
    words->slots = slots;
    words->capacity = capacity;
    words->slot_count = capacity * 2;
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->at[i];
        *slot_of(words, (struct slice){word->text, word->length}, word->hash) = (uint32_t)i + 1;
    }
    return true;
}

/* The number of a word, which is added if it is new; 0 if that cannot be. */
static int64_t number_of(struct words *words, struct slice text)
{
    uint32_t hash = (uint32_t)XXH3_64bits(text.at, text.length);
    uint32_t *slot = words->slot_count ? slot_of(words, text, hash) : NULL;
    if (slot && *slot)
        return *slot;
    if (words->count == WORDS_MOST)
        return 0;
    if (words->count == words->capacity) {
        if (!grow(words)) {
            words->no_memory = true;
            return 0;
        }
        slot = slot_of(words, text, hash);
    }
    char *copy = strndup(text.at, text.length);
    if (!copy) {
        words->no_memory = true;
        return 0;
    }
    words->at[words->count++] =
        (struct word){.text = copy, .length = (uint32_t)text.length, .hash = hash};
    *slot = (uint32_t)words->count;
    return *slot;
}

enum cbec_status words_open(struct words *words, struct cbec_registry *registry,
                            struct cbec_error *error)
{
    *words = (struct words){.registry = registry};
    struct statement rows;
    enum cbec_status status = statement_prepare(&rows, registry, "words", error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        int64_t number = number_of(words, statement_text(&rows, 1));
        if (words->no_memory)
            status = error_no_memory(error);
        else if (number != statement_integer(&rows, 0))
            status = error_set(error, CBEC_ERROR_REGISTRY,
                               "%s: the registry is damaged (words are missing): restore it from a "
                               "copy, or import again",
                               registry->path);
    }
    statement_finish(&rows);
    words->saved = words->count;
    return status;
}

void words_close(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->at[i].text);
    free(words->at);
    free(words->slots);
    *words = (struct words){.registry = NULL};
}

enum cbec_status words_save(struct words *words, struct cbec_error *error)
{
    struct statement insert;
    if (words->no_memory)
        return error_no_memory(error);
    enum cbec_status status = statement_prepare(&insert, words->registry, "word_insert", error);
    for (; words->saved < words->count && status == CBEC_OK; words->saved++) {
        const struct word *word = &words->at[words->saved];
        statement_bind_integer(&insert, 1, (int64_t)words->saved + 1);
        statement_bind_text(&insert, 2, (struct slice){word->text, word->length});
        status = statement_run(&insert, error);
    }
    statement_finish(&insert);
    return status;
}

struct value words_value(struct words *words, struct slice text)
{
    int64_t number = text.at && is_word(text) ? number_of(words, text) : 0;
    return number ? (struct value){.number = number} : (struct value){.text = text};
}

struct value words_folded(struct words *words, struct slice text, struct buffer *room)
{
    struct value value = words_value(words, text);
    if (!text.at || (value.number && words->at[value.number - 1].folded))
        return value.number ? (struct value){.number = words->at[value.number - 1].folded} : value;
    buffer_clear(room);
    text_fold(text, 0, room);
    words->no_memory |= room->failed;
    struct value folded = words_value(words, text_clean(buffer_slice(room)));
    if (value.number)
        words->at[value.number - 1].folded = folded.number;
    return folded;
}

struct slice words_text(const struct words *words, struct value value)
{
    if (!value.number || (size_t)value.number > words->count)
        return value.text;
    const struct word *word = &words->at[value.number - 1];
    return (struct slice){word->text, word->length};
}
