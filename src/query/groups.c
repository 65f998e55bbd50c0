#include "query/groups.h"

#include <stdlib.h>
#include <string.h>

static bool has_values(const struct groups *groups, size_t nth, const int64_t *values)
{
    const int64_t *of_group = groups_at(groups, nth);
    for (size_t i = 0; i < groups->width; i++)
        if (of_group[i] != values[i])
            return false;
    return true;
}

/* The slot of the group with these values, or the free one where it would be. There are twice as
 * many slots as groups can be. */
static size_t *slot_of(const struct groups *groups, const int64_t *values)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < groups->width; i++)
        hash = ((hash ^ hash >> 32) + (uint64_t)values[i]) * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t place = (size_t)(hash >> 32);; place++) {
        size_t *slot = &groups->slots[place & (2 * groups->capacity - 1)];
        if (!*slot || has_values(groups, *slot - 1, values))
            return slot;
    }
}

static bool grow(struct groups *groups)
{
    size_t capacity = groups->capacity ? groups->capacity * 2 : 64;
    int64_t *at = realloc(groups->at, capacity * (groups->width + 1) * sizeof *at);
    groups->at = at ? at : groups->at;
    size_t *slots = calloc(capacity * 2, sizeof *slots);
    if (!at || !slots) {
        free(slots);
        return false;
    }
    free(groups->slots);
    groups->slots = slots;
    groups->capacity = capacity;
    for (size_t i = 0; i < groups->count; i++)
        *slot_of(groups, groups_at(groups, i)) = i + 1;
    return true;
}

bool groups_add(struct groups *groups, const int64_t *values, int64_t number)
{
    /* What comes in order often belongs where the one before did. */
    if (!groups->last || !has_values(groups, groups->last - 1, values)) {
        if (groups->count == groups->capacity && !grow(groups))
            return false;
        size_t *slot = slot_of(groups, values);
        if (!*slot) {
            int64_t *group = groups->at + groups->count * (groups->width + 1);
            memcpy(group, values, groups->width * sizeof *values);
            group[groups->width] = 0;
            *slot = ++groups->count;
        }
        groups->last = *slot;
    }
    groups->at[(groups->last - 1) * (groups->width + 1) + groups->width] += number;
    return true;
}

const int64_t *groups_at(const struct groups *groups, size_t nth)
{
    return groups->at + nth * (groups->width + 1);
}

void groups_clear(struct groups *groups)
{
    free(groups->at);
    free(groups->slots);
    *groups = (struct groups){.width = groups->width};
}
