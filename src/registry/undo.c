/*
 * Taking an import back, as if it had never been.
 *
 * Which records belong together depends on the order in which they came, so all records that are
 * connected with those of the import by a key, however far, are placed again in that order. The
 * steps in SQL are in schema/undo.
 */
#include "registry/connect.h"
#include "registry/schema.h"

enum step { STEP_BEGIN, STEP_FIND, STEP_TAKE_BACK, STEP_DROP, STEP_FINISH };

static enum cbec_status take_step(struct cbec_registry *registry, enum step step,
                                  struct cbec_error *error)
{
    return registry_execute(registry, schema_undo[step].text, error);
}

static enum cbec_status begin_undo(struct cbec_registry *registry, int64_t import,
                                   struct cbec_error *error)
{
    struct statement insert;
    enum cbec_status status = take_step(registry, STEP_BEGIN, error);
    if (status != CBEC_OK)
        return status;
    status = statement_prepare_text(&insert, registry,
                                    "INSERT INTO temp.undone VALUES (?1, ?2, ?3)", NULL, error);
    statement_bind_integer(&insert, 1, import);
    statement_bind_integer(&insert, 2, place_of(import, 0));
    statement_bind_integer(&insert, 3, place_of(import + 1, 0) - 1);
    if (status == CBEC_OK)
        status = statement_run(&insert, error);
    statement_finish(&insert);
    return status;
}

/*
 * Deletes the rows of the import from a table whose ids are places. Where there are no others,
 * SQLite gives back all pages at once, and need not write them before that.
 */
static enum cbec_status drop_rows(struct cbec_registry *registry, const char *table,
                                  struct cbec_error *error)
{
    char sql[200];
    int64_t only;
    snprintf(sql, sizeof sql,
             "SELECT (SELECT min(id) FROM %s) >= first AND (SELECT max(id) FROM %s) <= last "
             "FROM undone",
             table, table);
    enum cbec_status status = registry_integer(registry, sql, &only, error);
    snprintf(sql, sizeof sql, "DELETE FROM %s%s", table,
             only ? ""
                  : " WHERE id BETWEEN (SELECT first FROM undone) AND (SELECT last FROM undone)");
    return status == CBEC_OK ? registry_execute(registry, sql, error) : status;
}

/* Drops the keys of the import; those of records that move come back with their new places. */
static enum cbec_status move_keys(struct store *store, int64_t import, struct cbec_error *error)
{
    enum cbec_status status = keys_drop(&store->identity.on_file, place_of(import, 0),
                                        place_of(import + 1, 0) - 1, error);
    return status == CBEC_OK ? store_add_keys(store, "undo_records_moved", error) : status;
}

static enum cbec_status undo_steps(struct cbec_registry *registry, int64_t import,
                                   struct cbec_error *error)
{
    struct store store;
    enum cbec_status status = store_open(&store, registry, 0, error);
    if (status == CBEC_OK)
        status = begin_undo(registry, import, error);
    if (status == CBEC_OK)
        status = take_step(registry, STEP_FIND, error);
    if (status == CBEC_OK)
        status = connect_affected(&store, error);
    if (status == CBEC_OK)
        status = tally_count_all(&store.settling.tally, "counted_affected", -1, error);
    if (status == CBEC_OK)
        status = drop_rows(registry, "sighting", error);
    if (status == CBEC_OK)
        status = take_step(registry, STEP_TAKE_BACK, error);
    if (status == CBEC_OK)
        status = move_keys(&store, import, error);
    if (status == CBEC_OK)
        status = take_step(registry, STEP_DROP, error);
    if (status == CBEC_OK)
        status = drop_rows(registry, "record", error);
    if (status == CBEC_OK)
        status = drop_rows(registry, "record_print", error);
    if (status == CBEC_OK)
        status = store_replay(&store, error);
    if (status == CBEC_OK)
        status = store_settle(&store, error);
    if (status == CBEC_OK)
        status = take_step(registry, STEP_FINISH, error);
    store_close(&store);
    return status;
}

enum cbec_status cbec_undo(struct cbec_registry *registry, int64_t import, struct cbec_error *error)
{
    enum cbec_status status = registry_begin(registry, error);
    if (status == CBEC_OK)
        status = registry_check_import(registry, import, error);
    if (status == CBEC_OK)
        status = undo_steps(registry, import, error);
    if (status == CBEC_OK)
        status = registry_commit(registry, error);
    registry_rollback(registry);
    return status;
}
