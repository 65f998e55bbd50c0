#include "registry/prints.h"

#include <xxhash.h>

#include "util/packed.h"

#define PRINT_BITS (8 * PRINT_BYTES)

uint64_t print_of(int64_t source, const struct kept *kept)
{
    /* Short texts are numbers mostly, so that this is hashed faster than the texts one by one. */
    uint64_t parts[2 * FIELD_COUNT + 1];
    for (int field = 0; field < FIELD_COUNT; field++) {
        struct slice text = kept->of[field].text;
        parts[2 * field] = (uint64_t)kept->of[field].number;
        parts[2 * field + 1] = text.at ? XXH3_64bits(text.at, text.length) : 0;
    }
    parts[2 * FIELD_COUNT] = (uint64_t)source;
    uint64_t print = XXH3_64bits(parts, sizeof parts) >> (64 - PRINT_BITS);
    return print ? print : 1;
}

enum cbec_status prints_open(struct prints *prints, struct cbec_registry *registry,
                             struct cbec_error *error)
{
    prints->read.count = prints->added.count = 0;
    enum cbec_status status =
        statement_prepare(&prints->find, registry, "record_print_find", error);
    return status == CBEC_OK ? statement_prepare(&prints->put, registry, "record_print_put", error)
                             : status;
}

void prints_close(struct prints *prints)
{
    statement_finish(&prints->find);
    statement_finish(&prints->put);
}

static bool lies_in(const struct print_block *block, int64_t place)
{
    return place >= block->first && place - block->first < (int64_t)block->count;
}

static unsigned char *bytes_at(struct print_block *block, int64_t place)
{
    return block->bytes + (place - block->first) * PRINT_BYTES;
}

enum cbec_status prints_add(struct prints *prints, int64_t place, uint64_t print,
                            struct cbec_error *error)
{
    struct print_block *added = &prints->added;
    enum cbec_status status = CBEC_OK;
    if (added->count > 0 && place - added->first >= PRINT_PLACES)
        status = prints_save(prints, error);
    if (added->count == 0)
        added->first = place;
    size_t count = (size_t)(place - added->first) + 1;
    memset(added->bytes + added->count * PRINT_BYTES, 0, (count - added->count) * PRINT_BYTES);
    added->count = count;
    packed_write(bytes_at(added, place), print, PRINT_BYTES);
    return status;
}

/* Reads the block in which a place lies, if there is one. */
static enum cbec_status read_block(struct prints *prints, int64_t place, struct cbec_error *error)
{
    bool row;
    struct print_block *read = &prints->read;
    read->count = 0;
    statement_bind_integer(&prints->find, 1, place);
    enum cbec_status status = statement_step(&prints->find, &row, error);
    if (status == CBEC_OK && row) {
        struct slice bytes = statement_blob(&prints->find, 1);
        read->first = statement_integer(&prints->find, 0);
        read->count = bytes.length / PRINT_BYTES;
        read->count = read->count < PRINT_PLACES ? read->count : PRINT_PLACES;
        if (read->count > 0)
            memcpy(read->bytes, bytes.at, read->count * PRINT_BYTES);
    }
    statement_reset(&prints->find);
    return status;
}

enum cbec_status prints_find(struct prints *prints, int64_t place, uint64_t *print,
                             struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    struct print_block *block = lies_in(&prints->added, place) ? &prints->added : &prints->read;
    *print = 0;
    if (!lies_in(block, place))
        status = read_block(prints, place, error);
    if (status == CBEC_OK && lies_in(block, place))
        *print = packed_read(bytes_at(block, place), PRINT_BYTES);
    return status;
}

enum cbec_status prints_save(struct prints *prints, struct cbec_error *error)
{
    struct print_block *added = &prints->added;
    if (added->count == 0)
        return CBEC_OK;
    statement_bind_integer(&prints->put, 1, added->first);
    statement_bind_blob(&prints->put, 2, added->bytes, added->count * PRINT_BYTES);
    added->count = 0;
    return statement_run(&prints->put, error);
}
