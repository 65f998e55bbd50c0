#include "registry/key_table.h"

#include <stdlib.h>

#include "util/large.h"

#define LEAST_BITS 11
#define MORE_BITS 2 /* it grows fourfold */

/* Of the slots that hashes choose among so many are used at most: a key is then found after one or
 * two others, and moves as few. */
static size_t most_of(size_t slots)
{
    return slots / 4 * 3;
}

static size_t slot_of(const struct key_table *table, uint64_t hash)
{
    return hash >> (KEY_BITS - table->bits);
}

static bool is_taken(const struct key_table *table, size_t slot)
{
    return slot < table->end && table->slots[slot].place;
}

/* The first slot that is free or has a hash that is not below this one. */
static size_t find_slot(const struct key_table *table, uint64_t hash)
{
    size_t slot = slot_of(table, hash);
    while (is_taken(table, slot) && table->slots[slot].hash < hash)
        slot++;
    return slot;
}

static void put(struct key_table *table, size_t slot, struct key key)
{
    for (; is_taken(table, slot); slot++) {
        struct key moved = table->slots[slot];
        table->slots[slot] = key;
        key = moved;
    }
    table->slots[slot] = key;
    if (slot == table->end)
        table->end++;
}

/* Behind the slots that hashes choose there is room for keys that are moved up: for all of them, so
 * that it need not be asked for. It takes no memory before it is used. */
static bool open_slots(struct key_table *table, int bits)
{
    size_t slots = (size_t)1 << bits;
    *table = (struct key_table){.bits = bits, .end = slots};
    table->slots = large_alloc(slots + most_of(slots), sizeof *table->slots);
    if (table->slots)
        memset(table->slots, 0, slots * sizeof *table->slots);
    return table->slots;
}

static bool grow(struct key_table *table)
{
    struct key_table grown;
    if (!open_slots(&grown, table->bits ? table->bits + MORE_BITS : LEAST_BITS))
        return false;
    const struct key *keys = key_table_sort(table);
    for (size_t i = 0, next = 0; i < table->count; i++) {
        size_t slot = slot_of(&grown, keys[i].hash);
        next = slot > next ? slot : next;
        put(&grown, next++, keys[i]);
    }
    grown.count = table->count;
    key_table_close(table);
    *table = grown;
    return true;
}

bool key_table_add(struct key_table *table, struct key key)
{
    if (table->count == (table->bits ? most_of((size_t)1 << table->bits) : 0) && !grow(table))
        return false;
    size_t slot = find_slot(table, key.hash);
    while (is_taken(table, slot) && table->slots[slot].hash == key.hash)
        slot++;
    put(table, slot, key);
    table->count++;
    return true;
}

void key_table_expect(const struct key_table *table, uint64_t hash)
{
    if (table->slots)
        __builtin_prefetch(&table->slots[slot_of(table, hash)]);
}

bool key_table_find(const struct key_table *table, uint64_t hash, struct place_list *places)
{
    if (table->count == 0)
        return true;
    for (size_t slot = find_slot(table, hash);
         is_taken(table, slot) && table->slots[slot].hash == hash; slot++)
        if (!place_list_add(places, table->slots[slot].place))
            return false;
    return true;
}

const struct key *key_table_sort(struct key_table *table)
{
    size_t sorted = 0;
    for (size_t slot = 0; slot < table->end; slot++)
        if (table->slots[slot].place)
            table->slots[sorted++] = table->slots[slot];
    return table->slots;
}

void key_table_close(struct key_table *table)
{
    free(table->slots);
    *table = (struct key_table){.slots = NULL};
}
