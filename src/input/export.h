/*
 * export.h: one export, as a file or as a member of an archive: what it is, and its rows.
 */
#ifndef CBEC_INPUT_EXPORT_H
#define CBEC_INPUT_EXPORT_H

#include <pthread.h>
#include <stdatomic.h>

#include "input/file.h"
#include "input/reader.h"

#define HASH_SIZE 32 /* SHA-256 */

enum container { CONTAINER_TEXT, CONTAINER_XLSX, CONTAINER_XLS };

struct export
{
    int file;            /* readable from the start as often as needed */
    uint64_t size;       /* bytes */
    uint64_t *position;  /* where readers note how far they have come, in bytes; or NULL */
    const char *path;    /* as messages show it: archive.zip/member.csv for a member */
    const char *name;    /* the last part of the path, of a member its own */
    const char *archive; /* the archive's name, for a member; else NULL */
    enum container container;
    const char *encoding; /* of a text file; NULL for workbooks */
    char delimiter;       /* of a text file, once the header is found */
    int sheet;            /* of a workbook, once the header is found: its place, from 0 */
    char *sheet_name;     /* owned */
};

/* Takes one export, which it does not keep. */
typedef enum cbec_status (*export_function)(void *context, struct export *export,
                                            struct cbec_error *error);

/*
 * Opens `path` ("-": standard input) and calls `function` for the export it is, or for each one
 * that the archive holds, in the archive's order; what a member's call returns does not keep the
 * others from being read. Members that are no exports by their content (images, say) are passed to
 * `unusable` with the reason. Returns the first status that was not CBEC_OK.
 */
enum cbec_status
export_each(const char *path, const struct file_patience *patience, export_function function,
            void (*unusable)(void *context, const char *path, const struct cbec_error *error),
            void *context, struct cbec_error *error);

/* The SHA-256 of the whole file, and nothing else. */
enum cbec_status export_hash(const struct export *export, unsigned char hash[HASH_SIZE],
                             struct cbec_error *error);

/*
 * Reads the whole file once: its SHA-256, and for a text file its encoding, which `encoding`
 * overrides where it is not NULL. CBEC_ERROR_INPUT if a text is neither UTF-8 nor UTF-16 with a
 * mark nor GB18030.
 */
enum cbec_status export_survey(struct export *export, const char *encoding,
                               unsigned char hash[HASH_SIZE], struct cbec_error *error);

/*
 * The same while the rows are read: the encoding of a text is guessed from how it begins, and set
 * in the export. The whole of it is surveyed in a thread of its own, until export_survey_end gives
 * the hash and says whether the guess was right. If it is another one than UTF-8, that is known
 * only by those who read it: if they fail, it may have been wrong.
 */
struct file_survey {
    const struct export *export;
    pthread_t thread;
    bool running;
    atomic_bool stopped;
    unsigned char hash[HASH_SIZE];
    bool checks_encoding;
    bool was_right;
    enum cbec_status status;
    struct cbec_error error;
};

enum cbec_status export_survey_begin(struct file_survey *survey, struct export *export,
                                     struct cbec_error *error);
enum cbec_status export_survey_end(struct file_survey *survey, struct cbec_error *error);

/* Ends it without an outcome; does nothing where nothing runs. */
void export_survey_stop(struct file_survey *survey);

/*
 * Finds the table: the delimiter or the sheet with which `is_header` accepts a row. It is called
 * with NULL before each attempt, then with the rows of the beginning until it returns true or
 * HEADER_ROWS rows have been shown. `*found` says whether there is one.
 */
#define HEADER_ROWS 20
enum cbec_status export_find_table(struct export *export, row_function is_header, void *context,
                                   bool *found, struct cbec_error *error);

/* Pushes all rows of the table into `function`, from the first row of the file or sheet on. */
enum cbec_status export_read(const struct export *export, row_function function, void *context,
                             struct cbec_error *error);

#endif
