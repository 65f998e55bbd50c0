/*
 * fixtures.h: what the programs of this folder share.
 *
 *     enterprises.c   invents enterprises
 *     records.c       turns them into the rows of one export, clean and dirty ones
 *     layouts.c       the exports: who writes which columns in which container
 *     list.c          one more list, which is written in every container
 *     text.c, workbook.c, archive.c   write rows as CSV, .xlsx and .xls, and zips
 *     book.c          keeps book of every row that is made
 *     figures.c       what the program must count, worked out from the book alone
 *
 * All of it is deterministic. Memory is kept until the program ends.
 */
#ifndef CBEC_TESTS_EXPORTS_FIXTURES_H
#define CBEC_TESTS_EXPORTS_FIXTURES_H

#include <stdint.h>
#include <stdio.h>

#include "util/buffer.h"

/* ---- Small helpers (memory.c) ---- */

void *keep(size_t size);
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void give_up(const char *what);
void write_file(const char *folder, const char *name, struct slice bytes);

/* ---- Days ---- */

/* day 0: the month as a whole; month 0: the year as a whole. */
struct day {
    int year, month, day;
};

char *day_text(struct day day); /* 2021-03-04, 2021-03 or 2021 */
char *day_last(struct day day); /* its last day, 2021-03-31 */
int day_serial(struct day day, bool y1904);
struct day day_later(struct day day, int days);

/* ---- Enterprises (enterprises.c) ---- */

/* What a cell can hold. The order is of no importance. */
enum content {
    NAME,
    CODE,
    NUMBER,
    CODE_OR_NUMBER,
    FOUNDED,
    FOUNDED_ALSO, /* a column that speaks only where FOUNDED is empty */
    APPROVED,
    STATUS,
    CAPITAL,
    TYPE,
    PROVINCE,
    CITY,
    ADDRESS,
    SCOPE,
    FORMER,
    TYPED,   /* what a user asked a batch query for: no name */
    PRIVATE, /* persons, telephones: columns that are not known */
    CONTENTS
};

/* Definitions an enterprise belongs to by its name or scope; whoever is in narrow is in wide. */
enum { IN_WIDE = 1, IN_NARROW = 2 };

/* What one row says of an enterprise. */
struct facts {
    unsigned enterprise;
    const char *text[CONTENTS];    /* as written; NULL: nothing. FOUNDED and APPROVED are below */
    const char *meaning[CONTENTS]; /* what the program must keep of it, where that differs */
    struct day founded, approved;
    const char *group;    /* of the status; NULL: the status says nothing */
    const char *province; /* long name; NULL: the row has no word for it */
    bool code_is_valid;   /* valid or pilot: the code identifies the enterprise */
    bool number_is_valid;
    int definitions; /* by name and scope; by the name alone if the row has no scope */
    int name_definitions;
    const char *warning; /* of a cell; the code's apart */
    const char *code_warning;
};

enum { CHINESE_ENTERPRISES = 128, BRITISH_ENTERPRISES = 8 };
enum { ENTERPRISES = CHINESE_ENTERPRISES + BRITISH_ENTERPRISES };

/* What all vendors agree on about an enterprise. */
struct facts enterprise_facts(unsigned enterprise);
/* The province that its code or number tells; "unknown" if it has none of them. */
const char *enterprise_place(unsigned enterprise, bool code_known, bool number_known);
/* Writes both check characters of a credit code behind its first sixteen. */
void finish_code(char code[19], bool pilot);
/* A scope in which the word for the business is negated. */
extern const char negated_scope[];

/* ---- Rows (records.c) ---- */

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE };

struct cell {
    enum cell_kind kind;
    const char *text;
    double number;
};

struct line {
    struct cell *cells;
    size_t count;
    const char *refused; /* the reason, NULL if there is none */
    char mark;           /* of the plan; 0: above the records */
    unsigned number;     /* set by the writer: where the row begins */
};

struct table {
    struct line *lines;
    size_t count;
};

/* How dates are written. */
enum dates {
    DATES_ISO,
    DATES_MIXED,   /* each row in another form */
    DATES_CELLS,   /* date cells, now and then a plain number, or text */
    DATES_BRITISH, /* 20/10/1930 */
};

struct column {
    enum content content;
    const char *header;
};

struct fixture {
    const char *path;
    const char *member; /* of a zip; else NULL */
    const char *arguments;
    const char *source;
    const char *data_date; /* NULL: what the rows tell */
    const char *format, *encoding;
    const char *const *above;     /* rows above the header, cells parted by '|'; ends with NULL */
    const struct column *columns; /* ends with a NULL header */
    unsigned first;               /* enterprise of the first record */
    const char *plan;             /* see records.c */
    const char *missing;          /* what stands in a cell that says nothing */
    enum dates dates;
    bool y1904;
    void (*write)(const struct fixture *fixture, struct table *table, struct buffer *out);
};

/* Of import number `import`, from 0. */
enum { NO_IMPORT = 1000 }; /* nothing is written into the book */
void make_table(const struct fixture *fixture, unsigned import, struct table *table);

/* One list for all containers; each of its rows is one line of a text (list.c). */
struct table list_table(enum dates dates, bool y1904);

/* ---- Writers (text.c, workbook.c, archive.c). All set the numbers of the lines. ---- */

struct text_style {
    char delimiter;
    bool wrap;      /* every cell ="…" */
    bool quote_all; /* else only where it is needed */
    const char *newline;
    const char *mark; /* byte order mark */
};

void write_text(const struct text_style *style, struct table *table, struct buffer *out);
/* UTF-8 into another encoding. */
void recode(struct buffer *bytes, const char *encoding);

struct book_style {
    bool y1904;
    bool inline_text;     /* no table of strings */
    bool rich;            /* strings in pieces, with phonetic hints */
    bool empty_second;    /* an empty second sheet */
    unsigned merged_rows; /* this many at the top are merged, and empty */
    const char *date_format;
    const char *sheet;
};

void write_xlsx(const struct book_style *style, struct table *table, struct buffer *out);
void write_xls(bool y1904, bool links, struct table *table, struct buffer *out);

/* A zip of one member, in place of its bytes. */
void zip_up(const char *member, struct buffer *bytes);

struct zip_part {
    const char *name;
    struct slice bytes;
};
void write_zip(const struct zip_part *parts, size_t count, struct buffer *out);

/* ---- Layouts (layouts.c) ---- */

extern const struct fixture fixtures[];
extern const size_t fixture_count;

/* ---- The book (book.c) ---- */

/* What one record said. */
struct word {
    unsigned enterprise, import;
    const char *source;
    const char *content; /* all that is kept of the row */
    const char *keys[3]; /* what identifies the enterprise; NULL behind the last */
    struct day founded;
    const char *group, *province;
    int definitions, name_definitions;
    bool has_scope, code, number;
};

struct import_book {
    const struct fixture *fixture;
    const char *data_date;
    unsigned header_row;
    unsigned rows, new, unchanged, refused, skipped;
    struct {
        const char *name;
        unsigned rows;
    } warnings[8];
    unsigned warning_count;
};

enum { MOST_IMPORTS = 32, MOST_WORDS = 1024 };
extern struct import_book imports[MOST_IMPORTS];
extern unsigned import_count;
extern struct word words[MOST_WORDS];
extern unsigned word_count;

void book_record(unsigned import, const struct facts *facts);
void book_warning(unsigned import, const char *name, unsigned rows);
/* Writes what must be said of every import, and every refused row. */
void book_write(const char *folder);
void book_refused(unsigned import, const struct table *table);
/* Fails unless the records of every enterprise hang together by what identifies it. */
void book_check(void);

/* ---- Figures (figures.c) ---- */

void figures_write(const char *folder);

#endif
