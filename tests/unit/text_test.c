#include "record/text.h"

#include <stdint.h>
#include <utf8proc.h>

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void check_clean(const char *cell, const char *expected)
{
    assert_slice(text_clean(slice_of(cell)), expected);
}

static void check_fold(const char *text, unsigned fold, const char *expected)
{
    struct buffer out = {0};
    text_fold(slice_of(text), fold, &out);
    assert_slice(buffer_slice(&out), expected);
    ck_assert(!out.failed);
    buffer_free(&out);
}

START_TEST(clean_takes_blanks_off_both_ends)
{
    static const char *const BLANKS[] = {
        " ",      "\t",     "\n",     "\v",     "\f",     "\r",       "\u00a0",
        "\u1680", "\u3000", "\ufeff", "\u2000", "\u2001", "\u2002",   "\u2003",
        "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",   "\u200a",
        "\u200b", "\u202f", "\u205f", "\u2028", "\u2029", "\xc2\x85", " \u3000\r\n\u00a0"};
    for (size_t i = 0; i < COUNT(BLANKS); i++) {
        struct buffer cell = {0};
        buffer_append_format(&cell, "%s义乌 甲\u3000公司%s", BLANKS[i], BLANKS[i]);
        assert_slice(text_clean(buffer_slice(&cell)), "义乌 甲\u3000公司");
        buffer_clear(&cell);
        buffer_append_format(&cell, "义乌%s", BLANKS[i]);
        assert_slice(text_clean(buffer_slice(&cell)), "义乌");
        buffer_clear(&cell);
        buffer_append_format(&cell, "%s1", BLANKS[i]);
        assert_slice(text_clean(buffer_slice(&cell)), "1");
        check_clean(BLANKS[i], "");
        buffer_free(&cell);
    }
    check_clean("", "");
    ck_assert_uint_eq(text_clean((struct slice){0}).length, 0);
}
END_TEST

START_TEST(clean_leaves_other_characters)
{
    /* They share bytes with white space. */
    static const char *const TEXTS[] = {"、甲。", "“甲”",   "\xc2\x80", "¡甲¢",   "—甲—",
                                        "🀀",      "ﾠ甲", "가",       "\xa0甲", "甲\x80"};
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        check_clean(TEXTS[i], TEXTS[i]);
}
END_TEST

START_TEST(clean_takes_wrappers_off)
{
    check_clean("=\"91310000775785552L\"", "91310000775785552L");
    check_clean(" =\" 9145.. \" ", "9145..");
    check_clean("=\"-\"", "-");
    check_clean("=\"\"", "");
    check_clean("'2021-01-28", "2021-01-28");
    check_clean(" ' 2021-01-28", "2021-01-28");
    check_clean("=\"'0571\"", "0571");
    check_clean("'", "");
    check_clean("=\"", "=\"");
    check_clean("=\"甲", "=\"甲");
    check_clean("甲's", "甲's");
    check_clean("=1+1", "=1+1");
}
END_TEST

START_TEST(clean_points_into_the_cell)
{
    const char *cell = "  =\"甲\"";
    ck_assert_ptr_eq(text_clean(slice_of(cell)).at, cell + 4);
}
END_TEST

START_TEST(markers_are_missing)
{
    static const char *const MARKERS[] = {"",
                                          "-",
                                          "--",
                                          "—",
                                          "–",
                                          "——",
                                          "―",
                                          "/",
                                          "//",
                                          "\\",
                                          "*",
                                          "***",
                                          "-/-",
                                          "－",
                                          "／",
                                          "＼",
                                          "＊",
                                          "无",
                                          "暂无",
                                          "未知",
                                          "未公开",
                                          "未披露",
                                          "null",
                                          "NULL",
                                          "Null",
                                          "none",
                                          "None",
                                          "nan",
                                          "NaN",
                                          "n/a",
                                          "N/A",
                                          "Ｎ／Ａ",
                                          "ｎｕｌｌ",
                                          "ＮＵＬＬ",
                                          "－－－－－－－－",
                                          "————————",
                                          "********************"};
    for (size_t i = 0; i < COUNT(MARKERS); i++)
        ck_assert_msg(text_is_missing(slice_of(MARKERS[i])), "%s", MARKERS[i]);
    ck_assert(text_is_missing((struct slice){0}));
}
END_TEST

START_TEST(other_texts_are_not_missing)
{
    static const char *const TEXTS[] = {
        "0",      "a",     "无锡甲公司", "无锡市",      "未知公司",      "未来公司", "暂无公司",
        "江苏省", "杭州",  "-1",         "—甲",         "1/2",           "n",        "na",
        "nano",   "nulls", "nul",        "N/A.",        "－１",          "无无",     "--- 甲 ---",
        "“",      "“无”",  "ＮＡＮＯ",   "******** 甲", "none of these", "暂",       "未"};
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        ck_assert_msg(!text_is_missing(slice_of(TEXTS[i])), "%s", TEXTS[i]);
    ck_assert(!text_is_missing((struct slice){"\0", 1}));
}
END_TEST

/* Cells put together of whatever ends, wraps or stands for a text, in all orders. */
START_TEST(a_value_is_clean_and_not_missing)
{
    static const char *const PIECES[] = {
        "",   " ",      "\t", "\xc2\x85", "\u00a0", "\u2000", "\u3000", "\ufeff", "=\"",  "\"",
        "'",  "-",      "—",  "／",       "*",      "\\",     "n",      "N/A",    "null", "ｎａｎ",
        "无", "未公开", "暂", "浙",       "、",     "1",      "Ａ",     "\xe2",   "\xe6", "\xa0"};
    size_t filled = 0;
    for (size_t i = 0; i < COUNT(PIECES) * COUNT(PIECES) * COUNT(PIECES); i++) {
        struct buffer cell = {0};
        buffer_append_format(&cell, "%s%s%s", PIECES[i % COUNT(PIECES)],
                             PIECES[i / COUNT(PIECES) % COUNT(PIECES)],
                             PIECES[i / COUNT(PIECES) / COUNT(PIECES)]);
        struct slice clean = text_clean(buffer_slice(&cell));
        struct slice value = text_value(buffer_slice(&cell));
        if (text_is_missing(clean))
            ck_assert_msg(!value.at, "%s", buffer_string(&cell));
        else
            ck_assert_msg(value.at == clean.at && value.length == clean.length, "%s",
                          buffer_string(&cell));
        filled += value.at != NULL;
        buffer_free(&cell);
    }
    ck_assert_uint_gt(filled, COUNT(PIECES) * COUNT(PIECES));
    ck_assert_ptr_null(text_value((struct slice){0}).at);
}
END_TEST

START_TEST(fold_makes_widths_alike)
{
    check_fold("ＡＢＣ（中国）　１２３", 0, "ABC(中国) 123");
    check_fold("ﾊﾟﾋﾟﾌﾟ", 0, "パピプ");
    check_fold("①㈱㎏Ⅷ", 0, "1(株)kgVIII");
    check_fold("义乌、杭州。", 0, "义乌、杭州。");
    check_fold("", 0, "");
}
END_TEST

START_TEST(fold_composes_across_the_known)
{
    check_fold("e\u0301", 0, "é");
    check_fold("甲e\u0301乙", 0, "甲é乙");
    check_fold("ｅ\u0301", 0, "é");
    check_fold("Ｅ\u0301甲", TEXT_FOLD_CASE, "é甲");
    check_fold(" \u0301", TEXT_DROP_SPACE, "\u0301");
    check_fold("a\u0301\u0323", 0, "ạ\u0301");
}
END_TEST

START_TEST(fold_case)
{
    check_fold("AbZ ＡｂＺ", TEXT_FOLD_CASE, "abz abz");
    check_fold("AbZ", 0, "AbZ");
    check_fold("STRASSE straße", TEXT_FOLD_CASE, "strasse strasse");
    check_fold("ÄÖÜ", TEXT_FOLD_CASE, "äöü");
    check_fold("@[`{", TEXT_FOLD_CASE, "@[`{");
}
END_TEST

START_TEST(fold_drops_space)
{
    check_fold(" a\tb\r\nc\v\fd ", TEXT_DROP_SPACE, "abcd");
    check_fold("甲\u3000乙\u00a0丙\ufeff丁\u2003戊\u200b己\u2028庚\xc2\x85", TEXT_DROP_SPACE,
               "甲乙丙丁戊己庚");
    check_fold("a b", 0, "a b");
}
END_TEST

START_TEST(fold_makes_brackets_alike)
{
    check_fold("(a)（b）[c]［d］{e}｛f｝", TEXT_SAME_BRACKETS, "(a)(b)(c)(d)(e)(f)");
    check_fold("【a】〔b〕〈c〉《d》「e」『f』〖g〗", TEXT_SAME_BRACKETS, "(a)(b)(c)(d)(e)(f)(g)");
    check_fold("｢a｣⟨b⟩é", TEXT_SAME_BRACKETS, "(a)(b)é");
    check_fold("【a】[b]", 0, "【a】[b]");
}
END_TEST

START_TEST(fold_replaces_bytes_that_are_no_utf8)
{
    check_fold("a\xff"
               "b",
               0,
               "a\ufffd"
               "b");
    check_fold("\xe4\xb8", 0, "\ufffd\ufffd");
    check_fold("甲\xe4\xb8乙", 0, "甲\ufffd\ufffd乙");
    check_fold("\xc0\x80", 0, "\ufffd\ufffd");
    check_fold("\xed\xa0\x80", 0, "\ufffd\ufffd\ufffd");
    check_fold("\xf4\x90\x80\x80", 0, "\ufffd\ufffd\ufffd\ufffd");
    check_fold("é\x80", 0, "é\ufffd");
    check_fold("\xe4\x41\x42", 0,
               "\ufffd"
               "AB");
}
END_TEST

START_TEST(fold_appends)
{
    struct buffer out = {0};
    buffer_append(&out, SLICE("e"));
    text_fold(SLICE("\u0301"), 0, &out);
    text_fold(SLICE("Ａ"), TEXT_FOLD_CASE, &out);
    assert_slice(buffer_slice(&out), "e\u0301a");
    buffer_free(&out);
}
END_TEST

/* What the library makes of a whole text of valid UTF-8. */
static void check_against_library(struct slice text, unsigned fold)
{
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
    if (fold & TEXT_FOLD_CASE)
        options |= UTF8PROC_CASEFOLD;
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.at,
                                           (utf8proc_ssize_t)text.length, &mapped, options);
    struct buffer out = {0};
    text_fold(text, fold, &out);
    struct slice expected = {(const char *)mapped, (size_t)length};
    if (length < 0 || !slice_equal(buffer_slice(&out), expected))
        ck_abort_msg("\"%.*s\" became \"%.*s\", not \"%s\"", (int)text.length, text.at,
                     (int)out.length, out.data, mapped);
    buffer_free(&out);
    free(mapped);
}

START_TEST(every_character_as_in_the_library)
{
    struct buffer among = {0};
    for (utf8proc_int32_t codepoint = 0; codepoint <= 0x10ffff; codepoint++) {
        if (!utf8proc_codepoint_valid(codepoint))
            continue;
        /* Alone, and among others, which are folded in larger steps. */
        utf8proc_uint8_t bytes[4];
        struct slice text = {(const char *)bytes, (size_t)utf8proc_encode_char(codepoint, bytes)};
        check_against_library(text, 0);
        check_against_library(text, TEXT_FOLD_CASE);
        const struct slice pieces[] = {SLICE("北"), text,         text, SLICE("\u0327京海市a"),
                                       text,        SLICE("北京")};
        buffer_clear(&among);
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
            buffer_append(&among, pieces[i]);
        check_against_library(buffer_slice(&among), TEXT_FOLD_CASE);
        check_against_library(slice_from(buffer_slice(&among), 3), TEXT_FOLD_CASE);
        buffer_append(&among, text);
        buffer_append(&among, SLICE("\u0327"));
        check_against_library(buffer_slice(&among), TEXT_FOLD_CASE);
    }
    buffer_free(&among);
}
END_TEST

START_TEST(bytes_that_are_no_character_among_ideographs)
{
    const struct slice whole = SLICE("北京市场");
    for (size_t broken = 0; broken < whole.length; broken++) {
        char text[] = "北京市场";
        struct buffer out = {0}, expected = {0};
        text[broken] = 'x';
        for (size_t i = 0; i < whole.length; i++)
            if (i / 3 != broken / 3)
                buffer_append_byte(&expected, text[i]);
            else
                buffer_append(&expected, i == broken ? SLICE("x") : SLICE("\uFFFD"));
        text_fold((struct slice){text, whole.length}, 0, &out);
        assert_slice(buffer_slice(&out), buffer_string(&expected));
        buffer_free(&out);
        buffer_free(&expected);
    }
}
END_TEST

static uint32_t random_below(uint32_t *state, uint32_t bound)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % bound;
}

START_TEST(random_texts_as_in_the_library)
{
    /* Mostly what names are made of, with characters that change and that go together. */
    static const struct {
        uint32_t first, count;
    } RANGES[] = {{0x20, 0x5f},    {0x20, 0x5f},    {0x4e00, 0x5200}, {0x4e00, 0x5200},
                  {0x3000, 0x30},  {0xff00, 0xf0},  {0x300, 0x70},    {0xa0, 0x160},
                  {0x2010, 0x60},  {0x3040, 0xc0},  {0x1100, 0x200},  {0xac00, 0x2ba0},
                  {0x370, 0x100},  {0x1f00, 0x100}, {0x2460, 0x40},   {0x900, 0x400},
                  {0x11080, 0x50}, {0x20000, 0x80}, {0x2f800, 0x200}, {0xf900, 0x200}};
    uint32_t state = 20240924;
    for (int round = 0; round < 100000; round++) {
        char bytes[200];
        size_t length = 0;
        for (uint32_t left = random_below(&state, 40); left > 0; left--) {
            size_t range = random_below(&state, COUNT(RANGES));
            uint32_t codepoint = RANGES[range].first + random_below(&state, RANGES[range].count);
            length += (size_t)utf8proc_encode_char((utf8proc_int32_t)codepoint,
                                                   (utf8proc_uint8_t *)bytes + length);
        }
        check_against_library((struct slice){bytes, length}, 0);
        check_against_library((struct slice){bytes, length}, TEXT_FOLD_CASE);
    }
}
END_TEST

START_TEST(random_bytes_come_out_as_utf8)
{
    uint32_t state = 7;
    for (int round = 0; round < 20000; round++) {
        char bytes[64];
        size_t length = random_below(&state, sizeof bytes);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)random_below(&state, 256);
        struct buffer out = {0};
        text_fold((struct slice){bytes, length}, random_below(&state, 8), &out);
        for (size_t at = 0; at < out.length;) {
            utf8proc_int32_t codepoint;
            utf8proc_ssize_t step =
                utf8proc_iterate((const utf8proc_uint8_t *)out.data + at,
                                 (utf8proc_ssize_t)(out.length - at), &codepoint);
            ck_assert(step > 0);
            at += (size_t)step;
        }
        buffer_free(&out);
    }
}
END_TEST

START_TEST(a_long_run_of_marks_takes_no_long_time)
{
    /* 220 before 230 is the order: every one of the second half would travel over all of the first.
     */
    struct buffer text = {0}, out = {0};
    for (int i = 0; i < 200000; i++)
        buffer_append(&text, SLICE("\u0301"));
    for (int i = 0; i < 200000; i++)
        buffer_append(&text, SLICE("\u0323"));
    text_fold(buffer_slice(&text), 0, &out);
    ck_assert_uint_eq(out.length, text.length);
    ck_assert(!out.failed);
    /* The character that comes apart into most. */
    buffer_clear(&text);
    buffer_clear(&out);
    for (int i = 0; i < 10000; i++)
        buffer_append(&text, SLICE("\ufdfa"));
    text_fold(buffer_slice(&text), 0, &out);
    ck_assert_uint_eq(out.length, 33u * 10000);
    ck_assert(!out.failed);
    buffer_free(&text);
    buffer_free(&out);
}
END_TEST

START_TEST(replacement_characters_are_found)
{
    ck_assert(text_has_replacement(SLICE("\ufffd")));
    ck_assert(text_has_replacement(SLICE("义乌\ufffd公司")));
    ck_assert(!text_has_replacement(SLICE("义乌公司")));
    ck_assert(!text_has_replacement(SLICE("\xef\xbf")));
    ck_assert(!text_has_replacement(SLICE("\ufffc")));
    ck_assert(!text_has_replacement((struct slice){0}));
}
END_TEST

SUITE_MAIN("text", clean_takes_blanks_off_both_ends, clean_leaves_other_characters,
           clean_takes_wrappers_off, clean_points_into_the_cell, markers_are_missing,
           other_texts_are_not_missing, a_value_is_clean_and_not_missing, fold_makes_widths_alike,
           fold_composes_across_the_known, fold_case, fold_drops_space, fold_makes_brackets_alike,
           fold_replaces_bytes_that_are_no_utf8, fold_appends, every_character_as_in_the_library,
           bytes_that_are_no_character_among_ideographs, random_texts_as_in_the_library,
           random_bytes_come_out_as_utf8, a_long_run_of_marks_takes_no_long_time,
           replacement_characters_are_found)
