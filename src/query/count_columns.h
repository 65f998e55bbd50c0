/* count_columns.h: the columns of the tables from which queries count. */
#ifndef CBEC_QUERY_COUNT_COLUMNS_H
#define CBEC_QUERY_COUNT_COLUMNS_H

#include "registry/counted.h"
#include "util/texts.h"

/* What is asked, as far as the columns of an enterprise depend on it. */
struct counts_asked {
    int64_t as_of;      /* packed */
    struct texts texts; /* of the enterprises looked at, those that are no words */
    bool no_memory;
};

struct count_column {
    const char *name;
    unsigned kinds; /* of counts that know it: 1 << kind */
    /* What it says of an enterprise, as a number. */
    int64_t (*value)(struct counts_asked *asked, const struct counted *counted);
    /* Shows it. NULL: as a number. `words` yields the text of the word ?1. */
    void (*show)(sqlite3_context *context, int64_t value, const struct counts_asked *asked,
                 struct statement *words);
};

/* The columns of table `counted` and of table `exits`; the last one, without a `value`, is the
 * number of enterprises. Behind it there is one without a name. */
extern const struct count_column counted_columns[];
extern const struct count_column exit_columns[];

#endif
