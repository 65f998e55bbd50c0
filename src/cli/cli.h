/* cli.h: what the commands of the program share. */
#ifndef CBEC_CLI_CLI_H
#define CBEC_CLI_CLI_H

#include <time.h>

#include "cbec.h"
#include "output/output.h"
#include "output/words.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_REFUSED_ROWS = 3,
    EXIT_SIGNAL = 128 /* + the signal's number */
};

/* ---- Options -----------------------------------------------------------------------------------
 */

enum option_kind {
    OPTION_FLAG, /* bool */
    OPTION_TEXT, /* const char * */
    OPTION_LIST  /* struct text_list: may be given several times */
};

struct text_list {
    const char **at;
    size_t count;
};

/* EXIT_DONE, or EXIT_FAILED after a message. The list is freed by its owner. */
int list_add(struct text_list *list, const char *text);

/* One option of a command; usage, parsing and help come from it. The last one has no name. */
struct option_spec {
    const char *name; /* "as-of" */
    char letter;      /* 'o'; 0: none */
    enum option_kind kind;
    const char *value; /* what stands for its value in help: "DAY" */
    const char *help;
    void *target;
};

/*
 * Reads the options of a command into their targets; `arguments` are what is left. EXIT_DONE, or
 * another status after a message. Lists and arguments are freed by options_free.
 */
int options_read(const char *command, const struct option_spec *options, int argc, char **argv,
                 struct text_list *arguments);
void options_free(const struct option_spec *options, struct text_list *arguments);

/* Prints a message on standard error, one line, with control characters made visible. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* To be called before all else: the program's heap in large pages. */
void prepare_heap(void);

/* Reads a whole number above 0. */
bool read_number(const char *text, int64_t *number);

/* Says, once, that another program holds the registry; for cbec_on_wait. Waiting ends with a
 * signal. */
bool wait_aloud(void *context, unsigned times);

/* Prints an error of the library; the exit status for it. */
int fail(const struct cbec_error *error);

/* ---- Progress ----------------------------------------------------------------------------------
 */

/* A line on standard error that is written anew, while that is a terminal and work takes long. */
struct progress_line {
    bool wanted;
    bool shown;
    struct timespec began;
    struct timespec last;
};

void progress_begin(struct progress_line *line);

/* True if it is time to write the line anew; it has been cleared. `*seconds`: since it began. */
bool progress_is_due(struct progress_line *line, double *seconds);
void progress_clear(struct progress_line *line);

/* ---- Commands ----------------------------------------------------------------------------------
 */

struct command_context {
    const char *db;
    struct cbec_registry *registry; /* opened as the command asks for */
};

struct command {
    const char *name;
    const char *arguments; /* "FILE…" */
    const char *summary;
    const char *details; /* for `cbec help COMMAND`, below the options */
    bool opens;
    enum cbec_open_mode mode;
    /* The options, with the static variables they go to. */
    const struct option_spec *options;
    int (*run)(struct command_context *context, const struct text_list *arguments);
    /* May change the mode once the options are read (a dry run); or NULL. */
    enum cbec_open_mode (*mode_of)(void);
};

extern const struct command command_import, command_report, command_query, command_export,
    command_define, command_imports, command_refused, command_show, command_undo, command_check;

/* ---- Questions and outputs ---------------------------------------------------------------------
 */

/* The options that every question takes, for option tables. */
#define QUESTION_OPTIONS(question)                                                                 \
    {"as-of",          0, OPTION_TEXT, "DAY", "count up to this day (else: the latest data date)", \
     &(question).as_of},                                                                           \
        {"definition",                                                                             \
         0,                                                                                        \
         OPTION_TEXT,                                                                              \
         "NAME",                                                                                   \
         "count the enterprises of this definition (else: all)",                                   \
         &(question).definition},                                                                  \
        {"province",                                                                               \
         0,                                                                                        \
         OPTION_TEXT,                                                                              \
         "NAME",                                                                                   \
         "only this province: 浙江, 浙江省, Zhejiang or 33",                                       \
         &(question).province},                                                                    \
        {"source",          0, OPTION_TEXT, "NAME", "only enterprises that this source names",     \
         &(question).source},                                                                      \
        {"known-at",                                                                               \
         0,                                                                                        \
         OPTION_TEXT,                                                                              \
         "N|DAY",                                                                                  \
         "as known after import N, or from exports up to this data date",                          \
         &(question).known_at},                                                                    \
        {"since",          0, OPTION_TEXT, "DATE", "only rows from this day, month or year on",    \
         &(question).since},                                                                       \
    {                                                                                              \
        "until", 0, OPTION_TEXT, "DATE", "only rows up to this day, month or year",                \
            &(question).until                                                                      \
    }

/* Where the user's own queries are, and what they are asked with. */
struct own_queries {
    struct text_list folders;
    struct text_list parameters;
};

#define OWN_QUERIES_OPTIONS(own)                                                                   \
    {"queries",     0, OPTION_LIST, "DIR", "take the .sql files of this folder as queries",        \
     &(own).folders},                                                                              \
    {                                                                                              \
        "param", 0, OPTION_LIST, "NAME=VALUE", "set a parameter of your own query",                \
            &(own).parameters                                                                      \
    }

/*
 * The canned queries and those of --queries, $CBEC_QUERY_PATH (folders between colons) and
 * $XDG_DATA_HOME/cbec/queries, in this order. EXIT_DONE, or the exit status after a message.
 */
int read_catalogue(const struct own_queries *own, struct cbec_catalogue **catalogue);

/* That no query would be written over: EXIT_DONE, or EXIT_FAILED after a message. */
int check_is_no_query(const char *path, const struct cbec_catalogue *catalogue);

struct printing {
    const char *format; /* table, csv, json, markdown; NULL: table */
    const char *file;   /* NULL: standard output */
    bool bom;
    enum language language; /* of headings and values for people */
    const char *before;     /* stands before the rows, and … */
    const char *after;      /* … behind them; NULL: nothing */
};

#define PRINTING_OPTIONS(printing)                                                                 \
    {"format",          0, OPTION_TEXT, "FORMAT", "table (the default), csv, json or markdown",    \
     &(printing).format},                                                                          \
        {"output", 'o', OPTION_TEXT, "FILE", "write to this file", &(printing).file},              \
    {                                                                                              \
        "bom", 0, OPTION_FLAG, NULL, "begin CSV with a byte order mark, for spreadsheets",         \
            &(printing).bom                                                                        \
    }

/* Prints a result as asked for, and closes it. `registry_path` is not to be written over. */
int print_result(struct cbec_result *result, const struct printing *printing,
                 const char *registry_path);

/* Prints the rows of a result to a stream. `printing` may be NULL. */
int print_rows(struct cbec_result *result, enum output_format format,
               const struct printing *printing, FILE *stream);

/* The format that is asked for, which check_printing has found good. */
enum output_format format_of(const struct printing *printing);

/* The language of --lang; EXIT_USAGE after a message if there is none of that name. NULL: English.
 */
int read_language(const char *name, enum language *language);

/*
 * EXIT_FAILED after a message if a file is not to be written to: it is a part of the registry, its
 * folder is not there, or it is "-".
 */
int check_output(const char *path, const char *registry_path);

/* True if both paths lead to the same file, also one that is not there yet. */
bool same_output(const char *a, const char *b);

/* Checks format and file before any work is done. */
int check_printing(const struct printing *printing, const char *registry_path);

/*
 * Opens a file for output that is moved into its place when it is complete, so that a failure
 * leaves what was there. close_output does so if `keep`; EXIT_DONE or EXIT_FAILED after a message.
 */
struct output_file {
    FILE *stream;
    const char *path;
    char *target; /* what it replaces; NULL for a device or a pipe */
};
int open_output(struct output_file *file, const char *path);
int close_output(struct output_file *file, bool keep);

/* Writes text from files: control characters show as \n or \x1b. */
void print_visible(FILE *stream, const char *text);

/* Columns of the terminal behind a stream; 0 if it is none. */
int terminal_width(FILE *stream);
bool colour_wanted(FILE *stream);

/* Flushes standard output; EXIT_FAILED after a message if not all of it could be written. */
int finish_output(int status);

/* Set by SIGINT and SIGTERM. */
extern volatile int caught_signal;

#endif
