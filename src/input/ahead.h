/* ahead.h: reading rows in one thread, and making of them what another one takes. */
#ifndef CBEC_INPUT_AHEAD_H
#define CBEC_INPUT_AHEAD_H

#include "input/export.h"

struct batch;

/* Room for one more item of the batch, all zeros; NULL when there is no memory. */
void *batch_item(struct batch *batch);

/* A copy of the text that lives as long as the item; `.at` is NULL where the text's is, or when
 * there is no memory. */
struct slice batch_text(struct batch *batch, struct slice text);

struct ahead_work {
    void *context;
    size_t item_size;
    /* Called in a thread of its own: makes items of a row. False stops the reading. */
    bool (*make)(void *context, const struct row *row, struct batch *batch);
    /* Called where a thread would wait for the other one, maybe in both at once: does a little of
     * something else. False if there is nothing of it to be done. May be NULL. */
    bool (*idle)(void *context);
    /* Called in the calling thread between items: whether it is worth while to look at many of
     * them, some thousands, before the first one is taken. May be NULL. */
    bool (*looks_far)(void *context);
    /* Where it is: called in the calling thread with each of the items that are made, before any of
     * them is taken; and with those that are made meanwhile when all of them have been. Not called
     * where rows are so long that as many would take too much memory, nor without a second thread.
     */
    void (*foresee)(void *context, const void *item);
    /* Called in the calling thread with an item that will soon be taken; may be NULL. */
    void (*expect)(void *context, const void *item);
    /* Called in the calling thread, with each item in turn. False stops the reading. */
    bool (*take)(void *context, void *item);
};

/*
 * Like export_read, but the file is read, split and made into items some batches ahead of where
 * they are taken. Where a thread cannot be had, all is done in the calling one.
 */
enum cbec_status export_read_ahead(const struct export *export, const struct ahead_work *work,
                                   struct cbec_error *error);

#endif
