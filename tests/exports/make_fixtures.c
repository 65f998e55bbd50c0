/*
 * make_fixtures FOLDER: writes exports in the vendors' layouts into FOLDER/exports, and into
 * FOLDER/expected what must become of them; exports that must be refused into FOLDER/refused; and
 * one list in every container there is into FOLDER/same.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "../unit/xls_builder.h"
#include "fixtures.h"

static const char *subfolder(const char *folder, const char *name)
{
    const char *path = text_of("%s/%s", folder, name);
    mkdir(folder, 0777);
    mkdir(path, 0777);
    return path;
}

/* ---- The exports ---- */

static void make_exports(const char *folder)
{
    for (unsigned i = 0; i < fixture_count; i++) {
        const struct fixture *fixture = &fixtures[i];
        struct table table;
        struct buffer bytes = {0};
        imports[i] = (struct import_book){.fixture = fixture, .data_date = fixture->data_date};
        import_count++;
        for (const struct column *column = fixture->columns; column->header; column++)
            if (column->content == PRIVATE || column->content == TYPED)
                book_warning(i, "unknown_column", 1);
        make_table(fixture, i, &table);
        fixture->write(fixture, &table, &bytes);
        book_refused(i, &table);
        write_file(folder, fixture->path, buffer_slice(&bytes));
        buffer_free(&bytes);
    }
    book_check();
}

/* ---- One list in every container ---- */

/* Writes the bytes as they are and in a zip. */
static void put_both(const char *folder, const char *name, struct buffer *bytes)
{
    write_file(folder, name, buffer_slice(bytes));
    zip_up(text_of("名单/%s", name), bytes);
    write_file(folder, text_of("%s.zip", name), buffer_slice(bytes));
    buffer_free(bytes);
    *bytes = (struct buffer){0};
}

static void make_same_texts(const char *folder)
{
    static const struct {
        const char *name, *encoding;
        struct text_style style;
    } variants[] = {
        {"plain-20230808.csv", NULL, {.delimiter = ',', .newline = "\n"}},
        {"wrapped-20230808.csv", NULL, {.delimiter = ',', .wrap = true, .newline = "\r\n"}},
        {"tabs-20230808.txt", NULL, {.delimiter = '\t', .newline = "\r"}},
        {"mark-20230808.csv", NULL, {.delimiter = ';', .newline = "\n", .mark = "\xef\xbb\xbf"}},
        {"gb18030-20230808.csv", "GB18030", {.delimiter = ',', .newline = "\r\n"}},
        {"le-20230808.csv",
         "UTF-16LE",
         {.delimiter = ',', .quote_all = true, .newline = "\r\n", .mark = "\xef\xbb\xbf"}},
        {"be-20230808.txt",
         "UTF-16BE",
         {.delimiter = '\t', .newline = "\n", .mark = "\xef\xbb\xbf"}},
    };
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        struct buffer bytes = {0};
        struct table table = list_table(i % 2 ? DATES_MIXED : DATES_ISO, false);
        write_text(&variants[i].style, &table, &bytes);
        if (variants[i].encoding)
            recode(&bytes, variants[i].encoding);
        put_both(folder, variants[i].name, &bytes);
    }
}

static void make_same_books(const char *folder)
{
    for (int y1904 = 0; y1904 < 2; y1904++) {
        struct buffer bytes = {0};
        struct table table = list_table(DATES_CELLS, y1904);
        write_xls(y1904, y1904, &table, &bytes);
        put_both(folder, y1904 ? "biff1904-20230808.xls" : "biff-20230808.xls", &bytes);
        write_xlsx(&(struct book_style){.y1904 = y1904, .rich = y1904}, &table, &bytes);
        put_both(folder, y1904 ? "rich1904-20230808.xlsx" : "book-20230808.xlsx", &bytes);
        table = list_table(DATES_MIXED, y1904);
        write_xlsx(&(struct book_style){.y1904 = y1904, .inline_text = true}, &table, &bytes);
        put_both(folder, y1904 ? "inline1904-20230808.xlsx" : "inline-20230808.xlsx", &bytes);
    }
}

/* ---- What must be refused ---- */

static struct buffer refusals;

/* The message must hold every one of the words, which are parted by '|'. */
static void refuse(const char *folder, const char *name, struct slice bytes, const char *words_)
{
    write_file(folder, name, bytes);
    buffer_append_format(&refusals, "%s\t%s\n", name, words_);
}

static void make_refused_texts(const char *folder)
{
    static const char nowhere[] = "企业名称,成立日期\n甲行,-\n乙行,2023-02-30\n";
    refuse(folder, "没有表头 20230808.csv", SLICE("甲行,2020-01-02,存续\n乙行,2021-03-04,注销\n"),
           "no header|--map name=|--map founded_on=");
    refuse(folder, "没有成立日期 20230808.csv",
           SLICE("声明\n公司名称,核准日期,经营状态\n甲行,2020-01-02,存续\n"),
           "row 2|公司名称|no founding date|--map founded_on=");
    refuse(folder, "没有名称 20230808.csv", SLICE("成立日期,经营状态\n2020-01-02,存续\n"),
           "row 1|成立日期|no name|--map name=");
    refuse(folder, "两种编码 20230808.csv",
           SLICE("企业名称,成立日期\n\xbc\xd7\xd0\xd0\xff,2020-01-02\n"),
           "neither UTF-8 nor GB18030|--encoding");
    refuse(folder, "没有数据日期.csv", (struct slice){nowhere, sizeof nowhere - 1},
           "data date|--data-date");
    refuse(folder, "空 20230808.csv", SLICE(""), "no header");
}

static void make_refused_books(const char *folder)
{
    struct buffer bytes = {0};
    struct table none = {0}, table = list_table(DATES_CELLS, false);
    write_xlsx(&(struct book_style){.empty_second = true}, &none, &bytes);
    refuse(folder, "空 20230808.xlsx", buffer_slice(&bytes), "no header");
    buffer_clear(&bytes);

    write_xlsx(&(struct book_style){.y1904 = false}, &table, &bytes);
    refuse(folder, "断 20230808.xlsx", (struct slice){bytes.data, bytes.length / 2}, "damaged");
    zip_up("名单.xlsx", &bytes);
    zip_up("内.zip", &bytes);
    refuse(folder, "套 20230808.zip", buffer_slice(&bytes), "内.zip|zip inside a zip");
    buffer_clear(&bytes);

    refuse(folder, "空 20230808.zip", SLICE("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
           "no files");

    struct xls_builder book;
    xls_begin(&book, false);
    book.encrypted = true;
    xls_sheet(&book, "s", false);
    xls_text(&book, 0, 0, "企业名称");
    xls_bytes(&book, &bytes);
    refuse(folder, "加密 20230808.xls", buffer_slice(&bytes), "encrypted");
    buffer_free(&bytes);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fputs("usage: make_fixtures FOLDER\n", stderr);
        return 2;
    }
    const char *folder = arguments[1], *expected = subfolder(folder, "expected");
    make_exports(subfolder(folder, "exports"));
    book_write(expected);
    figures_write(expected);

    const char *same = subfolder(folder, "same");
    make_same_texts(same);
    make_same_books(same);

    const char *refused = subfolder(folder, "refused");
    make_refused_texts(refused);
    make_refused_books(refused);
    /* The first export needs its column named, so without that it must be refused as well. */
    buffer_append_format(&refusals, "../exports/%s\t%s\n", fixtures[0].path,
                         "row 1|no founding date|--map founded_on=");
    write_file(expected, "refusals.txt", buffer_slice(&refusals));
    buffer_free(&refusals);
    return EXIT_SUCCESS;
}
