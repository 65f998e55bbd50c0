#include "registry/tally.h"

#include <stdlib.h>

#include "util/error.h"
#include "util/large.h"
#include "util/radix.h"

_Static_assert(sizeof(struct cell_change) == RADIX_ITEM, "changes are sorted as such items");

/* ---- Segments ----------------------------------------------------------------------------------
 */

/* What a segment is of; the bytes of its province follow where that is no word. */
struct segment {
    int64_t province;
    int64_t source_set;
    int64_t definitions;
};

/* The number of a segment, which is added if it is new; 0 when there is no memory. */
static uint32_t segment_number(struct tally *tally, struct value province, int64_t source_set,
                               int64_t definitions)
{
    char bytes[sizeof(struct segment) + 64];
    const struct segment segment = {province.number, source_set, definitions};
    size_t rest = province.text.length < 64 ? province.text.length : 64;
    memcpy(bytes, &segment, sizeof segment);
    if (rest > 0)
        memcpy(bytes + sizeof segment, province.text.at, rest);
    return texts_add(&tally->segments, (struct slice){bytes, sizeof segment + rest});
}

static enum cbec_status read_segments(struct tally *tally, struct cbec_error *error)
{
    struct statement rows;
    enum cbec_status status = statement_prepare_text(
        &rows, tally->registry,
        "SELECT id, province, source_set, definitions FROM segment ORDER BY id", NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        uint32_t number = segment_number(tally, statement_value(&rows, 1),
                                         statement_integer(&rows, 2), statement_integer(&rows, 3));
        if (number == 0)
            status = error_no_memory(error);
        tally->damaged |= number != statement_integer(&rows, 0);
    }
    statement_finish(&rows);
    tally->segments_saved = tally->segments.count;
    return status;
}

static enum cbec_status save_segments(struct tally *tally, struct cbec_error *error)
{
    struct statement put;
    enum cbec_status status = statement_prepare(&put, tally->registry, "segment_insert", error);
    while (tally->segments_saved < tally->segments.count && status == CBEC_OK) {
        struct segment segment;
        uint32_t number = (uint32_t)++tally->segments_saved;
        struct slice bytes = texts_at(&tally->segments, number);
        memcpy(&segment, bytes.at, sizeof segment);
        statement_bind_integer(&put, 1, number);
        statement_bind_value(&put, 2,
                             (struct value){segment.province, slice_from(bytes, sizeof segment)});
        statement_bind_integer(&put, 3, segment.source_set);
        statement_bind_integer(&put, 4, segment.definitions);
        status = statement_run(&put, error);
    }
    statement_finish(&put);
    return status;
}

/* ---- Opening -----------------------------------------------------------------------------------
 */

enum cbec_status tally_is_kept(struct cbec_registry *registry, bool *kept, struct cbec_error *error)
{
    int64_t is_kept = 0;
    enum cbec_status status = registry_integer(
        registry, "SELECT NOT EXISTS (SELECT 1 FROM tally WHERE id = 0)", &is_kept, error);
    *kept = is_kept;
    return status;
}

enum cbec_status tally_open(struct tally *tally, struct cbec_registry *registry,
                            struct words *words, struct cbec_error *error)
{
    bool kept = false;
    *tally = (struct tally){
        .registry = registry, .segments_most = SEGMENTS_MOST, .most_bits = CELLS_MOST_BITS};
    tally->cny = words_value(words, SLICE("CNY")).number;
    enum cbec_status status = statement_prepare(&tally->get, registry, "counted_enterprise", error);
    if (status == CBEC_OK)
        status = tally_is_kept(registry, &kept, error);
    if (status == CBEC_OK)
        status = read_segments(tally, error);
    tally->none_kept = status == CBEC_OK && !kept;
    return status;
}

void tally_close(struct tally *tally)
{
    statement_finish(&tally->get);
    free(tally->cells);
    texts_free(&tally->segments);
}

/* ---- Saving ------------------------------------------------------------------------------------
 */

static enum cbec_status damaged(const struct tally *tally, struct cbec_error *error)
{
    return registry_damaged(tally->registry, "its counts do not agree with its enterprises", error);
}

/* Adds changes to a row of the table, which all are of its kind and segment. */
static enum cbec_status change_row(struct tally *tally, struct statement *find,
                                   struct statement *put, const struct cell_change *changes,
                                   size_t count, struct buffer *packed, struct cbec_error *error)
{
    bool row;
    uint64_t mask = ((uint64_t)1 << COUNTED_KEY_BITS) - 1;
    statement_bind_integer(find, 1, (int64_t)(changes[0].key >> COUNTED_KEY_BITS));
    enum cbec_status status = statement_step(find, &row, error);
    struct slice before = {0};
    if (status == CBEC_OK && row)
        before = statement_blob(find, 0);
    if (status == CBEC_OK)
        tally->damaged |= !cells_change(before, changes, count, mask, packed);
    statement_reset(find);
    if (packed->failed)
        return error_no_memory(error);
    if (status != CBEC_OK || tally->damaged)
        return status == CBEC_OK ? damaged(tally, error) : status;
    tally->emptied |= packed->length == 0;
    statement_bind_integer(put, 1, (int64_t)(changes[0].key >> COUNTED_KEY_BITS));
    statement_bind_blob(put, 2, packed->data, packed->length);
    return statement_run(put, error);
}

static enum cbec_status change_rows(struct tally *tally, const struct cell_change *changes,
                                    size_t count, struct cbec_error *error)
{
    struct statement find = {0}, put = {0};
    struct buffer packed = {0};
    enum cbec_status status = statement_prepare(&find, tally->registry, "tally_find", error);
    if (status == CBEC_OK)
        status = statement_prepare(&put, tally->registry, "tally_put", error);
    for (size_t i = 0, next; i < count && status == CBEC_OK; i = next) {
        uint64_t row = changes[i].key >> COUNTED_KEY_BITS;
        for (next = i + 1; next < count && changes[next].key >> COUNTED_KEY_BITS == row;)
            next++;
        status = change_row(tally, &find, &put, changes + i, next - i, &packed, error);
    }
    statement_finish(&find);
    statement_finish(&put);
    buffer_free(&packed);
    return status;
}

/* Adds up changes of the same cell, which lie one behind the other; returns how many are left. */
static size_t add_up(struct cell_change *changes, size_t count)
{
    size_t left = 0;
    for (size_t i = 0, next; i < count; i = next) {
        struct cell_change sum = changes[i];
        for (next = i + 1; next < count && changes[next].key == sum.key; next++)
            sum.change += changes[next].change;
        if (sum.change)
            changes[left++] = sum;
    }
    return left;
}

/* Writes the changes of all cells, each also to the segment of all enterprises. */
static enum cbec_status write_cells(struct tally *tally, struct cell_change *cells,
                                    struct cell_change *room, struct cbec_error *error)
{
    static const uint64_t segment = (((uint64_t)1 << SEGMENT_BITS) - 1) << COUNTED_KEY_BITS;
    struct cell_change *sorted = radix_sort(cells, room, tally->count, 64);
    size_t count = add_up(sorted, tally->count);
    enum cbec_status status = change_rows(tally, sorted, count, error);
    for (size_t i = 0; i < count; i++)
        sorted[i].key &= ~segment;
    sorted = radix_sort(sorted, sorted == room ? cells : room, count, 64);
    return status == CBEC_OK ? change_rows(tally, sorted, add_up(sorted, count), error) : status;
}

/* Writes the changes held in memory, and forgets them. */
static enum cbec_status flush(struct tally *tally, struct cbec_error *error)
{
    if (tally->count == 0)
        return CBEC_OK;
    struct cell_change *room = large_alloc(tally->count, sizeof *room);
    if (!room)
        return error_no_memory(error);
    size_t slots = (size_t)1 << tally->bits, count = 0;
    for (size_t slot = 0; slot < slots; slot++)
        if (tally->cells[slot].key)
            tally->cells[count++] = tally->cells[slot];
    enum cbec_status status = write_cells(tally, tally->cells, room, error);
    free(room);
    memset(tally->cells, 0, slots * sizeof *tally->cells);
    tally->count = 0;
    return status;
}

enum cbec_status tally_save(struct tally *tally, struct cbec_error *error)
{
    if (tally->damaged)
        return damaged(tally, error);
    enum cbec_status status = flush(tally, error);
    if (status == CBEC_OK && tally->emptied && !tally->none_kept)
        status =
            registry_execute(tally->registry, "DELETE FROM tally WHERE length(cells) = 0", error);
    return status == CBEC_OK && !tally->none_kept ? save_segments(tally, error) : status;
}

/* ---- Counting ----------------------------------------------------------------------------------
 */

/* The slot of a cell, or the free one in which it is to be. */
static struct cell_change *cell_of(const struct tally *tally, uint64_t key)
{
    size_t last = ((size_t)1 << tally->bits) - 1;
    size_t slot = key * UINT64_C(0x9e3779b97f4a7c15) >> (64 - tally->bits);
    while (tally->cells[slot].key && tally->cells[slot].key != key)
        slot = (slot + 1) & last;
    return &tally->cells[slot];
}

static bool grow(struct tally *tally)
{
    const struct tally before = *tally;
    tally->bits = tally->cells ? tally->bits + 1 : CELLS_LEAST_BITS;
    tally->cells = large_zeros((size_t)1 << tally->bits, sizeof *tally->cells);
    if (!tally->cells) {
        *tally = before;
        return false;
    }
    for (size_t slot = 0; before.cells && slot < (size_t)1 << before.bits; slot++)
        if (before.cells[slot].key)
            *cell_of(tally, before.cells[slot].key) = before.cells[slot];
    free(before.cells);
    return true;
}

/* Makes room for the cells of one more enterprise: of four slots three are used at most. */
static enum cbec_status make_room(struct tally *tally, struct cbec_error *error)
{
    size_t most = tally->cells ? ((size_t)3 << tally->bits) / 4 : 0;
    if (tally->count + COUNTED_KINDS <= most)
        return CBEC_OK;
    if (tally->cells && tally->bits == tally->most_bits)
        return flush(tally, error);
    return grow(tally) ? CBEC_OK : error_no_memory(error);
}

/* From now on no counts are kept. */
static enum cbec_status give_up(struct tally *tally, struct cbec_error *error)
{
    tally->none_kept = true;
    free(tally->cells);
    tally->cells = NULL;
    tally->count = 0;
    return registry_execute(tally->registry,
                            "DELETE FROM tally; DELETE FROM segment;"
                            "INSERT INTO tally (id, cells) VALUES (0, x'')",
                            error);
}

enum cbec_status tally_count(struct tally *tally, const struct counted *counted, int change,
                             struct cbec_error *error)
{
    if (tally->none_kept)
        return CBEC_OK;
    enum cbec_status status = make_room(tally, error);
    if (status != CBEC_OK)
        return status;
    uint64_t segment =
        segment_number(tally, counted->province, counted->source_set, counted->definitions);
    if (!segment)
        return error_no_memory(error);
    if (segment > tally->segments_most)
        return give_up(tally, error);
    uint64_t of_segment = segment << COUNTED_KEY_BITS;
    for (enum counted_kind kind = COUNTED_STATUS; kind < COUNTED_KINDS; kind++) {
        uint64_t key;
        if (!counted_key(counted, kind, &key))
            continue;
        key |= of_segment | (uint64_t)kind << (COUNTED_KEY_BITS + SEGMENT_BITS);
        struct cell_change *cell = cell_of(tally, key);
        tally->count += cell->key == 0;
        cell->key = key;
        cell->change += change;
    }
    return CBEC_OK;
}

enum cbec_status tally_forget(struct tally *tally, int64_t enterprise, struct cbec_error *error)
{
    bool row;
    struct counted counted;
    statement_bind_integer(&tally->get, 1, enterprise);
    enum cbec_status status = statement_step(&tally->get, &row, error);
    if (status == CBEC_OK && row) {
        counted_read(&tally->get, tally->cny, &counted);
        status = tally_count(tally, &counted, -1, error);
    }
    statement_reset(&tally->get);
    return status;
}

enum cbec_status tally_count_all(struct tally *tally, const char *statement, int change,
                                 struct cbec_error *error)
{
    struct statement rows;
    enum cbec_status status = statement_prepare(&rows, tally->registry, statement, error);
    for (bool row = true; status == CBEC_OK && !tally->none_kept;) {
        struct counted counted;
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        counted_read(&rows, tally->cny, &counted);
        status = tally_count(tally, &counted, change, error);
    }
    statement_finish(&rows);
    return status;
}

static enum cbec_status recount(struct tally *tally, struct cbec_error *error)
{
    enum cbec_status status = tally_count_all(tally, "counted_enterprises", 1, error);
    return status == CBEC_OK ? tally_save(tally, error) : status;
}

enum cbec_status tally_recount(struct cbec_registry *registry, struct cbec_error *error)
{
    struct words words = {0};
    struct tally tally = {0};
    enum cbec_status status =
        registry_execute(registry, "DELETE FROM tally; DELETE FROM segment", error);
    if (status == CBEC_OK)
        status = words_open(&words, registry, error);
    if (status == CBEC_OK)
        status = tally_open(&tally, registry, &words, error);
    if (status == CBEC_OK)
        status = recount(&tally, error);
    tally_close(&tally);
    words_close(&words);
    return status;
}
