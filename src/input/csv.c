#include "input/csv.h"

#include <csv.h>
#include <stdlib.h>

#include "input/decode.h"
#include "input/limits.h"
#include "input/plain_line.h"
#include "util/buffer.h"
#include "util/error.h"

/* A line longer than this is fed to the parser in pieces. */
#define PIECE_BYTES ((size_t)65536)

/* What a refused row shows of itself when it could not be split: 200 characters of at most 4 bytes.
 */
#define RAW_BYTES ((size_t)800)

struct reading {
    struct csv_parser parser;
    struct decoder decoder;
    row_function function;
    void *context;
    bool stopped; /* by the function */

    /* Text read and not yet let go: all that may have to be read again when a quote proves
     * unclosed. */
    struct buffer window;
    size_t at;         /* what lies before it has been fed */
    bool at_end;       /* nothing comes behind the window */
    char newline;      /* '\n', or '\r' in files that have no other */
    bool skip_to_line; /* drop the rest of the line: its row has been given up */

    /* The row under way. */
    uint64_t line;      /* the physical line at `at` */
    uint64_t ordinal;   /* of the row under way */
    uint64_t row_line;  /* where it begins; 0: between rows */
    size_t row_bytes;   /* fed of it so far */
    bool row_ended;     /* set by the parser */
    struct buffer text; /* of its cells, one behind the other */
    size_t *ends;       /* of each cell in `text` */
    struct cell *cells;
    size_t count;
    size_t capacity;
    enum cbec_refusal damage;
    struct buffer raw; /* how it begins, if it goes on beyond its first line */

    /* The quoted cell that is open at the end of a line. */
    bool open;
    size_t open_count;    /* cells before it */
    uint64_t open_line;   /* the line in which it opened */
    size_t open_line_end; /* where the next line begins in the window */
    bool no_memory;
};

/*
 * Line ends are fed to the parser by themselves, so that what is fed of a line has none, but for
 * carriage returns that are characters as any other. Only where there are such is the parser asked
 * to call a function for every byte.
 */
static int is_line_feed(unsigned char byte)
{
    return byte == '\n';
}

/* Of several kinds of damage the one that stands first among the reasons counts. */
static void note_damage(struct reading *reading, enum cbec_refusal damage)
{
    if (reading->damage == CBEC_ACCEPTED || damage < reading->damage)
        reading->damage = damage;
}

static void take_cell(void *text, size_t length, void *context)
{
    struct reading *reading = context;
    if (length > LIMIT_CELL_BYTES)
        note_damage(reading, CBEC_REFUSED_CELL_TOO_LONG);
    if (reading->count == reading->capacity) {
        size_t capacity = reading->capacity ? reading->capacity * 2 : 64;
        size_t *ends = realloc(reading->ends, capacity * sizeof *ends);
        struct cell *cells = realloc(reading->cells, capacity * sizeof *cells);
        reading->ends = ends ? ends : reading->ends;
        reading->cells = cells ? cells : reading->cells;
        if (!ends || !cells) {
            reading->no_memory = true;
            return;
        }
        reading->capacity = capacity;
    }
    /* What stands beyond the width of any sheet is put together in one cell: it is enough that it
     * is seen. */
    buffer_append(&reading->text, (struct slice){text, length});
    if (reading->count == LIMIT_COLUMNS + 1)
        reading->count--;
    reading->ends[reading->count++] = reading->text.length;
}

static void take_row_end(int terminator, void *context)
{
    (void)terminator;
    ((struct reading *)context)->row_ended = true;
}

/* Hands the row under way to the function and makes ready for the next one. */
static void push_row(struct reading *reading, struct slice whole, struct slice raw)
{
    struct row row = {.ordinal = reading->ordinal,
                      .line = reading->row_line,
                      .cells = reading->cells,
                      .count = reading->count,
                      .whole = whole,
                      .damage = reading->damage,
                      .raw = raw,
                      .dates = DATE_SYSTEM_1900,
                      .from_text = true};
    if (!reading->function(reading->context, &row))
        reading->stopped = true;
    buffer_clear(&reading->text);
    buffer_clear(&reading->raw);
    reading->count = 0;
    reading->damage = CBEC_ACCEPTED;
    reading->row_line = 0;
    reading->row_bytes = 0;
    reading->row_ended = false;
    reading->open = false;
    reading->ordinal++;
}

/* The same for a row that libcsv has split. */
static void emit_row(struct reading *reading, struct slice raw)
{
    /* Cells that are all empty have put nothing there; they point to somewhere all the same. */
    reading->no_memory |= !buffer_reserve(&reading->text, 1);
    for (size_t i = 0; i < reading->count && !reading->no_memory; i++) {
        size_t begin = i ? reading->ends[i - 1] : 0;
        reading->cells[i] =
            (struct cell){.text = {reading->text.data + begin, reading->ends[i] - begin}};
    }
    if (!reading->no_memory)
        push_row(reading, buffer_slice(&reading->text), raw);
}

/* True if the cell under way opened in an earlier line. */
static bool is_open(const struct reading *reading)
{
    return reading->row_line && reading->open && reading->open_count == reading->count;
}

/* The parser forgets the row it is in. */
static void reset_parser(struct reading *reading)
{
    csv_fini(&reading->parser, NULL, NULL, NULL);
}

static struct slice raw_of(struct slice text)
{
    if (text.length > RAW_BYTES)
        text.length = RAW_BYTES;
    return text;
}

/*
 * Gives up a row whose quoted cell does not end, and goes back to the line after the one it opened
 * in. If that is the line under way, `whole` says whether it has been taken to its end.
 */
static void refuse_unclosed(struct reading *reading, bool whole)
{
    bool opened_before = is_open(reading);
    reset_parser(reading);
    note_damage(reading, CBEC_REFUSED_UNCLOSED_QUOTE);
    reading->count = 0;
    if (opened_before) {
        reading->at = reading->open_line_end;
        reading->line = reading->open_line + 1;
    } else {
        reading->skip_to_line = !whole;
    }
    emit_row(reading, buffer_slice(&reading->raw));
}

/* Gives up a row that is too long for any limit, and goes on with the next line. */
static void refuse_too_long(struct reading *reading, bool whole)
{
    reset_parser(reading);
    note_damage(reading, CBEC_REFUSED_CELL_TOO_LONG);
    reading->count = 0;
    reading->skip_to_line = !whole;
    emit_row(reading, buffer_slice(&reading->raw));
}

/*
 * Lets the parser go on where its strict mode stopped, at the byte `at`, which it has not taken.
 * Returns how many bytes have been dealt with; `*unclosed` is set if the open quoted cell turns out
 * never to have been closed.
 */
static size_t resolve_quote(struct reading *reading, const char *at, bool *unclosed)
{
    struct csv_parser *parser = &reading->parser;
    if (!parser->quoted && parser->entry_pos == 1 && parser->entry_buf[0] == '=') {
        /* ="…": how vendors keep a spreadsheet from turning text into numbers. */
        parser->entry_pos = 0;
        parser->quoted = 1;
        return 1;
    }
    if (parser->quoted && is_open(reading)) {
        /* A quote that closes nothing, in a later line: it opens a cell there, so ours was never
         * closed. */
        *unclosed = true;
        return 0;
    }
    parser->quoted = 0;
    csv_set_opts(parser, 0);
    csv_parse(parser, at, 1, take_cell, take_row_end, reading);
    csv_set_opts(parser, CSV_STRICT);
    return 1;
}

/* True if the cell under way is too long; the parser holds the quote that may close it, too. */
static bool is_too_long(const struct reading *reading)
{
    return reading->parser.entry_pos > LIMIT_CELL_BYTES + 1;
}

/*
 * Feeds text of one line to the parser, but not beyond the byte that makes a cell too long. False
 * if the row was given up.
 */
static bool feed(struct reading *reading, struct slice text)
{
    bool has_return = memchr(text.at, '\r', text.length) != NULL;
    csv_set_term_func(&reading->parser, has_return ? is_line_feed : NULL);
    while (text.length > 0 && !is_too_long(reading)) {
        size_t room = LIMIT_CELL_BYTES + 2 - reading->parser.entry_pos;
        size_t length = text.length < room ? text.length : room;
        size_t done =
            csv_parse(&reading->parser, text.at, length, take_cell, take_row_end, reading);
        text = slice_from(text, done);
        if (done == length)
            continue;
        if (csv_error(&reading->parser) != CSV_EPARSE) {
            reading->no_memory = true;
            return false;
        }
        bool unclosed = false;
        text = slice_from(text, resolve_quote(reading, text.at, &unclosed));
        if (unclosed) {
            refuse_unclosed(reading, false);
            return false;
        }
    }
    return true;
}

/* What is to be done at the end of a line that did not end the row: a quoted cell is open. */
static void note_open_cell(struct reading *reading, size_t next_line)
{
    if (is_open(reading))
        return;
    reading->open = true;
    reading->open_count = reading->count;
    reading->open_line = reading->line - 1;
    reading->open_line_end = next_line;
}

static bool is_blank(struct slice line, char delimiter)
{
    for (size_t i = 0; i < line.length; i++) {
        char byte = line.at[i];
        if (byte == delimiter || (byte != ' ' && byte != '\t' && byte != '\r'))
            return false;
    }
    return true;
}

/* Reads more text behind the window, and lets go of what is no longer needed in front. */
static enum cbec_status refill(struct reading *reading, struct cbec_error *error)
{
    size_t keep = is_open(reading) ? reading->open_line_end : reading->at;
    if (keep > 0) {
        memmove(reading->window.data, reading->window.data + keep, reading->window.length - keep);
        reading->window.length -= keep;
        reading->at -= keep;
        reading->open_line_end -= is_open(reading) ? keep : 0;
    }
    if (!buffer_reserve(&reading->window, PIECE_BYTES))
        return error_no_memory(error);
    ssize_t got = decoder_read(&reading->decoder, reading->window.data + reading->window.length,
                               PIECE_BYTES, error);
    if (got < 0)
        return error ? error->status : CBEC_ERROR_INPUT;
    reading->window.length += (size_t)got;
    reading->at_end = got == 0;
    return CBEC_OK;
}

/* Feeds the piece of a line at `at`, `whole` if its end is there too. */
static void feed_piece(struct reading *reading, struct slice piece, bool whole, size_t next)
{
    if (!reading->row_line)
        reading->row_line = reading->line;
    reading->row_bytes += piece.length;
    if (reading->raw.length == 0)
        buffer_append(&reading->raw, raw_of(piece));
    if (memchr(piece.at, '\0', piece.length))
        note_damage(reading, CBEC_REFUSED_NUL_BYTE);
    if (!feed(reading, piece) || (whole && !is_too_long(reading) && !feed(reading, SLICE("\n"))))
        return;
    reading->at = next;
    if (whole)
        reading->line++;
    if (reading->row_ended)
        emit_row(reading, buffer_slice(&reading->raw));
    else if (reading->parser.quoted && is_too_long(reading))
        refuse_unclosed(reading, whole);
    else if (is_too_long(reading) || reading->row_bytes > LIMIT_ROW_BYTES)
        refuse_too_long(reading, whole);
    else if (whole)
        note_open_cell(reading, next);
}

/*
 * Takes a whole line between rows, if it can be split without libcsv. That is left to libcsv where
 * a cell might be too long or there is not yet room for so many, and where lines end in CR: LF in
 * them means something there.
 */
static bool take_plain_line(struct reading *reading, struct slice line, size_t next, char delimiter)
{
    size_t most = reading->capacity < LIMIT_COLUMNS ? reading->capacity : LIMIT_COLUMNS;
    if (reading->newline != '\n' || line.length > PIECE_BYTES)
        return false;
    reading->count = plain_line_split(line, delimiter, reading->cells, most);
    if (reading->count == 0)
        return false;
    reading->row_line = reading->line++;
    reading->at = next;
    push_row(reading, line, raw_of(line));
    return true;
}

/* Takes the line, or the piece of one, that begins at `at`. */
static void take_line(struct reading *reading, const char *end, bool whole, char delimiter)
{
    const char *begin = reading->window.data + reading->at;
    size_t next =
        (size_t)(end - reading->window.data) +
        (whole && !(reading->at_end && end == reading->window.data + reading->window.length));
    struct slice piece = {begin, (size_t)(end - begin)};
    if (reading->newline == '\n' && piece.length > !whole && piece.at[piece.length - 1] == '\r') {
        /* The line ends in CR LF; of a piece the CR is left for the next one, which shows what
         * follows. */
        piece.length--;
        next -= !whole;
    }
    if (reading->skip_to_line) {
        reading->at = next;
        reading->skip_to_line = !whole;
        reading->line += whole;
    } else if (!reading->row_line && whole && is_blank(piece, delimiter)) {
        reading->row_line = reading->line++;
        reading->at = next;
        emit_row(reading, (struct slice){0});
    } else if (reading->row_line || !whole || !take_plain_line(reading, piece, next, delimiter)) {
        feed_piece(reading, piece, whole, next);
    }
}

static enum cbec_status read_rows(struct reading *reading, char delimiter, struct cbec_error *error)
{
    size_t searched = 0; /* no line end before it */
    while (!reading->stopped && !reading->no_memory) {
        size_t from = searched > reading->at ? searched : reading->at;
        const char *data = reading->window.data;
        size_t length = reading->window.length;
        const char *end =
            length > from ? memchr(data + from, reading->newline, length - from) : NULL;
        if (end) {
            take_line(reading, end, true, delimiter);
            searched = 0;
        } else if (reading->at_end && reading->at == length) {
            if (!reading->row_line)
                return CBEC_OK;
            refuse_unclosed(reading, true);
        } else if (reading->at_end) {
            take_line(reading, data + length, true, delimiter);
            searched = 0;
        } else if (length - reading->at >= PIECE_BYTES) {
            take_line(reading, data + length, false, delimiter);
            searched = 0;
        } else {
            size_t unsearched = length - reading->at;
            enum cbec_status status = refill(reading, error);
            if (status != CBEC_OK)
                return status;
            searched = reading->at + unsearched;
        }
    }
    return reading->no_memory ? error_no_memory(error) : CBEC_OK;
}

static bool ends_in_return(const struct buffer *window)
{
    return window->data[window->length - 1] == '\r'; /* what follows is not read yet */
}

/* A file whose beginning has carriage returns and no line feed ends its lines with the former. */
static char newline_of(const struct buffer *window)
{
    return memchr(window->data, '\n', window->length) || !memchr(window->data, '\r', window->length)
               ? '\n'
               : '\r';
}

enum cbec_status csv_read(const struct export *export, char delimiter, size_t read_size,
                          row_function function, void *context, struct cbec_error *error)
{
    struct reading reading = {.function = function, .context = context, .line = 1, .ordinal = 1};
    if (csv_init(&reading.parser, CSV_STRICT) != 0)
        return error_no_memory(error);
    csv_set_blk_size(&reading.parser, PIECE_BYTES); /* its own steps of 128 bytes are slow */
    csv_set_delim(&reading.parser, (unsigned char)delimiter);

    enum cbec_status status = decoder_open(&reading.decoder, export, read_size, error);
    reading.newline = '\n';
    while (status == CBEC_OK && !reading.at_end &&
           (reading.window.length < PIECE_BYTES || ends_in_return(&reading.window)))
        status = refill(&reading, error);
    if (status == CBEC_OK && reading.window.length > 0) {
        reading.newline = newline_of(&reading.window);
        status = read_rows(&reading, delimiter, error);
    }
    if (status == CBEC_OK && (reading.window.failed || reading.text.failed || reading.raw.failed))
        status = error_no_memory(error);

    decoder_close(&reading.decoder);
    csv_free(&reading.parser);
    buffer_free(&reading.window);
    buffer_free(&reading.text);
    buffer_free(&reading.raw);
    free(reading.ends);
    free(reading.cells);
    return status;
}
