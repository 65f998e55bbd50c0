/* report.h: a report, put together before it is printed anywhere. */
#ifndef CBEC_CLI_REPORT_H
#define CBEC_CLI_REPORT_H

#include "cli/provenance.h"
#include "output/document.h"

struct full_report {
    struct document document; /* in its language */
    struct provenance provenance;
};

/* The section of new_by_year, which is always there; revisions, where asked for, are the last one.
 */
#define YEARS_SECTION 0

/* Columns of new_by_year. */
enum { YEAR = 0, NEW_REGISTRATIONS = 1, COMPLETE = 5 };

/*
 * Fills a document that is begun. `compare_with`: a vintage whose yearly totals are to be compared,
 * or NULL. EXIT_DONE, or the exit status after a message. To be freed in either case.
 */
int full_report_make(struct cbec_registry *registry, const struct cbec_question *question,
                     const char *compare_with, struct full_report *report);
void full_report_free(struct full_report *report);

#endif
