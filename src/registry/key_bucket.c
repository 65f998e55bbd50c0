#include "registry/key_bucket.h"

#include <endian.h>

#include "util/packed.h"

#define BUCKET_HEADER 9

/* The bits of a hash that the number of its bucket does not tell. */
static int rest_bits(const struct key_run *run)
{
    return KEY_BITS - run->bits;
}

uint64_t bucket_of(const struct key_run *run, uint64_t hash)
{
    return hash >> rest_bits(run);
}

struct bucket bucket_read(const struct key_run *run, uint64_t number, struct slice bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    struct bucket read = {.prefix = number << rest_bits(run),
                          .rest = ((uint64_t)1 << rest_bits(run)) - 1};
    if (bytes.length < BUCKET_HEADER || at[8] > 8)
        return read;
    read.base = (int64_t)packed_read(at, 8);
    read.place_bytes = at[8];
    read.hash_bytes = (rest_bits(run) + 7) / 8;
    read.keys = at + BUCKET_HEADER;
    read.count = (bytes.length - BUCKET_HEADER) / (size_t)(read.hash_bytes + read.place_bytes);
    return read;
}

struct key bucket_key(const struct bucket *read, size_t nth)
{
    const unsigned char *at = read->keys + nth * (size_t)(read->hash_bytes + read->place_bytes);
    uint64_t behind = packed_read(at + read->hash_bytes, read->place_bytes);
    return (struct key){read->prefix | (packed_read(at, read->hash_bytes) & read->rest),
                        (int64_t)((uint64_t)read->base + behind)};
}

size_t bucket_hashes(const struct bucket *read, size_t from, size_t most, uint64_t *hashes)
{
    size_t size = (size_t)(read->hash_bytes + read->place_bytes);
    size_t count = read->count - from < most ? read->count - from : most;
    const unsigned char *at = read->keys + from * size, *end = read->keys + read->count * size;
    for (size_t i = 0; i < count; i++, at += size) {
        uint64_t eight = 0; /* bytes in one step, where so many are left */
        if (end - at >= 8)
            memcpy(&eight, at, 8);
        else
            eight = htole64(packed_read(at, read->hash_bytes));
        hashes[i] = read->prefix | (le64toh(eight) & read->rest);
    }
    return count;
}

bool bucket_pack(const struct key_run *run, const struct key *keys, size_t count,
                 struct buffer *packed)
{
    buffer_clear(packed);
    if (count == 0)
        return true;
    int64_t least = keys[0].place, most = keys[0].place;
    for (size_t i = 1; i < count; i++) {
        least = keys[i].place < least ? keys[i].place : least;
        most = keys[i].place > most ? keys[i].place : most;
    }
    int hash_bytes = (rest_bits(run) + 7) / 8, place_bytes = 1;
    while (place_bytes < 8 && (uint64_t)(most - least) >> 8 * place_bytes)
        place_bytes++;
    size_t size = BUCKET_HEADER + count * (size_t)(hash_bytes + place_bytes);
    if (!buffer_reserve(packed, size))
        return false;
    unsigned char *to = packed_write((unsigned char *)packed->data, (uint64_t)least, 8);
    to = packed_write(to, (uint64_t)place_bytes, 1);
    uint64_t rest = ((uint64_t)1 << rest_bits(run)) - 1;
    for (size_t i = 0; i < count; i++) {
        to = packed_write(to, keys[i].hash & rest, hash_bytes);
        to = packed_write(to, (uint64_t)(keys[i].place - least), place_bytes);
    }
    packed->length = size;
    return true;
}
