/* provenance.h: what figures rest on: day, definition, sources, and how much was counted. */
#ifndef CBEC_CLI_PROVENANCE_H
#define CBEC_CLI_PROVENANCE_H

#include "cli/figures.h"
#include "output/document.h"

struct provenance {
    const struct cbec_question *question;
    struct figures figures;
    /* In words for people … */
    struct buffer words;
    struct buffer unwanted;
    struct buffer sources;
    /* … and as JSON arrays. */
    struct buffer words_json;
    struct buffer unwanted_json;
    struct buffer sources_json;
};

/*
 * Reads what the answers to a question rest on; between cbec_snapshot_begin and _end, so that it is
 * what they rested on. EXIT_DONE, or the exit status after a message. To be freed in either case.
 */
int provenance_read(struct cbec_registry *registry, const struct cbec_question *question,
                    enum language language, struct provenance *provenance);
void provenance_free(struct provenance *provenance);

/* Adds it to a document, as its facts. */
void provenance_add_facts(struct provenance *provenance, struct document *document);

/* Adds a vintage, as in --known-at, as a fact; NULL adds none. */
void add_vintage_fact(struct document *document, const char *phrase_key, const char *known_at);

/* Appends the facts of a document, one a line, their values below each other. */
void facts_below_each_other(const struct document *document, struct buffer *out);

/* Appends it so, for a table in characters. */
void provenance_lines(struct provenance *provenance, enum language language, struct buffer *out);

/* Appends it as one line: "as of: 2024-08-20; definition: all (…); …". */
void provenance_line(struct provenance *provenance, enum language language, struct buffer *out);

/* Appends it as the members of a JSON object, each in a line of its own that begins with `indent`
 * blanks; no comma behind the last. */
void provenance_json(struct provenance *provenance, int indent, struct buffer *out);

#endif
