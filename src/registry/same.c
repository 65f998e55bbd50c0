#include "registry/same.h"

#include "util/error.h"

/* Columns of record_from. */
enum { COLUMN_ID, COLUMN_SOURCE, COLUMN_ENTERPRISE, COLUMN_FIELDS };

/* So far ahead enterprises with several records are gone through one by one. */
#define SEVERAL_AHEAD 65536

enum cbec_status sameness_open(struct sameness *sameness, struct cbec_registry *registry,
                               struct keys *keys, struct cbec_error *error)
{
    *sameness = (struct sameness){.keys = keys};
    enum cbec_status status = statement_prepare(&sameness->at, registry, "record_from", error);
    if (status == CBEC_OK)
        status = statement_prepare(&sameness->next, registry, "record_from", error);
    return status == CBEC_OK
               ? statement_prepare(&sameness->several, registry, "record_several", error)
               : status;
}

void sameness_close(struct sameness *sameness)
{
    statement_finish(&sameness->at);
    statement_finish(&sameness->next);
    statement_finish(&sameness->several);
}

static bool says(struct statement *row, int64_t source, const struct kept *kept)
{
    if (statement_integer(row, COLUMN_SOURCE) != source)
        return false;
    for (int field = 0; field < FIELD_COUNT; field++) {
        struct value value = statement_value(row, COLUMN_FIELDS + field);
        const struct value *wanted = &kept->of[field];
        if (value.number != wanted->number || !value.text.at != !wanted->text.at ||
            !slice_equal(value.text, wanted->text))
            return false;
    }
    return true;
}

/* Fills `same` if the row stepped to is the record at this place and says the same. */
static void compare(struct statement *row, int64_t place, int64_t source, const struct kept *kept,
                    struct same *same)
{
    if (statement_integer(row, COLUMN_ID) == place && says(row, source, kept))
        *same = (struct same){.id = place, .enterprise = statement_integer(row, COLUMN_ENTERPRISE)};
}

static enum cbec_status look_at(struct sameness *sameness, int64_t place, int64_t source,
                                const struct kept *kept, struct same *same,
                                struct cbec_error *error)
{
    bool row;
    statement_bind_integer(&sameness->at, 1, place);
    enum cbec_status status = statement_step(&sameness->at, &row, error);
    if (status == CBEC_OK && row)
        compare(&sameness->at, place, source, kept, same);
    statement_reset(&sameness->at);
    return status;
}

/*
 * The same for a place behind the last one looked at: goes on to it, which takes less than a look.
 * A row that was stepped to for an earlier place may have changed its enterprise since, and is
 * looked at anew.
 */
static enum cbec_status look_at_next(struct sameness *sameness, int64_t place, int64_t source,
                                     const struct kept *kept, struct same *same,
                                     struct cbec_error *error)
{
    bool row = true;
    struct statement *next = &sameness->next;
    bool passed = sameness->next_id > place && sameness->asked < place;
    sameness->asked = place;
    if (passed)
        return CBEC_OK;
    if (sameness->next_id == place)
        return look_at(sameness, place, source, kept, same, error);
    if (sameness->next_id != place - 1) {
        statement_reset(next);
        statement_bind_integer(next, 1, place);
    }
    enum cbec_status status = statement_step(next, &row, error);
    sameness->next_id = status == CBEC_OK && row ? statement_integer(next, COLUMN_ID) : 0;
    if (sameness->next_id)
        compare(next, place, source, kept, same);
    return status;
}

/*
 * Whether an enterprise has several records. Those that are asked about mostly come in their order,
 * so that a statement can go through these enterprises beside them.
 */
static enum cbec_status has_several(struct sameness *sameness, int64_t enterprise, bool *has,
                                    struct cbec_error *error)
{
    struct statement *several = &sameness->several;
    enum cbec_status status = CBEC_OK;
    if (enterprise < sameness->several_asked ||
        enterprise > sameness->several_asked + SEVERAL_AHEAD) {
        statement_reset(several);
        statement_bind_integer(several, 1, enterprise);
        sameness->several_id = 0;
    }
    sameness->several_asked = enterprise;
    while (status == CBEC_OK && sameness->several_id < enterprise) {
        bool row;
        status = statement_step(several, &row, error);
        sameness->several_id = row ? statement_integer(several, 0) : INT64_MAX;
    }
    *has = sameness->several_id == enterprise;
    return status;
}

/* Says what more there is to say of a record that was found. */
static enum cbec_status finish(struct sameness *sameness, struct same *same,
                               struct cbec_error *error)
{
    sameness->last = same->id;
    same->has_others = same->enterprise != same->id;
    return same->has_others ? CBEC_OK
                            : has_several(sameness, same->enterprise, &same->has_others, error);
}

enum cbec_status sameness_guess(struct sameness *sameness, int64_t source, const struct kept *kept,
                                struct same *same, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    *same = (struct same){.id = 0};
    if (sameness->last)
        status = look_at_next(sameness, ++sameness->last, source, kept, same, error);
    return status == CBEC_OK && same->id ? finish(sameness, same, error) : status;
}

enum cbec_status sameness_find(struct sameness *sameness, int64_t source, const struct kept *kept,
                               const struct key_hashes *hashes, struct same *same,
                               struct cbec_error *error)
{
    /* It would have the same keys: the first one, which few others have, is enough. */
    int kind = 0;
    while (!hashes->of[kind].given)
        kind++;
    struct keys *keys = sameness->keys;
    enum cbec_status status = keys_find(keys, hashes->of[kind].hash, error);
    for (size_t i = 0; status == CBEC_OK && !same->id && i < keys->found.count; i++)
        if (keys->found.at[i] != sameness->last)
            status = look_at(sameness, keys->found.at[i], source, kept, same, error);
    return status == CBEC_OK && same->id ? finish(sameness, same, error) : status;
}
