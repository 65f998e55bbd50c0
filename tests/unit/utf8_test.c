#include "util/utf8.h"

#include "text_export.h"

/*
 * The length of the character at the start, as RFC 3629 defines it by its bits, written to be plain
 * and not fast: 0 if there is none.
 */
static size_t naive_length(const unsigned char *at, size_t left)
{
    size_t length = at[0] < 0x80             ? 1
                    : (at[0] & 0xe0) == 0xc0 ? 2
                    : (at[0] & 0xf0) == 0xe0 ? 3
                    : (at[0] & 0xf8) == 0xf0 ? 4
                                             : 0;
    if (length == 0 || length > left)
        return 0;
    uint32_t value = length == 1 ? at[0] : at[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool fits = value >= least[length] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    return fits ? length : 0;
}

/* True if some bytes behind these would make them a character. */
static bool naive_may_go_on(const unsigned char *at, size_t left)
{
    static const unsigned char tails[] = {0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf};
    unsigned char text[7];
    if (left == 0 || left > 3)
        return false;
    memcpy(text, at, left);
    for (size_t tail = 0; tail < sizeof tails; tail++) {
        text[left] = tails[tail];
        text[left + 1] = text[left + 2] = 0x80;
        if (naive_length(text, left + 3) > left)
            return true;
    }
    return false;
}

static void check(struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    size_t expected = 0, length;
    while (expected < text.length &&
           (length = naive_length(bytes + expected, text.length - expected)) > 0)
        expected += length;
    bool expected_cut = naive_may_go_on(bytes + expected, text.length - expected);
    bool cut = !expected_cut;
    size_t got = utf8_valid_prefix(text, &cut);
    char shown[100] = "";
    for (size_t i = 0; i < text.length && i < 30; i++)
        snprintf(shown + 3 * i, 4, "%02x ", bytes[i]);
    ck_assert_msg(got == expected && cut == expected_cut,
                  "%s: %zu bytes are valid%s, expected %zu%s", shown, got, cut ? " and cut" : "",
                  expected, expected_cut ? " and cut" : "");
}

/* All texts of one to three bytes out of those that matter, and what may stand before them. */
START_TEST(short_texts)
{
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++) {
            char text[] = {(char)first, (char)second, (char)0x80, (char)0xbf, 'a'};
            for (size_t length = 0; length <= sizeof text; length++)
                check((struct slice){text, length});
        }
}
END_TEST

START_TEST(edges)
{
    static const struct {
        const char *text;
        size_t valid;
        bool cut;
    } texts[] = {
        {"", 0, false},
        {"a", 1, false},
        {"\x7f", 1, false},
        {"\xc2\x80", 2, false},
        {"\xdf\xbf", 2, false},
        {"\xe0\xa0\x80", 3, false},
        {"\xed\x9f\xbf", 3, false},
        {"\xee\x80\x80", 3, false},
        {"\xef\xbf\xbf", 3, false},
        {"\xf0\x90\x80\x80", 4, false},
        {"\xf4\x8f\xbf\xbf", 4, false},
        {"\xc0\x80", 0, false},         /* overlong */
        {"\xc1\xbf", 0, false},         /* overlong */
        {"\xe0\x9f\xbf", 0, false},     /* overlong */
        {"\xf0\x8f\xbf\xbf", 0, false}, /* overlong */
        {"\xed\xa0\x80", 0, false},     /* a surrogate */
        {"\xed\xbf\xbf", 0, false},     /* a surrogate */
        {"\xed\xa0", 0, false},         /* what can only become one */
        {"\xf4\x90\x80\x80", 0, false}, /* past U+10FFFF */
        {"\xf5\x80", 0, false},
        {"\x80", 0, false},
        {"a\xe4", 1, true},
        {"a\xe4\xb8", 1, true},
        {"\xf0\xa0\xae", 0, true},
        {"\xe4\xb8"
         "a",
         0, false},
        {"12345678\xe4\xb8\xad"
         "9",
         12, false},
        {"1234567\xff", 7, false},
        {"12345678\xff", 8, false},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bool cut = !texts[i].cut;
        ck_assert_uint_eq(utf8_valid_prefix(slice_of(texts[i].text), &cut), texts[i].valid);
        ck_assert_int_eq(cut, texts[i].cut);
    }
}
END_TEST

/* Random texts of bytes that begin, continue and break characters, most of them whole characters.
 */
START_TEST(random_texts)
{
    static const struct slice pieces[] = {{"a", 1},
                                          {"abcdefgh", 8},
                                          {"\xc3\xa9", 2},
                                          {"\xe4\xb8\xad", 3},
                                          {"\xed\x95\x9c", 3},
                                          {"\xf0\xa0\xae\xb7", 4},
                                          {"\xf4\x8f\xbf\xbd", 4},
                                          {"\xe0\xa4\x84", 3}};
    uint64_t state = 7;
    for (size_t round = 0; round < 200000; round++) {
        char text[80];
        size_t length = 0;
        uint32_t count = next_random(&state) % 12;
        for (uint32_t i = 0; i < count; i++) {
            struct slice piece = pieces[next_random(&state) % 8];
            memcpy(text + length, piece.at, piece.length);
            length += piece.length;
        }
        if (length > 0 && round % 3) /* one byte is another one */
            text[next_random(&state) % length] = (char)next_random(&state);
        if (length > 0 && round % 2)
            length = next_random(&state) % length;
        check((struct slice){text, length});
    }
}
END_TEST

/* Many characters of three bytes one behind the other, of which one is not whole or another one. */
START_TEST(long_texts)
{
    static const unsigned char others[] = {0xe0, 0xed, 0xe1, 0xef, 0x80, 0x9f, 0xa0,
                                           0xbf, 0xc0, 0x7f, 0xf0, 0xff, 0x00};
    enum { CHARACTERS = 20 };
    for (size_t before = 0; before < 4; before++)
        for (size_t place = 0; place < before + CHARACTERS * 3; place++)
            for (size_t other = 0; other < sizeof others; other++) {
                char text[4 + CHARACTERS * 3] = "abc";
                for (size_t i = 0; i < CHARACTERS; i++)
                    memcpy(text + before + 3 * i, i % 2 ? "\xe4\xb8\xad" : "\xef\xbc\x9b", 3);
                text[place] = (char)others[other];
                check((struct slice){text, before + CHARACTERS * 3});
            }
}
END_TEST

SUITE_MAIN("utf8", short_texts, edges, random_texts, long_texts)
