/*
 * workbook shared|inline FILE: writes the CSV on standard input as an .xlsx, each cell as text as
 * vendors do, either with a table of shared strings, as office programs write it, or with the
 * strings in the cells, as programs do that write row by row.
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

struct writing {
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t column;
    lxw_error error;
};

static void end_of_cell(void *bytes, size_t length, void *data)
{
    struct writing *writing = data;
    static char text[1 << 16];
    if (length >= sizeof text) {
        writing->error = LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED;
    } else if (length > 0) {
        memcpy(text, bytes, length);
        text[length] = '\0';
        lxw_error error =
            worksheet_write_string(writing->sheet, writing->row, writing->column, text, NULL);
        if (error)
            writing->error = error;
    }
    writing->column++;
}

static void end_of_row(int terminator, void *data)
{
    struct writing *writing = data;
    (void)terminator;
    writing->row++;
    writing->column = 0;
}

int main(int count, char **arguments)
{
    static char bytes[1 << 16];
    struct csv_parser parser;
    size_t length;
    if (count != 3 || csv_init(&parser, 0))
        return 2;
    lxw_workbook_options options = {.constant_memory = strcmp(arguments[1], "inline") == 0,
                                    .tmpdir = getenv("TMPDIR")};
    lxw_workbook *book = workbook_new_opt(arguments[2], &options);
    struct writing writing = {.sheet = workbook_add_worksheet(book, NULL)};
    if (fread(bytes, 1, 3, stdin) != 3) /* the byte order mark */
        return 1;
    while ((length = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        csv_parse(&parser, bytes, length, end_of_cell, end_of_row, &writing);
    csv_fini(&parser, end_of_cell, end_of_row, &writing);
    csv_free(&parser);
    lxw_error error = workbook_close(book);
    if (writing.error || error)
        fprintf(stderr, "%s: %s\n", arguments[2],
                lxw_strerror(writing.error ? writing.error : error));
    return writing.error || error ? 1 : 0;
}
