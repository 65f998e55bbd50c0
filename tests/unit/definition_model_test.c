/* The words that are found in names and scopes, against a model that goes character by character
 * and puts down the text in which each word is to occur. */
#include "record/definition.h"
#include "record/text.h"

#include "suite.h"
#include "text_export.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define GAP "\xFF"

/* More than the longest text has bytes. */
enum { MOST = 2000 };

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
    ck_assert_uint_le(text.length, MOST);
    characters->count = 0;
    for (size_t at = 0; at < text.length;) {
        size_t length = length_of((unsigned char)text.at[at]);
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
                                     "\uFEFF",   "甲",       "乙䶮",
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

/* A few characters of a text, one behind the other. */
static struct slice some_of(uint64_t *random, struct slice text)
{
    struct characters characters;
    split(text, &characters);
    if (characters.count == 0)
        return (struct slice){0};
    size_t from = below(random, characters.count), to = from + below(random, 4);
    if (to >= characters.count)
        to = characters.count - 1;
    const char *begin = characters.at[from].at;
    return (struct slice){begin, (size_t)(characters.at[to].at + characters.at[to].length - begin)};
}

/* Words out of what counts, of what may not count, and of none of it. */
static void some_word(uint64_t *random, struct slice counts, struct slice folded,
                      struct buffer *word)
{
    const struct slice texts[] = {some_of(random, counts), some_of(random, folded),
                                  slice_of(PIECES[below(random, COUNT(PIECES))])};
    buffer_clear(word);
    definition_word(texts[below(random, COUNT(texts))], word);
    buffer_string(word);
}

enum { WORDS = 8 };

START_TEST(negating_brackets_go_as_in_the_model)
{
    uint64_t random = 5;
    size_t occurred = 0, stripped = 0;
    struct buffer name = {0}, scope = {0}, room = {0}, folded = {0}, counts = {0}, word = {0};
    for (int round = 0; round < 60000; round++) {
        struct definition_index index = {0};
        uint64_t expected = 0, found;
        bool added = true;
        make_text(&random, &name);
        make_text(&random, &scope);
        buffer_clear(&folded);
        buffer_clear(&counts);
        text_fold(buffer_slice(&name), TEXT_FOLD_CASE, &folded);
        text_fold(buffer_slice(&scope), TEXT_FOLD_CASE, &folded);
        append_counting(buffer_slice(&name), &counts);
        buffer_append(&counts, SLICE(GAP));
        append_counting(buffer_slice(&scope), &counts);
        for (int i = 0; i < WORDS; i++) {
            some_word(&random, buffer_slice(&counts), buffer_slice(&folded), &word);
            bool occurs = word.length > 0 && slice_find(buffer_slice(&counts), buffer_slice(&word));
            added &= definition_index_add(&index, i, buffer_slice(&word), true);
            expected |= occurs ? (uint64_t)1 << i : 0;
            occurred += occurs;
            stripped += !occurs && slice_find(buffer_slice(&folded), buffer_slice(&word));
        }
        ck_assert(added && definition_index_find(&index, buffer_slice(&name), buffer_slice(&scope),
                                                 &room, &found));
        ck_assert_msg(found == expected, "\"%s\", \"%s\": found %#llx, not %#llx of \"%s\"",
                      buffer_string(&name), buffer_string(&scope), (unsigned long long)found,
                      (unsigned long long)expected, buffer_string(&counts));
        definition_index_free(&index);
    }
    ck_assert_uint_gt(occurred, 150000);
    ck_assert_uint_gt(stripped, 20000);
    buffer_free(&name);
    buffer_free(&scope);
    buffer_free(&room);
    buffer_free(&folded);
    buffer_free(&counts);
    buffer_free(&word);
}
END_TEST

/* ---- Words -------------------------------------------------------------------------------------
 */

static const char *const LETTERS[] = {"甲", "乙", "䶮",     "蔲", "跨", "a", "b",
                                      "é",  "𠮷", "\uFFFD", "；", "Ａ", "B"};

static void make_letters(uint64_t *random, size_t most, struct buffer *word)
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
    struct buffer name = {0}, scope = {0}, text = {0}, word = {0}, room = {0}, letters = {0};
    for (int round = 0; round < 40000; round++) {
        struct definition_index index = {0};
        struct expected expected = {0};
        uint64_t found;
        make_letters(&random, 12, &name);
        make_letters(&random, 2, &scope);
        buffer_clear(&text);
        text_fold(buffer_slice(&name), TEXT_FOLD_CASE, &text);
        buffer_append(&text, SLICE(GAP));
        text_fold(buffer_slice(&scope), TEXT_FOLD_CASE, &text);
        for (size_t i = below(&random, 6); i > 0; i--) {
            int definition = (int)below(&random, 3) * 31;
            bool wanted = below(&random, 2);
            make_letters(&random, 3, &letters);
            buffer_clear(&word);
            definition_word(buffer_slice(&letters), &word);
            buffer_string(&word);
            ck_assert(definition_index_add(&index, definition, buffer_slice(&word), wanted));
            look_for(&expected, (uint64_t)1 << definition, wanted, buffer_slice(&word),
                     buffer_slice(&text));
        }
        ck_assert(definition_index_find(&index, buffer_slice(&name), buffer_slice(&scope), &room,
                                        &found));
        ck_assert_uint_eq(found, expected.known & ~(expected.wanting & ~expected.wanted) &
                                     ~expected.unwanted);
        with += found != 0;
        without += found != expected.known;
        definition_index_free(&index);
    }
    ck_assert_uint_gt(with, 8000);
    ck_assert_uint_gt(without, 8000);
    buffer_free(&name);
    buffer_free(&scope);
    buffer_free(&text);
    buffer_free(&word);
    buffer_free(&room);
    buffer_free(&letters);
}
END_TEST

SUITE_MAIN("definition_model", negating_brackets_go_as_in_the_model, words_are_found_as_one_by_one)
