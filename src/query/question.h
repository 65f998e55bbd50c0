/* question.h: what a query is asked with, checked and put down for it. */
#ifndef CBEC_QUERY_QUESTION_H
#define CBEC_QUERY_QUESTION_H

#include "registry/statement.h"

/*
 * Puts the question into the table temp.asked, from which queries read it
 * (schema/session/selection.sql). CBEC_ERROR_USAGE names what makes no sense, and what may have
 * been meant.
 */
enum cbec_status question_put(struct cbec_registry *registry, const struct cbec_question *question,
                              struct cbec_error *error);

#endif
