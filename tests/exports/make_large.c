/*
 * make_large FILE ROWS: writes an .xlsx of that many rows, with more shared strings than may be
 * held in memory. It is made as it is written, so it may be of any size.
 */
#include <stdlib.h>
#include <zip.h>

#include "fixtures.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* Each row has four strings of its own; those of the header and the statuses stand before them all.
 */
enum { HEADERS = 7, STATUSES = 3, STRINGS_OF_A_ROW = 4 };

static unsigned row_count;

static void append_string(struct buffer *out, const char *text)
{
    buffer_append_format(out, "<si><t>%s</t></si>", text);
}

static void strings_begin(struct buffer *out)
{
    static const char *const texts[] = {
        "公司名称", "统一社会信用代码", "注册地址", "经营范围", "成立日期",
        "经营状态", "注册资本",         "存续",     "注销",     "迁出"};
    buffer_append(out, SLICE(XML_HEAD "<sst xmlns=\"" MAIN "\">"));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        append_string(out, texts[i]);
}

static void strings_row(struct buffer *out, unsigned row)
{
    char code[19];
    snprintf(code, sizeof code, "91330100MA%06X", row);
    finish_code(code, false);
    buffer_append_format(out, "<si><t>杭州第%u号贸易有限公司</t></si>", row);
    append_string(out, code);
    buffer_append_format(out, "<si><t>杭州市望潮路%u号</t></si>", row);
    buffer_append_format(
        out,
        "<si><t>第%u号：跨境电商平台运营；日用百货批发、零售；仓储服务；货物进出口；"
        "国际货物运输代理；会议及展览服务；电子产品、家居用品、化妆品、母婴用品、"
        "体育用品、文具、玩具、服装、鞋帽、箱包的销售；供应链管理服务；信息咨询服务</t></si>",
        row);
}

static void strings_end(struct buffer *out)
{
    buffer_append(out, SLICE("</sst>"));
}

static void sheet_begin(struct buffer *out)
{
    buffer_append(out, SLICE(XML_HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\">"));
    for (unsigned i = 0; i < HEADERS; i++)
        buffer_append_format(out, "<c r=\"%c1\" t=\"s\"><v>%u</v></c>", (char)('A' + i), i);
    buffer_append(out, SLICE("</row>"));
}

static void sheet_row(struct buffer *out, unsigned row)
{
    unsigned line = row + 2, own = HEADERS + STATUSES + row * STRINGS_OF_A_ROW;
    buffer_append_format(out, "<row r=\"%u\">", line);
    for (unsigned i = 0; i < STRINGS_OF_A_ROW; i++)
        buffer_append_format(out, "<c r=\"%c%u\" t=\"s\"><v>%u</v></c>", (char)('A' + i), line,
                             own + i);
    buffer_append_format(out,
                         "<c r=\"E%u\" s=\"1\"><v>%u</v></c><c r=\"F%u\" t=\"s\"><v>%u</v></c>"
                         "<c r=\"G%u\"><v>%u</v></c></row>",
                         line, 42000 + row % 3000, line, HEADERS + row % STATUSES, line,
                         10000 * (1 + row % 900));
}

static void sheet_end(struct buffer *out)
{
    buffer_append(out, SLICE("</sheetData></worksheet>"));
}

/* ---- Parts that are made while they are read ---- */

struct part {
    void (*begin)(struct buffer *out);
    void (*row)(struct buffer *out, unsigned row);
    void (*end)(struct buffer *out);
    unsigned next; /* row; row_count: the end; beyond: nothing more */
    struct buffer made;
    size_t taken;
    zip_error_t error;
};

static void make_more(struct part *part)
{
    buffer_clear(&part->made);
    part->taken = 0;
    while (part->next <= row_count && part->made.length < 65536) {
        if (part->next < row_count)
            part->row(&part->made, part->next);
        else
            part->end(&part->made);
        part->next++;
    }
}

static zip_int64_t read_part(struct part *part, char *bytes, zip_uint64_t size)
{
    if (part->taken == part->made.length)
        make_more(part);
    size_t left = part->made.length - part->taken;
    if (left > size)
        left = size;
    if (left > 0)
        memcpy(bytes, part->made.data + part->taken, left);
    part->taken += left;
    return (zip_int64_t)left;
}

static zip_int64_t call_part(void *context, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    struct part *part = context;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              -1);
    case ZIP_SOURCE_OPEN:
        part->next = 0;
        part->taken = 0;
        buffer_clear(&part->made);
        part->begin(&part->made);
        return 0;
    case ZIP_SOURCE_READ:
        return read_part(part, data, size);
    case ZIP_SOURCE_STAT:
        zip_stat_init(data);
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&part->error, data, size);
    case ZIP_SOURCE_FREE:
        buffer_free(&part->made);
        return 0;
    default:
        return 0;
    }
}

static void add(zip_t *zip, const char *name, zip_source_t *source)
{
    zip_int64_t index = zip_file_add(zip, name, source, 0);
    if (index < 0)
        give_up(name);
    zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 1);
}

int main(int count, char **arguments)
{
    static const char *const small[][2] = {
        {"[Content_Types].xml", XML_HEAD "<Types/>"},
        {"_rels/.rels",
         XML_HEAD "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" RELATION
                  "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", XML_HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATION
                                     "\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/>"
                                     "</sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         XML_HEAD "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" RELATION
                  "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
                  "Type=\"" RELATION "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                  "<Relationship Id=\"rId3\" Type=\"" RELATION "/styles\" "
                  "Target=\"styles.xml\"/></Relationships>"},
        {"xl/styles.xml", XML_HEAD "<styleSheet xmlns=\"" MAIN "\"><cellXfs><xf numFmtId=\"0\"/>"
                                   "<xf numFmtId=\"14\"/></cellXfs></styleSheet>"}};
    static struct part sheet = {.begin = sheet_begin, .row = sheet_row, .end = sheet_end};
    static struct part strings = {.begin = strings_begin, .row = strings_row, .end = strings_end};
    zip_t *zip = count == 3 ? zip_open(arguments[1], ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
    if (!zip)
        give_up("usage: make_large FILE ROWS");
    row_count = (unsigned)strtoul(arguments[2], NULL, 10);
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        add(zip, small[i][0], zip_source_buffer(zip, small[i][1], strlen(small[i][1]), 0));
    add(zip, "xl/worksheets/sheet1.xml", zip_source_function(zip, call_part, &sheet));
    add(zip, "xl/sharedStrings.xml", zip_source_function(zip, call_part, &strings));
    if (zip_close(zip) != 0)
        give_up(zip_strerror(zip));
    return EXIT_SUCCESS;
}
