/*
 * model.h: what a registry should hold and answer, worked out from the rules in the slowest and
 * simplest way: all of it anew from the files that are in, with loops over all records. It shares
 * nothing with the program.
 */
#ifndef CBEC_TESTS_PROPERTY_MODEL_H
#define CBEC_TESTS_PROPERTY_MODEL_H

#include "generate.h"

enum {
    MOST_RECORDS = MOST_FILES * MOST_ROWS,
    CELL_BYTES = 200,
    LINE_BYTES = 700,
    MOST_LINES = 1000
};

/* A table as text: a line for each row, cells divided by |. */
struct table {
    int count;
    char line[MOST_LINES][LINE_BYTES];
};

void table_add(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));
void table_sort(struct table *table);

/* What a row says. Texts are those of words; NULL where nothing is said. */
struct said {
    const char *kept[COLUMNS]; /* as the registry keeps it */
    const struct word *word[COLUMNS];
    const char *code;     /* one that identifies */
    const char *number;   /* registration number */
    bool number_is_valid; /* of 15 digits */
    const char *province_of_code;
    const char *province_of_number;
};

/* A row that says something new, and where it stands. */
struct model_record {
    struct said said;
    int file; /* in the order of imports */
    int line;
    int enterprise; /* the index of its first record */
    bool opened;
};

/* A row that is accepted: it says what this record says. */
struct sighting {
    int record;
    int file;
    int line;
};

struct model_enterprise {
    int first; /* record */
    const struct word *name, *scope, *capital;
    const char *code, *founded, *ceased, *status, *type, *industry, *city, *province;
    char founded_by[16], ceased_by[16];
    char sources[CELL_BYTES]; /* joined by + */
};

struct model_import {
    const struct file *file;
    const char *source;
    char data_date[16];
    int added, updated, unchanged, refused, skipped;
    int warnings[8]; /* by enum cbec_warning */
    int refusal_count;
    struct {
        int line;
        const char *reason;
    } refusal[MOST_ROWS];
};

struct model {
    int import_count;
    struct model_import import[MOST_FILES];
    int record_count;
    struct model_record record[MOST_RECORDS];
    int sighting_count;
    struct sighting sighting[MOST_RECORDS];
    int enterprise_count;
    struct model_enterprise enterprise[MOST_RECORDS];
};

/* The last day of a date that may be a month or a year. */
void last_day(const char *date, char day[16]);

/* True if `vague` is a month or a year in which the date `precise` lies. */
bool agrees(const char *vague, const char *precise);

/* The data date of a file; false if nothing tells it. */
bool model_data_date(const struct file *file, char day[16]);

/* Works out the registry that these files, in this order, make. */
void model_build(struct model *model, const struct file *const *files, int count);

bool model_in_definition(const struct model_enterprise *enterprise, int definition);

struct model_question {
    char as_of[16];
    int definition;
    const char *province; /* long name or unknown; NULL: all */
    const char *source;
    const char *since;
    const char *until;
};

/* The names of all canned queries there should be, in order; NULL behind the last. */
const char *model_query_at(size_t number);

/* The result of a canned query; true if the rules put its rows in order. */
bool model_query(const struct model *model, size_t number, const struct model_question *question,
                 struct table *table);

#endif
