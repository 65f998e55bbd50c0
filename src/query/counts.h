/*
 * counts.h: the tables `counted` and `exits`, from which queries count (sqlite.org/vtab.html).
 *
 * Their rows are those of the question (temp.asked), put together by whichever columns a statement
 * reads; the column `enterprises` says how many there are of each. Who sums it up is right however
 * finely that is. The numbers come from the counts that are kept, if a kind of these knows of all
 * the columns; else the enterprises themselves are looked at.
 */
#ifndef CBEC_QUERY_COUNTS_H
#define CBEC_QUERY_COUNTS_H

#include "registry/statement.h"

/* Makes both tables known to the connection. */
enum cbec_status counts_define(struct cbec_registry *registry, struct cbec_error *error);

#endif
