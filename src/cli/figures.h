/* figures.h: the figures of a report's headline, and the sentence made of them. */
#ifndef CBEC_CLI_FIGURES_H
#define CBEC_CLI_FIGURES_H

#include "cli/cli.h"
#include "output/words.h"
#include "util/buffer.h"

struct figures {
    char as_of[16];     /* "" if the registry knows no day */
    char known_day[16]; /* the last day up to it of which some export speaks */
    int64_t year;
    bool complete;       /* the as-of date is the last day of its year … */
    bool month_complete; /* … of its month */
    int64_t enterprises;
    int64_t new_registrations;
    int64_t prior_year_total;
    int64_t stock;
    int64_t unknown_statuses;
    int64_t refused_rows;
    int64_t on_file; /* of any definition and date */
    bool is_vintage; /* what was known at some earlier time */
    struct buffer definition;
    struct buffer province; /* the long name; empty if all are counted */
    struct buffer source;
};

/* EXIT_DONE, or the exit status after a message. To be freed in either case. */
int figures_read(struct cbec_registry *registry, const struct cbec_question *question,
                 struct figures *figures);

void figures_free(struct figures *figures);

/* "4,715 new registrations in 2024 (to 20 August), 81 percent of last year's total of 5,821; …" */
void figures_sentence(struct figures *figures, enum language language, struct buffer *out);

#endif
