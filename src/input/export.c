#include "input/export.h"

#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "input/archive.h"
#include "input/csv.h"
#include "input/decode.h"
#include "input/file.h"
#include "input/workbook.h"
#include "util/error.h"
#include "util/utf8.h"

static const workbook_reader workbook_readers[] = {
    [CONTAINER_XLSX] = xlsx_read,
    [CONTAINER_XLS] = xls_read,
};

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* How files begin that are told by their first bytes; all others are text. */
static bool begins_with(int file, const char *path, struct slice bytes)
{
    char head[8];
    ssize_t got = file_read(file, path, head, sizeof head, 0, NULL);
    return got >= 0 && slice_starts_with((struct slice){head, (size_t)got}, bytes);
}

enum cbec_status container_of(int file, const char *path, enum container *container, bool *archive,
                              struct cbec_error *error)
{
    *archive = false;
    *container = CONTAINER_TEXT;
    if (begins_with(file, path, SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) {
        *container =
            CONTAINER_XLS; /* an OLE2 compound file; freexl tells whether it holds a workbook */
        return CBEC_OK;
    }
    if (!begins_with(file, path, SLICE("PK\x03\x04")) &&
        !begins_with(file, path, SLICE("PK\x05\x06")))
        return CBEC_OK;
    zip_t *zip = NULL;
    enum cbec_status status = archive_open(file, path, &zip, error);
    if (status != CBEC_OK)
        return status;
    *archive = !archive_is_workbook(zip);
    *container = CONTAINER_XLSX;
    zip_discard(zip);
    return CBEC_OK;
}

enum cbec_status
export_each(const char *path, const struct file_patience *patience, export_function function,
            void (*unusable)(void *context, const char *path, const struct cbec_error *error),
            void *context, struct cbec_error *error)
{
    struct export export = {.path = path, .name = last_part(path)};
    bool archive;
    enum cbec_status status = file_open(path, patience, &export.file, &export.size, error);
    if (status != CBEC_OK)
        return status;
    status = container_of(export.file, path, &export.container, &archive, error);
    if (status == CBEC_OK && archive) {
        zip_t *zip;
        status = archive_open(export.file, path, &zip, error);
        if (status == CBEC_OK) {
            status = archive_each(zip, path, function, unusable, context, error);
            zip_discard(zip);
        }
    } else if (status == CBEC_OK) {
        status = function(context, &export, error);
    }
    free(export.sheet_name);
    close(export.file);
    return status;
}

/* ---- Survey ------------------------------------------------------------------------------------
 */

#define SURVEY_BYTES ((size_t)262144)
#define SURVEY_NICE 10

/* Hashes the file; tells at the same time whether all of it is UTF-8 (NULL: does not). `stopped`,
 * where it is not NULL, ends it early. */
static enum cbec_status hash_file(const struct export *export, unsigned char hash[HASH_SIZE],
                                  bool *is_utf8, const atomic_bool *stopped,
                                  struct cbec_error *error)
{
    char *bytes = malloc(SURVEY_BYTES);
    if (!bytes)
        return error_no_memory(error);
    struct sha256_ctx sha;
    sha256_init(&sha);
    bool checks = is_utf8 != NULL;
    size_t carried = 0; /* bytes of a character that lies across two reads */
    uint64_t offset = 0;
    ssize_t got;
    while ((got = file_read(export->file, export->path, bytes + carried, SURVEY_BYTES - carried,
                            offset, error)) > 0 &&
           !(stopped && atomic_load(stopped))) {
        sha256_update(&sha, (size_t)got, (const uint8_t *)bytes + carried);
        offset += (uint64_t)got;
        if (!checks)
            continue;
        struct slice text = {bytes, carried + (size_t)got};
        bool cut;
        size_t valid = utf8_valid_prefix(text, &cut);
        checks = valid == text.length || cut;
        carried = checks ? text.length - valid : 0;
        memmove(bytes, bytes + valid, carried);
    }
    if (is_utf8)
        *is_utf8 = checks && carried == 0;
    sha256_digest(&sha, HASH_SIZE, hash);
    free(bytes);
    return got < 0 ? CBEC_ERROR_SYSTEM : CBEC_OK;
}

/* Reads the file through in its encoding. */
static enum cbec_status decode_all(const struct export *export, struct cbec_error *error)
{
    char text[16384];
    struct decoder decoder;
    enum cbec_status status = decoder_open(&decoder, export, SURVEY_BYTES, error);
    ssize_t got = 1;
    while (status == CBEC_OK && got > 0)
        got = decoder_read(&decoder, text, sizeof text, error);
    decoder_close(&decoder);
    return got < 0 ? CBEC_ERROR_INPUT : status;
}

static enum cbec_status find_encoding(struct export *export, const char *encoding, bool is_utf8,
                                      struct cbec_error *error)
{
    char head[4];
    size_t mark_length;
    ssize_t got = file_read(export->file, export->path, head, sizeof head, 0, error);
    if (got < 0)
        return CBEC_ERROR_SYSTEM;
    const char *marked = decode_mark(head, (size_t)got, &mark_length);
    export->encoding = encoding ? encoding : marked ? marked : is_utf8 ? "UTF-8" : "GB18030";
    if (is_utf8 && strcasecmp(export->encoding, "UTF-8") == 0) {
        export->encoding = "UTF-8";
        return CBEC_OK;
    }
    if (strcasecmp(export->encoding, "UTF-8") == 0)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: is not UTF-8 throughout: name its encoding with --encoding",
                         export->path);
    enum cbec_status status = decode_all(export, error);
    if (status == CBEC_ERROR_INPUT && !encoding && !marked)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: neither UTF-8 nor GB18030, nor a workbook: name its encoding with "
                         "--encoding",
                         export->path);
    return status;
}

enum cbec_status export_hash(const struct export *export, unsigned char hash[HASH_SIZE],
                             struct cbec_error *error)
{
    return hash_file(export, hash, NULL, NULL, error);
}

enum cbec_status export_survey(struct export *export, const char *encoding,
                               unsigned char hash[HASH_SIZE], struct cbec_error *error)
{
    bool is_utf8 = false;
    bool is_text = export->container == CONTAINER_TEXT;
    enum cbec_status status = hash_file(export, hash, is_text ? &is_utf8 : NULL, NULL, error);
    if (status == CBEC_OK && is_text)
        status = find_encoding(export, encoding, is_utf8, error);
    return status;
}

static void *survey_all(void *context)
{
    struct file_survey *survey = context;
    bool is_utf8 = false;
    /* In Linux this is of the thread alone. Whoever reads meanwhile comes first: the survey is
     * waited for at the end, when there is less to be done. */
    setpriority(PRIO_PROCESS, 0, SURVEY_NICE);
    survey->status =
        hash_file(survey->export, survey->hash, survey->checks_encoding ? &is_utf8 : NULL,
                  &survey->stopped, &survey->error);
    survey->was_right = is_utf8 || !survey->checks_encoding;
    return NULL;
}

/* The encoding of a text, as far as one look goes. What begins otherwise is no UTF-8. */
static enum cbec_status guess_encoding(struct export *export, struct cbec_error *error)
{
    char head[16384];
    bool cut;
    size_t mark_length;
    ssize_t got = file_read(export->file, export->path, head, sizeof head, 0, error);
    if (got < 0)
        return CBEC_ERROR_SYSTEM;
    struct slice text = {head, (size_t)got};
    bool is_utf8 = utf8_valid_prefix(text, &cut) == text.length || cut;
    export->encoding = decode_mark(head, text.length, &mark_length);
    if (!export->encoding || is_utf8)
        export->encoding = is_utf8 ? "UTF-8" : "GB18030";
    return CBEC_OK;
}

enum cbec_status export_survey_begin(struct file_survey *survey, struct export *export,
                                     struct cbec_error *error)
{
    *survey = (struct file_survey){.export = export};
    if (export->container == CONTAINER_TEXT) {
        enum cbec_status status = guess_encoding(export, error);
        if (status != CBEC_OK)
            return status;
        survey->checks_encoding = strcmp(export->encoding, "UTF-8") == 0;
    }
    survey->running = pthread_create(&survey->thread, NULL, survey_all, survey) == 0;
    if (!survey->running)
        survey_all(survey);
    return CBEC_OK;
}

void export_survey_stop(struct file_survey *survey)
{
    atomic_store(&survey->stopped, true);
    if (survey->running)
        pthread_join(survey->thread, NULL);
    survey->running = false;
}

enum cbec_status export_survey_end(struct file_survey *survey, struct cbec_error *error)
{
    if (survey->running)
        pthread_join(survey->thread, NULL);
    survey->running = false;
    return survey->status == CBEC_OK
               ? CBEC_OK
               : error_set(error, survey->status, "%s", survey->error.message);
}

/* ---- The table ---------------------------------------------------------------------------------
 */

struct search {
    row_function is_header;
    void *context;
    bool found;
};

static bool search_row(void *context, const struct row *row)
{
    struct search *search = context;
    if (row->ordinal > HEADER_ROWS)
        return false;
    search->found = search->is_header(search->context, row);
    return !search->found && row->ordinal < HEADER_ROWS;
}

static enum cbec_status find_delimiter(struct export *export, struct search *search,
                                       struct cbec_error *error)
{
    static const char delimiters[] = {',', ';', '\t'};
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < sizeof delimiters && status == CBEC_OK && !search->found; i++) {
        search->is_header(search->context, NULL);
        export->delimiter = delimiters[i];
        status = csv_read(export, delimiters[i], DECODER_READ_SIZE, search_row, search, error);
    }
    return status;
}

static enum cbec_status find_sheet(struct export *export, struct search *search,
                                   struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    bool exists = true;
    for (int sheet = 0; exists && status == CBEC_OK && !search->found; sheet++) {
        search->is_header(search->context, NULL);
        free(export->sheet_name);
        export->sheet_name = NULL;
        export->sheet = sheet;
        status = workbook_readers[export->container](export, sheet, &exists, &export->sheet_name,
                                                     search_row, search, error);
    }
    return status;
}

enum cbec_status export_find_table(struct export *export, row_function is_header, void *context,
                                   bool *found, struct cbec_error *error)
{
    struct search search = {.is_header = is_header, .context = context};
    enum cbec_status status = export->container == CONTAINER_TEXT
                                  ? find_delimiter(export, &search, error)
                                  : find_sheet(export, &search, error);
    *found = search.found;
    return status;
}

enum cbec_status export_read(const struct export *export, row_function function, void *context,
                             struct cbec_error *error)
{
    if (export->container == CONTAINER_TEXT)
        return csv_read(export, export->delimiter, DECODER_READ_SIZE, function, context, error);
    bool exists;
    return workbook_readers[export->container](export, export->sheet, &exists, NULL, function,
                                               context, error);
}
