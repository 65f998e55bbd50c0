/*
 * statement.h: the one place that prepares, binds and steps SQL.
 *
 * Parameters and columns are numbered from 1 and 0, as SQLite does.
 */
#ifndef CBEC_REGISTRY_STATEMENT_H
#define CBEC_REGISTRY_STATEMENT_H

#include "registry/registry.h"
#include "util/slice.h"

struct statement {
    struct cbec_registry *registry;
    sqlite3_stmt *handle;
};

/* What a column holds: a number other than 0, a text, or neither: NULL. */
struct value {
    int64_t number;
    struct slice text;
};

/* Prepares the SQL in schema/statements/<name>.sql. Unprepared or failed statements may be finished
 * too. */
enum cbec_status statement_prepare(struct statement *statement, struct cbec_registry *registry,
                                   const char *name, struct cbec_error *error);

/* Prepares SQL given as text, of a line or from a file the caller knows. `*tail` (or NULL): what
 * follows. */
enum cbec_status statement_prepare_text(struct statement *statement, struct cbec_registry *registry,
                                        const char *sql, const char **tail,
                                        struct cbec_error *error);

void statement_finish(struct statement *statement);

/* How many parameters the statement has. */
int statement_parameters(const struct statement *statement);

/* Binding. A failure (no memory) shows at the next step. */
void statement_bind_integer(struct statement *statement, int parameter, int64_t value);
void statement_bind_real(struct statement *statement, int parameter, double value);
/* NULL if text.at is NULL. The text must stay until the statement is reset or bound anew. */
void statement_bind_text(struct statement *statement, int parameter, struct slice text);
void statement_bind_blob(struct statement *statement, int parameter, const void *bytes,
                         size_t size);
void statement_bind_null(struct statement *statement, int parameter);
/* A number, or NULL for 0. */
void statement_bind_number(struct statement *statement, int parameter, int64_t number);
void statement_bind_value(struct statement *statement, int parameter, struct value value);

/* Steps to the next row; `*row` is false behind the last, and the statement is then reset. */
enum cbec_status statement_step(struct statement *statement, bool *row, struct cbec_error *error);

/* Steps to the end and resets. */
enum cbec_status statement_run(struct statement *statement, struct cbec_error *error);

void statement_reset(struct statement *statement);

/* Values of the row stepped to; text is valid until the next step or reset; .at is NULL for NULL.
 */
int64_t statement_integer(struct statement *statement, int column);
double statement_real(struct statement *statement, int column);
struct slice statement_text(struct statement *statement, int column);
struct slice statement_blob(struct statement *statement, int column);
struct value statement_value(struct statement *statement, int column);
bool statement_is_null(struct statement *statement, int column);

/* Runs SQL of one or more statements that yield no rows that matter. */
enum cbec_status registry_execute(struct cbec_registry *registry, const char *sql,
                                  struct cbec_error *error);

/* Runs SQL that yields one number; 0 if it yields no row. */
enum cbec_status registry_integer(struct cbec_registry *registry, const char *sql, int64_t *value,
                                  struct cbec_error *error);

/* CBEC_ERROR_USAGE if there is no import of this number. */
enum cbec_status registry_check_import(struct cbec_registry *registry, int64_t import,
                                       struct cbec_error *error);

/* Fills the error for the last failure of the database. */
enum cbec_status registry_error(struct cbec_registry *registry, struct cbec_error *error);

/* What is said of a registry with something in it that cannot be. */
enum cbec_status registry_damaged(const struct cbec_registry *registry, const char *what,
                                  struct cbec_error *error);

#endif
