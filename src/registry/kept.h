/* kept.h: a record as the registry keeps it: short texts as words, dates and numbers as numbers. */
#ifndef CBEC_REGISTRY_KEPT_H
#define CBEC_REGISTRY_KEPT_H

#include "record/record.h"
#include "registry/words.h"

/* A column of table record for each field. Texts belong to the record. */
struct kept {
    struct value of[FIELD_COUNT];
};

struct kept kept_of_record(struct words *words, const struct record *record);

/* A record that was read from the registry, with the words that its texts are, and room for what is
 * put into words anew. */
struct read_record {
    struct record record;
    struct kept kept;
    char number[24];
};

/* What stands for the organisation code where it is the one in the credit code. */
#define KEPT_IN_CREDIT_CODE 1

/* A registration number as it was before it was kept. */
void kept_read_number(struct statement *statement, int column, char room[24],
                      struct record *record);

/*
 * Reads the record in a row whose columns from `column` on are status_group, code_class, name,
 * credit_code, registration_no, founded_on, ceased_on, capital, type, industry, province, city and
 * scope: all from which an enterprise follows. Texts are valid until the next step.
 */
void kept_read(const struct words *words, struct statement *statement, int column,
               struct read_record *read);

#endif
