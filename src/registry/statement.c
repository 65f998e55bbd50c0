#include "registry/statement.h"

#include <errno.h>

#include "registry/files.h"
#include "registry/recognise.h"
#include "registry/schema.h"
#include "util/error.h"

enum cbec_status registry_damaged(const struct cbec_registry *registry, const char *what,
                                  struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: the registry is damaged (%s): restore it from a copy, or import again",
                     registry->path, what);
}

/* Else errno says why not. */
static bool may_be_written(const struct cbec_registry *registry)
{
    return !registry->file || can_be_written(registry->file);
}

enum cbec_status registry_error(struct cbec_registry *registry, struct cbec_error *error)
{
    const char *message = sqlite3_errmsg(registry->db);
    switch (sqlite3_errcode(registry->db) & 0xff) {
    case SQLITE_NOMEM:
        return error_no_memory(error);
    case SQLITE_BUSY:
        if (registry->gave_up_waiting)
            return error_set(error, CBEC_ERROR_CANCELLED, "stopped waiting for %s", registry->path);
        return error_set(error, CBEC_ERROR_SYSTEM, "%s: another program holds it: try again later",
                         registry->path);
    case SQLITE_CANTOPEN: {
        /* Where it may not make a file SQLite tries to read it, and says that it is not there. */
        int reason = sqlite3_system_errno(registry->db);
        if ((reason && reason != ENOENT) || may_be_written(registry))
            errno = reason;
        return error_system(error, "open", registry->path);
    }
    case SQLITE_READONLY:
        if (!may_be_written(registry))
            return error_system(error, "write to", registry->path);
        return error_set(error, CBEC_ERROR_SYSTEM, "%s: %s", registry->path, message);
    case SQLITE_INTERRUPT:
        return error_set(error, CBEC_ERROR_CANCELLED, "stopped; nothing in %s is changed",
                         registry->path);
    case SQLITE_IOERR:
        /* Of a journal, say; of a registry and its log files.c has told already. */
        if (!files_are_full(sqlite3_system_errno(registry->db)))
            return error_set(error, CBEC_ERROR_SYSTEM, "%s: %s (%s)", registry->path, message,
                             strerror(sqlite3_system_errno(registry->db)));
        /* fall through */
    case SQLITE_FULL:
        return error_set(error, CBEC_ERROR_SYSTEM,
                         "%s: the disk is full, or a limit on the file's size is reached",
                         registry->path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return registry_damaged(registry, message, error);
    default:
        return error_set(error, CBEC_ERROR_SYSTEM, "%s: %s", registry->path, message);
    }
}

enum cbec_status statement_prepare_text(struct statement *statement, struct cbec_registry *registry,
                                        const char *sql, const char **tail,
                                        struct cbec_error *error)
{
    statement->registry = registry;
    statement->handle = NULL;
    if (sqlite3_prepare_v3(registry->db, sql, -1, 0, &statement->handle, tail) != SQLITE_OK)
        return registry_error(registry, error);
    return CBEC_OK;
}

enum cbec_status statement_prepare(struct statement *statement, struct cbec_registry *registry,
                                   const char *name, struct cbec_error *error)
{
    *statement = (struct statement){.registry = registry};
    for (const struct sql_file *file = schema_statements; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return statement_prepare_text(statement, registry, file->text, NULL, error);
    return error_set(error, CBEC_ERROR_REGISTRY, "no statement %s in schema/statements", name);
}

void statement_finish(struct statement *statement)
{
    sqlite3_finalize(statement->handle);
    statement->handle = NULL;
}

int statement_parameters(const struct statement *statement)
{
    return sqlite3_bind_parameter_count(statement->handle);
}

void statement_bind_integer(struct statement *statement, int parameter, int64_t value)
{
    sqlite3_bind_int64(statement->handle, parameter, value);
}

void statement_bind_real(struct statement *statement, int parameter, double value)
{
    sqlite3_bind_double(statement->handle, parameter, value);
}

void statement_bind_text(struct statement *statement, int parameter, struct slice text)
{
    /* An empty slice may have no address of its own, and would be taken for NULL. */
    const char *at = text.at && text.length == 0 ? "" : text.at;
    sqlite3_bind_text64(statement->handle, parameter, at, text.length, SQLITE_STATIC, SQLITE_UTF8);
}

void statement_bind_blob(struct statement *statement, int parameter, const void *bytes, size_t size)
{
    /* Nothing at all may have no address, and would be taken for NULL. */
    sqlite3_bind_blob64(statement->handle, parameter, bytes ? bytes : "", size, SQLITE_STATIC);
}

void statement_bind_null(struct statement *statement, int parameter)
{
    sqlite3_bind_null(statement->handle, parameter);
}

void statement_bind_number(struct statement *statement, int parameter, int64_t number)
{
    statement_bind_value(statement, parameter, (struct value){.number = number});
}

void statement_bind_value(struct statement *statement, int parameter, struct value value)
{
    if (value.number)
        sqlite3_bind_int64(statement->handle, parameter, value.number);
    else
        statement_bind_text(statement, parameter, value.text);
}

enum cbec_status statement_step(struct statement *statement, bool *row, struct cbec_error *error)
{
    int result = sqlite3_step(statement->handle);
    *row = result == SQLITE_ROW;
    if (result == SQLITE_ROW)
        return CBEC_OK;
    enum cbec_status status = CBEC_OK;
    if (result != SQLITE_DONE)
        status = registry_error(statement->registry, error);
    sqlite3_reset(statement->handle);
    return status;
}

enum cbec_status statement_run(struct statement *statement, struct cbec_error *error)
{
    bool row = true;
    enum cbec_status status = CBEC_OK;
    while (status == CBEC_OK && row)
        status = statement_step(statement, &row, error);
    return status;
}

void statement_reset(struct statement *statement)
{
    sqlite3_reset(statement->handle);
}

int64_t statement_integer(struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

double statement_real(struct statement *statement, int column)
{
    return sqlite3_column_double(statement->handle, column);
}

struct slice statement_text(struct statement *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement->handle, column);
    return (struct slice){text, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

struct slice statement_blob(struct statement *statement, int column)
{
    const char *bytes = sqlite3_column_blob(statement->handle, column);
    return (struct slice){bytes, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

struct value statement_value(struct statement *statement, int column)
{
    /* Asked of the value at once: each call for a column finds that anew. */
    sqlite3_value *value = sqlite3_column_value(statement->handle, column);
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return (struct value){.number = 0};
    case SQLITE_INTEGER:
        return (struct value){.number = sqlite3_value_int64(value)};
    default: {
        const char *text = (const char *)sqlite3_value_text(value);
        return (struct value){.text = {text, (size_t)sqlite3_value_bytes(value)}};
    }
    }
}

bool statement_is_null(struct statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

enum cbec_status registry_execute(struct cbec_registry *registry, const char *sql,
                                  struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    while (status == CBEC_OK && *sql) {
        struct statement statement;
        status = statement_prepare_text(&statement, registry, sql, &sql, error);
        if (status == CBEC_OK && statement.handle)
            status = statement_run(&statement, error);
        statement_finish(&statement);
    }
    return status;
}

enum cbec_status registry_integer(struct cbec_registry *registry, const char *sql, int64_t *value,
                                  struct cbec_error *error)
{
    struct statement statement;
    bool row = false;
    *value = 0;
    enum cbec_status status = statement_prepare_text(&statement, registry, sql, NULL, error);
    if (status == CBEC_OK)
        status = statement_step(&statement, &row, error);
    if (row)
        *value = statement_integer(&statement, 0);
    statement_finish(&statement);
    return status;
}

enum cbec_status registry_check_import(struct cbec_registry *registry, int64_t import,
                                       struct cbec_error *error)
{
    char sql[80];
    int64_t exists = 0;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM import WHERE id = %lld", (long long)import);
    enum cbec_status status = registry_integer(registry, sql, &exists, error);
    if (status == CBEC_OK && !exists)
        status =
            error_set(error, CBEC_ERROR_USAGE,
                      "there is no import %lld (`cbec imports` lists them)", (long long)import);
    return status;
}
