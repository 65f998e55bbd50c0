#include "registry/same.h"

/* Columns of record_at. */
enum { COLUMN_SOURCE, COLUMN_ENTERPRISE, COLUMN_FIELDS };

/* So far ahead enterprises with several records are gone through one by one. */
#define SEVERAL_AHEAD 65536

/* So far enterprises are gone through one by one rather than looked up. */
#define FIRST_AHEAD 64

enum cbec_status sameness_open(struct sameness *sameness, struct cbec_registry *registry,
                               struct keys *keys, struct prints *prints, struct cbec_error *error)
{
    *sameness = (struct sameness){.keys = keys, .prints = prints};
    enum cbec_status status = statement_prepare(&sameness->at, registry, "record_at", error);
    if (status == CBEC_OK)
        status = statement_prepare(&sameness->first, registry, "enterprise_from", error);
    return status == CBEC_OK
               ? statement_prepare(&sameness->several, registry, "record_several", error)
               : status;
}

void sameness_close(struct sameness *sameness)
{
    statement_finish(&sameness->at);
    statement_finish(&sameness->first);
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

static enum cbec_status look_at(struct sameness *sameness, int64_t place, int64_t source,
                                const struct kept *kept, struct same *same,
                                struct cbec_error *error)
{
    bool row;
    struct statement *at = &sameness->at;
    statement_bind_integer(at, 1, place);
    enum cbec_status status = statement_step(at, &row, error);
    if (status == CBEC_OK && row && says(at, source, kept))
        *same = (struct same){.id = place, .enterprise = statement_integer(at, COLUMN_ENTERPRISE)};
    statement_reset(at);
    return status;
}

/*
 * Whether a record is the first one of an enterprise: those that are asked about mostly come one
 * behind the other, so that a statement can go through the enterprises beside them. One that it has
 * come to before may be gone since: then it is begun anew.
 */
static enum cbec_status is_first(struct sameness *sameness, int64_t record, bool *is,
                                 struct cbec_error *error)
{
    bool row = true;
    struct statement *first = &sameness->first;
    enum cbec_status status = CBEC_OK;
    bool passed = sameness->first_asked < record && sameness->first_id > record;
    *is = false;
    sameness->first_asked = record;
    if (passed)
        return CBEC_OK;
    if (sameness->first_id >= record || sameness->first_id < record - FIRST_AHEAD) {
        statement_reset(first);
        statement_bind_integer(first, 1, record);
        sameness->first_id = 0;
    }
    while (status == CBEC_OK && row && sameness->first_id < record) {
        status = statement_step(first, &row, error);
        sameness->first_id = row ? statement_integer(first, 0) : 0;
    }
    *is = sameness->first_id == record;
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
                                uint64_t print, struct same *same, struct cbec_error *error)
{
    uint64_t found;
    bool first = false;
    *same = (struct same){.id = 0};
    if (!sameness->last)
        return CBEC_OK;
    int64_t place = ++sameness->last;
    enum cbec_status status = prints_find(sameness->prints, place, &found, error);
    if (status != CBEC_OK || (found && found != print))
        return status;
    if (found)
        status = is_first(sameness, place, &first, error);
    if (status == CBEC_OK && first)
        *same = (struct same){.id = place, .enterprise = place};
    else if (status == CBEC_OK)
        status = look_at(sameness, place, source, kept, same, error);
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
        if (keys->found.at[i] != sameness->last) /* which is known to say something else */
            status = look_at(sameness, keys->found.at[i], source, kept, same, error);
    return status == CBEC_OK && same->id ? finish(sameness, same, error) : status;
}
