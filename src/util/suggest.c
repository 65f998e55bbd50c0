#include "util/suggest.h"

#include <stdio.h>
#include <utf8proc.h>

/* Names longer than this are not compared. */
#define NAME_CHARACTERS 64

struct name {
    utf8proc_int32_t at[NAME_CHARACTERS];
    size_t length;
};

/* The characters of a name, letters in small; false if there are too many. Bytes that are no UTF-8
 * are characters, too. */
static bool name_read(struct slice text, struct name *name)
{
    for (name->length = 0; text.length; name->length++) {
        utf8proc_int32_t character;
        if (name->length == NAME_CHARACTERS)
            return false;
        utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text.at,
                                                  (utf8proc_ssize_t)text.length, &character);
        name->at[name->length] = taken > 0 ? utf8proc_tolower(character) : -(unsigned char)*text.at;
        text = slice_from(text, taken > 0 ? (size_t)taken : 1);
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance: how many characters must be put in, taken out or changed. */
static size_t distance_of(const struct name *a, const struct name *b)
{
    size_t row[NAME_CHARACTERS + 1];
    for (size_t j = 0; j <= b->length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a->length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b->length; j++) {
            size_t changed = diagonal + (a->at[i - 1] != b->at[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b->length];
}

void suggestion_add(struct suggestion *suggestion, struct slice name)
{
    struct name written, other;
    if (!name_read(suggestion->written, &written) || !name_read(name, &other) ||
        written.length == 0)
        return;
    size_t distance = distance_of(&written, &other);
    bool begins = slice_starts_with(name, suggestion->written);
    /* Near is what differs in no more than a third, or goes on from what was written. */
    if (!begins && distance > (written.length + 2) / 3)
        return;
    if (suggestion->best.length && distance >= suggestion->distance)
        return;
    suggestion->distance = distance;
    buffer_clear(&suggestion->best);
    buffer_append(&suggestion->best, name);
}

const char *suggestion_text(struct suggestion *suggestion, char text[128])
{
    text[0] = '\0';
    if (suggestion->best.length)
        snprintf(text, 128, "; did you mean %s?", buffer_string(&suggestion->best));
    buffer_free(&suggestion->best);
    return text;
}
