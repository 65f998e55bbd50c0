#include "util/suggest.h"

#include <ctype.h>
#include <stdio.h>

/* Names longer than this are not compared. */
#define NAME_BYTES 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, without case: how many bytes must be put in, taken out or changed. */
static size_t distance_of(struct slice a, struct slice b)
{
    size_t row[NAME_BYTES + 1];
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            bool same = tolower((unsigned char)a.at[i - 1]) == tolower((unsigned char)b.at[j - 1]);
            size_t changed = diagonal + !same;
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.length];
}

void suggestion_add(struct suggestion *suggestion, struct slice name)
{
    struct slice written = suggestion->written;
    if (written.length > NAME_BYTES || name.length > NAME_BYTES || written.length == 0)
        return;
    size_t distance = distance_of(written, name);
    bool begins = slice_starts_with(name, written);
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
