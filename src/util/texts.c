#include "util/texts.h"

#include <stdlib.h>
#include <xxhash.h>

void texts_free(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->at[i].at);
    free(texts->at);
    free(texts->slots);
    *texts = (struct texts){0};
}

/* The slot of a text, or the free one where it would be. */
static uint32_t *slot_of(const struct texts *texts, struct slice text, uint32_t hash)
{
    for (size_t place = hash;; place++) {
        uint32_t *slot = &texts->slots[place & (texts->slot_count - 1)];
        if (!*slot ||
            (texts->at[*slot - 1].hash == hash && slice_equal(texts_at(texts, *slot), text)))
            return slot;
    }
}

/* Slots are never more than half full. */
static bool grow(struct texts *texts)
{
    size_t capacity = texts->capacity ? texts->capacity * 2 : 256;
    struct text *at = realloc(texts->at, capacity * sizeof *at);
    texts->at = at ? at : texts->at;
    uint32_t *slots = calloc(capacity * 2, sizeof *slots);
    if (!at || !slots) {
        free(slots);
        return false;
    }
    free(texts->slots);
    texts->slots = slots;
    texts->capacity = capacity;
    texts->slot_count = capacity * 2;
    for (uint32_t i = 1; i <= texts->count; i++)
        *slot_of(texts, texts_at(texts, i), at[i - 1].hash) = i;
    return true;
}

static uint32_t hash_of(struct slice text)
{
    return (uint32_t)XXH3_64bits(text.at, text.length);
}

uint32_t texts_find(const struct texts *texts, struct slice text)
{
    return texts->slot_count ? *slot_of(texts, text, hash_of(text)) : 0;
}

uint32_t texts_add(struct texts *texts, struct slice text)
{
    uint32_t hash = hash_of(text);
    uint32_t *slot = texts->slot_count ? slot_of(texts, text, hash) : NULL;
    if (slot && *slot)
        return *slot;
    if (texts->count == texts->capacity) {
        if (texts->count == UINT32_MAX / 4 || !grow(texts))
            return 0;
        slot = slot_of(texts, text, hash);
    }
    char *copy = malloc(text.length + 1);
    if (!copy)
        return 0;
    memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    texts->at[texts->count++] =
        (struct text){.at = copy, .length = (uint32_t)text.length, .hash = hash};
    return *slot = (uint32_t)texts->count;
}

struct slice texts_at(const struct texts *texts, uint32_t number)
{
    const struct text *text = &texts->at[number - 1];
    return (struct slice){text->at, text->length};
}
