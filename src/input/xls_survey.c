#include "input/xls_survey.h"

#include <stdlib.h>
#include <string.h>

#include "input/xls_compound.h"
#include "util/error.h"

/* [MS-XLS] 2.3 */
enum record_type {
    RECORD_FORMULA = 0x0006,
    RECORD_FILEPASS = 0x002f,
    RECORD_CONTINUE = 0x003c,
    RECORD_BOUNDSHEET = 0x0085,
    RECORD_RSTRING = 0x00d6,
    RECORD_SST = 0x00fc,
    RECORD_DIMENSIONS = 0x0200,
    RECORD_LABEL = 0x0204,
    RECORD_BOOLERR = 0x0205,
    RECORD_FORMAT = 0x041e,
    RECORD_BOF = 0x0809
};

enum {
    RECORD_BYTES = 8224,
    BIFF8 = 0x0600,
    SHEET_IS_WORKSHEET = 0,
    LIMIT_CELLS = 16 * 1024 * 1024 /* freexl keeps 16 bytes for each place of every sheet */
};

struct survey {
    const char *path;
    struct cbec_error *error;
    unsigned version;
    size_t sheets_seen;
    unsigned short hidden[XLS_LIMIT_SHEETS];
    size_t hidden_count;
    struct xls_sheets *sheets;
    uint64_t cells;
    unsigned type; /* of the last record that was no CONTINUE */

    uint32_t strings_left; /* of the SST */
    unsigned units_left;   /* characters of a string that goes on in the next record */
    uint32_t extra_left;   /* bytes of formatting behind it */
    bool has_nul;          /* a string, among its characters */
    unsigned char record[RECORD_BYTES];
    size_t length;
};

static enum cbec_status cannot_read(const struct survey *survey, const char *what)
{
    return error_set(survey->error, CBEC_ERROR_INPUT,
                     "%s: %s, which cannot be read in an .xls workbook: open it in a spreadsheet "
                     "program and save it as .xlsx",
                     survey->path, what);
}

static enum cbec_status damaged(const struct survey *survey, const char *what)
{
    return compound_damaged(survey->path, what, survey->error);
}

/* ---- Strings ([MS-XLS] 2.5.293)
 * ---------------------------------------------------------------------- */

/* The header of a string: its characters, their width, and the bytes of formatting behind them. */
static bool string_header(struct survey *survey, size_t *at, unsigned *width)
{
    const unsigned char *bytes = survey->record + *at;
    size_t left = survey->length - *at;
    if (left < 3)
        return false;
    unsigned flags = bytes[2];
    size_t length = 3 + (flags & 8 ? 2U : 0) + (flags & 4 ? 4U : 0);
    if (left < length)
        return false;
    survey->units_left = little_16(bytes);
    survey->extra_left = 0;
    if (flags & 8)
        survey->extra_left += 4 * little_16(bytes + 3);
    if (flags & 4)
        survey->extra_left += little_32(bytes + (flags & 8 ? 5 : 3)) & 0xffffff;
    *width = flags & 1 ? 2 : 1;
    *at += length;
    return true;
}

/* Notes a NUL among characters: freexl hands out what stands before it. */
static void look_for_nul(struct survey *survey, size_t at, size_t units, unsigned width)
{
    static const unsigned char nul[2];
    for (size_t i = 0; i < units; i++)
        survey->has_nul |= memcmp(survey->record + at + i * width, nul, width) == 0;
}

/* What a record holds of the characters and the formatting of a string. */
static void pass_string(struct survey *survey, size_t *at, unsigned width)
{
    size_t units = (survey->length - *at) / width;
    if (units > survey->units_left)
        units = survey->units_left;
    look_for_nul(survey, *at, units, width);
    survey->units_left -= (unsigned)units;
    *at += units * width;
    if (survey->units_left > 0) {
        *at = survey->length;
        return;
    }
    size_t extra = survey->length - *at;
    if (extra > survey->extra_left)
        extra = survey->extra_left;
    survey->extra_left -= (uint32_t)extra;
    *at += extra;
}

/* The beginning of a record that goes on with a string. freexl follows one border, and no
 * formatting then. */
static enum cbec_status continue_string(struct survey *survey, size_t *at)
{
    if (survey->units_left > 0) {
        unsigned width = survey->length > 0 && survey->record[0] & 1 ? 2 : 1;
        *at = survey->length > 0 ? 1 : 0;
        pass_string(survey, at, width);
        if (survey->units_left > 0 || survey->extra_left > 0)
            return cannot_read(survey, "a cell with a very long text");
    } else if (survey->extra_left > 0) {
        pass_string(survey, at, 1);
        if (survey->extra_left > 0)
            return cannot_read(survey, "a cell with very long formatted text");
    }
    return CBEC_OK;
}

/* The strings in a record, from byte `at` on. */
static enum cbec_status check_strings(struct survey *survey, size_t at)
{
    enum cbec_status status = continue_string(survey, &at);
    while (status == CBEC_OK && at < survey->length && survey->strings_left > 0) {
        unsigned width;
        if (!string_header(survey, &at, &width))
            return damaged(survey, "its strings");
        if (survey->units_left == 0)
            return cannot_read(survey, "a cell with an empty text");
        pass_string(survey, &at, width);
        survey->strings_left--;
    }
    return status;
}

/* SST ([MS-XLS] 2.4.265): how often strings are used, how many there are, and the strings. */
static enum cbec_status on_strings(struct survey *survey)
{
    if (survey->length < 8)
        return damaged(survey, "its strings");
    survey->strings_left = little_32(survey->record + 4);
    return check_strings(survey, 8);
}

/* ---- Other records
 * ------------------------------------------------------------------------------------ */

static enum cbec_status on_beginning(struct survey *survey)
{
    if (survey->length < 4)
        return damaged(survey, "its first record");
    if (survey->version == 0)
        survey->version = little_16(survey->record);
    return CBEC_OK;
}

static enum cbec_status on_password(struct survey *survey)
{
    return error_set(survey->error, CBEC_ERROR_INPUT,
                     "%s: is encrypted: save it without a password", survey->path);
}

/* BOUNDSHEET ([MS-XLS] 2.4.28): two bits tell whether a sheet is hidden, a byte what it is. */
static enum cbec_status on_sheet(struct survey *survey)
{
    if (survey->length < 8)
        return damaged(survey, "its list of sheets");
    if (survey->sheets_seen == XLS_LIMIT_SHEETS)
        return cannot_read(survey, "more than 1024 sheets");
    unsigned short number = (unsigned short)survey->sheets_seen++;
    if (survey->record[5] != SHEET_IS_WORKSHEET)
        return CBEC_OK;
    if (survey->record[4] & 3)
        survey->hidden[survey->hidden_count++] = number;
    else
        survey->sheets->order[survey->sheets->count++] = number;
    return CBEC_OK;
}

static enum cbec_status on_dimensions(struct survey *survey)
{
    bool wide = survey->version == BIFF8;
    if (survey->length < (wide ? 12U : 8U))
        return damaged(survey, "the size of a sheet");
    uint64_t rows = wide ? little_32(survey->record + 4) : little_16(survey->record + 2);
    uint64_t columns = little_16(survey->record + (wide ? 10 : 6));
    survey->cells += rows * columns;
    return survey->cells > LIMIT_CELLS ? cannot_read(survey, "more than 16 million cells")
                                       : CBEC_OK;
}

/* A string that its record must hold as a whole: freexl would read beyond. */
static enum cbec_status check_string(struct survey *survey, size_t at)
{
    unsigned width = 1;
    if (survey->version != BIFF8) {
        survey->units_left = survey->length >= at + 2 ? little_16(survey->record + at) : 0;
        survey->extra_left = 0;
        at += 2;
    } else if (survey->length < at || !string_header(survey, &at, &width)) {
        return damaged(survey, "a text");
    }
    if (survey->length < at || survey->units_left > (survey->length - at) / width)
        return damaged(survey, "a text");
    if (survey->type == RECORD_LABEL)
        look_for_nul(survey, at, survey->units_left, width);
    survey->units_left = 0;
    survey->extra_left = 0;
    return CBEC_OK;
}

/* Behind row, column and cell format ([MS-XLS] 2.4.148). */
static enum cbec_status on_label(struct survey *survey)
{
    return check_string(survey, 6);
}

/* Behind the format's number ([MS-XLS] 2.4.126); in BIFF5 it has a length of one byte, which does
 * no harm. */
static enum cbec_status on_format(struct survey *survey)
{
    return survey->version == BIFF8 ? check_string(survey, 2) : CBEC_OK;
}

static enum cbec_status on_formula(struct survey *survey)
{
    return cannot_read(survey, "a cell with a formula");
}

/* Behind row, column and cell format: the value, and whether it is an error or a truth ([MS-XLS]
 * 2.4.24, 2.5.10). */
static enum cbec_status on_error(struct survey *survey)
{
    return survey->length >= 8 && survey->record[7]
               ? cannot_read(survey, "a cell with an error (#N/A, say)")
               : CBEC_OK;
}

static enum cbec_status on_rich_text(struct survey *survey)
{
    return cannot_read(survey, "a cell with formatted text in the manner of old versions");
}

static const struct {
    unsigned type;
    enum cbec_status (*check)(struct survey *survey);
} CHECKS[] = {
    {RECORD_BOF, on_beginning},         {RECORD_FILEPASS, on_password},
    {RECORD_BOUNDSHEET, on_sheet},      {RECORD_SST, on_strings},
    {RECORD_FORMULA, on_formula},       {RECORD_RSTRING, on_rich_text},
    {RECORD_DIMENSIONS, on_dimensions}, {RECORD_LABEL, on_label},
    {RECORD_FORMAT, on_format},         {RECORD_BOOLERR, on_error},
};

static enum cbec_status on_record(struct survey *survey, unsigned type)
{
    if (type == RECORD_CONTINUE)
        return survey->type == RECORD_SST ? check_strings(survey, 0) : CBEC_OK;
    survey->type = type;
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
        if (CHECKS[i].type == type)
            return CHECKS[i].check(survey);
    }
    return CBEC_OK;
}

/* Takes in one record: a type, a length, and so many bytes. `*more` is false at the end. */
static enum cbec_status next_record(struct survey *survey, struct compound *compound, bool *more)
{
    unsigned char head[4] = {0};
    size_t got;
    enum cbec_status status = compound_read(compound, head, sizeof head, &got, survey->error);
    unsigned type = little_16(head);
    survey->length = little_16(head + 2);
    *more =
        got == sizeof head && (type != 0 || survey->length > 0); /* else it fills up the stream */
    if (status != CBEC_OK || !*more)
        return status;
    if (survey->length > RECORD_BYTES)
        return damaged(survey, "a record that is too long");
    status = compound_read(compound, survey->record, survey->length, &got, survey->error);
    if (status != CBEC_OK)
        return status;
    if (got < survey->length)
        return damaged(survey, "it ends early");
    if (survey->version == 0 && type != RECORD_BOF)
        return damaged(survey, "its first record");
    return on_record(survey, type);
}

static enum cbec_status each_record(struct survey *survey, struct compound *compound)
{
    bool more = true;
    enum cbec_status status = CBEC_OK;
    while (more && status == CBEC_OK)
        status = next_record(survey, compound, &more);
    if (status == CBEC_OK && survey->has_nul)
        status = cannot_read(survey, "a text with a NUL");
    if (status == CBEC_OK && survey->sheets_seen == 0)
        status = damaged(survey, "it has no sheets");
    return status;
}

enum cbec_status xls_survey(int file, const char *path, struct xls_sheets *sheets,
                            struct cbec_error *error)
{
    struct compound compound;
    struct survey *survey = calloc(1, sizeof *survey);
    sheets->count = 0;
    if (!survey)
        return error_no_memory(error);
    survey->path = path;
    survey->error = error;
    survey->sheets = sheets;
    enum cbec_status status = compound_open(&compound, file, path, error);
    if (status == CBEC_OK && compound.encrypted)
        status = on_password(survey);
    if (status == CBEC_OK)
        status = each_record(survey, &compound);
    for (size_t i = 0; i < survey->hidden_count; i++)
        sheets->order[sheets->count++] = survey->hidden[i];
    compound_close(&compound);
    free(survey);
    return status;
}
