/* Running canned queries and listings. */
#include <errno.h>
#include <stdlib.h>

#include "query/catalogue.h"
#include "query/question.h"
#include "registry/schema.h"
#include "util/buffer.h"
#include "util/error.h"

struct cbec_result {
    struct cbec_registry *registry;
    struct statement statement;
    size_t count;
    struct cbec_cell *cells;
    char *name; /* of the query, or its file: for messages */
};

static bool is_whole(const char *text, int64_t *value)
{
    char again[32];
    char *end;
    errno = 0;
    *value = strtoll(text, &end, 10);
    snprintf(again, sizeof again, "%lld", (long long)*value);
    return errno == 0 && strcmp(again, text) == 0;
}

/* Digits with one point between them. */
static bool is_decimal(const char *text)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    if (!whole || text[whole] != '.')
        return false;
    size_t part = strspn(text + whole + 1, "0123456789");
    return part && text[whole + 1 + part] == '\0';
}

static void bind_value(struct statement *statement, int parameter, const char *text)
{
    int64_t whole;
    if (is_whole(text, &whole))
        statement_bind_integer(statement, parameter, whole);
    else if (is_decimal(text))
        statement_bind_real(statement, parameter, strtod(text, NULL));
    else
        statement_bind_text(statement, parameter, slice_of(text));
}

static enum cbec_status unknown_parameter(const struct cbec_query *query, struct slice name,
                                          struct cbec_error *error)
{
    struct buffer known = {0};
    for (size_t i = 0; i < query->parameter_count; i++)
        buffer_append_format(&known, "%s%s", i ? ", " : "", query->parameters[i]);
    enum cbec_status status =
        error_set(error, CBEC_ERROR_USAGE, "query %s has no parameter '%.*s': %s%s", query->name,
                  (int)name.length, name.at, query->parameter_count ? "it has " : "it has none",
                  buffer_string(&known));
    buffer_free(&known);
    return status;
}

/* Gives the query's parameters the values of the question: "name=value" each. */
static enum cbec_status bind_parameters(const struct cbec_query *query,
                                        const struct cbec_question *question,
                                        struct statement *statement, struct cbec_error *error)
{
    for (size_t i = 0; i < question->parameter_count; i++) {
        const char *text = question->parameters[i];
        struct slice name = {text, strcspn(text, "=")};
        if (text[name.length] != '=' || name.length == 0)
            return error_set(error, CBEC_ERROR_USAGE, "--param %s: write NAME=VALUE", text);
        bool found = false;
        for (size_t j = 0; j < i; j++)
            if (strncmp(question->parameters[j], text, name.length + 1) == 0)
                return error_set(error, CBEC_ERROR_USAGE, "--param %.*s is given twice",
                                 (int)name.length, text);
        for (size_t j = 0; j < query->parameter_count; j++)
            if (slice_equal(slice_of(query->parameters[j]), name)) {
                bind_value(statement, (int)j + 1, text + name.length + 1);
                found = true;
            }
        if (!found)
            return unknown_parameter(query, name, error);
    }
    return CBEC_OK;
}

static enum cbec_status run(struct cbec_registry *registry, const struct cbec_query *query,
                            const struct cbec_question *question, struct cbec_result **result,
                            struct cbec_error *error)
{
    static const struct cbec_question nothing = {0};
    question = question ? question : &nothing;
    *result = NULL;
    if (registry->has_result)
        return error_set(error, CBEC_ERROR_USAGE,
                         "the result of another query is open: close it first");
    enum cbec_status status = question_put(registry, question, error);
    if (status != CBEC_OK)
        return status;
    struct cbec_result *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->registry = registry;
    made->name = strdup(query->file ? query->file : query->name);
    status = query_prepare(registry, query->name, query->file, query->sql, &made->statement, error);
    if (status == CBEC_OK)
        status = bind_parameters(query, question, &made->statement, error);
    if (status == CBEC_OK) {
        made->count = (size_t)sqlite3_column_count(made->statement.handle);
        made->cells = calloc(made->count, sizeof *made->cells);
        if (!made->cells || !made->name)
            status = error_no_memory(error);
    }
    if (status != CBEC_OK) {
        cbec_result_close(made);
        return status;
    }
    registry->has_result = true;
    *result = made;
    return CBEC_OK;
}

enum cbec_status cbec_query_run(struct cbec_registry *registry, const struct cbec_query *query,
                                const struct cbec_question *question, struct cbec_result **result,
                                struct cbec_error *error)
{
    return run(registry, query, question, result, error);
}

enum cbec_status cbec_list_run(struct cbec_registry *registry, const char *name,
                               const struct cbec_question *question, struct cbec_result **result,
                               struct cbec_error *error)
{
    *result = NULL;
    for (const struct sql_file *file = schema_listings; file->name; file++)
        if (strcmp(file->name, name) == 0) {
            const struct cbec_query listing = {.name = file->name, .sql = file->text};
            struct cbec_question asked = question ? *question : (struct cbec_question){0};
            asked.parameter_count = 0; /* those are for queries */
            return run(registry, &listing, &asked, result, error);
        }
    return error_set(error, CBEC_ERROR_USAGE, "unknown listing '%s'", name);
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
    if ((status != CBEC_OK || !row) && registry_has_changed(result->registry))
        return error_set(error, CBEC_ERROR_SYSTEM, "%s: has changed meanwhile: ask again",
                         result->registry->path);
    /* What is wrong with the query itself: a sum that overflows, text that is no JSON. */
    if (status != CBEC_OK && sqlite3_errcode(result->registry->db) == SQLITE_ERROR)
        return error_set(error, CBEC_ERROR_INPUT, "%s: %s", result->name,
                         sqlite3_errmsg(result->registry->db));
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
    if (result->cells)
        result->registry->has_result = false;
    free(result->cells);
    free(result->name);
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
