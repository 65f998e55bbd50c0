/* record.h: one row of an export as a record of an enterprise, or why it is none. */
#ifndef CBEC_RECORD_RECORD_H
#define CBEC_RECORD_RECORD_H

#include "record/code.h"
#include "record/columns.h"
#include "record/status.h"

/* What a source said of an enterprise in one row. Text belongs to the row and to the builder. */
struct record {
    struct slice
        text[FIELD_COUNT]; /* as the registry keeps it; .at is NULL where nothing is said */
    enum code_class code_class;
    bool has_valid_number;             /* its registration number tells enterprises apart alone */
    const struct status_group *status; /* NULL where nothing is said */
    struct date founded;
    struct date ceased; /* year 0: nothing said */
};

/* True if the record has a credit code that tells enterprises apart. */
bool record_has_code(const struct record *record);

enum row_kind { ROW_RECORD, ROW_REFUSED, ROW_NOTE, ROW_EMPTY };

/* What became of one row. */
struct reading_of_row {
    enum row_kind kind;
    enum cbec_refusal refusal;       /* of ROW_REFUSED */
    bool warned[CBEC_WARNING_COUNT]; /* of ROW_RECORD */
    bool dated;                      /* it has a founding date that can be read */
    struct date approved;            /* 核准日期; year 0 where there is none */
    struct slice status;             /* the status as written, where it is not known */
};

struct record_builder {
    const struct columns *columns;
    struct date data_date;    /* year 0: not known yet, nothing lies in the future */
    uint64_t last_dated_line; /* in a table of two columns: what has one filled cell is a note
                                 behind it */
    struct buffer code;
    struct buffer number;
    char founded_on[DATE_TEXT_SIZE];
    char ceased_on[DATE_TEXT_SIZE];
    bool no_memory;
};

/* Reads a row below the header. `record` is filled for ROW_RECORD, and valid until the next row is
 * read. */
void record_build(struct record_builder *builder, const struct row *row, struct record *record,
                  struct reading_of_row *reading);

/*
 * Appends what is kept of a row that is refused, or shown of a note: its cells under known column
 * names as one CSV line; of a row that could not be split how it begins (200 characters). At most
 * 1,000 characters, then `…`. Bytes of value 0 show as ␀.
 */
void record_describe_row(const struct record_builder *builder, const struct row *row,
                         struct buffer *out);

void record_builder_free(struct record_builder *builder);

#endif
