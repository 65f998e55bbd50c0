/* Canned queries: each is one .sql file in schema/queries, known to the program by its name alone.
 */
#include <stdlib.h>

#include "query/question.h"
#include "record/code.h"
#include "record/date.h"
#include "record/name.h"
#include "registry/schema.h"
#include "util/error.h"
#include "util/suggest.h"

struct cbec_result {
    struct cbec_registry *registry;
    struct statement statement;
    size_t count;
    struct cbec_cell *cells;
};

/* ---- The catalogue -----------------------------------------------------------------------------
 */

/* The first line of the comment that a query's file begins with. */
static const char *title_of(const struct sql_file *file)
{
    static _Thread_local char title[160];
    const char *text = file->text + strspn(file->text, "- ");
    snprintf(title, sizeof title, "%.*s", (int)strcspn(text, "\n"), text);
    return title;
}

bool cbec_query_at(size_t number, const char **name, const char **title, const char **sql)
{
    const struct sql_file *file = schema_queries;
    for (; file->name && number > 0; number--)
        file++;
    if (!file->name)
        return false;
    if (name)
        *name = file->name;
    if (title)
        *title = title_of(file);
    if (sql)
        *sql = file->text;
    return true;
}

static const struct sql_file *find_file(const struct sql_file *files, const char *name)
{
    for (; files->name; files++)
        if (strcmp(files->name, name) == 0)
            return files;
    return NULL;
}

static enum cbec_status unknown_query(const char *name, struct cbec_error *error)
{
    const struct sql_file *files = schema_queries;
    struct suggestion near = {.written = slice_of(name)};
    char hint[128];
    for (; files->name; files++)
        suggestion_add(&near, slice_of(files->name));
    return error_set(error, CBEC_ERROR_USAGE,
                     "unknown query '%s'%s (`cbec query --list` lists them)", name,
                     suggestion_text(&near, hint));
}

/* ---- What a query may do -----------------------------------------------------------------------
 */

/*
 * percent(part, whole): 100 × part / whole to one decimal, halves away from zero, worked out in
 * whole numbers so that 8.35 is never taken for 8.3. NULL if there is no whole.
 */
static void sql_percent(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sqlite3_int64 part = sqlite3_value_int64(values[0]);
    sqlite3_int64 whole = sqlite3_value_int64(values[1]);
    if (whole <= 0)
        return;
    sqlite3_int64 size = part < 0 ? -part : part;
    sqlite3_int64 tenths = (2000 * size + whole) / (2 * whole);
    sqlite3_result_double(context, (double)(part < 0 && tenths ? -tenths : tenths) / 10.0);
}

/* plain_name(name): without what vendors hang on to it in brackets. */
static void sql_plain_name(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *name = (const char *)sqlite3_value_text(values[0]);
    if (!name)
        return;
    struct slice plain =
        name_without_suffixes((struct slice){name, (size_t)sqlite3_value_bytes(values[0])});
    sqlite3_result_text64(context, plain.at, plain.length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/*
 * last_date(date) OVER (… ORDER BY …): the date that counts so far: the last one, but that a less
 * precise date does not replace one that agrees with it.
 */
static void last_date_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct date *last = sqlite3_aggregate_context(context, sizeof *last);
    const char *text = (const char *)sqlite3_value_text(values[0]);
    struct date said;
    if (last && date_parse_iso(slice_of(text), &said) && !date_contains(said, *last))
        *last = said;
}

static void last_date_value(sqlite3_context *context)
{
    char text[DATE_TEXT_SIZE];
    struct date *last = sqlite3_aggregate_context(context, sizeof *last);
    if (!last || !last->year)
        return;
    date_format(*last, text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* Never called: the frame begins with the first row. */
static void last_date_inverse(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    sqlite3_result_error(context, "last_date looks back to the first row", -1);
}

/* name_key(name), code_key(code): the forms in which two names or codes are the same. */
static void sql_key(sqlite3_context *context, sqlite3_value *value,
                    void (*fold)(struct slice text, struct buffer *out))
{
    struct buffer key = {0};
    const char *text = (const char *)sqlite3_value_text(value);
    if (text)
        fold((struct slice){text, (size_t)sqlite3_value_bytes(value)}, &key);
    if (key.failed)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text64(context, key.data ? key.data : "", key.length, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    buffer_free(&key);
}

static void sql_name_key(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sql_key(context, values[0], name_key);
}

static void sql_code_key(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sql_key(context, values[0], code_fold);
}

/* Everything is denied but reading: sqlite3_stmt_readonly alone would let ATTACH through. */
static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    (void)context;
    (void)first;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static enum cbec_status prepare_query(struct cbec_registry *registry, const char *sql,
                                      struct statement *statement, struct cbec_error *error)
{
    static const struct {
        const char *name;
        int arguments;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"percent", 2, sql_percent},
                     {"plain_name", 1, sql_plain_name},
                     {"name_key", 1, sql_name_key},
                     {"code_key", 1, sql_code_key}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        sqlite3_create_function(registry->db, functions[i].name, functions[i].arguments,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                functions[i].function, NULL, NULL);
    sqlite3_create_window_function(
        registry->db, "last_date", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
        last_date_step, last_date_value, last_date_value, last_date_inverse, NULL);
    sqlite3_set_authorizer(registry->db, authorize, NULL);
    enum cbec_status status = statement_prepare_text(statement, registry, sql, NULL, error);
    sqlite3_set_authorizer(registry->db, NULL, NULL);
    return status;
}

/* ---- Running -----------------------------------------------------------------------------------
 */

static enum cbec_status run(struct cbec_registry *registry, const struct sql_file *file,
                            const struct cbec_question *question, struct cbec_result **result,
                            struct cbec_error *error)
{
    static const struct cbec_question nothing = {0};
    enum cbec_status status = question_put(registry, question ? question : &nothing, error);
    if (status != CBEC_OK)
        return status;
    struct cbec_result *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->registry = registry;
    status = prepare_query(registry, file->text, &made->statement, error);
    if (status == CBEC_OK) {
        made->count = (size_t)sqlite3_column_count(made->statement.handle);
        made->cells = calloc(made->count, sizeof *made->cells);
        if (!made->cells)
            status = error_no_memory(error);
    }
    if (status != CBEC_OK) {
        cbec_result_close(made);
        return status;
    }
    *result = made;
    return CBEC_OK;
}

enum cbec_status cbec_query_run(struct cbec_registry *registry, const char *name,
                                const struct cbec_question *question, struct cbec_result **result,
                                struct cbec_error *error)
{
    *result = NULL;
    const struct sql_file *file = find_file(schema_queries, name);
    return file ? run(registry, file, question, result, error) : unknown_query(name, error);
}

enum cbec_status cbec_list_run(struct cbec_registry *registry, const char *name,
                               const struct cbec_question *question, struct cbec_result **result,
                               struct cbec_error *error)
{
    *result = NULL;
    const struct sql_file *file = find_file(schema_listings, name);
    return file ? run(registry, file, question, result, error)
                : error_set(error, CBEC_ERROR_USAGE, "unknown listing '%s'", name);
}

size_t cbec_result_columns(const struct cbec_result *result)
{
    return result->count;
}

const char *cbec_result_column(const struct cbec_result *result, size_t column)
{
    return sqlite3_column_name(result->statement.handle, (int)column);
}

static struct cbec_cell cell_at(struct statement *statement, int column)
{
    struct cbec_cell cell = {.type = CBEC_CELL_NULL};
    switch (sqlite3_column_type(statement->handle, column)) {
    case SQLITE_NULL:
        break;
    case SQLITE_INTEGER:
        cell.type = CBEC_CELL_INTEGER;
        cell.integer = statement_integer(statement, column);
        break;
    case SQLITE_FLOAT:
        cell.type = CBEC_CELL_REAL;
        cell.real = statement_real(statement, column);
        break;
    default: {
        struct slice text = statement_text(statement, column);
        cell.type = CBEC_CELL_TEXT;
        cell.text = text.at;
        cell.length = text.length;
    }
    }
    return cell;
}

enum cbec_status cbec_result_next(struct cbec_result *result, const struct cbec_cell **cells,
                                  struct cbec_error *error)
{
    bool row;
    *cells = NULL;
    enum cbec_status status = statement_step(&result->statement, &row, error);
    if (status != CBEC_OK || !row)
        return status;
    for (size_t i = 0; i < result->count; i++)
        result->cells[i] = cell_at(&result->statement, (int)i);
    *cells = result->cells;
    return CBEC_OK;
}

void cbec_result_close(struct cbec_result *result)
{
    if (!result)
        return;
    statement_finish(&result->statement);
    free(result->cells);
    free(result);
}

enum cbec_status cbec_snapshot_begin(struct cbec_registry *registry, struct cbec_error *error)
{
    return registry_execute(registry, "BEGIN", error);
}

void cbec_snapshot_end(struct cbec_registry *registry)
{
    registry_rollback(registry);
}
