#include "input/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "util/error.h"

/* A batch is handed over when it holds this much. */
#define BATCH_ITEMS ((size_t)128)
#define BATCH_BYTES ((size_t)131072)

/* An item is expected so many items before it is taken. */
#define EXPECTED 3

/* So many are full at once, with the one that is being taken; and where far is looked ahead. */
#define BATCHES ((size_t)6)
#define BATCHES_FAR ((size_t)128)
_Static_assert(BATCHES >= 2, "half of the batches is neither none nor all");

/* Text does not move while the batch grows: it lies in blocks, of which the first is kept. */
struct block {
    struct block *before;
    size_t used;
    size_t size;
    char bytes[];
};

struct batch {
    struct batch *next; /* of the full ones, or of those that are free */
    size_t item_size;
    char *items; /* BATCH_ITEMS of them */
    size_t count;
    struct block *block;
    size_t bytes;
    uint64_t position; /* how far the file has been read */
    bool no_memory;
};

struct ahead {
    const struct ahead_work *work;
    struct export export; /* a copy, with a position of the reading thread's own */
    uint64_t position;
    uint64_t *taken_position;
    struct batch *filling;
    struct batch *first, *last; /* of the full ones, in their order */
    struct batch *free;
    size_t full;
    size_t foreseen; /* of the full ones, the first ones */
    bool far;        /* so many may be full that it is worth while to foresee them */
    bool never_far;  /* some rows are so long that it would take too much memory */
    bool alone;      /* there is one thread only */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool at_end;  /* no batch comes behind the full ones */
    bool stopped; /* the function wants no more */
    enum cbec_status status;
    struct cbec_error error;
};

/* ---- Batches -----------------------------------------------------------------------------------
 */

static struct block *new_block(struct block *before, size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (block)
        *block = (struct block){.before = before, .size = size};
    return block;
}

void *batch_item(struct batch *batch)
{
    if (!batch->items)
        batch->items = malloc(batch->item_size * BATCH_ITEMS);
    if (!batch->items) {
        batch->no_memory = true;
        return NULL;
    }
    void *item = batch->items + batch->item_size * batch->count++;
    memset(item, 0, batch->item_size);
    return item;
}

struct slice batch_text(struct batch *batch, struct slice text)
{
    if (!text.at)
        return text;
    struct block *block = batch->block;
    if (!block || text.length > block->size - block->used) {
        size_t size = text.length > BATCH_BYTES ? text.length : BATCH_BYTES;
        block = new_block(batch->block, size);
        if (!block) {
            batch->no_memory = true;
            return (struct slice){0};
        }
        batch->block = block;
    }
    char *copy = block->bytes + block->used;
    memcpy(copy, text.at, text.length);
    block->used += text.length;
    batch->bytes += text.length;
    return (struct slice){copy, text.length};
}

static void clear_batch(struct batch *batch)
{
    while (batch->block && (batch->block->before || batch->block->size > BATCH_BYTES)) {
        struct block *before = batch->block->before;
        free(batch->block);
        batch->block = before;
    }
    if (batch->block)
        batch->block->used = 0;
    batch->count = 0;
    batch->bytes = 0;
}

static void free_batches(struct batch *batch)
{
    while (batch) {
        struct batch *next = batch->next;
        clear_batch(batch);
        free(batch->block);
        free(batch->items);
        free(batch);
        batch = next;
    }
}

/* ---- Waiting -----------------------------------------------------------------------------------
 */

static size_t most_full(const struct ahead *ahead)
{
    return ahead->far ? BATCHES_FAR : BATCHES;
}

/*
 * To be called when the number of full batches has changed. To wake a thread costs the other one
 * time, so who waits is woken for several batches at once: one thread waits where all are full, the
 * other one where none is, or too few of them, and half of them lies on the way of both. The mutex
 * is held.
 */
static void tell(struct ahead *ahead)
{
    if (ahead->full == most_full(ahead) / 2 || ahead->at_end || ahead->stopped)
        pthread_cond_signal(&ahead->changed);
}

/* Waits until something has changed, or does something else while `*is_idle`. The mutex is held. */
static void pass_time(struct ahead *ahead, bool *is_idle)
{
    const struct ahead_work *work = ahead->work;
    if (!*is_idle) {
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
        return;
    }
    pthread_mutex_unlock(&ahead->mutex);
    *is_idle = work->idle(work->context);
    pthread_mutex_lock(&ahead->mutex);
}

/* ---- Taking ------------------------------------------------------------------------------------
 */

/* Takes the items of a batch, and clears it; false if no more are wanted. */
static bool take_batch(struct ahead *ahead, struct batch *batch)
{
    const struct ahead_work *work = ahead->work;
    bool goes_on = true;
    if (ahead->taken_position)
        *ahead->taken_position = batch->position;
    for (size_t i = 0; i < batch->count && goes_on; i++) {
        if (work->expect && i + EXPECTED < batch->count)
            work->expect(work->context, batch->items + work->item_size * (i + EXPECTED));
        goes_on = work->take(work->context, batch->items + work->item_size * i);
    }
    clear_batch(batch);
    return goes_on;
}

/* Looks far ahead from here on, or no longer. The mutex is held. */
static void look(struct ahead *ahead, bool far)
{
    ahead->far = far;
    pthread_cond_signal(&ahead->changed);
}

/* To be called between batches. */
static void consider_looking_far(struct ahead *ahead)
{
    const struct ahead_work *work = ahead->work;
    if (!work->looks_far || ahead->foreseen > 0)
        return;
    bool far = work->looks_far(work->context);
    pthread_mutex_lock(&ahead->mutex);
    far &= !ahead->never_far;
    if (far != ahead->far)
        look(ahead, far);
    pthread_mutex_unlock(&ahead->mutex);
}

static void foresee(struct ahead *ahead, const struct batch *batch, size_t batches)
{
    const struct ahead_work *work = ahead->work;
    for (;; batch = batch->next) {
        for (size_t i = 0; i < batch->count; i++)
            work->foresee(work->context, batch->items + work->item_size * i);
        if (++ahead->foreseen == batches) /* behind the last one the other thread adds more */
            return;
    }
}

/* Far is looked ahead, and all that was foreseen has been taken. */
static bool is_to_foresee(const struct ahead *ahead)
{
    return ahead->far && ahead->foreseen == 0;
}

/* Waits for the first full batch, or for so many that it is worth while to foresee them; NULL if
 * none will come. */
static struct batch *wait_for(struct ahead *ahead)
{
    bool is_idle = ahead->work->idle != NULL;
    pthread_mutex_lock(&ahead->mutex);
    while (ahead->full < (is_to_foresee(ahead) ? most_full(ahead) / 2 : 1) && !ahead->at_end)
        pass_time(ahead, &is_idle);
    struct batch *first = ahead->first;
    size_t unforeseen = is_to_foresee(ahead) ? ahead->full : 0;
    pthread_mutex_unlock(&ahead->mutex);
    if (unforeseen > 0)
        foresee(ahead, first, unforeseen);
    return first;
}

static void give_back(struct ahead *ahead, struct batch *batch, bool goes_on)
{
    pthread_mutex_lock(&ahead->mutex);
    ahead->first = batch->next;
    batch->next = ahead->free;
    ahead->free = batch;
    ahead->full--;
    ahead->stopped = !goes_on;
    tell(ahead);
    pthread_mutex_unlock(&ahead->mutex);
    ahead->foreseen -= ahead->foreseen > 0;
}

static void take_all(struct ahead *ahead)
{
    struct batch *batch;
    bool goes_on = true;
    while (goes_on && (batch = wait_for(ahead)) != NULL) {
        goes_on = take_batch(ahead, batch);
        give_back(ahead, batch, goes_on);
        consider_looking_far(ahead);
    }
}

/* ---- Making ------------------------------------------------------------------------------------
 */

/* A batch that is free, or a new one. NULL if there is no memory. */
static struct batch *next_batch(struct ahead *ahead)
{
    struct batch *batch = ahead->free;
    if (batch) {
        ahead->free = batch->next;
        batch->next = NULL;
    } else if ((batch = calloc(1, sizeof *batch)) != NULL) {
        batch->item_size = ahead->work->item_size;
    }
    return batch;
}

/* Waits until there may be one more full batch, or no more is wanted. The mutex is held. */
static void wait_for_room(struct ahead *ahead)
{
    bool is_idle = ahead->work->idle != NULL;
    while (ahead->full >= most_full(ahead) && !ahead->stopped)
        pass_time(ahead, &is_idle);
}

/* The mutex is held. */
static void add_full(struct ahead *ahead, struct batch *batch)
{
    if (ahead->first)
        ahead->last->next = batch;
    else
        ahead->first = batch;
    ahead->last = batch;
    ahead->full++;
    if (batch->bytes > 2 * BATCH_BYTES && !ahead->never_far) {
        ahead->never_far = true;
        look(ahead, false);
    }
}

/* Hands over the batch that was filled, and waits for another one. False if no more is wanted. */
static bool hand_over(struct ahead *ahead)
{
    ahead->filling->position = ahead->position;
    if (ahead->alone)
        return take_batch(ahead, ahead->filling);
    pthread_mutex_lock(&ahead->mutex);
    add_full(ahead, ahead->filling);
    tell(ahead);
    wait_for_room(ahead);
    bool goes_on = !ahead->stopped;
    ahead->filling = goes_on ? next_batch(ahead) : NULL;
    pthread_mutex_unlock(&ahead->mutex);
    if (goes_on && !ahead->filling)
        ahead->status = error_no_memory(&ahead->error);
    return ahead->filling != NULL;
}

/* Hands over what there is of the last batch. */
static void end(struct ahead *ahead)
{
    if (ahead->filling)
        ahead->filling->position = ahead->position;
    if (ahead->alone) {
        take_batch(ahead, ahead->filling);
        return;
    }
    pthread_mutex_lock(&ahead->mutex);
    if (ahead->filling)
        add_full(ahead, ahead->filling);
    ahead->filling = NULL;
    ahead->at_end = true;
    tell(ahead);
    pthread_mutex_unlock(&ahead->mutex);
}

static bool make_row(void *context, const struct row *row)
{
    struct ahead *ahead = context;
    struct batch *batch = ahead->filling;
    bool goes_on = ahead->work->make(ahead->work->context, row, batch);
    if (batch->no_memory) {
        ahead->status = error_no_memory(&ahead->error);
        return false;
    }
    if (goes_on && (batch->count == BATCH_ITEMS || batch->bytes >= BATCH_BYTES))
        goes_on = hand_over(ahead);
    return goes_on;
}

static void *read_all(void *context)
{
    struct ahead *ahead = context;
    enum cbec_status status = export_read(&ahead->export, make_row, ahead, &ahead->error);
    if (ahead->status == CBEC_OK)
        ahead->status = status;
    end(ahead);
    return NULL;
}

enum cbec_status export_read_ahead(const struct export *export, const struct ahead_work *work,
                                   struct cbec_error *error)
{
    struct ahead ahead = {.work = work, .export = *export, .taken_position = export->position};
    pthread_t reader;
    ahead.export.position = &ahead.position;
    ahead.filling = next_batch(&ahead);
    if (!ahead.filling)
        return error_no_memory(error);
    pthread_mutex_init(&ahead.mutex, NULL);
    pthread_cond_init(&ahead.changed, NULL);
    if (pthread_create(&reader, NULL, read_all, &ahead) == 0) {
        take_all(&ahead);
        pthread_join(reader, NULL);
    } else {
        ahead.alone = true;
        read_all(&ahead);
    }
    free_batches(ahead.filling);
    free_batches(ahead.first);
    free_batches(ahead.free);
    pthread_cond_destroy(&ahead.changed);
    pthread_mutex_destroy(&ahead.mutex);
    if (ahead.status != CBEC_OK)
        error_set(error, ahead.status, "%s", ahead.error.message);
    return ahead.status;
}
