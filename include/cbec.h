/*
 * cbec.h: a registry of cross-border e-commerce enterprises, in one SQLite file.
 *
 * A registry takes in exports of company registers (cbec_import), counts each enterprise once
 * however many exports name it, and answers canned count queries (cbec_query_run), such as the new
 * registrations of a year against the total of the year before.
 *
 * Conventions
 *   - Text is UTF-8. Dates are YYYY-MM-DD, the less precise ones YYYY-MM or YYYY.
 *   - Functions that can fail return an enum cbec_status. When it is not CBEC_OK the caller's
 * struct cbec_error, which may be NULL, holds the same status and one line that says what is wrong,
 * where (file, row, column), and what to do.
 *   - The library never prints and never ends the process.
 *   - A registry is used by one thread at a time. Several processes may have the same file open:
 * one of them writes, the others read what was last committed.
 */
#ifndef CBEC_H
#define CBEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CBEC_API __attribute__((visibility("default")))
#else
#define CBEC_API
#endif

/* The program's version, as in "0.1.0". */
CBEC_API const char *cbec_version(void);

/* ---- Errors -----------------------------------------------------------------------------------
 */

enum cbec_status {
    CBEC_OK = 0,
    CBEC_ERROR_USAGE,    /* an argument makes no sense: an unknown query, an impossible date */
    CBEC_ERROR_INPUT,    /* an export cannot be read: no such file, no header, damaged */
    CBEC_ERROR_REGISTRY, /* no registry there, another program's database, a newer or damaged one */
    CBEC_ERROR_SYSTEM,   /* the machine: disk full, no memory, no permission */
    CBEC_ERROR_CANCELLED /* a progress function asked to stop; the registry is as before the file */
};

struct cbec_error {
    enum cbec_status status;
    char message[2000];
};

/* ---- The registry -----------------------------------------------------------------------------
 */

struct cbec_registry;

enum cbec_open_mode {
    CBEC_OPEN_READ,   /* must exist; queries */
    CBEC_OPEN_WRITE,  /* must exist; undo, definitions */
    CBEC_OPEN_CREATE, /* made if it does not exist; import */
    CBEC_OPEN_TRIAL   /* as CREATE, but one that does not exist is made in memory: a dry run */
};

/*
 * Opens the registry in the file `path`. A file that is another program's database, a newer version
 * of a registry, or no database at all is refused (CBEC_ERROR_REGISTRY) and not a byte of it
 * changed. An older registry is brought up to date. `*registry` is closed with cbec_close; it is
 * NULL on failure.
 */
CBEC_API enum cbec_status cbec_open(const char *path, enum cbec_open_mode mode,
                                    struct cbec_registry **registry, struct cbec_error *error);

/* Closes a registry; NULL is allowed. */
CBEC_API void cbec_close(struct cbec_registry *registry);

/*
 * Has `function` called while another process holds the registry and this one waits for it: about
 * ten times a second, with the number of times it was called for this wait before. If it returns
 * false the waiting ends, and what waited fails with CBEC_ERROR_CANCELLED. Without a function the
 * wait has no end.
 */
CBEC_API void cbec_on_wait(struct cbec_registry *registry,
                           bool (*function)(void *context, unsigned times), void *context);

/*
 * Has `function` called now and then while cbec_define, cbec_undo or cbec_check work, with how much
 * is done of how much; both are 0 where that is not known. If it returns false the work ends, is
 * taken back, and fails with CBEC_ERROR_CANCELLED.
 */
CBEC_API void cbec_on_progress(struct cbec_registry *registry,
                               bool (*function)(void *context, uint64_t done, uint64_t total),
                               void *context);

/* ---- Import -----------------------------------------------------------------------------------
 */

/* Why a row is refused, in the order in which the reasons are tried. */
enum cbec_refusal {
    CBEC_ACCEPTED = 0,
    CBEC_REFUSED_UNCLOSED_QUOTE,
    CBEC_REFUSED_NUL_BYTE,
    CBEC_REFUSED_CELL_TOO_LONG,
    CBEC_REFUSED_WRONG_WIDTH,
    CBEC_REFUSED_UNMATCHED,
    CBEC_REFUSED_NO_NAME,
    CBEC_REFUSED_NO_FOUNDING_DATE,
    CBEC_REFUSED_BAD_FOUNDING_DATE,
    CBEC_REFUSED_FUTURE_FOUNDING_DATE,
    CBEC_REFUSAL_COUNT
};

/* What was odd about a row that was accepted all the same, or about a column. */
enum cbec_warning {
    CBEC_WARNING_DAMAGED_CODE,
    CBEC_WARNING_INVALID_CODE,
    CBEC_WARNING_PILOT_CODE,
    CBEC_WARNING_UNKNOWN_STATUS,
    CBEC_WARNING_UNKNOWN_PROVINCE,
    CBEC_WARNING_REPLACEMENT_CHARACTER,
    CBEC_WARNING_UNKNOWN_COLUMN,
    CBEC_WARNING_COUNT
};

/* The words of tables and outputs: "no_founding_date", "damaged_code". */
CBEC_API const char *cbec_refusal_name(enum cbec_refusal refusal);
CBEC_API const char *cbec_warning_name(enum cbec_warning warning);

#define CBEC_EXAMPLES 3

/* Some examples out of many: the first ones. */
struct cbec_examples {
    size_t count; /* of those in text and line */
    uint64_t line[CBEC_EXAMPLES];
    const char *text[CBEC_EXAMPLES];
};

/* What became of one file, or of one member of an archive. Valid during the call that hands it out.
 */
struct cbec_import_summary {
    const char *path;   /* as given; archive.zip/member.csv for a member */
    const char *error;  /* why it could not be taken in; NULL if it was. With it only path holds */
    const char *source; /* tianyancha, qichacha, …, other */
    const char *data_date;      /* YYYY-MM-DD */
    const char *data_date_from; /* "option", "name" or "columns" */
    const char *format;         /* csv, xlsx, xls, zip+csv, zip+xlsx, zip+xls */
    const char *encoding;       /* UTF-8, GB18030, UTF-16LE, UTF-16BE …; NULL for workbooks */
    uint64_t header_row;        /* physical line, or the sheet's row; from 1 */
    uint64_t rows;              /* added + updated + unchanged + refused */
    uint64_t added;     /* rows that brought in an enterprise that was not on file ("new") */
    uint64_t updated;   /* rows that say something else of an enterprise on file */
    uint64_t unchanged; /* rows that say what the same source said before */
    uint64_t refused;
    uint64_t skipped; /* empty rows and notes; not among rows */
    uint64_t refused_by[CBEC_REFUSAL_COUNT];
    uint64_t warnings[CBEC_WARNING_COUNT];
    bool already_imported; /* the same bytes were taken in before: the figures are those of then */
    int64_t import;        /* the import's number */
    /* NULL, or without an example, for a file already imported: */
    const char *columns_understood; /* "公司名称 → name, 成立日期 → founded_on" */
    const char *columns_unknown;    /* "法定代表人, 电话" */
    const char *columns_missing; /* of options.map, what names no column: "founded_on=登记日" */
    const char *sheet;           /* the sheet of a workbook that was read; else NULL */
    const char *other_sheets;    /* "附表, 旧": not read, with a table of their own */
    struct cbec_examples refused_examples[CBEC_REFUSAL_COUNT];
    struct cbec_examples unknown_statuses;
    struct cbec_examples notes; /* rows that are no enterprise but a note */
};

struct cbec_progress {
    const char *path;
    uint64_t bytes;       /* read so far */
    uint64_t bytes_total; /* 0 if not known */
    uint64_t rows;        /* read so far */
};

/* Zero, or NULL, stands for "not given" throughout. */
struct cbec_import_options {
    const char *source;     /* the source's name; else told from file name or declaration */
    const char *data_date;  /* YYYY-MM-DD; else told from the file name or the columns */
    const char *encoding;   /* a name that iconv knows; else detected */
    const char *const *map; /* "FIELD=COLUMN" each: a column's name for a field */
    size_t map_count;
    bool strict;  /* a file with refused rows is not taken in */
    bool dry_run; /* everything is done but the commit */
    void *context;
    /* Called now and then; false stops the import and takes the file under way back. */
    bool (*progress)(void *context, const struct cbec_progress *progress);
    /* Called once for each file, or member of an archive, that was taken in or could not be. */
    void (*done)(void *context, const struct cbec_import_summary *summary);
};

/*
 * Takes in one export, or an archive of several; "-" is standard input. Each file is a transaction:
 * it is in completely or not at all. The status is that of the first file that failed; of an
 * archive the others are taken in all the same. The registry's own files are no exports.
 */
CBEC_API enum cbec_status cbec_import(struct cbec_registry *registry, const char *path,
                                      const struct cbec_import_options *options,
                                      struct cbec_error *error);

/* Takes an import back, as if it had never been. CBEC_ERROR_USAGE if there is none of this number.
 */
CBEC_API enum cbec_status cbec_undo(struct cbec_registry *registry, int64_t import,
                                    struct cbec_error *error);

/* ---- Definitions ------------------------------------------------------------------------------
 */

/*
 * Adds a definition, or replaces the one of this name: enterprises in whose name or business scope
 * one of `words` occurs and none of `unwanted`. The built-in all, narrow and wide cannot be
 * replaced.
 */
CBEC_API enum cbec_status cbec_define(struct cbec_registry *registry, const char *name,
                                      const char *const *words, size_t word_count,
                                      const char *const *unwanted, size_t unwanted_count,
                                      struct cbec_error *error);

/* ---- Soundness --------------------------------------------------------------------------------
 */

/*
 * Looks whether the registry is sound: the database itself, its references, and whether the
 * enterprises and the counts of imports are what follows from the records. Calls `problem` for each
 * thing that is wrong; `*problems` is how many. It changes
 * nothing in the end, but derives everything anew in a transaction that is taken back: it needs
 * leave to write, and waits for an import under way.
 */
CBEC_API enum cbec_status cbec_check(struct cbec_registry *registry,
                                     void (*problem)(void *context, const char *what),
                                     void *context, size_t *problems, struct cbec_error *error);

/* ---- The catalogue of queries ------------------------------------------------------------------
 */

/* A canned query: those that come with the library, and .sql files of the user's own. */
struct cbec_query {
    const char *name;              /* the file's name without .sql */
    const char *title;             /* the first line of the comment it begins with */
    const char *chinese_title;     /* its line "zh:"; NULL: none */
    const char *about;             /* the rest of that comment: what it counts, and its caveats */
    const char *sql;               /* the whole text */
    const char *file;              /* where it was read from; NULL: it comes with the library */
    const char *const *parameters; /* the names of what can be set, without the colon */
    size_t parameter_count;
    const char *problem; /* why it does not run, in one line; NULL: it does */
};

struct cbec_catalogue;

/*
 * Reads the catalogue: the library's own queries and the files *.sql in `folders`, in alphabetical
 * order; of two files of a name the one in the earlier folder. None can take the place of a query
 * of the library: such a file is listed with a problem, as is one that has a mistake. A folder that
 * cannot be read is an error. `*catalogue` is closed with cbec_catalogue_close.
 */
CBEC_API enum cbec_status cbec_catalogue_open(const char *const *folders, size_t count,
                                              struct cbec_catalogue **catalogue,
                                              struct cbec_error *error);

/* Closes a catalogue and with it its queries; NULL is allowed. */
CBEC_API void cbec_catalogue_close(struct cbec_catalogue *catalogue);

/* The query of this number, from 0 on; NULL past the last one. */
CBEC_API const struct cbec_query *cbec_catalogue_at(const struct cbec_catalogue *catalogue,
                                                    size_t number);

/* The query of this name. CBEC_ERROR_USAGE if there is none, CBEC_ERROR_INPUT if it has a problem.
 */
CBEC_API enum cbec_status cbec_catalogue_find(const struct cbec_catalogue *catalogue,
                                              const char *name, const struct cbec_query **query,
                                              struct cbec_error *error);

/* ---- Queries ----------------------------------------------------------------------------------
 */

/* What a query is asked with. NULL stands for "not given" throughout. */
struct cbec_question {
    const char *as_of;      /* YYYY-MM-DD; else the latest data date of the imports */
    const char *definition; /* else "all" */
    const char *province; /* any form of its name: 浙江, 浙江省, Zhejiang, 33; or "unknown" */
    const char *source;   /* enterprises that this source names */
    const char *since;    /* YYYY-MM-DD, YYYY-MM or YYYY: the first rows */
    const char *until;    /* the last rows */
    /*
     * The vintage: the number of an import, to be answered as the registry would have answered
     * after it; or a day, for the exports with a data date up to it. Definitions are today's, and a
     * source that was not known then names nothing. Only between cbec_snapshot_begin and
     * cbec_snapshot_end.
     */
    const char *known_at;
    /* "name=value" each: parameters of the user's own query. A value that is a number is one. Those
     * not given are NULL. */
    const char *const *parameters;
    size_t parameter_count;
    int64_t import; /* listing "refused": of this import only; 0: of all */
    const char
        *find; /* listing "found": a credit code, a registration number, or a name or part of one */
    int64_t
        enterprise; /* listings "settled" and "said": the number that "found" gives an enterprise */
};

enum cbec_cell_type { CBEC_CELL_NULL, CBEC_CELL_INTEGER, CBEC_CELL_REAL, CBEC_CELL_TEXT };

/* One value of a result. Text is not terminated, and valid until the next row is asked for. */
struct cbec_cell {
    enum cbec_cell_type type;
    int64_t integer;
    double
        real; /* a percentage, already rounded to one decimal; in a query of one's own any number */
    const char *text;
    size_t length;
};

struct cbec_result;

/*
 * Runs a canned query. CBEC_ERROR_USAGE for an unknown definition, province, source, vintage or
 * parameter, and for a date that is none; CBEC_ERROR_INPUT for a mistake in the query itself.
 * `*result` is closed with cbec_result_close before another query is asked of the registry, and
 * before that is closed.
 */
CBEC_API enum cbec_status cbec_query_run(struct cbec_registry *registry,
                                         const struct cbec_query *query,
                                         const struct cbec_question *question,
                                         struct cbec_result **result, struct cbec_error *error);

/*
 * Runs a listing of the registry's own matters, which is no count: "imports" (what was taken in),
 * "refused" (refused rows with their text), "definitions", "words" (of the definition asked for),
 * "sources", "headline" (the figures of a report), "found" (enterprises that a code or a name
 * finds), "settled" (what counts of one), "said" (what each source says of it).
 */
CBEC_API enum cbec_status cbec_list_run(struct cbec_registry *registry, const char *name,
                                        const struct cbec_question *question,
                                        struct cbec_result **result, struct cbec_error *error);

/*
 * Between these two calls, which do not nest, all queries see one state of the registry, whatever
 * other processes write.
 */
CBEC_API enum cbec_status cbec_snapshot_begin(struct cbec_registry *registry,
                                              struct cbec_error *error);
CBEC_API void cbec_snapshot_end(struct cbec_registry *registry);

CBEC_API size_t cbec_result_columns(const struct cbec_result *result);
CBEC_API const char *cbec_result_column(const struct cbec_result *result, size_t column);

/*
 * Steps to the next row. `*cells`, one for each column, is valid until the next call; it is NULL
 * after the last row.
 */
CBEC_API enum cbec_status cbec_result_next(struct cbec_result *result,
                                           const struct cbec_cell **cells,
                                           struct cbec_error *error);

/* Closes a result; NULL is allowed. */
CBEC_API void cbec_result_close(struct cbec_result *result);

#ifdef __cplusplus
}
#endif

#endif
