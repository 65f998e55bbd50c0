/*
 * workbook_builder.h: makes zip archives and .xlsx workbooks out of XML text, and notes down the
 * rows that are read from workbooks, for tests.
 */
#ifndef CBEC_TESTS_WORKBOOK_BUILDER_H
#define CBEC_TESTS_WORKBOOK_BUILDER_H

#include <unistd.h>
#include <zip.h>

#include "input/export.h"
#include "input/file.h"
#include "input/workbook.h"
#include "suite.h"
#include "util/buffer.h"

/* ---- Archives
 * ------------------------------------------------------------------------------------ */

struct archive_builder {
    zip_source_t *source;
    zip_t *zip;
};

static inline void archive_begin(struct archive_builder *builder)
{
    builder->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    ck_assert_ptr_nonnull(builder->source);
    builder->zip = zip_open_from_source(builder->source, ZIP_TRUNCATE, NULL);
    ck_assert_ptr_nonnull(builder->zip);
    zip_source_keep(builder->source);
}

/* Adds a member, whose bytes stay with the caller until archive_end; its number. */
static inline zip_uint64_t archive_add(struct archive_builder *builder, const char *name,
                                       struct slice bytes)
{
    zip_source_t *source = zip_source_buffer(builder->zip, bytes.at, bytes.length, 0);
    zip_int64_t index = zip_file_add(builder->zip, name, source, 0);
    ck_assert_int_ge(index, 0);
    return (zip_uint64_t)index;
}

/* The archive's bytes. */
static inline void archive_end(struct archive_builder *builder, struct buffer *out)
{
    zip_stat_t about;
    ck_assert_int_eq(zip_close(builder->zip), 0);
    ck_assert_int_eq(zip_source_open(builder->source), 0);
    ck_assert_int_eq(zip_source_stat(builder->source, &about), 0);
    ck_assert(buffer_reserve(out, about.size));
    ck_assert_int_eq(zip_source_read(builder->source, out->data + out->length, about.size),
                     (zip_int64_t)about.size);
    out->length += about.size;
    zip_source_close(builder->source);
    zip_source_free(builder->source);
}

/* A file without a name that holds these bytes. */
static inline int file_of(struct slice bytes)
{
    int file;
    ck_assert_int_eq(file_temporary(&file, NULL), CBEC_OK);
    ck_assert_int_eq(file_write(file, bytes.at, bytes.length, NULL), CBEC_OK);
    return file;
}

/* ---- Workbooks
 * ----------------------------------------------------------------------------------- */

#define BOOK_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define BOOK_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BOOK_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* Parts of a workbook that differ from a plain one; NULL leaves the plain one. */
struct book {
    const char *rows;        /* inside <sheetData> of the first sheet */
    const char *rows2;       /* of a second one */
    const char *strings;     /* inside <sst>; else the part is missing */
    const char *styles;      /* inside <styleSheet>; else the part is missing */
    const char *sheets;      /* inside <sheets> */
    const char *sheet_xml;   /* the whole part of the first sheet */
    const char *strings_xml; /* the whole part of the strings */
    bool date1904;
};

static inline void book_relation(struct buffer *out, const char *id, const char *type,
                                 const char *target)
{
    buffer_append_format(out,
                         "<Relationship Id=\"%s\" Type=\"" BOOK_RELATION "/%s\" Target=\"%s\"/>",
                         id, type, target);
}

static inline void book_sheet(struct buffer *out, const char *rows)
{
    buffer_append_format(out,
                         XML_HEAD "<worksheet xmlns=\"" BOOK_MAIN "\"><dimension ref=\"A1\"/>"
                                  "<sheetData>%s</sheetData></worksheet>",
                         rows);
}

enum {
    BOOK_TYPES,
    BOOK_ROOT,
    BOOK_WORKBOOK,
    BOOK_RELATIONS,
    BOOK_SHEET,
    BOOK_SHEET2,
    BOOK_STRINGS,
    BOOK_STYLES,
    BOOK_PARTS
};

static inline void book_write(const struct book *book, struct buffer part[BOOK_PARTS])
{
    buffer_append(&part[BOOK_TYPES], SLICE(XML_HEAD "<Types/>"));
    buffer_append(&part[BOOK_ROOT], SLICE(XML_HEAD "<Relationships xmlns=\"" BOOK_PACKAGE "\">"));
    book_relation(&part[BOOK_ROOT], "rId1", "officeDocument", "/xl/workbook.xml");
    buffer_append(&part[BOOK_ROOT], SLICE("</Relationships>"));
    buffer_append_format(&part[BOOK_WORKBOOK],
                         XML_HEAD "<workbook xmlns=\"" BOOK_MAIN "\" xmlns:r=\"" BOOK_RELATION
                                  "\"><workbookPr date1904=\"%d\"/><sheets>%s</sheets></workbook>",
                         book->date1904,
                         book->sheets ? book->sheets
                                      : "<sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/>");
    buffer_append(&part[BOOK_RELATIONS],
                  SLICE(XML_HEAD "<Relationships xmlns=\"" BOOK_PACKAGE "\">"));
    book_relation(&part[BOOK_RELATIONS], "rId1", "worksheet", "worksheets/sheet1.xml");
    book_relation(&part[BOOK_RELATIONS], "rId2", "worksheet", "/xl/worksheets/sheet2.xml");
    book_relation(&part[BOOK_RELATIONS], "rId3", "chartsheet", "chartsheets/sheet1.xml");
    book_relation(&part[BOOK_RELATIONS], "rId4", "sharedStrings", "../xl/./sharedStrings.xml");
    book_relation(&part[BOOK_RELATIONS], "rId5", "styles", "Styles.xml");
    buffer_append(&part[BOOK_RELATIONS], SLICE("</Relationships>"));
    if (book->sheet_xml)
        buffer_append(&part[BOOK_SHEET], slice_of(book->sheet_xml));
    else
        book_sheet(&part[BOOK_SHEET], book->rows ? book->rows : "");
    book_sheet(&part[BOOK_SHEET2], book->rows2 ? book->rows2 : "");
    if (book->strings_xml)
        buffer_append(&part[BOOK_STRINGS], slice_of(book->strings_xml));
    else
        buffer_append_format(&part[BOOK_STRINGS], XML_HEAD "<sst xmlns=\"" BOOK_MAIN "\">%s</sst>",
                             book->strings ? book->strings : "");
    buffer_append_format(&part[BOOK_STYLES],
                         XML_HEAD "<styleSheet xmlns=\"" BOOK_MAIN "\">%s</styleSheet>",
                         book->styles ? book->styles : "");
}

/* The bytes of the workbook, without the part `left_out` (BOOK_PARTS: with all of them). */
static inline void book_bytes_without(const struct book *book, int left_out, struct buffer *out)
{
    static const char *const names[BOOK_PARTS] = {
        "[Content_Types].xml",      "_rels/.rels",
        "xl/workbook.xml",          "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
        "xl/sharedStrings.xml",     "xl/styles.xml"};
    struct buffer parts[BOOK_PARTS] = {0};
    struct archive_builder builder;
    book_write(book, parts);
    archive_begin(&builder);
    for (int i = 0; i < BOOK_PARTS; i++) {
        if (i != left_out)
            archive_add(&builder, names[i], buffer_slice(&parts[i]));
    }
    archive_end(&builder, out);
    for (int i = 0; i < BOOK_PARTS; i++)
        buffer_free(&parts[i]);
}

static inline void book_bytes(const struct book *book, struct buffer *out)
{
    book_bytes_without(book, BOOK_PARTS, out);
}

/* ---- Rows that were read
 * ------------------------------------------------------------------------- */

/* "2 a|#12|\n": the row's number, its cells, numbers with #; damaged rows have ! behind the number.
 */
struct notes {
    struct buffer text;
    uint64_t rows;
    uint64_t stop_after; /* 0: reads all */
    char *sheet;
    bool exists;
    enum cbec_status status;
    struct cbec_error error;
};

static inline bool note_row(void *context, const struct row *row)
{
    struct notes *notes = context;
    ck_assert_uint_eq(row->ordinal, row->line);
    ck_assert(!row->from_text);
    buffer_append_format(&notes->text, "%llu%s ", (unsigned long long)row->line,
                         row->damage ? "!" : "");
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0)
            buffer_append_byte(&notes->text, '|');
        if (row->cells[i].number)
            buffer_append_byte(&notes->text, '#');
        buffer_append(&notes->text, row->cells[i].text);
    }
    buffer_append_byte(&notes->text, '\n');
    return ++notes->rows != notes->stop_after;
}

/* Reads a sheet of the workbook in `bytes`. */
static inline void read_notes(struct slice bytes, workbook_reader reader, int sheet,
                              struct notes *notes)
{
    struct export export = {
        .file = file_of(bytes), .size = bytes.length, .path = "book", .name = "book"};
    notes->status =
        reader(&export, sheet, &notes->exists, &notes->sheet, note_row, notes, &notes->error);
    ck_assert_int_eq(notes->status, notes->status == CBEC_OK ? CBEC_OK : notes->error.status);
    ck_assert_ptr_null(strchr(notes->error.message, '\n'));
    close(export.file);
}

static inline void notes_free(struct notes *notes)
{
    buffer_free(&notes->text);
    free(notes->sheet);
}

#endif
