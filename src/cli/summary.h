/* summary.h: what became of the files of an import, for people and for programs. */
#ifndef CBEC_CLI_SUMMARY_H
#define CBEC_CLI_SUMMARY_H

#include "cbec.h"
#include "util/buffer.h"

void summary_print(FILE *stream, const struct cbec_import_summary *summary, bool dry_run);

struct summaries {
    struct buffer json; /* the objects so far */
};

void summaries_add_json(struct summaries *summaries, const struct cbec_import_summary *summary);
void summaries_print_json(FILE *stream, const struct summaries *summaries);
void summaries_free(struct summaries *summaries);

#endif
