#include "input/ahead.h"

#include <pthread.h>

#include "util/buffer.h"
#include "util/error.h"

/* A batch is handed over when it holds this much; one is filled while the other is worked on. */
#define BATCH_BYTES ((size_t)262144)
#define BATCHES 2

/* A text in a batch, by its place: the batch may move in memory while it grows. */
struct kept_text {
    size_t offset;
    size_t length;
};

struct kept_cell {
    struct kept_text text;
    bool number;
};

struct kept_row {
    struct row row; /* but for cells and raw text */
    struct kept_text raw;
};

struct batch {
    struct buffer text;
    struct buffer cells; /* of struct kept_cell, those of all rows in one run */
    struct buffer rows;  /* of struct kept_row */
    uint64_t position;   /* how far the file has been read */
    bool full;
};

struct ahead {
    struct export export; /* a copy, with a position of the reading thread's own */
    uint64_t position;
    struct batch batches[BATCHES];
    size_t filling;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool at_end;  /* no batch comes behind the full ones */
    bool stopped; /* the function wants no more */
    enum cbec_status status;
    struct cbec_error error;
};

/* ---- The reading thread ------------------------------------------------------------------------
 */

/* Hands the batch over and waits for the next one to be free. False if no more is wanted. */
static bool hand_over(struct ahead *ahead, bool at_end)
{
    pthread_mutex_lock(&ahead->mutex);
    struct batch *batch = &ahead->batches[ahead->filling];
    batch->position = ahead->position;
    batch->full = true;
    ahead->at_end = at_end;
    ahead->filling = (ahead->filling + 1) % BATCHES;
    pthread_cond_signal(&ahead->changed);
    while (ahead->batches[ahead->filling].full && !ahead->stopped && !at_end)
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    bool goes_on = !ahead->stopped;
    pthread_mutex_unlock(&ahead->mutex);
    return goes_on;
}

static struct kept_text keep_text(struct batch *batch, struct slice text)
{
    struct kept_text kept = {batch->text.length, text.length};
    buffer_append(&batch->text, text);
    return kept;
}

static bool keep_row(void *context, const struct row *row)
{
    struct ahead *ahead = context;
    struct batch *batch = &ahead->batches[ahead->filling];
    struct kept_row kept = {.row = *row, .raw = {0}};
    /* How a row begins is shown only of one that could not be split. */
    if (row->count == 0)
        kept.raw = keep_text(batch, row->raw);
    for (size_t i = 0; i < row->count; i++) {
        struct kept_cell cell = {keep_text(batch, row->cells[i].text), row->cells[i].number};
        buffer_append(&batch->cells, (struct slice){(const char *)&cell, sizeof cell});
    }
    buffer_append(&batch->rows, (struct slice){(const char *)&kept, sizeof kept});
    if (batch->text.failed || batch->cells.failed || batch->rows.failed) {
        ahead->status = error_no_memory(&ahead->error);
        return false;
    }
    return batch->text.length + batch->cells.length < BATCH_BYTES || hand_over(ahead, false);
}

static void *read_all(void *context)
{
    struct ahead *ahead = context;
    enum cbec_status status = export_read(&ahead->export, keep_row, ahead, &ahead->error);
    if (ahead->status == CBEC_OK)
        ahead->status = status;
    hand_over(ahead, true);
    return NULL;
}

/* ---- The working thread ------------------------------------------------------------------------
 */

static struct slice text_in(const struct batch *batch, struct kept_text text)
{
    return (struct slice){batch->text.data + text.offset, text.length};
}

/* Calls the function for each row of a batch; false if it wants no more. */
static bool work_on(const struct batch *batch, struct buffer *cells, row_function function,
                    void *context)
{
    const struct kept_row *rows = (const struct kept_row *)(const void *)batch->rows.data;
    const struct kept_cell *kept = (const struct kept_cell *)(const void *)batch->cells.data;
    size_t count = batch->rows.length / sizeof *rows;
    for (size_t i = 0; i < count; i++) {
        struct row row = rows[i].row;
        buffer_clear(cells);
        for (size_t cell = 0; cell < row.count; cell++) {
            struct cell made = {text_in(batch, kept[cell].text), kept[cell].number};
            buffer_append(cells, (struct slice){(const char *)&made, sizeof made});
        }
        kept += row.count;
        row.cells = (const struct cell *)(const void *)cells->data;
        row.raw = text_in(batch, rows[i].raw);
        if (cells->failed || !function(context, &row))
            return false;
    }
    return true;
}

static struct batch *wait_for(struct ahead *ahead, size_t working)
{
    struct batch *batch = &ahead->batches[working];
    pthread_mutex_lock(&ahead->mutex);
    while (!batch->full && !ahead->at_end)
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    bool full = batch->full;
    pthread_mutex_unlock(&ahead->mutex);
    return full ? batch : NULL;
}

static void give_back(struct ahead *ahead, struct batch *batch, bool goes_on)
{
    buffer_clear(&batch->text);
    buffer_clear(&batch->cells);
    buffer_clear(&batch->rows);
    pthread_mutex_lock(&ahead->mutex);
    batch->full = false;
    ahead->stopped = !goes_on;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
}

static bool work(struct ahead *ahead, uint64_t *position, row_function function, void *context)
{
    struct buffer cells = {0};
    struct batch *batch;
    bool goes_on = true;
    for (size_t working = 0; goes_on && (batch = wait_for(ahead, working)) != NULL;
         working = (working + 1) % BATCHES) {
        if (position)
            *position = batch->position;
        goes_on = work_on(batch, &cells, function, context);
        give_back(ahead, batch, goes_on);
    }
    bool had_memory = !cells.failed;
    buffer_free(&cells);
    return had_memory;
}

enum cbec_status export_read_ahead(const struct export *export, row_function function,
                                   void *context, struct cbec_error *error)
{
    struct ahead ahead = {.export = *export};
    pthread_t reader;
    pthread_mutex_init(&ahead.mutex, NULL);
    pthread_cond_init(&ahead.changed, NULL);
    ahead.export.position = &ahead.position;
    bool alone = pthread_create(&reader, NULL, read_all, &ahead) != 0;
    if (!alone) {
        bool had_memory = work(&ahead, export->position, function, context);
        pthread_join(reader, NULL);
        if (!had_memory && ahead.status == CBEC_OK)
            ahead.status = error_no_memory(&ahead.error);
    }
    for (size_t i = 0; i < BATCHES; i++) {
        buffer_free(&ahead.batches[i].text);
        buffer_free(&ahead.batches[i].cells);
        buffer_free(&ahead.batches[i].rows);
    }
    pthread_cond_destroy(&ahead.changed);
    pthread_mutex_destroy(&ahead.mutex);
    if (alone)
        return export_read(export, function, context, error);
    if (ahead.status != CBEC_OK)
        error_set(error, ahead.status, "%s", ahead.error.message);
    return ahead.status;
}
