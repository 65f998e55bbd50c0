#include "input/plain_xml.h"

#include <expat.h>

#include "input/xlsx_parts.h"
#include "suite.h"
#include "xml_pieces.h"

/* How much of a text is a plain row, or a plain string. */
static void check(const char *text, size_t expected)
{
    struct plain_row row = {0};
    struct slice string;
    size_t length = strncmp(text, "<si", 3) == 0 ? plain_string_read(slice_of(text), &string)
                                                 : plain_row_read(slice_of(text), &row);
    ck_assert_msg(length == expected, "%zu bytes of \"%s\", expected %zu", length, text, expected);
    plain_row_free(&row);
}

START_TEST(tells_plain_elements)
{
    static const char *const plain[] = {
        "<row/>",
        "<row />",
        "<row></row>",
        "<row r=\"1\" x14ac:dyDescent=\"0.15\"/>",
        "<row r=\"2\" spans=\"1:26\" ht=\"14.25\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" "
        "s=\"1\" /></row>",
        "<row><c><f>A1</f><v>1</v></c><c><f t=\"shared\" si=\"0\"/></c><c></c></row>",
        "<row><c t=\"inlineStr\"><is><t>_ _y__</t></is></c></row>",
        "<si><t xml:space=\"preserve\"> 杭州，𠮷é\t\n \xee\xbf\xbf\xef\xbf\xbd\x7f</t></si>",
        "<si><t a=\"b>'c\"></t></si>",
        "<si><t>a</t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si>",
    };
    static const char *const others[] = {
        "",
        "x",
        "<",
        "<row",
        "<row>",
        "<row></row",
        "<row></rows>",
        "<row></ro>",
        "<row></row >",
        "<row/ >",
        "<row ></row>",
        "<row  r=\"1\"/>",
        "<row\nr=\"1\"/>",
        "<row r='1'/>",
        "<row r = \"1\"/>",
        "<row r=\"1\"s=\"1\"/>",
        "<row r=\"1\" s=\"2\" r=\"1\"/>",
        "<row r=\"&#49;\"/>",
        "<row r=\"<\"/>",
        "<row r=\"甲\"/>",
        "<row r=\"1\n\"/>",
        "<row r=\"1",
        "<row a=\"\" b=\"\" c=\"\" d=\"\" e=\"\" f=\"\" g=\"\" h=\"\" i=\"\" j=\"\" k=\"\" "
        "l=\"\" m=\"\"/>",
        "<rows/>",
        "<x:row/>",
        "<行/>",
        "</row>",
        "<!-- -->",
        "<row>a</row>",
        "<row> <c/></row>",
        "<row><!-- --></row>",
        "<row><?x?></row>",
        "<row><![CDATA[]]></row>",
        "<row><c></row></c>",
        "<row><col/></row>",
        "<row><c>1</c></row>",
        "<row><c><v/></c></row>",
        "<row><c><v>1</v><v>2</v></c></row>",
        "<row><c><v>1</v><f>A1</f></c></row>",
        "<row><c><fx>A1</fx></c></row>",
        "<row><c><f>A1</v></c></row>",
        "<row><c><is></is></c></row>",
        "<row><c><is><t>a</t><t>b</t></is></c></row>",
        "<row><c><is><r><t>a</t></r></is></c></row>",
        "<row><c><is><t/></is></c></row>",
        "<si/>",
        "<si></si>",
        "<si><r><t>a</t></r></si>",
        "<si><t>a</t><rPh><t>b</t></rPh></si>",
        "<si><t>a</t><phoneticPr></phoneticPr></si>",
        "<si><tx>a</tx></si>",
        "<si><t>a</t>",
        "<si><t>a",
        "<si><t>&amp;</t></si>",
        "<si><t>]]></t></si>",
        "<si><t>a\rb</t></si>",
        "<si><t>_x000D_</t></si>",
        "<si><t>\x01</t></si>",
        "<si><t>\x80</t></si>",
        "<si><t>\xe6\x9d</t></si>",
        "<si><t>\xe0\x80\x80甲</t></si>",
        "<si><t>甲\xe0\x80\x80</t></si>",
        "<si><t>\xed\xa0\x80</t></si>",
        "<si><t>甲\xed\xa0\x80</t></si>",
        "<si><t>\xef\xbf\xbe</t></si>",
        "<si><t>甲\xef\xbf\xbf</t></si>",
        "<si><t>\xf4\x90\x80\x80</t></si>",
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        check(plain[i], strlen(plain[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check(others[i], 0);
    check("<row><c/></row>&", 15);
    check("<row/><row/>", 6);
    check("<si><t>a</t></si></sst>", 17);
}
END_TEST

START_TEST(reads_what_cells_have)
{
    struct slice text =
        SLICE("<row x:r=\"7\" r=\"8\"><c t=\"s\" r=\"A7\"><v>1</v></c><c a:b:r=\"C7\" a:s=\"1\"/>"
              "<c s=\"2\"><f>B1</f><v>甲_</v></c><c><is><t>a</t></is></c></row>");
    struct plain_row row = {0};
    ck_assert_uint_eq(plain_row_read(text, &row), text.length);
    assert_slice(row.number, "7");
    ck_assert_uint_eq(row.count, 4);
    assert_slice(row.cells[0].reference, "A7");
    assert_slice(row.cells[0].type, "s");
    assert_slice(row.cells[0].style, "");
    assert_slice(row.cells[0].value, "1");
    assert_slice(row.cells[1].reference, "");
    assert_slice(row.cells[1].style, "1");
    assert_slice(row.cells[1].value, "");
    assert_slice(row.cells[2].style, "2");
    assert_slice(row.cells[2].value, "甲_");
    assert_slice(row.cells[3].value, "a");
    plain_row_free(&row);
}
END_TEST

/* ---- Against expat -----------------------------------------------------------------------------
 */

/* "r" of a row; for each cell " r,s,t=value". Of a string, its text. */
struct noting {
    struct buffer notes;
    bool in_value;
};

static void note_attribute(struct buffer *notes, const char **attributes, const char *name)
{
    const char *value = xml_attribute(attributes, name);
    buffer_append(notes, value ? slice_of(value) : SLICE(""));
}

static void note_start(void *context, const char *element, const char **attributes)
{
    struct noting *noting = context;
    if (strcmp(element, "row") == 0) {
        note_attribute(&noting->notes, attributes, "r");
    } else if (strcmp(element, "c") == 0) {
        static const char *const names[] = {" r", ",s", ",t"};
        for (int i = 0; i < 3; i++) {
            buffer_append_byte(&noting->notes, names[i][0]);
            note_attribute(&noting->notes, attributes, names[i] + 1);
        }
        buffer_append_byte(&noting->notes, '=');
    }
    noting->in_value = strcmp(element, "v") == 0 || strcmp(element, "t") == 0;
}

static void note_end(void *context, const char *element)
{
    (void)element;
    ((struct noting *)context)->in_value = false;
}

static void note_text(void *context, const char *text, int length)
{
    struct noting *noting = context;
    if (noting->in_value)
        buffer_append(&noting->notes, (struct slice){text, (size_t)length});
}

static bool read_by_expat(struct slice text, struct buffer *notes)
{
    struct noting noting = {.in_value = false};
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, &noting);
    XML_SetElementHandler(parser, note_start, note_end);
    XML_SetCharacterDataHandler(parser, note_text);
    bool is_sound = XML_Parse(parser, text.at, (int)text.length, XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(parser);
    *notes = noting.notes;
    return is_sound;
}

/* The length of the row or string at the beginning; 0 if there is none that is plain. */
static size_t read_plain(struct slice text, struct buffer *notes)
{
    struct plain_row row = {0};
    struct slice string;
    size_t length = plain_string_read(text, &string);
    if (length > 0) {
        buffer_append(notes, string);
        return length;
    }
    length = plain_row_read(text, &row);
    buffer_append(notes, length > 0 ? row.number : SLICE(""));
    for (size_t i = 0; length > 0 && i < row.count; i++) {
        const struct plain_cell *cell = &row.cells[i];
        const struct slice parts[] = {SLICE(" "), cell->reference, SLICE(","), cell->style,
                                      SLICE(","), cell->type,      SLICE("="), cell->value};
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++)
            buffer_append(notes, parts[j]);
    }
    plain_row_free(&row);
    return length;
}

static void append_string(uint64_t *random, struct buffer *out)
{
    buffer_append_format(out, "<si><t%s>", next_random(random) % 8 == 0 ? any_piece(random) : "");
    for (uint32_t count = next_random(random) % 5; count > 0; count--)
        buffer_append(out, slice_of(any_piece(random)));
    buffer_append(out, SLICE("</t></si>"));
}

START_TEST(reads_elements_as_expat_does)
{
    uint64_t random = 5;
    size_t plain = 0;
    for (int run = 0; run < 200000; run++) {
        struct buffer text = {0};
        struct buffer notes = {0};
        struct buffer expected = {0};
        if (run % 3 == 0)
            append_row(&random, &text);
        if (run % 3 == 1)
            append_string(&random, &text);
        for (uint32_t count = next_random(&random) % 7; run % 3 == 2 && count > 0; count--)
            buffer_append(&text, slice_of(any_piece(&random)));
        buffer_string(&text);
        if (text.length > 0 && next_random(&random) % 4 == 0)
            text.data[next_random(&random) % text.length] = (char)next_random(&random);
        size_t length = read_plain(buffer_slice(&text), &notes);
        ck_assert_uint_le(length, text.length);
        if (length > 0) {
            ck_assert_msg(read_by_expat((struct slice){text.data, length}, &expected), "%s",
                          text.data);
            assert_slice(buffer_slice(&notes), buffer_string(&expected));
            plain++;
        }
        buffer_free(&text);
        buffer_free(&notes);
        buffer_free(&expected);
    }
    ck_assert_uint_gt(plain, 50000);
}
END_TEST

SUITE_MAIN("plain_xml", tells_plain_elements, reads_what_cells_have, reads_elements_as_expat_does)
