#include "query/counts.h"

#include <stdlib.h>

#include "query/count_columns.h"
#include "query/groups.h"
#include "registry/tally.h"
#include "registry/tally_cells.h"

/* One of the two tables, of a connection. */
struct table {
    sqlite3_vtab base;
    struct cbec_registry *registry;
    const struct count_column *columns;
    bool exits; /* it counts those that have left, not those that were founded */
};

/* SQLite says which columns are read in so many bits. */
#define COLUMNS_MOST 63

/* A table as it is being read. */
struct counting {
    sqlite3_vtab_cursor base;
    const struct table *table;
    struct cbec_registry *registry;
    struct counts_asked asked;
    bool complete;                                 /* the as-of date ends a year */
    bool all;                                      /* all enterprises are asked about */
    const struct count_column *read[COLUMNS_MOST]; /* the columns that are */
    int place[COLUMNS_MOST];                       /* of each column in `read` */
    struct groups groups;
    size_t nth; /* the current row is this group */
    struct statement words;
};

/* ---- Counting ----------------------------------------------------------------------------------
 */

static bool is_asked_for(const struct counting *counting, const struct counted *counted)
{
    return counting->table->exits
               ? counted->exit_year && counted->exit_from <= counting->asked.as_of
               : counted->founded <= counting->asked.as_of;
}

static bool add(struct counting *counting, const struct counted *counted, int64_t number)
{
    int64_t values[COLUMNS_MOST];
    if (!is_asked_for(counting, counted))
        return true;
    for (size_t i = 0; i < counting->groups.width; i++)
        values[i] = counting->read[i]->value(&counting->asked, counted);
    return groups_add(&counting->groups, values, number) && !counting->asked.no_memory;
}

static bool knows_days(enum counted_kind kind)
{
    return kind == COUNTED_DAY || kind == COUNTED_EXIT;
}

/*
 * Adds up the counts of a kind. `*enough` is false if they are not: a value is no word, or years
 * are counted as wholes and the as-of date is within one.
 */
static enum cbec_status add_row(struct counting *counting, enum counted_kind kind,
                                struct statement *row, bool *enough)
{
    struct counted counted = {.province = statement_value(row, 1),
                              .source_set = statement_integer(row, 2)};
    struct cells cells = {.bytes = statement_blob(row, 0)};
    int64_t year_end = date_pack((struct date){date_unpack(counting->asked.as_of).year, 12, 31});
    while (cells_next(&cells)) {
        if (!counted_from_key(kind, cells.key, &counted))
            *enough = false;
        /* Of the year of the as-of date it was found that nothing comes after it. */
        if (!knows_days(kind) && counted.precision == BY_DAY && counted.founded == year_end)
            counted.founded = counting->asked.as_of;
        if (!add(counting, &counted, cells.number))
            return CBEC_ERROR_SYSTEM;
    }
    return CBEC_OK;
}

static enum cbec_status add_counts(struct counting *counting, enum counted_kind kind,
                                   const char *statement, bool *enough)
{
    struct statement rows;
    enum cbec_status status = statement_prepare(&rows, counting->registry, statement, NULL);
    if (status == CBEC_OK)
        statement_bind_integer(&rows, 1, kind);
    for (bool row = true; status == CBEC_OK && *enough;) {
        status = statement_step(&rows, &row, NULL);
        if (status != CBEC_OK || !row)
            break;
        status = add_row(counting, kind, &rows, enough);
    }
    statement_finish(&rows);
    return status;
}

/* Looks at the enterprises themselves. */
static enum cbec_status add_enterprises(struct counting *counting)
{
    struct statement rows;
    int64_t cny;
    counting->registry->looks++;
    groups_clear(&counting->groups);
    enum cbec_status status =
        registry_integer(counting->registry, "SELECT id FROM word WHERE text = 'CNY'", &cny, NULL);
    if (status == CBEC_OK)
        status = statement_prepare(&rows, counting->registry, "counted_asked", NULL);
    if (status != CBEC_OK)
        return status;
    for (bool row = true; status == CBEC_OK;) {
        struct counted counted;
        status = statement_step(&rows, &row, NULL);
        if (status != CBEC_OK || !row)
            break;
        counted_read(&rows, cny, &counted);
        if (!add(counting, &counted, 1))
            status = CBEC_ERROR_SYSTEM;
    }
    statement_finish(&rows);
    return status;
}

/* ---- Which counts ------------------------------------------------------------------------------
 */

/* Whether an enterprise was founded on a day that comes later in the year of the as-of date. */
static enum cbec_status is_cut(struct counting *counting, bool *cut)
{
    struct statement rows;
    bool row = false;
    int64_t as_of = counting->asked.as_of;
    enum cbec_status status = statement_prepare(&rows, counting->registry, "tally_all", NULL);
    if (status == CBEC_OK) {
        statement_bind_integer(&rows, 1, COUNTED_DAY);
        status = statement_step(&rows, &row, NULL);
    }
    struct cells cells = {.bytes = row ? statement_blob(&rows, 0) : (struct slice){0}};
    for (*cut = false; !*cut && cells_next(&cells);) {
        struct counted counted;
        counted_from_key(COUNTED_DAY, cells.key, &counted);
        *cut = counted.precision == BY_DAY && counted.founded > as_of &&
               date_unpack(counted.founded).year == date_unpack(as_of).year;
    }
    statement_finish(&rows);
    return status;
}

/* The first kind that knows all columns that are read; COUNTED_KINDS if there is none. */
static enum counted_kind kind_for(const struct counting *counting, bool by_day)
{
    unsigned kinds = counting->table->exits ? 1u << COUNTED_EXIT : ~(1u << COUNTED_EXIT);
    for (size_t i = 0; i < counting->groups.width; i++)
        kinds &= counting->read[i]->kinds;
    enum counted_kind kind = COUNTED_STATUS;
    while (kind < COUNTED_KINDS && (!(kinds >> kind & 1) || (by_day && !knows_days(kind))))
        kind++;
    return kind;
}

static bool is_read(const struct counting *counting, const char *name)
{
    for (size_t i = 0; i < counting->groups.width; i++)
        if (strcmp(counting->read[i]->name, name) == 0)
            return true;
    return false;
}

static enum cbec_status count(struct counting *counting)
{
    bool kept, cut = false;
    enum cbec_status status = tally_is_kept(counting->registry, &kept, NULL);
    enum counted_kind kind = kind_for(counting, false);
    if (status == CBEC_OK && !counting->complete && !knows_days(kind))
        status = is_cut(counting, &cut);
    if (cut)
        kind = kind_for(counting, true);
    bool enough = kind < COUNTED_KINDS && kept;
    bool all = counting->all && !is_read(counting, "province") && !is_read(counting, "source_set");
    if (status == CBEC_OK && enough)
        status = add_counts(counting, kind, all ? "tally_all" : "tally_asked", &enough);
    return status == CBEC_OK && !enough ? add_enterprises(counting) : status;
}

/* ---- The table, as SQLite sees it --------------------------------------------------------------
 */

static int connect_table(sqlite3 *db, const struct table *table, sqlite3_vtab **made)
{
    struct buffer sql = {0};
    for (const struct count_column *column = table->columns; column->name; column++)
        buffer_append_format(&sql, "%s%s", sql.length ? ", " : "CREATE TABLE counts (",
                             column->name);
    buffer_append_byte(&sql, ')');
    struct table *copy = malloc(sizeof *copy);
    int result = sql.failed || !copy ? SQLITE_NOMEM : sqlite3_declare_vtab(db, buffer_string(&sql));
    buffer_free(&sql);
    if (result != SQLITE_OK) {
        free(copy);
        return result;
    }
    *copy = *table;
    *made = &copy->base;
    return SQLITE_OK;
}

static int connect_counted(sqlite3 *db, void *registry, int count, const char *const *arguments,
                           sqlite3_vtab **made, char **message)
{
    const struct table table = {.registry = registry, .columns = counted_columns};
    (void)count;
    (void)arguments;
    (void)message;
    return connect_table(db, &table, made);
}

static int connect_exits(sqlite3 *db, void *registry, int count, const char *const *arguments,
                         sqlite3_vtab **made, char **message)
{
    const struct table table = {.registry = registry, .columns = exit_columns, .exits = true};
    (void)count;
    (void)arguments;
    (void)message;
    return connect_table(db, &table, made);
}

static int disconnect(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

/* The columns that are read are all that matters. */
static int best_index(sqlite3_vtab *table, sqlite3_index_info *index)
{
    (void)table;
    index->idxNum = (int)index->colUsed;
    index->estimatedCost = 1000;
    index->estimatedRows = 1000;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    struct counting *counting = calloc(1, sizeof *counting);
    if (!counting)
        return SQLITE_NOMEM;
    counting->table = (const struct table *)table;
    counting->registry = counting->table->registry;
    *cursor = &counting->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    struct counting *counting = (struct counting *)cursor;
    groups_clear(&counting->groups);
    texts_free(&counting->asked.texts);
    statement_finish(&counting->words);
    free(counting);
    return SQLITE_OK;
}

/* Puts down which columns are read. */
static void take_columns(struct counting *counting, unsigned used)
{
    const struct count_column *columns = counting->table->columns;
    size_t width = 0;
    for (size_t i = 0; columns[i].value; i++) {
        if (!(used >> i & 1))
            continue;
        counting->place[i] = (int)width;
        counting->read[width++] = &columns[i];
    }
    counting->groups.width = width;
}

static enum cbec_status read_asked(struct counting *counting, bool *asked)
{
    struct statement question;
    enum cbec_status status =
        statement_prepare(&question, counting->registry, "counts_asked", NULL);
    if (status == CBEC_OK)
        status = statement_step(&question, asked, NULL);
    if (status == CBEC_OK && *asked) {
        counting->asked.as_of = statement_integer(&question, 0);
        counting->complete = statement_integer(&question, 1) != 0;
        counting->all = statement_integer(&question, 2) != 0;
    }
    statement_finish(&question);
    return status;
}

/* What SQLite is told of a failure: its own, or that there is no memory. */
static int result_of(const struct counting *counting, enum cbec_status status)
{
    int code = sqlite3_extended_errcode(counting->registry->db);
    if (status == CBEC_OK)
        return SQLITE_OK;
    return code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_NOMEM : code;
}

static int filter(sqlite3_vtab_cursor *cursor, int used, const char *name, int count_of_values,
                  sqlite3_value **values)
{
    struct counting *counting = (struct counting *)cursor;
    bool asked = false;
    (void)name;
    (void)count_of_values;
    (void)values;
    groups_clear(&counting->groups);
    take_columns(counting, (unsigned)used);
    counting->nth = 0;
    enum cbec_status status = read_asked(counting, &asked);
    if (status == CBEC_OK && !counting->words.handle)
        status = statement_prepare(&counting->words, counting->registry, "word_text", NULL);
    if (status == CBEC_OK && asked)
        status = count(counting);
    return result_of(counting, status);
}

static int next(sqlite3_vtab_cursor *cursor)
{
    ((struct counting *)cursor)->nth++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *cursor)
{
    const struct counting *counting = (struct counting *)cursor;
    return counting->nth >= counting->groups.count;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int nth)
{
    struct counting *counting = (struct counting *)cursor;
    const struct count_column *column = &counting->table->columns[nth];
    const int64_t *group = groups_at(&counting->groups, counting->nth);
    int64_t value = group[column->value ? (size_t)counting->place[nth] : counting->groups.width];
    if (column->show)
        column->show(context, value, &counting->asked, &counting->words);
    else
        sqlite3_result_int64(context, value);
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id)
{
    *id = (sqlite3_int64)((struct counting *)cursor)->nth;
    return SQLITE_OK;
}

/* Without xCreate a table is there by its name alone. */
#define MODULE(connect)                                                                            \
    {                                                                                              \
        .xConnect = connect, .xBestIndex = best_index, .xDisconnect = disconnect,                  \
        .xDestroy = disconnect, .xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter,   \
        .xNext = next, .xEof = at_end, .xColumn = column, .xRowid = rowid                          \
    }

enum cbec_status counts_define(struct cbec_registry *registry, struct cbec_error *error)
{
    static const sqlite3_module counted = MODULE(connect_counted);
    static const sqlite3_module exits = MODULE(connect_exits);
    if (sqlite3_create_module(registry->db, "counted", &counted, registry) != SQLITE_OK ||
        sqlite3_create_module(registry->db, "exits", &exits, registry) != SQLITE_OK)
        return registry_error(registry, error);
    /* SQLite makes them when they are first named, which the authorizer of queries would deny. */
    return registry_execute(registry, "SELECT 0 FROM counted, exits LIMIT 0", error);
}
