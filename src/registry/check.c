/* Is the registry sound? What is derived is derived anew and compared. */
#include "registry/schema.h"
#include "registry/store.h"
#include "util/error.h"

struct checking {
    struct cbec_registry *registry;
    void (*problem)(void *context, const char *what);
    void *context;
    size_t problems;
};

/* Runs SQL whose rows are problems, each a text in the first column; "ok" is none. */
static enum cbec_status report_rows(struct checking *checking, const char *sql,
                                    struct cbec_error *error)
{
    struct statement rows;
    enum cbec_status status = statement_prepare_text(&rows, checking->registry, sql, NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        struct slice what = statement_text(&rows, 0);
        if (slice_equal(what, SLICE("ok")))
            continue;
        checking->problems++;
        char text[500];
        snprintf(text, sizeof text, "%.*s", (int)what.length, what.at);
        if (checking->problem)
            checking->problem(checking->context, text);
    }
    statement_finish(&rows);
    return status;
}

/* Derives all enterprises from the records, inside a transaction that is taken back. */
static enum cbec_status derive_anew(struct cbec_registry *registry, struct cbec_error *error)
{
    static const char prepare[] =
        "DROP TABLE IF EXISTS temp.enterprise_before; DROP TABLE IF EXISTS temp.record_before;"
        "CREATE TEMP TABLE enterprise_before AS SELECT * FROM enterprise;"
        "CREATE TEMP TABLE record_before AS SELECT id, enterprise, opened FROM record;"
        "DROP TABLE IF EXISTS temp.key_before; CREATE TEMP TABLE key_before AS SELECT * FROM "
        "record_key;"
        "INSERT INTO temp.unplaced SELECT id FROM record; DELETE FROM record_key;"
        "DELETE FROM enterprise; UPDATE record SET enterprise = 0";
    struct store store;
    enum cbec_status status = store_open(&store, registry, error);
    if (status == CBEC_OK)
        status = registry_execute(registry, prepare, error);
    if (status == CBEC_OK)
        status = store_run_with_keys(&store, "record_unplaced", "record_key_insert", error);
    if (status == CBEC_OK)
        status = store_replay(&store, error);
    if (status == CBEC_OK)
        status = store_settle(&store, error);
    store_close(&store);
    return status;
}

enum cbec_status cbec_check(struct cbec_registry *registry,
                            void (*problem)(void *context, const char *what), void *context,
                            size_t *problems, struct cbec_error *error)
{
    struct checking checking = {.registry = registry, .problem = problem, .context = context};
    enum cbec_status status = registry_begin(registry, error);
    if (status == CBEC_OK)
        status = report_rows(&checking, "PRAGMA integrity_check", error);
    if (status == CBEC_OK)
        status = report_rows(&checking,
                             "SELECT 'row ' || rowid || ' of ' || \"table\" || ' refers to nothing "
                             "in ' || parent FROM pragma_foreign_key_check",
                             error);
    if (status == CBEC_OK)
        status = derive_anew(registry, error);
    for (const struct sql_file *file = schema_checks; status == CBEC_OK && file->name; file++)
        status = report_rows(&checking, file->text, error);
    registry_rollback(registry);
    *problems = checking.problems;
    return status;
}
