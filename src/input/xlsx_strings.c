#include "input/xlsx_strings.h"

#include <stdlib.h>
#include <unistd.h>

#include "input/file.h"
#include "input/limits.h"
#include "input/plain_xml.h"
#include "record/row.h"
#include "util/error.h"

/* Spilled text is read by blocks. */
enum { BLOCK_BYTES = 4096, BLOCK_COUNT = 512, SPILL_BYTES = 1024 * 1024 };

struct block {
    uint64_t number; /* of the block in the file, from 1; 0: nothing was read */
    char bytes[BLOCK_BYTES];
};

/*
 * The text of all strings has three parts: what fits into memory, where it stays, for strings that
 * many rows share come first; what has been spilled to the file; and the newest, which is about to
 * be. A string lies as a whole in one of them.
 */
struct xlsx_strings {
    const char *path;
    struct xml *xml; /* NULL once all are read */
    struct cbec_error *error;
    size_t in_memory;
    uint64_t *ends; /* where each string ends in the text of all */
    size_t count;
    size_t capacity;
    struct buffer first;
    uint64_t spilled; /* bytes */
    struct buffer newest;
    size_t older; /* the part of it that is spilled next, while cells still ask for the rest */
    struct buffer *text; /* the one of both that grows */
    int file;            /* -1: none was needed */
    struct block *blocks;
    size_t start;   /* in *text: of the string that is being read */
    int phonetic;   /* inside of runs that spell out how a text is read: no part of it */
    bool in_string; /* si */
    bool in_text;   /* t */
};

/* ---- Escapes
 * --------------------------------------------------------------------------------------- */

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char lower = (char)(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The UTF-16 unit of an escape at the beginning of `text`; negative if there is none. */
static long escape_at(struct slice text)
{
    if (text.length < 7 || text.at[0] != '_' || text.at[1] != 'x' || text.at[6] != '_')
        return -1;
    long unit = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(text.at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static size_t encode(long character, char *out)
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3f));
        character >>= 6;
    }
    out[0] = (char)(leads[length] | character);
    return length;
}

/* Decodes the escape of `unit` at the beginning of `text`, and its other half if it is a surrogate.
 */
static size_t decode_escape(struct slice text, long unit, char *out, size_t *taken)
{
    *taken = 7;
    if (unit >= 0xd800 && unit < 0xdc00) {
        long low = escape_at(slice_from(text, 7));
        if (low >= 0xdc00 && low < 0xe000) {
            *taken = 14;
            return encode(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), out);
        }
    }
    bool none = unit == 0 || (unit >= 0xd800 && unit < 0xe000);
    return encode(none ? 0xfffd : unit, out);
}

void xlsx_unescape(struct buffer *text, size_t start)
{
    if (text->length - start < 7)
        return;
    struct slice rest = slice_from(buffer_slice(text), start);
    if (!slice_find(rest, SLICE("_x")))
        return;
    char *out = text->data + start;
    while (rest.length > 0) {
        long unit = escape_at(rest);
        size_t taken = 1;
        if (unit >= 0)
            out += decode_escape(rest, unit, out, &taken);
        else
            *out++ = *rest.at;
        rest = slice_from(rest, taken);
    }
    text->length = (size_t)(out - text->data);
}

/* ---- Reading the part
 * ------------------------------------------------------------------------------ */

static void stop(struct xlsx_strings *strings, enum cbec_status status)
{
    if (status != CBEC_OK)
        xml_stop(strings->xml, status);
}

/* Moves the older part of the newest text to the file. */
static enum cbec_status spill(struct xlsx_strings *strings)
{
    enum cbec_status status = CBEC_OK;
    struct buffer *newest = &strings->newest;
    if (strings->file < 0) {
        status = file_temporary(&strings->file, strings->error);
        strings->blocks = calloc(BLOCK_COUNT, sizeof *strings->blocks);
        if (status == CBEC_OK && !strings->blocks)
            status = error_no_memory(strings->error);
    }
    if (status == CBEC_OK)
        status = file_write(strings->file, newest->data, strings->older, strings->error);
    strings->spilled += strings->older;
    newest->length -= strings->older;
    memmove(newest->data, newest->data + strings->older, newest->length);
    return status;
}

/* Sees to it that text in memory does not grow beyond what it may. */
static enum cbec_status keep_limit(struct xlsx_strings *strings)
{
    if (strings->first.length > strings->in_memory)
        strings->text = &strings->newest;
    if (strings->newest.length - strings->older <= SPILL_BYTES)
        return CBEC_OK;
    enum cbec_status status = strings->older > 0 ? spill(strings) : CBEC_OK;
    strings->older = strings->newest.length;
    return status;
}

static enum cbec_status end_string(struct xlsx_strings *strings)
{
    if (strings->count == LIMIT_SHARED_STRINGS)
        return error_set(strings->error, CBEC_ERROR_INPUT,
                         "%s: more than %d shared strings: split the workbook", strings->path,
                         LIMIT_SHARED_STRINGS);
    if (strings->count == strings->capacity) {
        size_t capacity = strings->capacity ? strings->capacity * 2 : 1024;
        uint64_t *ends = realloc(strings->ends, capacity * sizeof *ends);
        if (!ends)
            return error_no_memory(strings->error);
        strings->ends = ends;
        strings->capacity = capacity;
    }
    if (strings->text->failed)
        return error_no_memory(strings->error);
    strings->ends[strings->count++] =
        strings->first.length + strings->spilled + strings->newest.length;
    return keep_limit(strings);
}

static void strings_start(void *context, const char *element, const char **attributes)
{
    struct xlsx_strings *strings = context;
    (void)attributes;
    if (xml_is(element, "si")) {
        strings->in_string = true;
        strings->start = strings->text->length;
    } else if (xml_is(element, "rPh")) {
        strings->phonetic++;
    } else if (xml_is(element, "t")) {
        strings->in_text = strings->in_string && strings->phonetic == 0;
    }
}

static void strings_end(void *context, const char *element)
{
    struct xlsx_strings *strings = context;
    if (xml_is(element, "t")) {
        strings->in_text = false;
    } else if (xml_is(element, "rPh")) {
        strings->phonetic--;
    } else if (xml_is(element, "si")) {
        strings->in_string = false;
        if (strings->text->length - strings->start <= LIMIT_CELL_BYTES) /* else it stays too long */
            xlsx_unescape(strings->text, strings->start);
        stop(strings, end_string(strings));
    }
}

static void strings_text(void *context, const char *text, int length)
{
    struct xlsx_strings *strings = context;
    if (!strings->in_text)
        return;
    /* One byte more than a cell may have is enough to tell that it has too many. */
    size_t room = LIMIT_CELL_BYTES + 1 - (strings->text->length - strings->start);
    buffer_append(strings->text,
                  (struct slice){text, (size_t)length < room ? (size_t)length : room});
}

/* What lies in a piece of the part is shorter than the longest cell, and has no escapes. */
static size_t strings_plain(void *context, struct slice text)
{
    struct xlsx_strings *strings = context;
    struct slice string;
    if (strings->in_string || strings->phonetic > 0)
        return 0;
    size_t length = plain_string_read(text, &string);
    if (length > 0) {
        buffer_append(strings->text, string);
        stop(strings, end_string(strings));
    }
    return length;
}

enum cbec_status xlsx_strings_open(zip_t *package, const char *path, const char *part,
                                   size_t in_memory, struct xlsx_strings **strings,
                                   struct cbec_error *error)
{
    static const struct xml_handler handler = {strings_start, strings_end, strings_text, "<si",
                                               strings_plain};
    struct xlsx_strings *opened = calloc(1, sizeof *opened);
    *strings = opened;
    if (!opened)
        return error_no_memory(error);
    opened->path = path;
    opened->error = error;
    opened->in_memory = in_memory;
    opened->text = &opened->first;
    opened->file = -1;
    if (!part)
        return CBEC_OK;
    enum cbec_status status = xml_open(package, path, part, &handler, opened, &opened->xml, error);
    if (status == CBEC_OK)
        xml_unpack_ahead(opened->xml);
    return status;
}

/* Reads on until there is a string of this number, or no more of them. */
static enum cbec_status read_up_to(struct xlsx_strings *strings, size_t number)
{
    enum cbec_status status = CBEC_OK;
    while (strings->xml && number >= strings->count && status == CBEC_OK) {
        bool more;
        status = xml_step(strings->xml, &more, strings->error);
        if (!more) {
            xml_close(strings->xml);
            strings->xml = NULL;
        }
    }
    return status;
}

enum cbec_status xlsx_strings_finish(struct xlsx_strings *strings, struct cbec_error *error)
{
    strings->error = error;
    return strings->count > 0 ? read_up_to(strings, SIZE_MAX) : CBEC_OK;
}

/* ---- Looking up
 * ------------------------------------------------------------------------------------ */

/* Appends text of the file, block by block. */
static enum cbec_status append_spilled(struct xlsx_strings *strings, uint64_t offset, size_t length,
                                       struct buffer *out)
{
    while (length > 0) {
        uint64_t number = offset / BLOCK_BYTES;
        struct block *block = &strings->blocks[number % BLOCK_COUNT];
        size_t from = (size_t)(offset % BLOCK_BYTES);
        size_t piece = BLOCK_BYTES - from < length ? BLOCK_BYTES - from : length;
        if (block->number != number + 1) {
            ssize_t got = file_read(strings->file, "a temporary file", block->bytes, BLOCK_BYTES,
                                    number * BLOCK_BYTES, strings->error);
            if (got < 0)
                return CBEC_ERROR_SYSTEM;
            /* A block at the end of the file can still grow: it is not kept. */
            block->number = got == BLOCK_BYTES ? number + 1 : 0;
        }
        buffer_append(out, (struct slice){block->bytes + from, piece});
        offset += piece;
        length -= piece;
    }
    return CBEC_OK;
}

enum cbec_status xlsx_strings_append(struct xlsx_strings *strings, unsigned number, size_t room,
                                     struct buffer *out, size_t *length, struct cbec_error *error)
{
    strings->error = error;
    enum cbec_status status = read_up_to(strings, number);
    if (status != CBEC_OK)
        return status;
    if (number >= strings->count)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: a damaged workbook: a cell names shared string %u of %zu: "
                         "save it again, or get it again",
                         strings->path, number, strings->count);
    uint64_t offset = number > 0 ? strings->ends[number - 1] : 0;
    *length = (size_t)(strings->ends[number] - offset);
    size_t wanted = *length < room ? *length : room;
    if (wanted == 0)
        return CBEC_OK;
    if (offset < strings->first.length) {
        buffer_append(out, (struct slice){strings->first.data + offset, wanted});
        return CBEC_OK;
    }
    offset -= strings->first.length;
    if (offset < strings->spilled)
        return append_spilled(strings, offset, wanted, out);
    offset -= strings->spilled;
    buffer_append(out, (struct slice){strings->newest.data + offset, wanted});
    return CBEC_OK;
}

void xlsx_strings_close(struct xlsx_strings *strings)
{
    if (!strings)
        return;
    xml_close(strings->xml);
    if (strings->file >= 0)
        close(strings->file);
    free(strings->blocks);
    free(strings->ends);
    buffer_free(&strings->first);
    buffer_free(&strings->newest);
    free(strings);
}
