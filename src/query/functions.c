/* What SQL can do here: the functions that queries call, and the limits they run under. */
#include "query/catalogue.h"
#include "record/code.h"
#include "record/date.h"
#include "record/name.h"
#include "util/error.h"
#include "util/percent.h"

/* percent(part, whole); NULL if there is no whole. */
static void sql_percent(sqlite3_context *context, int count, sqlite3_value **values)
{
    double percent;
    (void)count;
    if (percent_of(sqlite3_value_int64(values[0]), sqlite3_value_int64(values[1]), &percent))
        sqlite3_result_double(context, percent);
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

static void define_functions(sqlite3 *db)
{
    static const struct {
        const char *name;
        int arguments;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"percent", 2, sql_percent},
                     {"plain_name", 1, sql_plain_name},
                     {"name_key", 1, sql_name_key},
                     {"code_key", 1, sql_code_key}};
    static const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        sqlite3_create_function(db, functions[i].name, functions[i].arguments, flags, NULL,
                                functions[i].function, NULL, NULL);
    sqlite3_create_window_function(db, "last_date", 1, flags, NULL, last_date_step, last_date_value,
                                   last_date_value, last_date_inverse, NULL);
}

/* ---- What a query may do -----------------------------------------------------------------------
 */

/* Functions that reach out of the database. */
static bool is_dangerous(const char *function)
{
    static const char *const dangerous[] = {"load_extension", "fts3_tokenizer"};
    for (size_t i = 0; i < sizeof dangerous / sizeof *dangerous; i++)
        if (sqlite3_stricmp(function, dangerous[i]) == 0)
            return true;
    return false;
}

/* What a query of the user's own may read; the tables behind it are nobody's to rely on. */
static const char *const views[] = {"enterprises", "observations", "imports", "refused",
                                    "counted",     "exits",        "asked"};

enum { VIEWS = sizeof views / sizeof *views };

static bool is_public(const char *table)
{
    for (int i = 0; i < VIEWS; i++)
        if (sqlite3_stricmp(table, views[i]) == 0)
            return true;
    return false;
}

/* ": a query may only read …, and call plain functions" */
static void append_permission(struct buffer *message)
{
    buffer_append(message, SLICE(": a query may only read "));
    for (int i = 0; i < VIEWS; i++)
        buffer_append_format(message, "%s%s",
                             i == 0          ? ""
                             : i < VIEWS - 1 ? ", "
                                             : " and ",
                             views[i]);
    buffer_append(message, SLICE(", and call plain functions"));
}

/*
 * Everything is denied but reading: sqlite3_stmt_readonly alone would let ATTACH through. `context`
 * is the file of a query of the user's own; `view` the one in which a table is read.
 */
static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *view)
{
    /* A table of which no column is read is reported without the view in which it stands. */
    bool is_counted = second && !*second && !database;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return !context || view || is_public(first) || is_counted ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return is_dangerous(second) ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

/* "new_by_year" or "queries/mine.sql, line 3": where SQLite found a mistake. */
static enum cbec_status mistake(struct cbec_registry *registry, const char *name, const char *file,
                                const char *sql, struct cbec_error *error)
{
    int at = sqlite3_error_offset(registry->db);
    int line = 1;
    const char *message = sqlite3_errmsg(registry->db);
    bool denied = sqlite3_errcode(registry->db) == SQLITE_AUTH || strstr(message, "prohibited") ||
                  strstr(message, "not authorized") || strstr(message, "vtable constructor");
    for (int i = 0; i < at; i++)
        line += sql[i] == '\n';
    char place[32] = "";
    if (at >= 0)
        snprintf(place, sizeof place, ", line %d", line);
    struct buffer permission = {0};
    if (denied)
        append_permission(&permission);
    error_set(error, CBEC_ERROR_INPUT, "%s%s: %s%s", file ? file : name, place, message,
              buffer_string(&permission));
    buffer_free(&permission);
    return CBEC_ERROR_INPUT;
}

/* Whether nothing follows but blanks and comments, which yield no statement. */
static bool is_blank(struct cbec_registry *registry, const char *sql)
{
    struct statement more = {0};
    bool blank =
        statement_prepare_text(&more, registry, sql, NULL, NULL) == CBEC_OK && !more.handle;
    statement_finish(&more);
    return blank;
}

enum cbec_status query_prepare(struct cbec_registry *registry, const char *name, const char *file,
                               const char *sql, struct statement *statement,
                               struct cbec_error *error)
{
    const char *rest = sql;
    const char *where = file ? file : name;
    enum cbec_status status = CBEC_OK;
    define_functions(registry->db);
    sqlite3_set_authorizer(registry->db, authorize, (void *)file);
    if (statement_prepare_text(statement, registry, sql, &rest, NULL) != CBEC_OK)
        status = mistake(registry, name, file, sql, error);
    else if (!statement->handle)
        status = error_set(error, CBEC_ERROR_INPUT, "%s: holds no query: write a SELECT", where);
    else if (!sqlite3_stmt_readonly(statement->handle) || sqlite3_stmt_isexplain(statement->handle))
        status = error_set(error, CBEC_ERROR_INPUT, "%s: not a query: write a SELECT", where);
    else if (!is_blank(registry, rest))
        status = error_set(error, CBEC_ERROR_INPUT,
                           "%s: holds more than one statement: write one SELECT a file", where);
    sqlite3_set_authorizer(registry->db, NULL, NULL);
    return status;
}
