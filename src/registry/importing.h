/* importing.h: the state of an import, from the first look at a file to the commit. */
#ifndef CBEC_REGISTRY_IMPORTING_H
#define CBEC_REGISTRY_IMPORTING_H

#include "input/ahead.h"
#include "input/survey.h"
#include "record/record.h"
#include "registry/report.h"
#include "registry/store.h"
#include "util/cache_line.h"

struct importing {
    struct cbec_registry *registry;
    const struct cbec_import_options *options;
    struct column_alias *aliases;
    struct buffer *alias_names;
    struct date option_date; /* year 0: not given */
    bool reported;           /* of some export of this path it has been said what became of it */

    /* The export under way. */
    struct export *export;
    bool decoded; /* all rows have been read, so that the encoding was no wrong guess */
    bool hash_known;
    bool date_guessed;  /* builder.data_date is today, until rows have told the data date */
    bool guessed_wrong; /* all is to be done again, without guesses */
    unsigned char hash[HASH_SIZE];
    struct header_score nearest; /* of the rows that are no header */
    struct buffer nearest_row;
    struct buffer other_sheets; /* not read, with a table of their own */
    struct buffer declaration;  /* what stands above the header */

    /* Of the reading thread. */
    struct columns columns;
    uint64_t header_row;
    struct record_builder builder;
    struct dates_seen {
        struct date latest;       /* full day, not after today */
        struct date latest_vague; /* the last day of a month or a year */
        struct date today;
        struct date latest_beginning; /* the first day of a month or a year */
        bool has_later_rows;          /* refused, since they are later than today */
        uint64_t last_dated_line;
    } dates_seen;
    struct identity_keys keys; /* of the row being made ready */
    int64_t source;
    bool out_of_memory;
    _Atomic enum outcome last_outcome; /* of the record put on file last */

    /* Of whichever thread waits. */
    _Alignas(CACHE_LINE) pthread_mutex_t idle_mutex; /* while rows are read */
    struct survey survey;
    bool surveying; /* the survey is under way, and the encoding of a text a guess */

    /* Of the thread that takes rows in. */
    _Alignas(CACHE_LINE) struct store store; /* but for what the other one derives */
    uint64_t position;
    uint64_t calls; /* of importing_goes_on */
    struct statement refuse;
    int64_t import;
    uint64_t pending_empty; /* empty rows since the last filled one */
    struct report report;
    enum cbec_status status; /* of the row functions */
    struct cbec_error *error;
};

/*
 * To be called for every row read: tells the user's progress function now and then. False if it
 * wants to stop; importing->status is then CBEC_ERROR_CANCELLED.
 */
bool importing_goes_on(struct importing *importing, uint64_t rows);

/* Takes in all rows behind the header. */
enum cbec_status import_rows(struct importing *importing, struct cbec_error *error);

/* Finds the header, and with it the table. CBEC_ERROR_INPUT says what is missing, and which row
 * came nearest. */
enum cbec_status understand_header(struct importing *importing, struct cbec_error *error);

/* Who made the export: the user's word, else a vendor's name in the file's name or above the
 * header. */
void understand_source(struct importing *importing);

/*
 * The day that the export speaks of, and in a table of two columns the last row that is no note.
 * Both may take a reading of the whole file; if `guesses`, the day is first taken for today, and
 * understand_guessed_date finds it when the rows have been read.
 */
enum cbec_status understand_data_date(struct importing *importing, bool guesses,
                                      struct cbec_error *error);

/* Notes the dates of a row, in the reading thread. */
void understand_dates_of(struct importing *importing, const struct record *record,
                         const struct reading_of_row *reading);

/* The data date that a guess stood for. importing->guessed_wrong if rows were read with the guess
 * in another way than they would have been with the date. */
enum cbec_status understand_guessed_date(struct importing *importing, struct cbec_error *error);

#endif
