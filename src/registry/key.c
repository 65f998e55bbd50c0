#include "registry/key.h"

#include <stdlib.h>

bool place_list_add(struct place_list *places, int64_t place)
{
    if (places->count == places->capacity) {
        size_t capacity = places->capacity ? places->capacity * 2 : 16;
        int64_t *at = realloc(places->at, capacity * sizeof *at);
        if (!at)
            return false;
        places->at = at;
        places->capacity = capacity;
    }
    places->at[places->count++] = place;
    return true;
}
