/* columns.h: which column of a table holds which field, by the names in its header. */
#ifndef CBEC_RECORD_COLUMNS_H
#define CBEC_RECORD_COLUMNS_H

#include "record/row.h"
#include "util/buffer.h"

/* What the registry keeps of a row, in the order of the columns of its table `record`. */
enum field {
    FIELD_NAME,
    FIELD_CREDIT_CODE,
    FIELD_REGISTRATION_NO,
    FIELD_ORGANISATION_CODE,
    FIELD_FOUNDED_ON,
    FIELD_STATUS,
    FIELD_CEASED_ON,
    FIELD_CAPITAL,
    FIELD_TYPE,
    FIELD_INDUSTRY,
    FIELD_PROVINCE,
    FIELD_CITY,
    FIELD_DISTRICT,
    FIELD_ADDRESS,
    FIELD_SCOPE,
    FIELD_FORMER_NAMES,
    FIELD_COUNT,
    FIELD_APPROVED_ON = FIELD_COUNT, /* read for the data date only, and not kept */
    FIELD_READ_COUNT,
    FIELD_NONE = -1
};

/* The words of options and of the registry's columns: "name", "founded_on". */
const char *field_name(enum field field);

/* "name, credit_code, …": all that can be read. */
void field_names_list(struct buffer *out);

/* The most columns of one table that are read for one field. */
#define COLUMNS_PER_FIELD 8

/* A user's name for a column of a field (--map founded_on=登记日). */
struct column_alias {
    enum field field;
    struct slice folded; /* by column_fold */
    const char *text;    /* "founded_on=登记日" */
};

struct columns {
    const struct column_alias *aliases;
    size_t alias_count;
    /* The columns that hold a field, the one to be preferred first. */
    size_t at[FIELD_READ_COUNT][COLUMNS_PER_FIELD];
    size_t count[FIELD_READ_COUNT];
    size_t code_or_number; /* the column that may hold either of two numbers; SIZE_MAX if there is
                              none */
    size_t width;          /* up to the last header cell that is not empty */
    size_t named;          /* header cells that are not empty */
    size_t least_width;    /* cells that a row must have to reach name and founding date */
    size_t unknown_count;
    struct buffer understood; /* for people: "公司名称 → name, …" */
    struct buffer unknown;    /* "法定代表人, 电话" */
    struct buffer missing;    /* aliases of which there is no column: "founded_on=登记日" */
};

/* Appends a header cell as it is compared: clean, NFKC, lower case, without white space and colons.
 */
void column_fold(struct slice cell, struct buffer *out);

/*
 * Reads one FIELD=COLUMN; `folded` takes the column's name. It and the text must outlive the alias.
 * False if there is no '=', or no such field.
 */
bool column_alias_parse(const char *text, struct buffer *folded, struct column_alias *alias);

/* How near a row is to being a header. */
struct header_score {
    size_t known; /* cells that are names of columns */
    bool name;
    bool founded_on;
};

/*
 * Reads a row as a header. True if it is one: at least two known names, one of them for the name
 * and one for the founding date. `columns` is then filled. `*score` is set in any case.
 */
bool columns_read_header(struct columns *columns, const struct row *row,
                         struct header_score *score);

void columns_free(struct columns *columns);

#endif
