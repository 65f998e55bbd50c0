#include "registry/tail.h"

#include <string.h>

void tail_open(struct tail *tail, struct cbec_registry *registry)
{
    *tail = (struct tail){.registry = registry, .step = TAIL_STEP, .pause = TAIL_PAUSE};
}

void tail_close(struct tail *tail)
{
    statement_finish(&tail->up_to);
    statement_finish(&tail->last_rows);
}

/* The last record up to a place; 0 if there is none. */
static enum cbec_status look(struct tail *tail, int64_t place, int64_t *found,
                             struct cbec_error *error)
{
    bool row;
    statement_bind_integer(&tail->up_to, 1, place);
    enum cbec_status status = statement_step(&tail->up_to, &row, error);
    *found = status == CBEC_OK && row ? statement_integer(&tail->up_to, 0) : 0;
    statement_reset(&tail->up_to);
    return status;
}

/* Finds the places, from the last record before the first one that was added. */
static enum cbec_status begin(struct tail *tail, int64_t place, struct cbec_error *error)
{
    enum cbec_status status =
        statement_prepare(&tail->up_to, tail->registry, "record_up_to", error);
    if (status == CBEC_OK)
        status = statement_prepare(&tail->last_rows, tail->registry, "last_rows", error);
    for (size_t i = 0; i < TAIL_PLACES && place > 0 && status == CBEC_OK; i++) {
        status = look(tail, place, &tail->places[i], error);
        place = tail->places[i] - (int64_t)tail->step;
    }
    return status;
}

static enum cbec_status look_at_all(struct tail *tail, int64_t place, struct cbec_error *error)
{
    tail->bytes = 0;
    statement_bind_integer(&tail->last_rows, 1, place);
    enum cbec_status status = statement_run(&tail->last_rows, error);
    for (size_t i = 0; i < TAIL_PLACES && tail->places[i] && status == CBEC_OK; i++) {
        int64_t found;
        status = look(tail, tail->places[i], &found, error);
    }
    return status;
}

/* What SQLite keeps of a record besides its texts, or a little more. */
#define NUMBERS_BYTES 50

enum cbec_status tail_add(struct tail *tail, int64_t place, size_t bytes, struct cbec_error *error)
{
    if (tail->registry->making)
        return CBEC_OK;
    enum cbec_status status = tail->added == 0 ? begin(tail, place - 1, error) : CBEC_OK;
    if (++tail->added % tail->step == 0) {
        memmove(tail->places + 1, tail->places, sizeof tail->places - sizeof *tail->places);
        tail->places[0] = place;
    }
    tail->bytes += bytes + NUMBERS_BYTES;
    return status == CBEC_OK && tail->bytes >= tail->pause ? look_at_all(tail, place, error)
                                                           : status;
}
