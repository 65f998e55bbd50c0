/*
 * Any bytes as a workbook: it is read or refused with a message, and its rows are sound. Bytes that
 * begin as an archive does are the whole file; others become the sheet, the shared strings or the
 * styles of a workbook that is sound otherwise, for a mutation of a whole archive hardly ever gets
 * past its check sums.
 */
#include <unistd.h>
#include <zip.h>

#include "fuzz.h"
#include "input/file.h"
#include "input/limits.h"
#include "input/workbook.h"
#include "util/buffer.h"

#define MAIN_XML "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE_XML "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_XML "http://schemas.openxmlformats.org/package/2006/relationships"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" OFFICE_XML "/" type "\" Target=\"" target "\"/>"

struct part {
    const char *name;
    struct slice xml;
};

static struct part parts[] = {
    {"xl/worksheets/sheet1.xml",
     {"<worksheet xmlns=\"" MAIN_XML "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
      "<c r=\"B1\" s=\"1\"><v>44259</v></c></row></sheetData></worksheet>",
      0}},
    {"xl/sharedStrings.xml", {"<sst xmlns=\"" MAIN_XML "\"><si><t>a</t></si></sst>", 0}},
    {"xl/styles.xml",
     {"<styleSheet xmlns=\"" MAIN_XML "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
      "</cellXfs></styleSheet>",
      0}},
    {"[Content_Types].xml",
     {"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", 0}},
    {"_rels/.rels",
     {"<Relationships xmlns=\"" PACKAGE_XML
      "\">" RELATION("rId1", "officeDocument", "xl/workbook.xml") "</Relationships>",
      0}},
    {"xl/workbook.xml",
     {"<workbook xmlns=\"" MAIN_XML "\" xmlns:r=\"" OFFICE_XML
      "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
      0}},
    {"xl/_rels/workbook.xml.rels",
     {"<Relationships xmlns=\"" PACKAGE_XML
      "\">" RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
          RELATION("rId2", "sharedStrings", "sharedStrings.xml")
              RELATION("rId3", "styles", "styles.xml") "</Relationships>",
      0}},
};

#define PARTS (sizeof parts / sizeof *parts)

/* Writes the workbook in which part `which` is `xml`. */
static void build_workbook(size_t which, struct slice xml, struct buffer *out)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    PROMISE(zip != NULL);
    zip_source_keep(target);
    for (size_t i = 0; i < PARTS; i++) {
        struct slice content = i == which ? xml : slice_of(parts[i].xml.at);
        zip_source_t *source = zip_source_buffer(zip, content.at, content.length, 0);
        zip_int64_t number = zip_file_add(zip, parts[i].name, source, 0);
        PROMISE(number >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)number, ZIP_CM_STORE, 0);
    }
    PROMISE(zip_close(zip) == 0);
    zip_stat_t about;
    PROMISE(zip_source_open(target) == 0 && zip_source_stat(target, &about) == 0);
    PROMISE(buffer_reserve(out, about.size));
    PROMISE(zip_source_read(target, out->data, about.size) == (zip_int64_t)about.size);
    out->length = about.size;
    zip_source_close(target);
    zip_source_free(target);
}

static bool check_sheet_row(void *context, const struct row *row)
{
    uint64_t *last = context;
    PROMISE(row->line > *last && row->line == row->ordinal && row->line <= LIMIT_SHEET_ROWS);
    PROMISE(row->count <= LIMIT_COLUMNS + 1 || row->damage != CBEC_ACCEPTED);
    for (size_t i = 0; i < row->count; i++)
        PROMISE(row->damage != CBEC_ACCEPTED || row->cells[i].text.length <= LIMIT_CELL_BYTES);
    *last = row->line;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice bytes = {(const char *)data, size};
    struct buffer book = {0};
    if (slice_starts_with(bytes, SLICE("PK")))
        buffer_append(&book, bytes);
    else if (size > 0)
        build_workbook(data[0] % 3, slice_from(bytes, 1), &book);
    struct export export = {
        .size = book.length, .path = "fuzz", .name = "fuzz", .container = CONTAINER_XLSX};
    PROMISE(file_temporary(&export.file, NULL) == CBEC_OK);
    PROMISE(file_write(export.file, book.data, book.length, NULL) == CBEC_OK);
    bool exists = false;
    char *name = NULL;
    uint64_t last = 0;
    struct cbec_error error = {.status = CBEC_OK};
    enum cbec_status status = xlsx_read(&export, 0, &exists, &name, check_sheet_row, &last, &error);
    PROMISE(status == error.status && (status == CBEC_OK || error.message[0]));
    free(name);
    close(export.file);
    buffer_free(&book);
    return 0;
}
