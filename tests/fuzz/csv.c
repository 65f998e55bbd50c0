/* Any bytes as a text file: the rows must be sound, and the same however much is read at a time. */
#include <unistd.h>

#include "fuzz.h"
#include "input/csv.h"
#include "input/file.h"
#include "input/limits.h"
#include "util/buffer.h"

struct csv_log {
    struct buffer text;
    uint64_t rows;
    uint64_t last_line;
};

static bool csv_log_row(void *context, const struct row *row)
{
    struct csv_log *log = context;
    PROMISE(row->ordinal == ++log->rows);
    PROMISE(row->line > log->last_line);
    PROMISE(row->damage <= CBEC_REFUSED_CELL_TOO_LONG);
    log->last_line = row->line;
    buffer_append_format(&log->text, "%llu %d %zu", (unsigned long long)row->line, row->damage,
                         row->count);
    for (size_t i = 0; i < row->count; i++) {
        struct slice cell = row->cells[i].text;
        PROMISE(row->damage != CBEC_ACCEPTED || cell.length <= LIMIT_CELL_BYTES);
        PROMISE(row->damage != CBEC_ACCEPTED || !cell.length ||
                !memchr(cell.at, '\0', cell.length));
        buffer_append_format(&log->text, " %zu:", cell.length);
        buffer_append(&log->text, cell);
    }
    buffer_append(&log->text, row->raw);
    buffer_append_byte(&log->text, '\n');
    return true;
}

/* The first byte chooses the delimiter. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t read_sizes[] = {1, 7, 65536};
    if (size == 0)
        return 0;
    char delimiter = ",;\t"[data[0] % 3];
    struct export export = {.size = size - 1, .path = "fuzz", .name = "fuzz", .encoding = "UTF-8"};
    struct csv_log logs[3] = {{.rows = 0}};
    PROMISE(file_temporary(&export.file, NULL) == CBEC_OK);
    PROMISE(file_write(export.file, data + 1, size - 1, NULL) == CBEC_OK);
    for (size_t i = 0; i < 3; i++) {
        PROMISE(csv_read(&export, delimiter, read_sizes[i], csv_log_row, &logs[i], NULL) ==
                CBEC_OK);
        PROMISE(slice_equal(buffer_slice(&logs[i].text), buffer_slice(&logs[0].text)));
    }
    for (size_t i = 0; i < 3; i++)
        buffer_free(&logs[i].text);
    close(export.file);
    return 0;
}
