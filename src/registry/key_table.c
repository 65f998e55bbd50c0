#include "registry/key_table.h"

#include <stdlib.h>
#include <string.h>

#include "util/large.h"

#define LEAST_BITS 11
#define MORE_BITS 2 /* it grows fourfold */

/* Where in its stretch a place lies. */
#define LINE_MASK (((uint64_t)1 << KEY_TABLE_STRETCH_BITS) - 1)

/* Of the slots that hashes choose among so many are used at most: a key is then found after one or
 * two others, and moves as few. */
static size_t most_of(size_t slots)
{
    return slots / 4 * 3;
}

/* Less than all keys with this hash. */
static uint64_t least_of(uint64_t hash)
{
    return hash << (64 - KEY_BITS);
}

static size_t slot_of(const struct key_table *table, uint64_t packed)
{
    return packed >> (64 - table->bits);
}

static int64_t stretch_of(int64_t place)
{
    return place >> KEY_TABLE_STRETCH_BITS;
}

/* The number of the stretch of a place; behind all others if it was not met yet. */
static size_t find_stretch(const struct key_table *table, int64_t place)
{
    int64_t stretch = stretch_of(place);
    if (table->stretch && table->stretches[table->stretch - 1] == stretch)
        return table->stretch;
    size_t number = 1;
    while (number <= table->stretch_count && table->stretches[number - 1] != stretch)
        number++;
    return number;
}

static uint64_t pack(const struct key_table *table, struct key key)
{
    uint64_t line = (uint64_t)key.place & LINE_MASK;
    return least_of(key.hash) | (uint64_t)table->stretch << KEY_TABLE_STRETCH_BITS | line;
}

static struct key unpack(const struct key_table *table, uint64_t packed)
{
    size_t stretch = packed >> KEY_TABLE_STRETCH_BITS & KEY_TABLE_STRETCHES;
    int64_t line = (int64_t)(packed & LINE_MASK);
    return (struct key){packed >> (64 - KEY_BITS),
                        table->stretches[stretch - 1] << KEY_TABLE_STRETCH_BITS | line};
}

static bool is_taken(const struct key_table *table, size_t slot)
{
    return slot < table->end && table->slots[slot];
}

/* The first slot that is free or has a key that is not below this one. */
static size_t find_slot(const struct key_table *table, uint64_t packed)
{
    size_t slot = slot_of(table, packed);
    while (is_taken(table, slot) && table->slots[slot] < packed)
        slot++;
    return slot;
}

static void put(struct key_table *table, size_t slot, uint64_t packed)
{
    for (; is_taken(table, slot); slot++) {
        uint64_t moved = table->slots[slot];
        table->slots[slot] = packed;
        packed = moved;
    }
    table->slots[slot] = packed;
    if (slot == table->end)
        table->end++;
}

/* Behind the slots that hashes choose there is room for keys that are moved up: for all of them, so
 * that it need not be asked for. It takes no memory before it is used. */
static bool open_slots(struct key_table *table, int bits)
{
    size_t slots = (size_t)1 << bits;
    uint64_t *opened = large_alloc(slots + most_of(slots), sizeof *opened);
    if (!opened)
        return false;
    memset(opened, 0, slots * sizeof *opened);
    table->slots = opened;
    table->bits = bits;
    table->end = slots;
    return true;
}

static bool grow(struct key_table *table)
{
    uint64_t *slots = table->slots;
    size_t end = table->end, next = 0;
    if (!open_slots(table, table->bits ? table->bits + MORE_BITS : LEAST_BITS))
        return false;
    for (size_t i = 0; i < end; i++) {
        if (!slots[i])
            continue;
        size_t slot = slot_of(table, slots[i]);
        next = slot > next ? slot : next;
        put(table, next++, slots[i]);
    }
    free(slots);
    return true;
}

bool key_table_takes(const struct key_table *table, int64_t place)
{
    return find_stretch(table, place) <= KEY_TABLE_STRETCHES;
}

bool key_table_add(struct key_table *table, struct key key)
{
    if (table->count == (table->bits ? most_of((size_t)1 << table->bits) : 0) && !grow(table))
        return false;
    table->stretch = find_stretch(table, key.place);
    if (table->stretch > table->stretch_count)
        table->stretches[table->stretch_count++] = stretch_of(key.place);
    uint64_t packed = pack(table, key);
    put(table, find_slot(table, packed), packed);
    table->count++;
    return true;
}

void key_table_expect(const struct key_table *table, uint64_t hash)
{
    if (table->slots)
        __builtin_prefetch(&table->slots[slot_of(table, least_of(hash))]);
}

bool key_table_find(const struct key_table *table, uint64_t hash, struct place_list *places)
{
    if (table->count == 0)
        return true;
    for (size_t slot = find_slot(table, least_of(hash)); is_taken(table, slot); slot++) {
        struct key key = unpack(table, table->slots[slot]);
        if (key.hash != hash)
            return true;
        if (!place_list_add(places, key.place))
            return false;
    }
    return true;
}

size_t key_table_read(const struct key_table *table, size_t *slot, struct key *keys, size_t most)
{
    size_t count = 0;
    for (; *slot < table->end && count < most; (*slot)++)
        if (table->slots[*slot])
            keys[count++] = unpack(table, table->slots[*slot]);
    return count;
}

void key_table_close(struct key_table *table)
{
    free(table->slots);
    table->slots = NULL;
    table->end = table->count = table->stretch_count = table->stretch = 0;
    table->bits = 0;
}
