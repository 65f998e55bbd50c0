#include "output/spreadsheet.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "output/spreadsheet_writing.h"
#include "output/width.h"
#include "record/date.h"

/* Widths of columns, in figures of the default font. */
enum { NAME_WIDTH = 36, VALUE_WIDTH = 84 };

/* No row is higher than that: it would fill the window. */
enum { MOST_LINES = 20 };

enum { HEADING_COLOUR = 0xe3ebf3, EDGE_COLOUR = 0x7f93a8, QUIET_COLOUR = 0x666666 };

/* ---- Cells -------------------------------------------------------------------------------------
 */

void spreadsheet_check(struct spreadsheet *book, lxw_error error)
{
    if (error && !book->error)
        book->error = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? ENOMEM : EINVAL;
}

void spreadsheet_text(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column,
                      struct slice text, enum spreadsheet_format format)
{
    buffer_clear(&book->text);
    cell_content(text, &book->text);
    if (book->text.length > 0)
        spreadsheet_check(book, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                       buffer_string(&book->text),
                                                       book->formats[format]));
}

void spreadsheet_plain_text(struct spreadsheet *book, lxw_worksheet *sheet, size_t row,
                            size_t column, struct slice text)
{
    bool formula = text.length > 0 && memchr("=+-@", text.at[0], 4);
    spreadsheet_text(book, sheet, row, column, text, formula ? FORMAT_LITERAL : FORMAT_TEXT);
}

bool spreadsheet_date(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column,
                      struct slice text, enum spreadsheet_format format)
{
    /* Excel has a 29 February 1900: before March it is a day apart from other programs. */
    static const struct date first = {1900, 3, 1};
    struct date date;
    if (!date_parse_iso(text, &date) || !date_is_full(date) || date_compare(date, first) < 0)
        return false;
    lxw_datetime day = {.year = date.year, .month = date.month, .day = date.day};
    spreadsheet_check(book, worksheet_write_datetime(sheet, (lxw_row_t)row, (lxw_col_t)column, &day,
                                                     book->formats[format]));
    return true;
}

static void string_cell(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column,
                        const char *text, enum spreadsheet_format format)
{
    spreadsheet_text(book, sheet, row, column, slice_of(text), format);
}

/* ---- Formats -----------------------------------------------------------------------------------
 */

static void make_heading(lxw_format *format)
{
    format_set_bold(format);
    format_set_bg_color(format, HEADING_COLOUR);
    format_set_bottom(format, LXW_BORDER_THIN);
    format_set_bottom_color(format, EDGE_COLOUR);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
}

static void make_formats(struct spreadsheet *book)
{
    static const char *const numbers[FORMATS] = {
        [FORMAT_LITERAL] = "@",   [FORMAT_LABEL] = "0",         [FORMAT_COUNT] = "#,##0",
        [FORMAT_PERCENT] = "0.0", [FORMAT_DATE] = "yyyy-mm-dd", [FORMAT_FACT_DATE] = "yyyy-mm-dd",
    };
    lxw_format **formats = book->formats;
    for (size_t i = FORMAT_TEXT + 1; i < FORMATS; i++) {
        formats[i] = workbook_add_format(book->workbook);
        if (!formats[i]) {
            spreadsheet_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        if (numbers[i])
            format_set_num_format(formats[i], numbers[i]);
    }
    const char *yes = word_phrase(book->document->language, "yes");
    char flag[64];
    snprintf(flag, sizeof flag, "\"%s\";\"%s\";\"%s\"", yes, yes,
             word_phrase(book->document->language, "no"));
    format_set_num_format(formats[FORMAT_FLAG], flag);
    format_set_bold(formats[FORMAT_TITLE]);
    format_set_font_size(formats[FORMAT_TITLE], 16);
    format_set_font_size(formats[FORMAT_SENTENCE], 13);
    format_set_text_wrap(formats[FORMAT_SENTENCE]);
    format_set_align(formats[FORMAT_SENTENCE], LXW_ALIGN_VERTICAL_TOP);
    make_heading(formats[FORMAT_HEADING]);
    make_heading(formats[FORMAT_FIGURE_HEADING]);
    format_set_align(formats[FORMAT_FIGURE_HEADING], LXW_ALIGN_RIGHT);
    format_set_indent(formats[FORMAT_FIGURE_HEADING], 2); /* room for the button of the filter */
    format_set_bold(formats[FORMAT_NAME]);
    format_set_text_wrap(formats[FORMAT_NAME]);
    format_set_align(formats[FORMAT_NAME], LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(formats[FORMAT_PARAGRAPH]);
    format_set_align(formats[FORMAT_PARAGRAPH], LXW_ALIGN_VERTICAL_TOP);
    format_set_hyperlink(formats[FORMAT_LINK]);
    format_set_italic(formats[FORMAT_NOTICE]);
    format_set_font_color(formats[FORMAT_NOTICE], QUIET_COLOUR);
    format_set_align(formats[FORMAT_LABEL], LXW_ALIGN_LEFT);
    format_set_align(formats[FORMAT_FACT_DATE], LXW_ALIGN_LEFT);
    format_set_align(formats[FORMAT_FACT_DATE], LXW_ALIGN_VERTICAL_TOP);
}

/* ---- Sheets ------------------------------------------------------------------------------------
 */

static void add_name(struct spreadsheet *book, struct slice title)
{
    struct buffer name = {0};
    sheet_name(title, book->names, book->name_count, &name);
    char *copy = strdup(buffer_string(&name));
    if (name.failed || !copy)
        spreadsheet_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    if (copy)
        book->names[book->name_count++] = copy;
    buffer_free(&name);
}

static void make_names(struct spreadsheet *book)
{
    const struct document *document = book->document;
    book->names = calloc(document->section_count + 2, sizeof *book->names);
    if (!book->names) {
        spreadsheet_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    add_name(book, slice_of(word_phrase(document->language, "overview")));
    for (size_t i = 0; i < document->section_count; i++)
        add_name(book, slice_of(section_title(&document->sections[i])));
    add_name(book, slice_of(word_phrase(document->language, "method")));
}

/* A new sheet, by its place in book->names; NULL when there is no memory. */
static lxw_worksheet *add_sheet(struct spreadsheet *book, size_t number)
{
    lxw_worksheet *sheet =
        book->error ? NULL : workbook_add_worksheet(book->workbook, book->names[number]);
    if (!sheet) {
        spreadsheet_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&L&A&R&P / &N");
    return sheet;
}

static void set_text_columns(struct spreadsheet *book, lxw_worksheet *sheet)
{
    spreadsheet_check(book, worksheet_set_column(sheet, 0, 0, NAME_WIDTH, NULL));
    spreadsheet_check(book, worksheet_set_column(sheet, 1, 1, VALUE_WIDTH, NULL));
}

/* Makes a row as high as a text needs in so many columns of figures: some programs find that out by
 * themselves, others only when somebody edits the cell. */
static void fit_row(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, const char *text,
                    size_t width, double line)
{
    size_t lines = text_width(slice_of(text)) * 6 / 5 / width + 1;
    if (lines > 1 || line > LXW_DEF_ROW_HEIGHT)
        spreadsheet_check(
            book,
            worksheet_set_row(sheet, (lxw_row_t)row,
                              line * (double)(lines < MOST_LINES ? lines : MOST_LINES), NULL));
}

static void write_title(struct spreadsheet *book, lxw_worksheet *sheet, const char *title)
{
    string_cell(book, sheet, 0, 0, title, FORMAT_TITLE);
    spreadsheet_check(book, worksheet_set_row(sheet, 0, 24, NULL));
}

/* A name and what it stands for. */
static void write_pair(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, const char *name,
                       const char *value)
{
    string_cell(book, sheet, row, 0, name, FORMAT_NAME);
    if (!spreadsheet_date(book, sheet, row, 1, slice_of(value), FORMAT_FACT_DATE))
        string_cell(book, sheet, row, 1, value, FORMAT_PARAGRAPH);
    size_t longer = text_width(slice_of(name)) * VALUE_WIDTH / NAME_WIDTH;
    fit_row(book, sheet, row, text_width(slice_of(value)) > longer ? value : name,
            text_width(slice_of(value)) > longer ? VALUE_WIDTH : NAME_WIDTH, LXW_DEF_ROW_HEIGHT);
}

static void write_sentence(struct spreadsheet *book, lxw_worksheet *sheet, size_t row)
{
    buffer_clear(&book->text);
    cell_content(slice_of(book->document->sentence), &book->text);
    if (book->text.length == 0)
        return;
    spreadsheet_check(book, worksheet_merge_range(sheet, (lxw_row_t)row, 0, (lxw_row_t)row, 1,
                                                  buffer_string(&book->text),
                                                  book->formats[FORMAT_SENTENCE]));
    fit_row(book, sheet, row, book->document->sentence, NAME_WIDTH + VALUE_WIDTH, 20);
}

static void write_link(struct spreadsheet *book, lxw_worksheet *sheet, lxw_row_t row,
                       const char *name)
{
    struct buffer target = {0};
    buffer_append(&target, SLICE("internal:'"));
    for (const char *at = name; *at; at++) {
        buffer_append_byte(&target, *at);
        if (*at == '\'')
            buffer_append_byte(&target, *at);
    }
    buffer_append(&target, SLICE("'!A1"));
    spreadsheet_check(book, worksheet_write_url_opt(sheet, row, 0, buffer_string(&target),
                                                    book->formats[FORMAT_LINK], name, NULL));
    spreadsheet_check(book, target.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR);
    buffer_free(&target);
}

/* The sheets by name, with what is in them. */
static void write_index(struct spreadsheet *book, lxw_worksheet *sheet, lxw_row_t row)
{
    const struct document *document = book->document;
    struct buffer rows = {0};
    word_heading(document->language, SLICE("rows"), &rows);
    string_cell(book, sheet, row, 0, word_phrase(document->language, "sheet"), FORMAT_HEADING);
    string_cell(book, sheet, row, 1, word_phrase(document->language, "sheet_contents"),
                FORMAT_HEADING);
    spreadsheet_text(book, sheet, row, 2, buffer_slice(&rows), FORMAT_FIGURE_HEADING);
    for (size_t i = 1; i < book->name_count; i++) {
        write_link(book, sheet, ++row, book->names[i]);
        if (i > document->section_count)
            break;
        const struct section *section = &document->sections[i - 1];
        spreadsheet_text(book, sheet, row, 1, slice_of(section_title(section)), FORMAT_TEXT);
        spreadsheet_check(book, worksheet_write_number(sheet, row, 2, (double)section->table.rows,
                                                       book->formats[FORMAT_COUNT]));
    }
    buffer_free(&rows);
}

static void fill_overview(struct spreadsheet *book, lxw_worksheet *sheet)
{
    struct buffer as_of = {0};
    word_heading(book->document->language, SLICE("as_of"), &as_of);
    set_text_columns(book, sheet);
    write_title(book, sheet, book->document->title);
    write_sentence(book, sheet, 2);
    write_pair(book, sheet, 4, buffer_string(&as_of), book->document->as_of);
    write_index(book, sheet, 6);
    buffer_free(&as_of);
}

static void fill_method(struct spreadsheet *book, lxw_worksheet *sheet)
{
    const struct document *document = book->document;
    size_t row = 2;
    bool noted = false;
    set_text_columns(book, sheet);
    write_title(book, sheet, word_phrase(document->language, "method"));
    for (size_t i = 0; i < document->fact_count; i++)
        write_pair(book, sheet, row++, document->facts[i].name, document->facts[i].value);
    for (size_t i = 0; i < document->section_count; i++) {
        const struct section *section = &document->sections[i];
        if (!section->note)
            continue;
        if (!noted) {
            string_cell(book, sheet, ++row, 0, word_phrase(document->language, "notes"),
                        FORMAT_HEADING);
            spreadsheet_check(book, worksheet_write_blank(sheet, (lxw_row_t)row++, 1,
                                                          book->formats[FORMAT_HEADING]));
        }
        noted = true;
        write_pair(book, sheet, row++, section_title(section), section->note);
    }
}

/* ---- The workbook ------------------------------------------------------------------------------
 */

/* Says when the workbook was made, without a clock: the same document gives the same bytes. */
static void set_properties(struct spreadsheet *book)
{
    struct date date;
    struct tm day = {.tm_year = 100, .tm_mday = 1, .tm_hour = 12};
    const char *as_of = book->document->as_of;
    if (as_of && date_parse_iso(slice_of(as_of), &date) && date_is_full(date)) {
        day.tm_year = date.year - 1900;
        day.tm_mon = date.month - 1;
        day.tm_mday = date.day;
    }
    struct buffer title = {0};
    text_cut(slice_of(book->document->title), 200, &title);
    char *copy = strdup(buffer_string(&title));
    lxw_doc_properties properties = {
        .title = copy, .author = (char *)"cbec", .created = timegm(&day)};
    spreadsheet_check(book, workbook_set_properties(book->workbook, &properties));
    free(copy);
    buffer_free(&title);
}

static void fill(struct spreadsheet *book)
{
    const struct document *document = book->document;
    set_properties(book);
    make_formats(book);
    make_names(book);
    lxw_worksheet *sheet = add_sheet(book, 0);
    if (sheet)
        fill_overview(book, sheet);
    for (size_t i = 0; i < document->section_count && !book->error; i++) {
        sheet = add_sheet(book, i + 1);
        if (sheet)
            spreadsheet_table(book, sheet, &document->sections[i], book->names[i + 1]);
    }
    sheet = add_sheet(book, document->section_count + 1);
    if (sheet)
        fill_method(book, sheet);
}

/* Makes the workbook in a file that only the path knows. Returns an errno, 0 if all went well. */
static int make_book(const struct document *document, const char *path)
{
    struct spreadsheet book = {.document = document, .workbook = workbook_new(path)};
    if (!book.workbook)
        return ENOMEM;
    parts_begin();
    fill(&book);
    if (book.text.failed)
        spreadsheet_check(&book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    errno = 0;
    if (book.error)
        lxw_workbook_free(book.workbook);
    else if (workbook_close(book.workbook) != LXW_NO_ERROR)
        book.error = errno ? errno : EIO;
    if (!book.error || parts_failure() == ENOMEM)
        book.error = parts_failure();
    for (size_t i = 0; i < book.name_count; i++)
        free(book.names[i]);
    free(book.names);
    buffer_free(&book.text);
    return book.error;
}

static int copy_file(int from, FILE *to)
{
    char bytes[65536];
    off_t at = 0;
    ssize_t got;
    while ((got = pread(from, bytes, sizeof bytes, at)) > 0) {
        errno = 0;
        if (fwrite(bytes, 1, (size_t)got, to) != (size_t)got)
            return errno ? errno : EIO;
        at += got;
    }
    errno = got < 0 ? errno : 0;
    if (got < 0 || fflush(to) != 0)
        return errno ? errno : EIO;
    return 0;
}

bool spreadsheet_print(FILE *file, const struct document *document)
{
    char path[32];
    if (document->failed) {
        errno = ENOMEM;
        return false;
    }
    if (xlsxwriter_failure()) {
        errno = ELIBACC;
        return false;
    }
    /* libxlsxwriter 1.1 writes to a file with a name only. This one has none but what /proc calls
     * it. */
    int made = memfd_create("workbook", MFD_CLOEXEC);
    if (made < 0)
        return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", made);
    /* It writes numbers as the locale has them, where XML wants a point. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    int error = plain ? make_book(document, path) : ENOMEM;
    uselocale(before);
    if (plain)
        freelocale(plain);
    error = error ? error : copy_file(made, file);
    close(made);
    errno = error ? error : errno;
    return !error;
}
