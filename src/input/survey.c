#include "input/survey.h"

#include <stdlib.h>

#include "input/decode.h"
#include "util/error.h"
#include "util/utf8.h"

/* ---- Piece by piece ----------------------------------------------------------------------------
 */

/* Whether what has been read is UTF-8, so far; `text` begins with what was carried over. */
static void check_utf8(struct survey *survey, struct slice text)
{
    bool cut;
    size_t valid = utf8_valid_prefix(text, &cut);
    survey->was_right = valid == text.length || cut;
    survey->carried = survey->was_right ? text.length - valid : 0;
    memmove(survey->bytes, text.at + valid, survey->carried);
}

bool survey_step(struct survey *survey)
{
    if (survey->at_end)
        return false;
    if (!survey->bytes)
        survey->bytes = malloc(SURVEY_PIECE_BYTES);
    size_t carried = survey->carried;
    const struct export *export = survey->export;
    ssize_t got = -1;
    if (survey->bytes)
        got = file_read(export->file, export->path, survey->bytes + carried,
                        SURVEY_PIECE_BYTES - carried, survey->offset, &survey->error);
    else
        error_no_memory(&survey->error);
    if (got > 0) {
        sha256_update(&survey->sha, (size_t)got, (const uint8_t *)survey->bytes + carried);
        survey->offset += (uint64_t)got;
        if (survey->checks_encoding && survey->was_right)
            check_utf8(survey, (struct slice){survey->bytes, carried + (size_t)got});
        return true;
    }
    survey->at_end = true;
    survey->status = got < 0 ? survey->error.status : CBEC_OK;
    survey->was_right &= survey->carried == 0;
    sha256_digest(&survey->sha, HASH_SIZE, survey->hash);
    return false;
}

static void *survey_steps(void *context)
{
    struct survey *survey = context;
    while (!atomic_load(&survey->stopped) && survey_step(survey))
        ;
    return NULL;
}

void survey_rest(struct survey *survey)
{
    if (!survey->at_end)
        survey->running = pthread_create(&survey->thread, NULL, survey_steps, survey) == 0;
}

static void join(struct survey *survey)
{
    if (survey->running)
        pthread_join(survey->thread, NULL);
    survey->running = false;
}

enum cbec_status survey_end(struct survey *survey, struct cbec_error *error)
{
    join(survey);
    survey_steps(survey);
    return survey->status == CBEC_OK
               ? CBEC_OK
               : error_set(error, survey->status, "%s", survey->error.message);
}

void survey_free(struct survey *survey)
{
    atomic_store(&survey->stopped, true);
    join(survey);
    free(survey->bytes);
    survey->bytes = NULL;
}

static void begin(struct survey *survey, const struct export *export, bool checks_encoding)
{
    *survey =
        (struct survey){.export = export, .checks_encoding = checks_encoding, .was_right = true};
    sha256_init(&survey->sha);
}

/* ---- Encodings ---------------------------------------------------------------------------------
 */

/* The encoding of a text, as far as one look goes. What begins otherwise is no UTF-8. */
static enum cbec_status guess_encoding(struct export *export, struct cbec_error *error)
{
    char head[SURVEY_GUESS_BYTES];
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

enum cbec_status survey_begin(struct survey *survey, struct export *export,
                              struct cbec_error *error)
{
    bool is_text = export->container == CONTAINER_TEXT;
    begin(survey, export, false);
    enum cbec_status status = is_text ? guess_encoding(export, error) : CBEC_OK;
    survey->checks_encoding =
        status == CBEC_OK && is_text && strcmp(export->encoding, "UTF-8") == 0;
    return status;
}

/* Reads the file through in its encoding. Why a decoder stopped only its error tells. */
static enum cbec_status decode_all(const struct export *export, struct cbec_error *error)
{
    char text[16384];
    struct decoder decoder;
    struct cbec_error failure = {.status = CBEC_OK};
    decoder_open(&decoder, export, SURVEY_PIECE_BYTES, &failure);
    ssize_t got = 1;
    while (failure.status == CBEC_OK && got > 0)
        got = decoder_read(&decoder, text, sizeof text, &failure);
    decoder_close(&decoder);
    return failure.status == CBEC_OK ? CBEC_OK
                                     : error_set(error, failure.status, "%s", failure.message);
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
    export->encoding = encoding  ? decode_name(encoding)
                       : marked  ? marked
                       : is_utf8 ? "UTF-8"
                                 : "GB18030";
    bool named_utf8 = strcmp(export->encoding, "UTF-8") == 0;
    if (named_utf8 && is_utf8)
        return CBEC_OK;
    if (named_utf8)
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

/* ---- At once -----------------------------------------------------------------------------------
 */

static enum cbec_status hash_whole(const struct export *export, bool *is_utf8,
                                   unsigned char hash[HASH_SIZE], struct cbec_error *error)
{
    struct survey survey;
    begin(&survey, export, is_utf8 != NULL);
    enum cbec_status status = survey_end(&survey, error);
    memcpy(hash, survey.hash, HASH_SIZE);
    if (is_utf8)
        *is_utf8 = survey.was_right;
    survey_free(&survey);
    return status;
}

enum cbec_status survey_hash(const struct export *export, unsigned char hash[HASH_SIZE],
                             struct cbec_error *error)
{
    return hash_whole(export, NULL, hash, error);
}

enum cbec_status survey_file(struct export *export, const char *encoding,
                             unsigned char hash[HASH_SIZE], struct cbec_error *error)
{
    bool is_utf8 = false;
    bool is_text = export->container == CONTAINER_TEXT;
    enum cbec_status status = hash_whole(export, is_text ? &is_utf8 : NULL, hash, error);
    if (status == CBEC_OK && is_text)
        status = find_encoding(export, encoding, is_utf8, error);
    return status;
}
