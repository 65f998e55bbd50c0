/*
 * text_export.h: a text file without a name as an export, and the rows that are read of it written
 * down as text, so that a test can say in one string which rows it expects.
 */
#ifndef CBEC_TESTS_TEXT_EXPORT_H
#define CBEC_TESTS_TEXT_EXPORT_H

#include <unistd.h>

#include "input/csv.h"
#include "input/file.h"
#include "suite.h"
#include "util/buffer.h"

/* Cells longer than this are written down as their length. */
#define SHOWN_CELL_BYTES 100

static inline struct export text_export(struct slice content, const char *encoding)
{
    struct export export = {.size = content.length,
                            .path = "test.csv",
                            .name = "test.csv",
                            .container = CONTAINER_TEXT,
                            .encoding = encoding,
                            .delimiter = ','};
    struct cbec_error error;
    ck_assert_int_eq(file_temporary(&export.file, &error), CBEC_OK);
    ck_assert_int_eq(file_write(export.file, content.at, content.length, &error), CBEC_OK);
    return export;
}

/*
 * Rows as text, one a line: 3[cell][cell] is the row that begins in line 3; 4!unclosed_quote one
 * that is refused; an empty row is its number alone. Line feeds in cells show as \n, carriage
 * returns as \r, NUL as \0, and a long cell as its length and first byte: [#1048576 a].
 */
struct row_log {
    struct buffer text;
    uint64_t rows;
    uint64_t last_line;
    uint64_t stop_at; /* the row after which reading is to stop; 0: none */
};

static inline void log_cell(struct buffer *out, struct slice cell)
{
    if (cell.length > SHOWN_CELL_BYTES) {
        buffer_append_format(out, "[#%zu %c]", cell.length, cell.at[0]);
        return;
    }
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < cell.length; i++) {
        char byte = cell.at[i];
        if (byte == '\n' || byte == '\r' || byte == '\0') {
            buffer_append_byte(out, '\\');
            byte = byte == '\n' ? 'n' : byte == '\r' ? 'r' : '0';
        }
        buffer_append_byte(out, byte);
    }
    buffer_append_byte(out, ']');
}

/* A row_function. What holds of every row of every text file is tested here. */
static inline bool log_row(void *context, const struct row *row)
{
    struct row_log *log = context;
    ck_assert_uint_eq(row->ordinal, ++log->rows);
    ck_assert_uint_gt(row->line, log->last_line);
    ck_assert(row->from_text);
    ck_assert_int_eq(row->dates, DATE_SYSTEM_1900);
    log->last_line = row->line;
    buffer_append_format(&log->text, "%llu", (unsigned long long)row->line);
    bool empty = true;
    for (size_t i = 0; i < row->count; i++) {
        ck_assert(!row->cells[i].number);
        empty = empty && row->cells[i].text.length == 0;
    }
    if (row->damage != CBEC_ACCEPTED)
        buffer_append_format(&log->text, "!%s", cbec_refusal_name(row->damage));
    else if (!empty || row->count > 1)
        for (size_t i = 0; i < row->count; i++)
            log_cell(&log->text, row->cells[i].text);
    buffer_append_byte(&log->text, '\n');
    return row->ordinal != log->stop_at;
}

/* The rows of a text in UTF-8, read `read_size` bytes at a time. */
static inline void read_rows(struct slice content, char delimiter, size_t read_size,
                             struct row_log *log)
{
    struct cbec_error error = {.message = ""};
    struct export export = text_export(content, "UTF-8");
    uint64_t position = 0;
    export.position = &position;
    ck_assert_msg(csv_read(&export, delimiter, read_size, log_row, log, &error) == CBEC_OK,
                  "read %zu bytes at a time: %s", read_size, error.message);
    if (!log->stop_at)
        ck_assert_uint_eq(position, content.length);
    close(export.file);
}

/* How much is read at a time must make no difference; these sizes cut texts at every place. */
static const size_t READ_SIZES[] = {1, 2, 7, 65536};
#define READ_SIZE_COUNT (sizeof READ_SIZES / sizeof *READ_SIZES)

/* Numbers that look random and are the same in every run. */
static inline uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

#endif
