/* Texts in which words are looked for, and the words found, against a model that goes character by
 * character. */
#include "record/definition.h"
#include "record/text.h"

#include "suite.h"
#include "text_export.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define GAP "\xFF"

enum { MOST = 400 };

struct characters {
    struct slice at[MOST];
    size_t count;
};

static size_t length_of(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static void split(struct slice text, struct characters *characters)
{
    characters->count = 0;
    for (size_t at = 0; at < text.length;) {
        size_t length = length_of((unsigned char)text.at[at]);
        ck_assert_uint_lt(characters->count, MOST);
        characters->at[characters->count++] = (struct slice){text.at + at, length};
        at += length;
    }
}

/* ---- Negating brackets -------------------------------------------------------------------------
 */

static const char *const PAIRS[][2] = {
    {"(", ")"}, {"[", "]"}, {"{", "}"}, {"【", "】"}, {"〔", "〕"}};
static const char *const STARTS[] = {"不含", "除", "不包括", "不得", "禁止"};
static const char *const BLANKS[] = {" ",  "\t",     "\n",     "\v",     "\f",
                                     "\r", "\u1680", "\u2028", "\u2029", "\uFEFF"};

/* The kind of a bracket that opens (side 0) or closes (1); -1 if it is none. */
static int kind_of(struct slice character, size_t side)
{
    for (size_t i = 0; i < COUNT(PAIRS); i++)
        if (slice_equal(character, slice_of(PAIRS[i][side])))
            return (int)i;
    return -1;
}

static bool is_blank(struct slice character)
{
    for (size_t i = 0; i < COUNT(BLANKS); i++)
        if (slice_equal(character, slice_of(BLANKS[i])))
            return true;
    return false;
}

/* Where the bracket that opens at `at` is closed; the end if never: brackets inside are gone over
 * whole. */
static size_t end_of(const struct characters *text, size_t at)
{
    for (size_t i = at + 1; i < text->count; i++) {
        if (kind_of(text->at[i], 1) == kind_of(text->at[at], 0))
            return i;
        if (kind_of(text->at[i], 0) >= 0)
            i = end_of(text, i);
    }
    return text->count;
}

static bool negates(const struct characters *text, size_t from, size_t to)
{
    while (from < to && is_blank(text->at[from]))
        from++;
    while (to > from && is_blank(text->at[to - 1]))
        to--;
    if (from == to)
        return false;
    const char *begin = text->at[from].at, *end = text->at[to - 1].at + text->at[to - 1].length;
    struct slice content = {begin, (size_t)(end - begin)};
    for (size_t i = 0; i < COUNT(STARTS); i++)
        if (slice_find(content, slice_of(STARTS[i])) == content.at)
            return true;
    return slice_ends_with(content, SLICE("除外"));
}

static void append_counting(struct slice text, struct buffer *out)
{
    struct buffer folded = {0};
    struct characters characters;
    text_fold(text, TEXT_FOLD_CASE, &folded);
    split(buffer_slice(&folded), &characters);
    for (size_t i = 0; i < characters.count; i++) {
        size_t end = kind_of(characters.at[i], 0) < 0 ? i : end_of(&characters, i);
        if (end == i || !negates(&characters, i + 1, end)) {
            buffer_append(out, characters.at[i]);
            continue;
        }
        if (end < characters.count)
            buffer_append(out, SLICE(GAP));
        i = end;
    }
    buffer_free(&folded);
}

/* ---- Random texts ------------------------------------------------------------------------------
 */

/* What a text is made of: brackets and what negates, more often than not. */
static const char *const PIECES[] = {"(",        ")",        "（",
                                     "）",       "[",        "］",
                                     "{",        "｝",       "【",
                                     "】",       "〔",       "〕",
                                     "(",        ")",        "（",
                                     "）",       "除",       "除外",
                                     "不含",     "不",       "含",
                                     "不包括",   "不得",     "禁止",
                                     "外",       " ",        "\t",
                                     "　",       "\u1680",   "\u2028",
                                     "\uFEFF",   "甲",       "乙甲",
                                     "跨境电商", "电商",     "、",
                                     "；",       "〈",       "『",
                                     "\u3000",   "㈠",       "⑴",
                                     "﹙",       "Ｙ",       "Y",
                                     "_",        "y\x7F",    "ｂ２c",
                                     "é",        "e\u0301",  "𠮷",
                                     "\xE3",     "\xE3\x80", "\x90",
                                     "\xFF",     "\xE8\xB7", "一二三四五六七八九十",
                                     "abcdefgh"};

static uint32_t below(uint64_t *random, size_t limit)
{
    return next_random(random) % (uint32_t)limit;
}

static void make_text(uint64_t *random, struct buffer *text)
{
    buffer_clear(text);
    /* Some texts hold few kinds of pieces, and so more that belong together. */
    size_t kinds = below(random, 2) ? COUNT(PIECES) : 2 + below(random, 6), first = 0;
    if (kinds < COUNT(PIECES))
        first = below(random, COUNT(PIECES) - kinds);
    for (uint32_t length = below(random, 30); length > 0; length--) {
        size_t piece = below(random, 3) ? first + below(random, kinds) : below(random, 25);
        buffer_append(text, slice_of(PIECES[piece]));
    }
}

START_TEST(negating_brackets_go_as_in_the_model)
{
    uint64_t random = 5;
    size_t stripped = 0;
    struct buffer name = {0}, scope = {0}, text = {0}, expected = {0};
    for (int round = 0; round < 60000; round++) {
        make_text(&random, &name);
        make_text(&random, &scope);
        buffer_clear(&text);
        buffer_clear(&expected);
        definition_text(buffer_slice(&name), buffer_slice(&scope), &text);
        append_counting(buffer_slice(&name), &expected);
        buffer_append(&expected, SLICE(GAP));
        append_counting(buffer_slice(&scope), &expected);
        ck_assert_msg(slice_equal(buffer_slice(&text), buffer_slice(&expected)),
                      "\"%s\", \"%s\" came out as\n\"%s\", not\n\"%s\"", buffer_string(&name),
                      buffer_string(&scope), buffer_string(&text), buffer_string(&expected));
        const char *gap = memchr(text.data, '\xFF', text.length);
        stripped += gap + 1 < text.data + text.length &&
                    memchr(gap + 1, '\xFF', (size_t)(text.data + text.length - gap - 1));
    }
    ck_assert_uint_gt(stripped, 5000);
    buffer_free(&name);
    buffer_free(&scope);
    buffer_free(&text);
    buffer_free(&expected);
}
END_TEST

/* ---- Words -------------------------------------------------------------------------------------
 */

static const char *const LETTERS[] = {"甲", "乙", "蔲", "跨", "a", "b", "é", "𠮷", "\uFFFD", "；"};

static void make_word(uint64_t *random, size_t most, struct buffer *word)
{
    buffer_clear(word);
    for (size_t length = below(random, most + 1); length > 0; length--)
        buffer_append(word, slice_of(LETTERS[below(random, COUNT(LETTERS))]));
}

/* What definition_index_find is to find, of words one by one. */
struct expected {
    uint64_t known, wanting, wanted, unwanted;
};

static void look_for(struct expected *expected, uint64_t bit, bool wanted, struct slice word,
                     struct slice text)
{
    bool found = word.length > 0 && slice_find(text, word);
    expected->known |= bit;
    expected->wanting |= wanted ? bit : 0;
    expected->wanted |= wanted && found ? bit : 0;
    expected->unwanted |= !wanted && found ? bit : 0;
}

START_TEST(words_are_found_as_one_by_one)
{
    uint64_t random = 6;
    size_t with = 0, without = 0;
    struct buffer text = {0}, word = {0};
    for (int round = 0; round < 40000; round++) {
        struct definition_index index = {0};
        struct expected expected = {0};
        make_word(&random, 12, &text);
        buffer_append(&text, below(&random, 2) ? SLICE(GAP) : SLICE(""));
        buffer_append(&text, slice_of(LETTERS[below(&random, COUNT(LETTERS))]));
        for (size_t i = below(&random, 6); i > 0; i--) {
            int definition = (int)below(&random, 3) * 31;
            bool wanted = below(&random, 2);
            make_word(&random, 3, &word);
            buffer_string(&word);
            ck_assert(definition_index_add(&index, definition, buffer_slice(&word), wanted));
            look_for(&expected, (uint64_t)1 << definition, wanted, buffer_slice(&word),
                     buffer_slice(&text));
        }
        uint64_t found = definition_index_find(&index, buffer_slice(&text));
        ck_assert_uint_eq(found, expected.known & ~(expected.wanting & ~expected.wanted) &
                                     ~expected.unwanted);
        with += found != 0;
        without += found != expected.known;
        definition_index_free(&index);
    }
    ck_assert_uint_gt(with, 8000);
    ck_assert_uint_gt(without, 8000);
    buffer_free(&text);
    buffer_free(&word);
}
END_TEST

SUITE_MAIN("definition_model", negating_brackets_go_as_in_the_model, words_are_found_as_one_by_one)
