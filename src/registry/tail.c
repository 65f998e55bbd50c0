#include "registry/tail.h"

#include <string.h>

/* The last record up to a place; 0 if there is none. */
static enum cbec_status look_before(struct tail *tail, int64_t place, int64_t *found,
                                    struct cbec_error *error)
{
    bool row;
    statement_bind_integer(&tail->before, 1, place);
    enum cbec_status status = statement_step(&tail->before, &row, error);
    *found = status == CBEC_OK && row ? statement_integer(&tail->before, 0) : 0;
    statement_reset(&tail->before);
    return status;
}

enum cbec_status tail_open(struct tail *tail, struct cbec_registry *registry,
                           struct cbec_error *error)
{
    *tail = (struct tail){.step = TAIL_STEP, .pause = TAIL_PAUSE};
    if (registry->making)
        return CBEC_OK;
    enum cbec_status status = statement_prepare(&tail->before, registry, "record_before", error);
    int64_t place = INT64_MAX;
    for (size_t i = 0; i < TAIL_PLACES && place > 0 && status == CBEC_OK; i++) {
        status = look_before(tail, place, &tail->places[i], error);
        place = tail->places[i] - (int64_t)tail->step;
    }
    return status;
}

void tail_close(struct tail *tail)
{
    statement_finish(&tail->before);
}

enum cbec_status tail_add(struct tail *tail, int64_t place, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    if (!tail->before.handle)
        return CBEC_OK;
    if (++tail->added % tail->step == 0) {
        memmove(tail->places + 1, tail->places, sizeof tail->places - sizeof *tail->places);
        tail->places[0] = place;
    }
    if (tail->added % tail->pause != 0)
        return CBEC_OK;
    for (size_t i = 0; i < TAIL_PLACES && tail->places[i] && status == CBEC_OK; i++) {
        int64_t found;
        status = look_before(tail, tail->places[i], &found, error);
    }
    return status;
}
