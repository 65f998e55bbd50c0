#include "input/ahead.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "text_export.h"

enum { NEVER = 1 << 30 };

static bool has_no_thread;

/* Stands in for the C library's. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *context)
{
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
    return has_no_thread ? EAGAIN : create(thread, attributes, run, context);
}

/* What is made of the rows, and what becomes of it. */
struct watched {
    int far_from, far_until; /* so many items taken */
    int stops_at;
    bool is_far; /* it was said that it is worth while to look far */
    int foreseen;
    int taken;
    int most_ahead;
    atomic_int made;
    uint64_t position;
};

struct item {
    int nth;
    struct slice text;
};

static bool make(void *context, const struct row *row, struct batch *batch)
{
    struct watched *watched = context;
    struct item *item = batch_item(batch);
    ck_assert_ptr_nonnull(item);
    item->nth = watched->made++;
    item->text = batch_text(batch, row->cells[0].text);
    return true;
}

static bool looks_far(void *context)
{
    struct watched *watched = context;
    watched->is_far = watched->taken >= watched->far_from && watched->taken < watched->far_until;
    return watched->is_far;
}

static void foresee(void *context, const void *item)
{
    struct watched *watched = context;
    const struct item *foreseen = item;
    ck_assert(watched->is_far);
    if (watched->foreseen < watched->taken)
        watched->foreseen = watched->taken;
    ck_assert_int_eq(foreseen->nth, watched->foreseen++);
}

static bool take(void *context, void *item)
{
    struct watched *watched = context;
    const struct item *taken = item;
    char text[20];
    ck_assert_uint_gt(watched->position, 0);
    int ahead = watched->made - watched->taken;
    watched->most_ahead = ahead > watched->most_ahead ? ahead : watched->most_ahead;
    snprintf(text, sizeof text, "%d", taken->nth);
    ck_assert_int_eq(taken->nth, watched->taken++);
    ck_assert(slice_starts_with(taken->text, slice_of(text)));
    return watched->taken < watched->stops_at;
}

/* Reads so many rows of a number, and so many bytes behind it. */
static struct watched watch_rows(int rows, int bytes, int far_from, int far_until, int stops_at)
{
    struct watched watched = {.far_from = far_from, .far_until = far_until, .stops_at = stops_at};
    const struct ahead_work work = {.context = &watched,
                                    .item_size = sizeof(struct item),
                                    .make = make,
                                    .looks_far = looks_far,
                                    .foresee = foresee,
                                    .take = take};
    struct buffer text = {0};
    for (int row = 0; row < rows; row++)
        buffer_append_format(&text, "%d %0*d,x\n", row, bytes, 0);
    struct export export = text_export(buffer_slice(&text), "UTF-8");
    export.delimiter = ',';
    export.position = &watched.position;
    ck_assert_int_eq(export_read_ahead(&export, &work, NULL), CBEC_OK);
    ck_assert_int_eq(watched.taken, stops_at < rows ? stops_at : rows);
    if (stops_at > rows)
        ck_assert_uint_eq(watched.position, text.length);
    close(export.file);
    buffer_free(&text);
    return watched;
}

/* Lengths around a batch, half of those that are made far ahead, and all. */
START_TEST(every_item_is_taken_in_turn)
{
    static const int lengths[] = {0, 1, 127, 128, 129, 768, 8191, 8192, 8193, 16384, 16385, 50000};
    static const int stops[] = {NEVER, 1, 128, 9000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (size_t j = 0; j < sizeof stops / sizeof *stops; j++) {
            struct watched near = watch_rows(lengths[i], 1, NEVER, NEVER, stops[j]);
            ck_assert_int_eq(near.foreseen, 0);
            watch_rows(lengths[i], 1, 0, NEVER, stops[j]);
            watch_rows(lengths[i], 1, 5000, NEVER, stops[j]);
        }
}
END_TEST

START_TEST(thousands_are_foreseen_where_it_is_worth_while)
{
    struct watched far = watch_rows(50000, 1, 5000, NEVER, NEVER);
    ck_assert_int_eq(far.foreseen, 50000);
    ck_assert_int_gt(far.most_ahead, 5000);
    ck_assert_int_lt(far.most_ahead, 20000);
    struct watched near = watch_rows(50000, 1, NEVER, NEVER, NEVER);
    ck_assert_int_lt(near.most_ahead, 1000);
    struct watched while_it_was = watch_rows(100000, 1, 5000, 40000, NEVER);
    ck_assert_int_gt(while_it_was.foreseen, 40000);
    ck_assert_int_lt(while_it_was.foreseen, 60000);
}
END_TEST

/* Three of them fill a batch twice over. */
START_TEST(long_rows_are_not_looked_far_ahead_for)
{
    struct watched far = watch_rows(600, 100000, 0, NEVER, NEVER);
    ck_assert_int_gt(far.foreseen, 0);
    struct watched near = watch_rows(300, 300000, 0, NEVER, NEVER);
    ck_assert_int_eq(near.foreseen, 0);
    ck_assert_int_lt(near.most_ahead, 10);
}
END_TEST

START_TEST(one_thread_alone)
{
    has_no_thread = true;
    struct watched alone = watch_rows(5000, 1, 0, NEVER, NEVER);
    ck_assert_int_eq(alone.foreseen, 0);
    ck_assert_int_le(alone.most_ahead, 128);
    watch_rows(5000, 1, 0, NEVER, 300);
}
END_TEST

SUITE_MAIN("ahead", every_item_is_taken_in_turn, thousands_are_foreseen_where_it_is_worth_while,
           long_rows_are_not_looked_far_ahead_for, one_thread_alone)
