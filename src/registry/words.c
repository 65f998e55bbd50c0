#include "registry/words.h"

#include <stdlib.h>

#include "record/text.h"
#include "util/error.h"

static bool is_word(struct slice text)
{
    return text.length > 0 && text.length <= WORD_BYTES;
}

/* The number of a word, which is added if it is new; 0 if that cannot be. */
static uint32_t number_of(struct words *words, struct slice text)
{
    if (words->all.count == WORDS_MOST)
        return texts_find(&words->all, text);
    uint32_t number = texts_add(&words->all, text);
    words->no_memory |= number == 0;
    return number;
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
            status = registry_damaged(registry, "words are missing", error);
    }
    statement_finish(&rows);
    words->saved = words->all.count;
    return status;
}

void words_close(struct words *words)
{
    texts_free(&words->all);
    free(words->folded);
    *words = (struct words){.registry = NULL};
}

enum cbec_status words_save(struct words *words, struct cbec_error *error)
{
    struct statement insert;
    if (words->no_memory)
        return error_no_memory(error);
    enum cbec_status status = statement_prepare(&insert, words->registry, "word_insert", error);
    for (; words->saved < words->all.count && status == CBEC_OK; words->saved++) {
        statement_bind_integer(&insert, 1, (int64_t)words->saved + 1);
        statement_bind_text(&insert, 2, texts_at(&words->all, (uint32_t)words->saved + 1));
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

/* Where it is noted what a word is when width is folded; NULL when there is no memory. */
static uint32_t *folded_of(struct words *words, int64_t number)
{
    if ((size_t)number > words->folded_capacity) {
        size_t capacity = words->all.capacity;
        uint32_t *folded = realloc(words->folded, capacity * sizeof *folded);
        if (!folded) {
            words->no_memory = true;
            return NULL;
        }
        memset(folded + words->folded_capacity, 0,
               (capacity - words->folded_capacity) * sizeof *folded);
        words->folded = folded;
        words->folded_capacity = capacity;
    }
    return &words->folded[number - 1];
}

struct value words_folded(struct words *words, struct value value, struct buffer *room)
{
    struct slice text = words_text(words, value);
    uint32_t *known = value.number ? folded_of(words, value.number) : NULL;
    if (!text.at || (known && *known))
        return known ? (struct value){.number = *known} : value;
    buffer_clear(room);
    text_fold(text, 0, room);
    words->no_memory |= room->failed;
    struct value folded = words_value(words, text_clean(buffer_slice(room)));
    if (known)
        *known = (uint32_t)folded.number;
    return folded;
}

struct slice words_text(const struct words *words, struct value value)
{
    return value.number && (size_t)value.number <= words->all.count
               ? texts_at(&words->all, (uint32_t)value.number)
               : value.text;
}
