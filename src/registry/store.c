#include "registry/store.h"

#include <xxhash.h>

#include "util/error.h"

enum cbec_status store_open(struct store *store, struct cbec_registry *registry,
                            struct cbec_error *error)
{
    *store = (struct store){.registry = registry};
    const struct {
        struct statement *statement;
        const char *name;
    } prepared[] = {
        {&store->find_same, "record_find_same"},       {&store->insert, "record_insert"},
        {&store->add_key, "record_key_insert"},        {&store->sight, "sighting_insert"},
        {&store->has_others, "enterprise_has_others"}, {&store->set_dirty, "dirty_insert"},
    };
    enum cbec_status status =
        registry_execute(registry,
                         "CREATE TEMP TABLE IF NOT EXISTS dirty (enterprise INTEGER PRIMARY KEY);"
                         "CREATE TEMP TABLE IF NOT EXISTS unplaced (record INTEGER PRIMARY KEY);"
                         "DELETE FROM dirty; DELETE FROM unplaced",
                         error);
    for (size_t i = 0; i < sizeof prepared / sizeof *prepared && status == CBEC_OK; i++)
        status = statement_prepare(prepared[i].statement, registry, prepared[i].name, error);
    if (status == CBEC_OK)
        status = identity_open(&store->identity, registry, error);
    if (status == CBEC_OK)
        status = settling_open(&store->settling, registry, error);
    int64_t records = 1;
    if (status == CBEC_OK)
        status =
            registry_integer(registry, "SELECT EXISTS (SELECT 1 FROM record)", &records, error);
    if (!records) {
        filter_open(&store->seen);
        filter_open(&store->identity.known);
    }
    return status;
}

void store_close(struct store *store)
{
    filter_close(&store->seen);
    statement_finish(&store->find_same);
    statement_finish(&store->insert);
    statement_finish(&store->add_key);
    statement_finish(&store->sight);
    statement_finish(&store->has_others);
    statement_finish(&store->set_dirty);
    identity_close(&store->identity);
    settling_close(&store->settling);
}

/* Each text is hashed with what came before it as the seed; a missing one changes it as no text
 * does. */
static int64_t content_hash(int64_t source, const struct record *record)
{
    XXH64_hash_t hash = (XXH64_hash_t)source;
    for (int field = 0; field < FIELD_COUNT; field++) {
        struct slice text = record->text[field];
        hash = text.at ? XXH3_64bits_withSeed(text.at, text.length, hash) : ~hash;
    }
    return (int64_t)hash;
}

enum cbec_status store_mark(struct store *store, int64_t enterprise, struct cbec_error *error)
{
    statement_bind_integer(&store->set_dirty, 1, enterprise);
    return statement_run(&store->set_dirty, error);
}

/*
 * Looks for the same words of the same source. A row that repeats them is a sighting: it says
 * nothing new, but says it with its file's data date, which may make it the last word of an
 * enterprise with other records.
 */
static enum cbec_status sight(struct store *store, int64_t place, int64_t source,
                              const struct record *record, int64_t hash, bool *found,
                              struct cbec_error *error)
{
    struct statement *find = &store->find_same;
    *found = false;
    if (!filter_may_have(&store->seen, hash))
        return CBEC_OK;
    statement_bind_integer(find, 1, source);
    statement_bind_integer(find, 2, hash);
    for (int field = 0; field < FIELD_COUNT; field++)
        statement_bind_text(find, 3 + field, record->text[field]);
    enum cbec_status status = statement_step(find, found, error);
    if (status != CBEC_OK || !*found)
        return status;
    int64_t enterprise = statement_integer(find, 1);
    statement_bind_integer(&store->sight, 1, place);
    statement_bind_integer(&store->sight, 2, statement_integer(find, 0));
    statement_reset(find);
    status = statement_run(&store->sight, error);

    bool row;
    statement_bind_integer(&store->has_others, 1, enterprise);
    if (status == CBEC_OK)
        status = statement_step(&store->has_others, &row, error);
    bool has_others = status == CBEC_OK && statement_integer(&store->has_others, 0) != 0;
    statement_reset(&store->has_others);
    return has_others ? store_mark(store, enterprise, error) : status;
}

static enum cbec_status insert(struct store *store, int64_t place, int64_t source,
                               int64_t enterprise, int64_t hash, const struct record *record,
                               struct cbec_error *error)
{
    struct statement *insert = &store->insert;
    statement_bind_integer(insert, 1, place);
    statement_bind_integer(insert, 2, source);
    statement_bind_integer(insert, 3, enterprise);
    statement_bind_integer(insert, 4, enterprise == place);
    statement_bind_integer(insert, 5, hash);
    statement_bind_text(insert, 6, slice_of(record->status ? record->status->name : NULL));
    statement_bind_text(insert, 7, slice_of(code_class_name(record->code_class)));
    for (int field = 0; field < FIELD_COUNT; field++)
        statement_bind_text(insert, 8 + field, record->text[field]);
    enum cbec_status status = statement_run(insert, error);

    const struct identity_keys *keys = &store->identity.keys;
    statement_bind_integer(&store->add_key, 2, place);
    for (int kind = 0; kind < KEY_KINDS && status == CBEC_OK; kind++) {
        if (!keys->of[kind].given)
            continue;
        statement_bind_integer(&store->add_key, 1, keys->of[kind].hash);
        status = statement_run(&store->add_key, error);
        filter_add(&store->identity.known, keys->of[kind].hash);
    }
    filter_add(&store->seen, hash);
    return status;
}

enum cbec_status store_record(struct store *store, int64_t place, int64_t source,
                              const struct record *record, enum outcome *outcome,
                              struct cbec_error *error)
{
    bool seen;
    int64_t hash = content_hash(source, record);
    *outcome = OUTCOME_UNCHANGED;
    enum cbec_status status = sight(store, place, source, record, hash, &seen, error);
    if (status != CBEC_OK || seen)
        return status;

    int64_t enterprise;
    if (!identity_keys_of(record, &store->identity.keys))
        return error_no_memory(error);
    status = identity_place(&store->identity, record, &enterprise, error);
    *outcome = enterprise ? OUTCOME_UPDATED : OUTCOME_NEW;
    if (status == CBEC_OK)
        status = insert(store, place, source, enterprise ? enterprise : place, hash, record, error);
    if (status != CBEC_OK)
        return status;
    return enterprise ? store_mark(store, enterprise, error)
                      : settle_new(&store->settling, place, source, record, error);
}

static enum cbec_status with_keys(struct store *store, struct statement *records,
                                  struct statement *action, struct cbec_error *error)
{
    struct record record;
    struct identity_keys *keys = &store->identity.keys;
    enum cbec_status status = CBEC_OK;
    settle_read_record(records, 2, &record);
    if (!identity_keys_of(&record, keys))
        return error_no_memory(error);
    if (statement_parameters(action) >= 2)
        statement_bind_integer(action, 2, statement_integer(records, 0));
    if (statement_parameters(action) >= 3 && statement_is_null(records, 1))
        statement_bind_null(action, 3);
    else if (statement_parameters(action) >= 3)
        statement_bind_integer(action, 3, statement_integer(records, 1));
    for (int kind = 0; kind < KEY_KINDS && status == CBEC_OK; kind++) {
        if (!keys->of[kind].given)
            continue;
        statement_bind_integer(action, 1, keys->of[kind].hash);
        status = statement_run(action, error);
    }
    return status;
}

enum cbec_status store_run_with_keys(struct store *store, const char *records, const char *action,
                                     struct cbec_error *error)
{
    struct statement rows = {0}, run = {0};
    enum cbec_status status = statement_prepare(&rows, store->registry, records, error);
    if (status == CBEC_OK)
        status = statement_prepare(&run, store->registry, action, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        status = with_keys(store, &rows, &run, error);
    }
    statement_finish(&rows);
    statement_finish(&run);
    return status;
}

enum cbec_status store_add_connected(struct store *store, struct cbec_error *error)
{
    int64_t before, after;
    struct cbec_registry *registry = store->registry;
    enum cbec_status status;
    do {
        before = sqlite3_total_changes64(registry->db);
        status = store_run_with_keys(store, "undo_affected_records", "undo_add_connected", error);
        after = sqlite3_total_changes64(registry->db);
    } while (status == CBEC_OK && after != before);
    return status;
}

/* Places the record in the current row of record_unplaced. */
static enum cbec_status replace(struct store *store, struct statement *unplaced,
                                struct statement *assign, struct cbec_error *error)
{
    struct record record;
    int64_t id = statement_integer(unplaced, 0);
    int64_t enterprise;
    settle_read_record(unplaced, 2, &record);
    if (!identity_keys_of(&record, &store->identity.keys))
        return error_no_memory(error);
    enum cbec_status status = identity_place(&store->identity, &record, &enterprise, error);
    if (status != CBEC_OK)
        return status;
    statement_bind_integer(assign, 1, id);
    statement_bind_integer(assign, 2, enterprise ? enterprise : id);
    statement_bind_integer(assign, 3, enterprise == 0);
    status = statement_run(assign, error);
    if (status == CBEC_OK && !enterprise) {
        status = settle_new(&store->settling, id, statement_integer(unplaced, 1), &record, error);
        enterprise = id;
    }
    return status == CBEC_OK ? store_mark(store, enterprise, error) : status;
}

enum cbec_status store_replay(struct store *store, struct cbec_error *error)
{
    struct statement unplaced = {0}, assign = {0};
    enum cbec_status status =
        statement_prepare(&unplaced, store->registry, "record_unplaced", error);
    if (status == CBEC_OK)
        status = statement_prepare_text(
            &assign, store->registry,
            "UPDATE record SET enterprise = ?2, opened = ?3 WHERE id = ?1", NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&unplaced, &row, error);
        if (status != CBEC_OK || !row)
            break;
        status = replace(store, &unplaced, &assign, error);
    }
    statement_finish(&unplaced);
    statement_finish(&assign);
    return status;
}

enum cbec_status store_settle(struct store *store, struct cbec_error *error)
{
    struct statement dirty;
    enum cbec_status status = statement_prepare_text(
        &dirty, store->registry, "SELECT enterprise FROM dirty ORDER BY enterprise", NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&dirty, &row, error);
        if (status != CBEC_OK || !row)
            break;
        status = settle_again(&store->settling, statement_integer(&dirty, 0), error);
    }
    statement_finish(&dirty);
    return status;
}
