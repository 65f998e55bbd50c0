#include "record/definition.h"

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void check_slice(struct slice got, const char *expected)
{
    ck_assert_msg(slice_equal(got, slice_of(expected)), "got \"%.*s\", expected \"%s\"",
                  (int)got.length, got.at ? got.at : "", expected);
}

/* The words of one definition. */
struct definition_words {
    const struct slice *wanted;
    size_t wanted_count;
    const struct slice *unwanted;
    size_t unwanted_count;
};

static uint64_t find(const struct definition_index *index, struct slice name, struct slice scope)
{
    struct buffer room = {0};
    uint64_t found;
    ck_assert(definition_index_find(index, name, scope, &room, &found));
    buffer_free(&room);
    return found;
}

static bool definition_matches(const struct definition_words *words, struct slice name,
                               struct slice scope)
{
    struct definition_index index = {0};
    ck_assert(definition_index_add(&index, 5, (struct slice){NULL, 0}, true));
    for (size_t i = 0; i < words->wanted_count; i++)
        ck_assert(definition_index_add(&index, 5, words->wanted[i], true));
    for (size_t i = 0; i < words->unwanted_count; i++)
        ck_assert(definition_index_add(&index, 5, words->unwanted[i], false));
    uint64_t found = find(&index, name, scope);
    ck_assert(found == 0 || found == 1 << 5);
    definition_index_free(&index);
    return found != 0;
}

static bool finds(struct slice name, struct slice scope, struct slice word)
{
    struct buffer wanted = {0};
    definition_word(word, &wanted);
    struct slice folded = buffer_slice(&wanted);
    bool found = definition_matches(&(struct definition_words){&folded, 1, NULL, 0}, name, scope);
    buffer_free(&wanted);
    return found;
}

/* Whether 跨境电商 is found in this scope. */
static void check(const char *scope, bool found)
{
    ck_assert_msg(finds(SLICE("甲公司"), slice_of(scope), SLICE("跨境电商")) == found, "\"%s\"",
                  scope);
}

START_TEST(words_are_found_in_name_and_scope)
{
    ck_assert(finds(SLICE("甲跨境电商公司"), SLICE(""), SLICE("跨境电商")));
    ck_assert(finds(SLICE("甲公司"), SLICE("销售；跨境电商"), SLICE("跨境电商")));
    ck_assert(finds((struct slice){NULL, 0}, SLICE("跨境电商"), SLICE("跨境电商")));
    ck_assert(finds(SLICE("跨境电商"), (struct slice){NULL, 0}, SLICE("跨境电商")));
    ck_assert(!finds(SLICE("甲公司"), SLICE("电商；跨境"), SLICE("跨境电商")));
    ck_assert(!finds(SLICE(""), SLICE(""), SLICE("跨境电商")));
    ck_assert(!finds((struct slice){NULL, 0}, (struct slice){NULL, 0}, SLICE("跨境电商")));
}
END_TEST

START_TEST(width_and_case_do_not_matter)
{
    ck_assert(finds(SLICE("ＡＭＡＺＯＮ铺"), SLICE(""), SLICE("amazon")));
    ck_assert(finds(SLICE("amazon铺"), SLICE(""), SLICE(" Ａｍazon\u3000")));
    ck_assert(finds(SLICE(""), SLICE("Ｂ２Ｃ电商"), SLICE("b2c电商")));
}
END_TEST

START_TEST(every_negating_bracket)
{
    static const char *const STARTS[] = {"不含", "除", "不包括", "不得", "禁止"};
    static const char *const PAIRS[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"},   {"［", "］"},
                                           {"{", "}"}, {"｛", "｝"}, {"【", "】"}, {"〔", "〕"}};
    for (size_t i = 0; i < COUNT(PAIRS); i++) {
        struct buffer scope = {0};
        for (size_t j = 0; j < COUNT(STARTS); j++) {
            for (size_t blank = 0; blank < 2; blank++) {
                buffer_clear(&scope);
                buffer_append_format(&scope, "销售%s%s%s跨境电商等%s；零售", PAIRS[i][0],
                                     blank ? " \u3000" : "", STARTS[j], PAIRS[i][1]);
                check(buffer_string(&scope), false);
            }
        }
        for (size_t blank = 0; blank < 2; blank++) {
            buffer_clear(&scope);
            buffer_append_format(&scope, "销售%s其中跨境电商除外%s%s；零售", PAIRS[i][0],
                                 blank ? "\u3000 " : "", PAIRS[i][1]);
            check(buffer_string(&scope), false);
        }
        buffer_clear(&scope);
        buffer_append_format(&scope, "销售%s含跨境电商%s", PAIRS[i][0], PAIRS[i][1]);
        check(buffer_string(&scope), true);
        buffer_free(&scope);
    }
}
END_TEST

START_TEST(a_bracket_does_not_negate_what_is_outside)
{
    ck_assert(finds(SLICE("甲"), SLICE("互联网销售（除销售需要许可的商品）"), SLICE("互联网销售")));
    check("（不含危险品）跨境电商", true);
    check("跨境电商（不含跨境电商）", true);
    check("（不含零售）批发（跨境电商）", true);
    check("不含跨境电商", true);
    check("跨境电商除外", true);
    check("（含不含跨境电商）", true);
    check("（跨境电商除外的）", true);
}
END_TEST

START_TEST(brackets_nest)
{
    check("（除零售（跨境电商））", false);
    check("（除零售【含〔跨境电商〕】批发）", false);
    check("（除零售（批发）跨境电商）", false);
    check("（含零售（除批发）跨境电商）", true);
    check("（含零售（除跨境电商）批发）", false);
    check("（跨境电商（批发）除外）", false);
    check("（（批发）跨境电商除外）", false);
    check("（跨境电商（批发除外））", true);
    check("（零售（除批发）跨境电商除外）", false);
    check("（零售（除批发）跨境电商）", true);
    check("（（除批发）跨境电商）", true);
}
END_TEST

START_TEST(brackets_that_do_not_pair)
{
    check("（除零售；跨境电商", false);
    check("（零售（除批发；跨境电商", false);
    check("（零售；跨境电商", true);
    check("（零售；跨境电商除外", false);
    check("（零售；跨境电商（批发除外", false);
    check("除零售）跨境电商", true);
    check("（除零售】跨境电商", false);
    check("（除零售】批发）跨境电商", true);
    check("）】跨境电商（", true);
    check("跨境电商（除", true);
}
END_TEST

START_TEST(an_open_bracket_in_the_name_ends_with_it)
{
    ck_assert(finds(SLICE("甲（除"), SLICE("跨境电商"), SLICE("跨境电商")));
    ck_assert(!finds(SLICE("甲（"), SLICE("跨境电商除外）"), SLICE("电商除外）甲")));
    ck_assert(finds(SLICE("甲（"), SLICE("跨境电商除外）"), SLICE("跨境电商")));
}
END_TEST

START_TEST(no_word_across_a_gap)
{
    check("跨境（除零售）电商", false);
    check("跨境（零售除外）电商", false);
    check("跨境（除零售电商", false);
    ck_assert(!finds(SLICE("跨境"), SLICE("电商"), SLICE("跨境电商")));
    ck_assert(!finds(SLICE("跨境"), SLICE("电商"), SLICE("跨境 电商")));
    ck_assert(!finds(SLICE("跨境"), SLICE("电商"), SLICE("跨境\n电商")));
    /* A byte that is no UTF-8 makes no bridge: it is folded to U+FFFD. */
    ck_assert(!finds(SLICE("跨境"), SLICE("电商"), SLICE("跨境\xFF电商")));
    ck_assert(finds(SLICE("甲（乙）丙"), SLICE(""), SLICE("甲(乙)丙")));
}
END_TEST

START_TEST(words_are_folded_and_trimmed)
{
    struct buffer out = {0};
    buffer_append(&out, SLICE("x"));
    definition_word(SLICE("\u3000 ＡＢ Ｃ\t\n\uFEFF"), &out);
    check_slice(buffer_slice(&out), "xab c");
    definition_word(SLICE("  "), &out);
    definition_word((struct slice){NULL, 0}, &out);
    check_slice(buffer_slice(&out), "xab c");
    buffer_free(&out);
}
END_TEST

START_TEST(wanted_and_unwanted_words)
{
    static const struct slice WANTED[] = {{"粽", 3}, {"月饼", 6}};
    static const struct slice UNWANTED[] = {{"粽油", 6}, {"棕榈", 6}};
    static const struct {
        const char *name;
        const char *scope;
        bool matches;
    } CASES[] = {
        {"嘉兴粽子公司", "食品", true},
        {"甲公司", "月饼", true},
        {"甲公司", "食品", false},
        {"嘉兴粽子公司", "粽油", false},
        {"粽油公司", "粽子", false},
        {"嘉兴粽子公司", "食品（不含粽油、棕榈）", true},
        {"嘉兴粽子公司", "食品（含粽油）", false},
        {"甲公司", "食品（不含粽子）", false},
    };
    struct definition_words both = {WANTED, COUNT(WANTED), UNWANTED, COUNT(UNWANTED)};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        bool matches = definition_matches(&both, slice_of(CASES[i].name), slice_of(CASES[i].scope));
        ck_assert_msg(matches == CASES[i].matches, "%s, %s", CASES[i].name, CASES[i].scope);
    }
}
END_TEST

START_TEST(no_wanted_words_take_every_enterprise)
{
    static const struct slice UNWANTED[] = {{"油", 3}};
    ck_assert(definition_matches(&(struct definition_words){0}, SLICE("甲"), SLICE("")));
    ck_assert(definition_matches(&(struct definition_words){0}, (struct slice){NULL, 0},
                                 (struct slice){NULL, 0}));
    struct definition_words words = {NULL, 0, UNWANTED, 1};
    ck_assert(definition_matches(&words, SLICE("甲"), SLICE("")));
    ck_assert(!definition_matches(&words, SLICE("甲油"), SLICE("")));
}
END_TEST

/* An empty word is no word: it says nothing for or against an enterprise. */
START_TEST(empty_words_occur_nowhere)
{
    static const struct slice EMPTY[] = {{"", 0}};
    ck_assert(
        !definition_matches(&(struct definition_words){EMPTY, 1, NULL, 0}, SLICE("甲"), SLICE("")));
    ck_assert(
        definition_matches(&(struct definition_words){NULL, 0, EMPTY, 1}, SLICE("甲"), SLICE("")));
}
END_TEST

START_TEST(several_definitions_at_once)
{
    struct definition_index index = {0};
    const struct slice none = {NULL, 0};
    ck_assert(definition_index_add(&index, 0, none, true));
    ck_assert(definition_index_add(&index, 1, SLICE("电商"), true));
    ck_assert(definition_index_add(&index, 2, SLICE("电商"), true));
    ck_assert(definition_index_add(&index, 2, SLICE("x"), true));
    ck_assert(definition_index_add(&index, 3, SLICE("电"), false));
    ck_assert(definition_index_add(&index, 63, SLICE("商x"), true));
    ck_assert_uint_eq(find(&index, SLICE(""), SLICE("")), 1 | 8);
    ck_assert_uint_eq(find(&index, SLICE(""), SLICE("甲电商")), 1 | 2 | 4);
    ck_assert_uint_eq(find(&index, SLICE(""), SLICE("甲x")), 1 | 4 | 8);
    ck_assert_uint_eq(find(&index, SLICE(""), SLICE("商x")), 1 | 4 | 8 | (uint64_t)1 << 63);
    definition_index_free(&index);
}
END_TEST

START_TEST(deep_nesting)
{
    enum { DEPTH = 100000 };
    struct buffer scope = {0};
    for (size_t i = 0; i < DEPTH; i++)
        buffer_append(&scope, SLICE("（"));
    buffer_append(&scope, SLICE("跨境电商"));
    check(buffer_string(&scope), true);
    for (size_t i = 0; i < DEPTH; i++)
        buffer_append(&scope, SLICE("）"));
    check(buffer_string(&scope), true);
    buffer_append(&scope, SLICE("【"));
    check(buffer_string(&scope), true);
    buffer_clear(&scope);
    buffer_append(&scope, SLICE("（除"));
    for (size_t i = 0; i < DEPTH; i++)
        buffer_append(&scope, SLICE("（"));
    buffer_append(&scope, SLICE("跨境电商"));
    check(buffer_string(&scope), false);
    buffer_free(&scope);
}
END_TEST

/*
 * The other route of the random test: characters of a small alphabet, for each opening bracket its
 * end and whether it negates, for each place of the word whether anything that negates touches it.
 */
static const char *const ALPHABET[] = {"(",  ")",    "[",  "]",  " ", "除",
                                       "外", "不含", "甲", "乙", "(", ")"};
enum { OPEN_ROUND, CLOSE_ROUND, OPEN_SQUARE, CLOSE_SQUARE, BLANK, EXCEPT, OUTSIDE, WITHOUT, A, B };
enum { LONGEST = 16 };

static bool is_open(int letter)
{
    return letter == OPEN_ROUND || letter == OPEN_SQUARE;
}

/* Where the bracket that opens at `at` is closed; `length` if never: brackets inside are gone over
 * whole. */
static size_t end_of_bracket(const int *letters, size_t length, size_t at)
{
    for (size_t i = at + 1; i < length; i++) {
        if (letters[i] == letters[at] + 1)
            return i;
        if (is_open(letters[i]))
            i = end_of_bracket(letters, length, i);
    }
    return length;
}

static bool negates(const int *letters, size_t from, size_t to)
{
    while (from < to && letters[from] == BLANK)
        from++;
    while (to > from && letters[to - 1] == BLANK)
        to--;
    if (from < to && (letters[from] == EXCEPT || letters[from] == WITHOUT))
        return true;
    return to - from >= 2 && letters[to - 2] == EXCEPT && letters[to - 1] == OUTSIDE;
}

static bool naive_finds(const int *letters, size_t length)
{
    bool gone[LONGEST] = {false};
    for (size_t i = 0; i < length; i++) {
        if (!is_open(letters[i]))
            continue;
        size_t end = end_of_bracket(letters, length, i);
        for (size_t j = i; negates(letters, i + 1, end) && j <= end && j < length; j++)
            gone[j] = true;
    }
    for (size_t i = 0; i + 1 < length; i++) {
        if (letters[i] == A && letters[i + 1] == B && !gone[i] && !gone[i + 1])
            return true;
    }
    return false;
}

START_TEST(random_texts)
{
    unsigned long long seed = 21000;
    int found = 0;
    for (int round = 0; round < 400000; round++) {
        int letters[LONGEST];
        size_t length = 0;
        struct buffer scope = {0};
        while (length < LONGEST) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            unsigned drawn = (unsigned)(seed >> 40) % (unsigned)(COUNT(ALPHABET) + 2);
            int letter = drawn >= COUNT(ALPHABET) ? A : drawn >= 10 ? (int)drawn - 10 : (int)drawn;
            letters[length++] = letter;
            if (drawn >= COUNT(ALPHABET) && length < LONGEST)
                letters[length++] = B;
        }
        for (size_t i = 0; i < length; i++)
            buffer_append(&scope, slice_of(ALPHABET[letters[i]]));
        bool expected = naive_finds(letters, length);
        found += expected;
        ck_assert_msg(finds(SLICE(""), buffer_slice(&scope), SLICE("甲乙")) == expected,
                      "\"%s\": expected %d", buffer_string(&scope), expected);
        buffer_free(&scope);
    }
    ck_assert_int_gt(found, 50000);
    ck_assert_int_lt(found, 350000);
}
END_TEST

SUITE_MAIN("definition", words_are_found_in_name_and_scope, width_and_case_do_not_matter,
           every_negating_bracket, a_bracket_does_not_negate_what_is_outside, brackets_nest,
           brackets_that_do_not_pair, an_open_bracket_in_the_name_ends_with_it,
           no_word_across_a_gap, words_are_folded_and_trimmed, wanted_and_unwanted_words,
           no_wanted_words_take_every_enterprise, empty_words_occur_nowhere,
           several_definitions_at_once, deep_nesting, random_texts)
