#include "registry/vintage.h"

#include <errno.h>
#include <stdlib.h>

#include "record/date.h"
#include "registry/connect.h"
#include "registry/schema.h"
#include "util/error.h"

enum step { STEP_FORGET, STEP_FIND, STEP_COPY, STEP_SHOW };

static enum cbec_status take_step(struct cbec_registry *registry, enum step step,
                                  struct cbec_error *error)
{
    return registry_execute(registry, schema_vintage[step].text, error);
}

/* Whether this vintage is shown already; "" stands for all. */
static enum cbec_status is_shown(struct cbec_registry *registry, const char *known_at, bool *shown,
                                 struct cbec_error *error)
{
    struct statement find;
    int64_t any;
    bool row = false;
    enum cbec_status status = registry_integer(
        registry, "SELECT count(*) FROM sqlite_temp_schema WHERE name = 'vintage'", &any, error);
    *shown = !any && !*known_at;
    if (status != CBEC_OK || !any)
        return status;
    status =
        statement_prepare_text(&find, registry, "SELECT known_at FROM temp.vintage", NULL, error);
    if (status == CBEC_OK)
        status = statement_step(&find, &row, error);
    *shown = row && slice_equal(statement_text(&find, 0), slice_of(known_at));
    statement_finish(&find);
    return status;
}

static enum cbec_status insert_vintage(struct cbec_registry *registry, const char *known_at,
                                       struct cbec_error *error)
{
    struct statement insert;
    enum cbec_status status = statement_prepare_text(
        &insert, registry, "INSERT INTO temp.vintage VALUES (?1)", NULL, error);
    statement_bind_text(&insert, 1, slice_of(known_at));
    if (status == CBEC_OK)
        status = statement_run(&insert, error);
    statement_finish(&insert);
    return status;
}

static enum cbec_status no_vintage(const char *known_at, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_USAGE,
                     "'%s' is neither the number of an import nor a day: write N or YYYY-MM-DD",
                     known_at);
}

/* Puts down which imports were not known. */
static enum cbec_status insert_unknown(struct cbec_registry *registry, const char *known_at,
                                       struct cbec_error *error)
{
    struct statement insert;
    struct date day;
    char *end;
    errno = 0;
    long long number = strtoll(known_at, &end, 10);
    bool is_number = *known_at > '0' && *known_at <= '9' && *end == '\0' && errno == 0;
    if (is_number) {
        enum cbec_status found = registry_check_import(registry, number, error);
        if (found != CBEC_OK)
            return found;
    } else if (!date_parse_iso(slice_of(known_at), &day) || !date_is_full(day)) {
        return no_vintage(known_at, error);
    }
    enum cbec_status status = statement_prepare(&insert, registry, "vintage_unknown_insert", error);
    if (status == CBEC_OK && is_number)
        statement_bind_integer(&insert, 1, number);
    else if (status == CBEC_OK)
        statement_bind_text(&insert, 2, slice_of(known_at));
    if (status == CBEC_OK)
        status = statement_run(&insert, error);
    statement_finish(&insert);
    return status;
}

static enum cbec_status find_affected(struct cbec_registry *registry, struct cbec_error *error)
{
    struct store store;
    enum cbec_status status = store_open(&store, registry, 0, error);
    if (status == CBEC_OK)
        status = take_step(registry, STEP_FIND, error);
    if (status == CBEC_OK)
        status = connect_affected(&store, error);
    store_close(&store);
    return status;
}

/* Makes the temporary tables that stand before those of the same name. */
static enum cbec_status make_shadows(struct cbec_registry *registry, struct cbec_error *error)
{
    struct statement shadows;
    struct buffer sql = {0};
    enum cbec_status status = statement_prepare(&shadows, registry, "vintage_shadows", error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&shadows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        buffer_append(&sql, statement_text(&shadows, 0));
        buffer_append(&sql, SLICE(";\n"));
    }
    statement_finish(&shadows);
    if (status == CBEC_OK)
        status = sql.failed ? error_no_memory(error)
                            : registry_execute(registry, buffer_string(&sql), error);
    buffer_free(&sql);
    return status;
}

/* Works out the affected enterprises from what was known of them. */
static enum cbec_status derive(struct cbec_registry *registry, struct cbec_error *error)
{
    struct store store;
    enum cbec_status status = make_shadows(registry, error);
    if (status != CBEC_OK)
        return status;
    status = take_step(registry, STEP_COPY, error);
    if (status != CBEC_OK)
        return status;
    status = store_open(&store, registry, 0, error);
    if (status == CBEC_OK)
        status = tally_count_all(&store.settling.tally, "counted_affected", -1, error);
    if (status == CBEC_OK)
        status =
            registry_execute(registry, "INSERT INTO temp.unplaced SELECT id FROM record", error);
    if (status == CBEC_OK)
        status = store_add_keys(&store, "record_unplaced", error);
    if (status == CBEC_OK)
        status = store_replay(&store, error);
    if (status == CBEC_OK)
        status = store_settle(&store, error);
    store_close(&store);
    return status;
}

enum cbec_status vintage_show(struct cbec_registry *registry, const char *known_at,
                              struct cbec_error *error)
{
    bool shown;
    int64_t unknown = 0;
    if (known_at && !*known_at)
        return no_vintage(known_at, error);
    known_at = known_at ? known_at : "";
    enum cbec_status status = is_shown(registry, known_at, &shown, error);
    if (status != CBEC_OK || shown)
        return status;
    if (sqlite3_get_autocommit(registry->db))
        return error_set(error, CBEC_ERROR_USAGE, "a vintage is asked for within a snapshot only");
    /* Much is put into temporary tables in no order; SQLite's own cache for them is small. */
    status = registry_execute(registry,
                              "PRAGMA temp.cache_size = -65536; PRAGMA cache_size = -32768", error);
    if (status == CBEC_OK)
        status = take_step(registry, STEP_FORGET, error);
    if (status == CBEC_OK && *known_at)
        status = insert_unknown(registry, known_at, error);
    if (status == CBEC_OK)
        status = insert_vintage(registry, known_at, error);
    if (status == CBEC_OK)
        status =
            registry_integer(registry, "SELECT count(*) FROM temp.unknown_import", &unknown, error);
    if (status != CBEC_OK || unknown == 0)
        return status;
    status = find_affected(registry, error);
    if (status == CBEC_OK)
        status = derive(registry, error);
    return status == CBEC_OK ? take_step(registry, STEP_SHOW, error) : status;
}
