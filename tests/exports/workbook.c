/* Rows as workbooks: .xlsx in the ways that vendors' programs write it, and .xls. */
#include "../unit/xls_builder.h"
#include "fixtures.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define CONTENT "http://schemas.openxmlformats.org/package/2006/content-types"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static void append_xml(struct buffer *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            buffer_append(out, SLICE("&amp;"));
            break;
        case '<':
            buffer_append(out, SLICE("&lt;"));
            break;
        case '"':
            buffer_append(out, SLICE("&quot;"));
            break;
        default:
            buffer_append_byte(out, *text);
        }
    }
}

static void append_t(struct buffer *out, const char *text)
{
    buffer_append(out, SLICE("<t xml:space=\"preserve\">"));
    append_xml(out, text);
    buffer_append(out, SLICE("</t>"));
}

/* The text in two pieces of different fonts, parted behind its first character. */
static void append_rich(struct buffer *out, const char *text)
{
    size_t first = 1;
    while ((text[first] & 0xc0) == 0x80)
        first++;
    if (!*text || !text[first]) {
        append_t(out, text);
        return;
    }
    buffer_append(out, SLICE("<r><rPr><b/></rPr>"));
    append_t(out, text_of("%.*s", (int)first, text));
    buffer_append(out, SLICE("</r><r>"));
    append_t(out, text + first);
    buffer_append(out, SLICE("</r><rPh sb=\"0\" eb=\"1\"><t>pin yin</t></rPh>"));
}

struct strings {
    struct buffer xml;
    unsigned count;
};

static void append_cell(const struct book_style *style, struct strings *strings,
                        const struct cell *cell, size_t column, unsigned row, struct buffer *out)
{
    buffer_append_format(out, "<c r=\"%c%u\"", (char)('A' + column), row);
    if (cell->kind == CELL_DATE) {
        buffer_append_format(out, " s=\"1\"><v>%.0f</v></c>", cell->number);
    } else if (cell->kind == CELL_NUMBER) {
        buffer_append_format(out, "><v>%.0f</v></c>", cell->number);
    } else if (style->inline_text) {
        buffer_append(out, SLICE(" t=\"inlineStr\"><is>"));
        append_t(out, cell->text);
        buffer_append(out, SLICE("</is></c>"));
    } else {
        buffer_append_format(out, " t=\"s\"><v>%u</v></c>", strings->count++);
        buffer_append(&strings->xml, SLICE("<si>"));
        (style->rich ? append_rich : append_t)(&strings->xml, cell->text);
        buffer_append(&strings->xml, SLICE("</si>"));
    }
}

static void append_sheet(const struct book_style *style, struct table *table,
                         struct strings *strings, struct buffer *out)
{
    /* The dimension is what many programs write whatever the sheet holds. */
    buffer_append(out, SLICE(XML_HEAD "<worksheet xmlns=\"" MAIN "\"><dimension ref=\"A1\"/>"
                                      "<sheetData>"));
    for (size_t i = 0; i < table->count; i++) {
        struct line *line = &table->lines[i];
        line->number = (unsigned)i + 1;
        buffer_append_format(out, "<row r=\"%u\">", line->number);
        for (size_t column = 0; column < line->count; column++)
            append_cell(style, strings, &line->cells[column], column, line->number, out);
        buffer_append(out, SLICE("</row>"));
    }
    buffer_append(out, SLICE("</sheetData>"));
    for (unsigned row = 1; row <= style->merged_rows; row++)
        buffer_append_format(out, "%s<mergeCell ref=\"A%u:H%u\"/>%s",
                             row == 1 ? "<mergeCells>" : "", row, row,
                             row == style->merged_rows ? "</mergeCells>" : "");
    buffer_append(out, SLICE("</worksheet>"));
}

static const char *workbook_part(const struct book_style *style)
{
    return text_of(XML_HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATION
                            "\"><workbookPr%s/><sheets><sheet name=\"%s\" sheetId=\"1\" "
                            "r:id=\"rId1\"/>%s</sheets></workbook>",
                   style->y1904 ? " date1904=\"1\"" : "", style->sheet ? style->sheet : "Sheet1",
                   style->empty_second ? "<sheet name=\"Sheet2\" sheetId=\"2\" r:id=\"rId2\"/>"
                                       : "");
}

static const char *styles_part(const struct book_style *style)
{
    struct buffer format = {0};
    append_xml(&format, style->date_format ? style->date_format : "yyyy-mm-dd");
    const char *part = text_of(
        XML_HEAD "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt numFmtId=\"176\" "
                 "formatCode=\"%s\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/>"
                 "<xf numFmtId=\"176\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
        buffer_string(&format));
    buffer_free(&format);
    return part;
}

#define OVERRIDE(part, type)                                                                       \
    "<Override PartName=\"" part "\" "                                                             \
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." type "+xml\"/>"
#define RELATED(id, type, target)                                                                  \
    "<Relationship Id=\"" id "\" Type=\"" RELATION "/" type "\" Target=\"" target "\"/>"

static const char types_part[] =
    XML_HEAD "<Types xmlns=\"" CONTENT "\"><Default Extension=\"xml\" "
             "ContentType=\"application/xml\"/>" OVERRIDE("/xl/workbook.xml", "sheet.main")
                 OVERRIDE("/xl/worksheets/sheet1.xml", "worksheet")
                     OVERRIDE("/xl/sharedStrings.xml", "sharedStrings")
                         OVERRIDE("/xl/styles.xml", "styles") "</Types>";

static const char root_part[] =
    XML_HEAD "<Relationships xmlns=\"" PACKAGE
             "\">" RELATED("rId1", "officeDocument", "xl/workbook.xml") "</Relationships>";

static const char relations_part[] = XML_HEAD
    "<Relationships xmlns=\"" PACKAGE "\">" RELATED("rId1", "worksheet", "worksheets/sheet1.xml")
        RELATED("rId2", "worksheet", "worksheets/sheet2.xml")
            RELATED("rId3", "sharedStrings", "sharedStrings.xml")
                RELATED("rId4", "styles", "styles.xml") "</Relationships>";

static const char empty_sheet[] =
    XML_HEAD "<worksheet xmlns=\"" MAIN "\"><dimension ref=\"A1\"/><sheetData/></worksheet>";

void write_xlsx(const struct book_style *style, struct table *table, struct buffer *out)
{
    struct buffer sheet = {0};
    struct strings strings = {0};
    buffer_append(&strings.xml, SLICE(XML_HEAD "<sst xmlns=\"" MAIN "\">"));
    append_sheet(style, table, &strings, &sheet);
    buffer_append(&strings.xml, SLICE("</sst>"));
    const struct zip_part parts[] = {
        {"[Content_Types].xml", slice_of(types_part)},
        {"_rels/.rels", slice_of(root_part)},
        {"xl/workbook.xml", slice_of(workbook_part(style))},
        {"xl/_rels/workbook.xml.rels", slice_of(relations_part)},
        {"xl/worksheets/sheet1.xml", buffer_slice(&sheet)},
        {"xl/worksheets/sheet2.xml", slice_of(empty_sheet)},
        {"xl/styles.xml", slice_of(styles_part(style))},
        {"xl/sharedStrings.xml", buffer_slice(&strings.xml)},
    };
    write_zip(parts, sizeof parts / sizeof *parts, out);
    buffer_free(&sheet);
    buffer_free(&strings.xml);
}

/* ---- .xls ---- */

/* HLINK ([MS-XLS] 2.4.140): a link to a page on the name of a row. */
static void append_link(struct buffer *records, unsigned row)
{
    static const unsigned char link_class[] = {0xd0, 0xc9, 0xea, 0x79, 0xf9, 0xba, 0xce, 0x11,
                                               0x8c, 0x82, 0x00, 0xaa, 0x00, 0x4b, 0xa9, 0x0b};
    static const unsigned char url_class[] = {0xe0, 0xc9, 0xea, 0x79, 0xf9, 0xba, 0xce, 0x11,
                                              0x8c, 0x82, 0x00, 0xaa, 0x00, 0x4b, 0xa9, 0x0b};
    struct buffer body = {0}, address = {0};
    unsigned units = xls_utf16(&address, text_of("https://example.com/firm/%u.html", row));
    xls_u16(&body, row);
    xls_u16(&body, row);
    xls_u16(&body, 0);
    xls_u16(&body, 0);
    buffer_append(&body, (struct slice){(const char *)link_class, sizeof link_class});
    xls_u32(&body, 2);
    xls_u32(&body, 3); /* an absolute address follows */
    buffer_append(&body, (struct slice){(const char *)url_class, sizeof url_class});
    xls_u32(&body, 2 * (units + 1));
    buffer_append(&body, buffer_slice(&address));
    xls_u16(&body, 0);
    xls_record(records, 0x01b8, &body);
    buffer_free(&address);
    buffer_free(&body);
}

void write_xls(bool y1904, bool links, struct table *table, struct buffer *out)
{
    struct xls_builder book;
    xls_begin(&book, y1904);
    xls_sheet(&book, "企业列表", false);
    for (unsigned row = 0; row < table->count; row++) {
        struct line *line = &table->lines[row];
        line->number = row + 1;
        for (unsigned column = 0; column < line->count; column++) {
            const struct cell *cell = &line->cells[column];
            if (cell->kind == CELL_DATE)
                xls_date(&book, row, column, cell->number);
            else if (cell->kind == CELL_NUMBER)
                xls_number(&book, row, column, cell->number);
            else if (*cell->text) /* an empty cell has no record */
                xls_text(&book, row, column, cell->text);
        }
    }
    for (unsigned row = 0; links && row < table->count; row++)
        if (table->lines[row].mark == '.')
            append_link(&book.sheets[0].records, row);
    xls_bytes(&book, out);
}
