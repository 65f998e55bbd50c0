#include "output/spreadsheet.h"

#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#include "output/spreadsheet_writing.h"
#include "workbook_builder.h"

/* ---- Documents ---------------------------------------------------------------------------------
 */

#define NONE                                                                                       \
    {                                                                                              \
        CBEC_CELL_NULL, 0, 0, NULL, 0                                                              \
    }
#define WHOLE(number)                                                                              \
    {                                                                                              \
        CBEC_CELL_INTEGER, (number), 0, NULL, 0                                                    \
    }
#define PERCENT(number)                                                                            \
    {                                                                                              \
        CBEC_CELL_REAL, 0, (number), NULL, 0                                                       \
    }
#define TEXT(text)                                                                                 \
    {                                                                                              \
        CBEC_CELL_TEXT, 0, 0, (text), sizeof(text) - 1                                             \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A document with one section, of `count` columns and `rows` rows. */
static void one_table(struct document *document, enum language language, const char *title,
                      const char *const *names, size_t count, const struct cbec_cell *cells,
                      size_t rows)
{
    document_begin(document, language);
    struct section *section = document_add_section(document, "id", title, NULL);
    section_set_columns(document, section, names, count);
    for (size_t row = 0; row < rows; row++)
        section_add_row(document, section, &cells[row * count]);
}

static void print(const struct document *document, struct buffer *bytes)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_msg(spreadsheet_print(file, document), "%s", strerror(errno));
    long length = ftell(file);
    rewind(file);
    ck_assert(buffer_reserve(bytes, (size_t)length));
    ck_assert_uint_eq(fread(bytes->data, 1, (size_t)length, file), (size_t)length);
    bytes->length = (size_t)length;
    fclose(file);
}

/* ---- What is in the workbook -------------------------------------------------------------------
 */

struct workbook {
    struct buffer bytes;
    struct buffer part; /* the one read last */
};

static void open_workbook(struct document *document, struct workbook *workbook)
{
    *workbook = (struct workbook){0};
    print(document, &workbook->bytes);
    document_free(document);
}

static void close_workbook(struct workbook *workbook)
{
    buffer_free(&workbook->bytes);
    buffer_free(&workbook->part);
}

/* The XML of a part, until the next call; NULL if there is no such part. */
static const char *part_of(struct workbook *workbook, const char *name)
{
    zip_source_t *source =
        zip_source_buffer_create(workbook->bytes.data, workbook->bytes.length, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_stat_t about;
    ck_assert_ptr_nonnull(archive);
    buffer_clear(&workbook->part);
    bool exists = zip_stat(archive, name, 0, &about) == 0;
    if (exists) {
        zip_file_t *file = zip_fopen(archive, name, 0);
        ck_assert(buffer_reserve(&workbook->part, about.size));
        ck_assert_int_eq(zip_fread(file, workbook->part.data, about.size), (zip_int64_t)about.size);
        workbook->part.length = about.size;
        zip_fclose(file);
    }
    zip_discard(archive);
    return exists ? buffer_string(&workbook->part) : NULL;
}

static void check_part(struct workbook *workbook, const char *name, const char *what)
{
    const char *xml = part_of(workbook, name);
    ck_assert_msg(xml && strstr(xml, what), "no '%s' in %s: %.20000s", what, name, xml);
}

static void check_part_lacks(struct workbook *workbook, const char *name, const char *what)
{
    const char *xml = part_of(workbook, name);
    ck_assert_msg(xml && !strstr(xml, what), "'%s' in %s: %.20000s", what, name, xml);
}

/* Sheet 0 is the overview, the first table is sheet 1. */
static void check_cells(struct workbook *workbook, int sheet, const char *expected)
{
    struct notes notes = {0};
    read_notes(buffer_slice(&workbook->bytes), xlsx_read, sheet, &notes);
    ck_assert_msg(notes.status == CBEC_OK, "%s", notes.error.message);
    ck_assert(notes.exists);
    assert_slice(buffer_slice(&notes.text), expected);
    notes_free(&notes);
}

/* The number of a sheet's cell format, by the cell's name. */
static unsigned style_of(struct workbook *workbook, const char *sheet, const char *cell)
{
    char start[32];
    unsigned style = 0;
    snprintf(start, sizeof start, "<c r=\"%s\"", cell);
    const char *at = strstr(part_of(workbook, sheet), start);
    ck_assert_msg(at, "no cell %s", cell);
    sscanf(at + strlen(start), " s=\"%u\"", &style); /* without s it is 0 */
    return style;
}

/* An attribute of a cell format, a number. */
static unsigned style_attribute(struct workbook *workbook, unsigned style, const char *name)
{
    unsigned value = 0;
    const char *at = strstr(part_of(workbook, "xl/styles.xml"), "<cellXfs");
    for (unsigned i = 0; i <= style; i++) {
        at = strstr(at, "<xf ");
        ck_assert_ptr_nonnull(at);
        at++;
    }
    at = strstr(at, name);
    ck_assert_ptr_nonnull(at);
    sscanf(at + strlen(name), "=\"%u\"", &value);
    return value;
}

static void check_format(struct workbook *workbook, const char *cell, const char *expected)
{
    char start[64];
    char code[64] = "General";
    unsigned style = style_of(workbook, "xl/worksheets/sheet2.xml", cell);
    unsigned number = style_attribute(workbook, style, "numFmtId");
    snprintf(start, sizeof start, "<numFmt numFmtId=\"%u\" formatCode=\"", number);
    const char *at = strstr(part_of(workbook, "xl/styles.xml"), start);
    if (at)
        sscanf(at + strlen(start), "%63[^\"]", code);
    ck_assert_msg(strcmp(code, expected) == 0, "%s has the format %s, not %s", cell, code,
                  expected);
}

/* ---- Tables ------------------------------------------------------------------------------------
 */

START_TEST(writes_real_numbers_and_dates)
{
    static const char *const names[] = {
        "year", "new_registrations", "percent_of_prior_year", "data_date", "month", "value"};
    static const struct cbec_cell cells[24] = {WHOLE(2023),
                                               WHOLE(5821),
                                               PERCENT(97.0),
                                               TEXT("2023-12-31"),
                                               TEXT("2023-12"),
                                               TEXT("2023-12-31"),
                                               WHOLE(2024),
                                               WHOLE(-4715),
                                               PERCENT(-0.0),
                                               TEXT("1900-02-28"),
                                               TEXT("2024-08"),
                                               TEXT("4715"),
                                               WHOLE(2025),
                                               NONE,
                                               PERCENT(NAN),
                                               TEXT("2024-02-30"),
                                               NONE,
                                               TEXT(""),
                                               WHOLE(2026),
                                               NONE,
                                               PERCENT(3.14159)};
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_ENGLISH, "Years", names, 6, cells, 4);
    open_workbook(&document, &workbook);
    check_cells(&workbook, 1,
                "1 year|new registrations|percent of prior year|data date|month|value\n"
                "2 #2023|#5821|#97|2023-12-31|2023-12|2023-12-31\n"
                "3 #2024|#-4715|#0|1900-02-28|2024-08|4715\n"
                "4 #2025|||2024-02-30\n"
                "5 #2026||#3.14159\n");
    check_format(&workbook, "A2", "0");
    check_format(&workbook, "B2", "#,##0");
    check_format(&workbook, "C2", "0.0");
    check_format(&workbook, "C5", "General"); /* all digits of what is no percentage */
    check_format(&workbook, "D2", "yyyy-mm-dd");
    check_format(&workbook, "D3", "General");
    check_part(&workbook, "xl/worksheets/sheet2.xml", "<v>45291</v>");
    check_part_lacks(&workbook, "xl/worksheets/sheet2.xml", "<v>-0</v>");
    close_workbook(&workbook);
}
END_TEST

START_TEST(says_it_in_words_of_both_languages)
{
    static const char *const names[] = {"status", "enterprises", "my_own", "sources", "complete"};
    static const struct cbec_cell cells[] = {TEXT("winding_up"), WHOLE(1234567), TEXT("unknown"),
                                             TEXT("qichacha+my_own"), WHOLE(1)};
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_CHINESE, "经营状态", names, 5, cells, 1);
    open_workbook(&document, &workbook);
    check_cells(&workbook, 1,
                "1 经营状态|企业数|my own|来源组合|是否满期\n"
                "2 清算|#1234567|不详|企查查 + my_own|#1\n");
    check_format(&workbook, "E2", "&quot;是&quot;;&quot;是&quot;;&quot;否&quot;");
    check_part(&workbook, "xl/workbook.xml",
               "<sheets><sheet name=\"概览\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"经营状态\" "
               "sheetId=\"2\" r:id=\"rId2\"/><sheet name=\"方法与出处\" sheetId=\"3\" "
               "r:id=\"rId3\"/></sheets>");
    close_workbook(&workbook);
    one_table(&document, LANGUAGE_ENGLISH, "Status", names, 5, cells, 1);
    open_workbook(&document, &workbook);
    check_cells(&workbook, 1,
                "1 status|enterprises|my own|sources|complete\n"
                "2 winding up|#1234567|unknown|qichacha + my_own|#1\n");
    close_workbook(&workbook);
}
END_TEST

START_TEST(freezes_bold_headings)
{
    static const char *const names[] = {"province", "enterprises"};
    static const struct cbec_cell cells[] = {TEXT("浙江省"), WHOLE(2), TEXT("西藏自治区"),
                                             WHOLE(1)};
    static const char sheet[] = "xl/worksheets/sheet2.xml";
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_ENGLISH, "Provinces", names, 2, cells, 2);
    open_workbook(&document, &workbook);
    check_part(&workbook, sheet,
               "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
               "state=\"frozen\"/>");
    check_part(&workbook, sheet, "<autoFilter ref=\"A1:B3\"/>");
    /* A Chinese character is as wide as two figures. */
    check_part(&workbook, sheet, "<col min=\"1\" max=\"1\" width=\"12.7109375\"");
    for (int i = 0; i < 2; i++) {
        unsigned style = style_of(&workbook, sheet, i ? "B1" : "A1");
        unsigned font = style_attribute(&workbook, style, "fontId");
        const char *at = strstr(part_of(&workbook, "xl/styles.xml"), "<fonts");
        for (unsigned number = 0; number <= font; number++)
            at = strstr(at, "<font>") + 1;
        ck_assert(strncmp(at, "font><b/>", 9) == 0);
    }
    close_workbook(&workbook);
}
END_TEST

/* ---- Texts -------------------------------------------------------------------------------------
 */

START_TEST(keeps_texts_texts)
{
    static const char *const names[] = {"=enterprise"};
    static const struct cbec_cell cells[] = {
        TEXT("=1+1"),   TEXT("+86"),   TEXT("-5"),          TEXT("@SUM(A1)"),
        TEXT("00123"),  TEXT("TRUE"),  TEXT("http://a.cn"), TEXT("mailto:a@b.cn"),
        TEXT("{=1+1}"), TEXT("<&\">"), TEXT(" a "),         TEXT("_x0041__x41_"),
        TEXT("𠮷😀")};
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_ENGLISH, "Texts", names, 1, cells, COUNT(cells));
    open_workbook(&document, &workbook);
    check_cells(&workbook, 1,
                "1 =enterprise\n2 =1+1\n3 +86\n4 -5\n5 @SUM(A1)\n6 00123\n7 TRUE\n8 http://a.cn\n"
                "9 mailto:a@b.cn\n10 {=1+1}\n11 <&\">\n12  a \n13 _x0041__x41_\n14 𠮷😀\n");
    check_part_lacks(&workbook, "xl/worksheets/sheet2.xml", "<f>");
    check_part_lacks(&workbook, "xl/worksheets/sheet2.xml", "<hyperlink");
    check_format(&workbook, "A2", "@"); /* as text it stays text when its cell is edited */
    check_part(&workbook, "xl/sharedStrings.xml", "<t>_x005F_x0041__x005F_x41_</t>");
    close_workbook(&workbook);
}
END_TEST

START_TEST(makes_harmful_characters_visible)
{
    static const char *const names[] = {"enter\tprise"};
    static const struct cbec_cell cells[] = {TEXT("a\tb\r\nc"),
                                             TEXT("nul\0nul"),
                                             TEXT("\x01\x1b[1m\x7f"),
                                             TEXT("\xff\xc3("),
                                             TEXT("\xed\xa0\x80"),
                                             TEXT("\xef\xbf\xbe\xef\xbf\xbf"),
                                             TEXT("\xe2\x80\xae"
                                                  "x\xef\xbb\xbf")};
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_ENGLISH, "a\nb", names, 1, cells, COUNT(cells));
    document_set(&document, &document.title, "\x01\xff");
    document_set(&document, &document.sentence, "\x02\xfe");
    document_add_fact(&document, "\x03", "\xfd");
    open_workbook(&document, &workbook);
    check_cells(&workbook, 1,
                "1 enter\\tprise\n2 a\\tb\\r\\nc\n3 nul\\x00nul\n4 \\x01\\x1b[1m\\x7f\n"
                "5 \\xff\\xc3(\n6 \\xed\\xa0\\x80\n7 \\ufffe\\uffff\n8 \\u202ex\\ufeff\n");
    check_part(&workbook, "xl/workbook.xml", "name=\"a-nb\"");
    check_part(&workbook, "docProps/core.xml", "<dc:title>\\x01\\xff</dc:title>");
    check_cells(&workbook, 2, "1 Method and provenance\n3 \\x03|\\xfd\n");
    close_workbook(&workbook);
}
END_TEST

START_TEST(cuts_long_texts)
{
    static const char *const names[] = {"enterprise"};
    struct buffer text = {0};
    struct buffer content = {0};
    for (int i = 0; i < 20000; i++)
        buffer_append(&text, SLICE("😀"));
    struct cbec_cell cell = {CBEC_CELL_TEXT, 0, 0, text.data, text.length};
    cell_content(buffer_slice(&text), &content); /* two units each, and one for the … */
    ck_assert_uint_eq(content.length, (CELL_UNITS - 1) / 2 * 4 + 3);
    ck_assert(slice_ends_with(buffer_slice(&content), SLICE("😀…")));
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_ENGLISH, "Long", names, 1, &cell, 1);
    open_workbook(&document, &workbook);
    check_part(&workbook, "xl/sharedStrings.xml", "😀…</t>");
    close_workbook(&workbook);
    buffer_clear(&content);
    text.length = CELL_UNITS / 2 * 4;
    cell_content(buffer_slice(&text), &content);
    ck_assert(slice_equal(buffer_slice(&text), buffer_slice(&content)));
    buffer_free(&text);
    buffer_free(&content);
}
END_TEST

/* ---- Sheets ------------------------------------------------------------------------------------
 */

START_TEST(names_sheets_as_spreadsheets_allow)
{
    static const struct {
        const char *title;
        const char *name;
    } NAMES[] = {
        {"按年新增注册", "按年新增注册"},
        {"按年新增注册", "按年新增注册 (2)"},
        {"By year", "By year"},
        {"BY YEAR", "BY YEAR (2)"},
        {"ÉTÉ", "ÉTÉ"},
        {"été", "été (2)"},
        {"a/b\\c[d]e:f*g?h", "a-b-c-d-e-f-g-h"},
        {"'' quoted' ", "quoted"},
        {"it's", "it's"},
        {"history", "history (2)"},
        {"", "-"},
        {"'", "- (2)"},
        {"2024", "(2024)"},
        {"A1", "(A1)"},
        {"r", "(r)"},
        {"1234567890123456789012345678901", "(12345678901234567890123456789…"},
        {"A title of thirty-one character", "A title of thirty-one character"},
        {"A title of thirty-two characters", "A title of thirty-two characte…"},
        {"A title of thirty-two characters", "A title of thirty-two char… (2)"},
        {"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀…"},
        {"=1+1", "=1+1"},
        {"a!b", "a!b"},
        {"a#b_x0041_", "a-b-x0041_"},
        {"New registrations by year, against the year before", "New registrations by year"},
        {"A, b", "A, b"},
        {", of which there are very many indeed", ", of which there are very many…"},
        {"按年新增注册，并与上一年度全年总数相比较，以及按相同天数计算的同比变化",
         "按年新增注册 (3)"},
    };
    char *taken[COUNT(NAMES)];
    struct document document;
    struct workbook workbook;
    document_begin(&document, LANGUAGE_ENGLISH);
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        static const char *const names[] = {"year", "exits"};
        static const struct cbec_cell cells[] = {WHOLE(2024), WHOLE(1)};
        struct buffer name = {0};
        sheet_name(slice_of(NAMES[i].title), taken, i, &name);
        ck_assert_str_eq(buffer_string(&name), NAMES[i].name);
        taken[i] = name.data;
        struct section *section = document_add_section(&document, "id", NAMES[i].title, NULL);
        section_set_columns(&document, section, names, 2);
        section_add_row(&document, section, cells);
        section->chart = (struct chart){CHART_COLUMNS, 0, 1, NO_COLUMN, NO_COLUMN};
    }
    open_workbook(&document, &workbook);
    check_part(&workbook, "xl/workbook.xml", "name=\"A title of thirty-two char… (2)\"");
    check_part(&workbook, "xl/charts/chart9.xml", "'it''s'!$B$2");
    check_part(&workbook, "xl/worksheets/sheet1.xml", "location=\"'it''s'!A1\"");
    close_workbook(&workbook);
    for (size_t i = 0; i < COUNT(NAMES); i++)
        free(taken[i]);
}
END_TEST

START_TEST(has_an_overview_and_the_method)
{
    static const char *const names[] = {"year", "exits"};
    static const struct cbec_cell cells[] = {WHOLE(2024), WHOLE(1)};
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_CHINESE, "按年退出", names, 2, cells, 1);
    document_set(&document, &document.sections[0].note, "=注");
    document_set(&document, &document.title, "统计");
    document_set(&document, &document.sentence, "新增注册4,715家。");
    document_set(&document, &document.as_of, "2024-08-20");
    document_add_fact(&document, "数据截至", "2024-08-20");
    document_add_fact(&document, "口径", "all");
    open_workbook(&document, &workbook);
    check_cells(&workbook, 0,
                "1 统计\n3 新增注册4,715家。|\n5 数据截至|2024-08-20\n7 工作表|内容|行数\n"
                "8 按年退出|按年退出|#1\n9 方法与出处\n");
    check_cells(&workbook, 2,
                "1 方法与出处\n3 数据截至|2024-08-20\n4 口径|all\n6 说明|\n7 按年退出|=注\n");
    check_part(&workbook, "xl/worksheets/sheet1.xml",
               "<hyperlink ref=\"A8\" location=\"'按年退出'!A1\"");
    check_part(&workbook, "xl/worksheets/sheet1.xml", "<v>45524</v>");
    check_part(&workbook, "docProps/core.xml",
               "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2024-08-20T12:00:00Z<");
    close_workbook(&workbook);
}
END_TEST

START_TEST(writes_documents_with_nothing_in_them)
{
    struct document document;
    struct workbook workbook;
    document_begin(&document, LANGUAGE_ENGLISH);
    open_workbook(&document, &workbook);
    check_cells(&workbook, 0, "1 \n5 as of\n7 sheet|contents|rows\n8 Method and provenance\n");
    check_cells(&workbook, 1, "1 Method and provenance\n");
    check_part(&workbook, "docProps/core.xml", "2000-01-01T12:00:00Z");
    close_workbook(&workbook);
    static const char *const names[] = {"year", "exits"};
    one_table(&document, LANGUAGE_ENGLISH, "Empty", names, 2, NULL, 0);
    document.sections[0].chart = (struct chart){CHART_COLUMNS, 0, 1, NO_COLUMN, NO_COLUMN};
    document_add_section(&document, "without_columns", NULL, NULL);
    open_workbook(&document, &workbook);
    check_cells(&workbook, 1, "1 year|exits\n");
    check_cells(&workbook, 2, "");
    check_part(&workbook, "xl/workbook.xml", "name=\"without_columns\"");
    ck_assert_ptr_null(part_of(&workbook, "xl/charts/chart1.xml"));
    close_workbook(&workbook);
}
END_TEST

/* More rows than a sheet has: the last one says how many are missing. */
START_TEST(cuts_long_tables)
{
    enum { ROWS = SHEET_ROWS + 1000 };
    static const char *const names[] = {"number"};
    struct document document;
    struct workbook workbook;
    document_begin(&document, LANGUAGE_ENGLISH);
    struct section *section = document_add_section(&document, "id", "Long", NULL);
    section_set_columns(&document, section, names, 1);
    for (int i = 0; i < ROWS; i++) {
        struct cbec_cell cell = WHOLE(i);
        section_add_row(&document, section, &cell);
    }
    open_workbook(&document, &workbook);
    check_part(&workbook, "xl/sharedStrings.xml", "… 1,002 more rows, which a sheet cannot hold");
    check_part(&workbook, "xl/worksheets/sheet2.xml", "<c r=\"A1048575\" s=\"");
    check_part(&workbook, "xl/worksheets/sheet2.xml", "<v>1048573</v>");
    check_part(&workbook, "xl/worksheets/sheet2.xml", "<row r=\"1048576\"");
    close_workbook(&workbook);
}
END_TEST

/* ---- Charts ------------------------------------------------------------------------------------
 */

START_TEST(draws_columns_and_hatches_what_is_not_over)
{
    static const char *const names[] = {"year", "new_registrations", "prior_year_total",
                                        "complete"};
    static const struct cbec_cell cells[] = {WHOLE(2023), WHOLE(5821), WHOLE(6001), WHOLE(1),
                                             WHOLE(2024), WHOLE(4715), WHOLE(5821), WHOLE(0)};
    static const char part[] = "xl/charts/chart1.xml";
    struct document document;
    struct workbook workbook;
    one_table(&document, LANGUAGE_ENGLISH, "Years", names, 4, cells, 2);
    document.sections[0].chart = (struct chart){CHART_COLUMNS, 0, 1, 2, 3};
    open_workbook(&document, &workbook);
    check_part(&workbook, part, "<c:barDir val=\"col\"/>");
    check_part(&workbook, part, "<c:cat><c:numRef><c:f>Years!$A$2:$A$3</c:f>");
    check_part(&workbook, part, "<c:val><c:numRef><c:f>Years!$B$2:$B$3</c:f>");
    check_part_lacks(&workbook, part, "<c:f>Years!$C$"); /* stands to the left already */
    check_part(&workbook, part, "<c:dPt><c:idx val=\"1\"/><c:spPr><a:pattFill");
    check_part_lacks(&workbook, part, "<c:dPt><c:idx val=\"0\"/>");
    check_part(&workbook, part, "<a:t>Years</a:t>");
    check_part(&workbook, part, "<a:t>year (hatched, not complete: 2024)</a:t>");
    check_part(&workbook, part, "<a:t>new registrations</a:t>");
    check_part_lacks(&workbook, part, "<c:legend>");
    check_part(&workbook, "xl/drawings/drawing1.xml",
               "descr=\"Column chart: new registrations by year, 2 in all, of the table to the "
               "left.\"");
    /* To the right of four columns, with one between. */
    check_part(&workbook, "xl/drawings/drawing1.xml", "<xdr:from><xdr:col>5</xdr:col>");
    close_workbook(&workbook);
}
END_TEST

START_TEST(draws_what_is_compared_beside_it)
{
    static const char *const names[] = {"month", "new_registrations", "same_month_prior_year"};
    static const struct cbec_cell cells[] = {TEXT("2024-07"), WHOLE(3), WHOLE(4),
                                             TEXT("2024-08"), WHOLE(5), WHOLE(6)};
    struct document document;
    struct workbook workbook;
    for (int kind = CHART_BARS; kind <= CHART_PAIRS; kind++) {
        one_table(&document, LANGUAGE_ENGLISH, "Months", names, 3, cells, 2);
        document.sections[0].chart = (struct chart){(enum chart_kind)kind, 0, 1, 2, NO_COLUMN};
        open_workbook(&document, &workbook);
        const char *xml = part_of(&workbook, "xl/charts/chart1.xml");
        const char *value = strstr(xml, "<c:tx><c:strRef><c:f>Months!$B$1</c:f>");
        const char *prior = strstr(xml, "<c:tx><c:strRef><c:f>Months!$C$1</c:f>");
        ck_assert(value && prior);
        ck_assert((value < prior) == (kind == CHART_BARS)); /* time runs to the right */
        ck_assert_ptr_nonnull(strstr(xml, "<c:legendPos val=\"b\"/>"));
        ck_assert_ptr_nonnull(strstr(xml, "<c:cat><c:strRef><c:f>Months!$A$2:$A$3</c:f>"));
        close_workbook(&workbook);
    }
}
END_TEST

START_TEST(draws_bars_of_the_greatest)
{
    static const char *const names[] = {"province", "share_percent"};
    static const char part[] = "xl/charts/chart1.xml";
    struct cbec_cell cells[40][2];
    struct document document;
    struct workbook workbook;
    for (int i = 0; i < 40; i++) {
        cells[i][0] = (struct cbec_cell)TEXT("=省");
        cells[i][1] = (struct cbec_cell)PERCENT(40.5 - i);
    }
    one_table(&document, LANGUAGE_CHINESE, "=分省", names, 2, cells[0], 40);
    document.sections[0].chart = (struct chart){CHART_BARS, 0, 1, NO_COLUMN, NO_COLUMN};
    open_workbook(&document, &workbook);
    check_part(&workbook, part, "<c:barDir val=\"bar\"/>");
    check_part(&workbook, part, "<c:f>'=分省'!$B$2:$B$36</c:f>");
    check_part(&workbook, part, "<a:t> =分省（前35项）</a:t>");
    check_part(&workbook, part, "<c:orientation val=\"maxMin\"/>"); /* the first at the top */
    check_part(&workbook, part, "<c:numFmt formatCode=\"0.0\" sourceLinked=\"0\"/>");
    check_part_lacks(&workbook, part, "<c:legend>");
    check_part(&workbook, "xl/drawings/drawing1.xml",
               "descr=\"条形图：按省份的占比%，共35项，数据见左侧表格。\"");
    close_workbook(&workbook);
}
END_TEST

/* ---- Bytes -------------------------------------------------------------------------------------
 */

static void print_dated(enum language language, struct buffer *bytes)
{
    static const char *const names[] = {"year", "exits"};
    static const struct cbec_cell cells[] = {WHOLE(2024), WHOLE(1)};
    struct document document;
    one_table(&document, language, "年", names, 2, cells, 1);
    document.sections[0].chart = (struct chart){CHART_COLUMNS, 0, 1, NO_COLUMN, NO_COLUMN};
    if (language == LANGUAGE_CHINESE)
        document_set(&document, &document.as_of, "2024-08-20");
    print(&document, bytes);
    document_free(&document);
}

/* Whenever and wherever it is made: the clock stands in no part of it. Archives count in two
 * seconds. */
START_TEST(gives_the_same_bytes_always)
{
    static const char *const zones[] = {"Asia/Shanghai", "America/Los_Angeles"};
    struct buffer bytes[2][2] = {{{0}, {0}}, {{0}, {0}}};
    time_t second = time(NULL);
    for (int i = 0; i < 2; i++) {
        while (i == 1 && time(NULL) - second < 3)
            nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
        setenv("TZ", zones[i], 1);
        tzset();
        print_dated(LANGUAGE_ENGLISH, &bytes[i][LANGUAGE_ENGLISH]);
        print_dated(LANGUAGE_CHINESE, &bytes[i][LANGUAGE_CHINESE]);
    }
    for (int language = 0; language < 2; language++) {
        ck_assert(
            slice_equal(buffer_slice(&bytes[0][language]), buffer_slice(&bytes[1][language])));
        buffer_free(&bytes[0][language]);
        buffer_free(&bytes[1][language]);
    }
}
END_TEST

START_TEST(says_why_it_cannot_write)
{
    struct document document;
    document_begin(&document, LANGUAGE_ENGLISH);
    FILE *full = fopen("/dev/full", "w");
    ck_assert(!spreadsheet_print(full, &document));
    ck_assert_int_eq(errno, ENOSPC);
    fclose(full);
    FILE *closed = fopen("/dev/null", "r");
    ck_assert(!spreadsheet_print(closed, &document));
    ck_assert_int_eq(errno, EBADF);
    fclose(closed);
    FILE *file = tmpfile();
    document.failed = true;
    ck_assert(!spreadsheet_print(file, &document));
    ck_assert_int_eq(errno, ENOMEM);
    document.failed = false;
    struct rlimit limit = {1000, RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert(!spreadsheet_print(file, &document));
    ck_assert_int_eq(errno, EFBIG);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    fclose(file);
}
END_TEST

/* libxlsxwriter's own temporary files would have names, and it would not notice a full disk. */
START_TEST(has_no_temporary_files)
{
    FILE *(*function)(char *);
    *(void **)&function = dlsym(RTLD_DEFAULT, "lxw_tmpfile");
    FILE *part = function(NULL);
    char text[16] = "";
    ck_assert_ptr_nonnull(part);
    ck_assert_int_eq(fileno(part), -1); /* memory */
    ck_assert_int_eq(fputs("one", part), 1);
    ck_assert_int_eq(fputs("two", part), 1);
    rewind(part);
    ck_assert_uint_eq(fread(text, 1, sizeof text, part), 6);
    ck_assert_str_eq(text, "onetwo");
    ck_assert_int_ne(feof(part), 0);
    fclose(part);
}
END_TEST

SUITE_MAIN("spreadsheet", writes_real_numbers_and_dates, says_it_in_words_of_both_languages,
           freezes_bold_headings, keeps_texts_texts, makes_harmful_characters_visible,
           cuts_long_texts, names_sheets_as_spreadsheets_allow, has_an_overview_and_the_method,
           writes_documents_with_nothing_in_them, cuts_long_tables,
           draws_columns_and_hatches_what_is_not_over, draws_what_is_compared_beside_it,
           draws_bars_of_the_greatest, gives_the_same_bytes_always, says_why_it_cannot_write,
           has_no_temporary_files)
