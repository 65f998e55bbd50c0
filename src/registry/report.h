/* report.h: what became of an import, gathered while it runs, kept in the registry, and found
 * again. */
#ifndef CBEC_REGISTRY_REPORT_H
#define CBEC_REGISTRY_REPORT_H

#include "input/survey.h"
#include "registry/statement.h"

/* Texts that a report has to keep itself: those of a found one, and three examples of each kind. */
#define REPORT_TEXTS (8 + (CBEC_REFUSAL_COUNT + 2) * CBEC_EXAMPLES)

struct report {
    struct cbec_import_summary summary;
    char data_date[DATE_TEXT_SIZE];
    char *texts[REPORT_TEXTS];
    size_t text_count;
};

void report_free(struct report *report);

void report_data_date(struct report *report, struct date date, const char *from);
void report_refused(struct report *report, enum cbec_refusal refusal, uint64_t line,
                    struct slice text);
void report_note(struct report *report, uint64_t line, struct slice text);
/* Keeps the first different ones. */
void report_unknown_status(struct report *report, uint64_t line, struct slice status);

/* Writes the counts and the file's hash to the import's row. */
enum cbec_status report_save(struct report *report, struct cbec_registry *registry,
                             const unsigned char hash[HASH_SIZE], struct cbec_error *error);

/* Looks for the import of a file with this hash; `*found` and the summary say what it was. */
enum cbec_status report_find(struct report *report, struct cbec_registry *registry,
                             const unsigned char hash[HASH_SIZE], bool *found,
                             struct cbec_error *error);

#endif
