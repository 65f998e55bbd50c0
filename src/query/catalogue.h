/* catalogue.h: the canned queries, those of schema/queries and the user's own. */
#ifndef CBEC_QUERY_CATALOGUE_H
#define CBEC_QUERY_CATALOGUE_H

#include "registry/statement.h"

/*
 * Prepares a query so that it can do nothing but read: one statement, under an authorizer that
 * denies everything else. CBEC_ERROR_INPUT says in which line of `file` (or, if that is NULL, of
 * the query `name`) a mistake is.
 */
enum cbec_status query_prepare(struct cbec_registry *registry, const char *name, const char *file,
                               const char *sql, struct statement *statement,
                               struct cbec_error *error);

/* Makes what queries read besides the tables: the question, and the views on it. Once for each
 * connection. */
enum cbec_status query_prepare_session(struct cbec_registry *registry, struct cbec_error *error);

#endif
