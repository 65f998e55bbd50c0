#include "record/status.h"

#include <stdio.h>

#include "registry/statement.h"
#include "suite.h"
#include "util/buffer.h"

/* clang-format off */
static const struct {
    const struct status_group *group;
    const char *name;
    bool extant;
} GROUPS[] = {
    {&STATUS_OTHER, "other", false}, {&STATUS_UNKNOWN, "unknown", true},
    {&STATUS_PENDING, "pending", false}, {&STATUS_CONVERTED, "converted", false},
    {&STATUS_RESCINDED, "rescinded", false}, {&STATUS_DEREGISTERED, "deregistered", false},
    {&STATUS_REVOKED, "revoked", false}, {&STATUS_WINDING_UP, "winding_up", false},
    {&STATUS_DORMANT, "dormant", false}, {&STATUS_MOVED_OUT, "moved_out", true},
    {&STATUS_MOVED_IN, "moved_in", true}, {&STATUS_ACTIVE, "active", true},
};

/* What registers write, by group; the words of a group are separated by '|'. */
static const struct {
    const struct status_group *group;
    const char *words;
} CHINESE[] = {
    {&STATUS_DEREGISTERED, "注销|已注销|注销企业|企业已注销|企业直接申请注销|内资注销|外资注销|注吊销|"
                           "吊销后注销|吊销已注销|吊销，已注销|吊销（已注销）|已告解散"},
    {&STATUS_REVOKED, "吊销|已吊销|被吊销|吊销企业|内资吊销|外资吊销|吊销未注销|吊销，未注销|"
                      "吊销（未注销）|责令关闭"},
    {&STATUS_RESCINDED, "除名|撤销登记|撤销"},
    {&STATUS_WINDING_UP, "经营期限届满|破产重整|正在注销|拟注销|清算中|清算"},
    {&STATUS_DORMANT, "休止活动|停业|歇业"},
    {&STATUS_MOVED_OUT, "迁移|迁移异地|迁往外省市|迁往市外|市外迁出|已迁出企业|已迁出|迁出"},
    {&STATUS_MOVED_IN, "待迁入|迁入"},
    {&STATUS_ACTIVE, "仍注册|确立|续存|有效|登记成立|登记|正常在业|正常|开业|在册|在营|在业|存续|"
                     "在营（开业）企业|在营（开业）|存续（在营、开业、在册）"},
    {&STATUS_PENDING, "筹建"},
    {&STATUS_CONVERTED, "个体转企业"},
    {&STATUS_UNKNOWN, "经营异常|非正常户"},
    {&STATUS_OTHER, "数据补录中|其他|临时"},
};

static const struct {
    const struct status_group *group;
    const char *words;
} ENGLISH[] = {
    {&STATUS_RESCINDED, "Struck Off"},
    {&STATUS_CONVERTED, "converted-closed|Converted/Closed"},
    {&STATUS_DEREGISTERED, "Discontinued|De-Registered|Removed|Ceased|Closed|Dissolved"},
    {&STATUS_WINDING_UP, "Receivership|In Administration/Administrative Receiver|In Administration|"
                         "Administration|In Liquidation|Liquidation"},
    {&STATUS_ACTIVE, "Voluntary Arrangement|Active - Proposal to Strike off|Registered|Open|Live|"
                     "Active"},
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void check(struct slice text, const struct status_group *group, bool known)
{
    bool was_known = !known;
    const struct status_group *got = status_classify(text, &was_known);
    ck_assert_msg(got == group, "\"%.*s\" is %s, expected %s", (int)text.length, text.at, got->name,
                  group->name);
    ck_assert_msg(was_known == known, "\"%.*s\": known is %d", (int)text.length, text.at,
                  was_known);
}

/* The next word of a list that '|' separates; NULL at its end. */
static bool next_word(const char **list, struct slice *word)
{
    if (**list == '\0')
        return false;
    size_t length = strcspn(*list, "|");
    *word = (struct slice){*list, length};
    *list += length + ((*list)[length] == '|');
    return true;
}

START_TEST(groups_have_names_and_standing)
{
    ck_assert_uint_eq(COUNT(GROUPS), 12);
    for (size_t i = 0; i < COUNT(GROUPS); i++) {
        ck_assert_str_eq(GROUPS[i].group->name, GROUPS[i].name);
        ck_assert_msg(GROUPS[i].group->extant == GROUPS[i].extant, "%s", GROUPS[i].name);
    }
}
END_TEST

START_TEST(chinese_words_have_their_group)
{
    for (size_t i = 0; i < COUNT(CHINESE); i++) {
        struct slice word;
        for (const char *list = CHINESE[i].words; next_word(&list, &word);)
            check(word, CHINESE[i].group, true);
    }
}
END_TEST

/*
 * Blanks between the characters and the other width of brackets and commas change nothing. A word
 * of the module's list that is not in folded form would be missed here.
 */
START_TEST(width_and_blanks_do_not_matter)
{
    static const struct {
        const char *from;
        const char *to;
    } CHANGES[] = {{"（", " ( "}, {"）", "﹚"}, {"，", ","}, {"、", "､"}};
    for (size_t i = 0; i < COUNT(CHINESE); i++) {
        struct slice word;
        for (const char *list = CHINESE[i].words; next_word(&list, &word);) {
            struct buffer text = {0};
            buffer_append(&text, SLICE(" "));
            for (size_t at = 0; at < word.length; at += 3) {
                struct slice character = {word.at + at, 3};
                for (size_t j = 0; j < COUNT(CHANGES); j++) {
                    if (slice_equal(character, slice_of(CHANGES[j].from)))
                        character = slice_of(CHANGES[j].to);
                }
                buffer_append(&text, character);
                buffer_append(&text, SLICE("\u3000"));
            }
            check(buffer_slice(&text), CHINESE[i].group, true);
            buffer_free(&text);
        }
    }
}
END_TEST

START_TEST(english_words_match_in_any_case)
{
    for (size_t i = 0; i < COUNT(ENGLISH); i++) {
        struct slice word;
        for (const char *list = ENGLISH[i].words; next_word(&list, &word);) {
            check(word, ENGLISH[i].group, true);
            char changed[64];
            for (int upper = 0; upper < 2; upper++) {
                for (size_t j = 0; j < word.length; j++) {
                    char byte = word.at[j];
                    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
                    changed[j] = !letter ? byte : (char)(upper ? byte & ~0x20 : byte | 0x20);
                }
                check((struct slice){changed, word.length}, ENGLISH[i].group, true);
            }
        }
    }
    check(SLICE("Ａｃｔｉｖｅ"), &STATUS_ACTIVE, true);
}
END_TEST

START_TEST(english_words_match_only_as_a_whole)
{
    check(SLICE("Inactive"), &STATUS_OTHER, false);
    check(SLICE("Active again"), &STATUS_OTHER, false);
    check(SLICE("Not dissolved"), &STATUS_OTHER, false);
    check(SLICE("Opening"), &STATUS_OTHER, false);
    check(SLICE("Active 注销"), &STATUS_DEREGISTERED, true);
}
END_TEST

START_TEST(longest_word_contained_decides)
{
    check(SLICE("已被吊销，未注销多年"), &STATUS_REVOKED, true);
    check(SLICE("吊销,未注销"), &STATUS_REVOKED, true);
    check(SLICE("状态：吊销（已注销）。"), &STATUS_DEREGISTERED, true);
    check(SLICE("存续（拟注销）"), &STATUS_WINDING_UP, true);
    check(SLICE("列入经营异常名录"), &STATUS_UNKNOWN, true);
    check(SLICE("存续,经营异常"), &STATUS_UNKNOWN, true);
    check(SLICE("税务非正常户"), &STATUS_UNKNOWN, true);
    check(SLICE("注销（迁往外省市）"), &STATUS_MOVED_OUT, true);
    check(SLICE("正在注销中"), &STATUS_WINDING_UP, true);
    check(SLICE("存续（在营、开业、在册）企业"), &STATUS_ACTIVE, true);
    check(SLICE("个体转企业注销"), &STATUS_CONVERTED, true);
}
END_TEST

/* Six characters each, though the comma makes one of them shorter in bytes once it is folded. */
START_TEST(length_is_in_characters)
{
    check(SLICE("吊销,已注销 经营期限届满"), &STATUS_DEREGISTERED, true);
    check(SLICE("经营期限届满 吊销,已注销"), &STATUS_WINDING_UP, true);
}
END_TEST

START_TEST(of_equally_long_words_the_one_not_extant_decides)
{
    check(SLICE("存续 注销"), &STATUS_DEREGISTERED, true);
    check(SLICE("注销 存续"), &STATUS_DEREGISTERED, true);
    check(SLICE("迁入 停业"), &STATUS_DORMANT, true);
    check(SLICE("停业 开业"), &STATUS_DORMANT, true);
}
END_TEST

START_TEST(then_the_first_in_the_text_decides)
{
    check(SLICE("注销 吊销"), &STATUS_DEREGISTERED, true);
    check(SLICE("吊销 注销"), &STATUS_REVOKED, true);
    check(SLICE("除名/清算"), &STATUS_RESCINDED, true);
    check(SLICE("清算/除名"), &STATUS_WINDING_UP, true);
    check(SLICE("迁入 存续"), &STATUS_MOVED_IN, true);
    check(SLICE("存续 迁入"), &STATUS_ACTIVE, true);
}
END_TEST

START_TEST(missing_is_unknown_and_extant)
{
    check(SLICE(""), &STATUS_UNKNOWN, true);
    check(SLICE("-"), &STATUS_UNKNOWN, true);
    check(SLICE("未知"), &STATUS_UNKNOWN, true);
    check(SLICE("N/A"), &STATUS_UNKNOWN, true);
    check((struct slice){NULL, 0}, &STATUS_UNKNOWN, true);
}
END_TEST

START_TEST(anything_else_is_other_and_reported)
{
    check(SLICE("浙江省杭州市"), &STATUS_OTHER, false);
    check(SLICE("存"), &STATUS_OTHER, false);
    check(SLICE("存，续"), &STATUS_OTHER, false);
    check(SLICE("\xff\xfe"), &STATUS_OTHER, false);
    check(SLICE("其他"), &STATUS_OTHER, true);
}
END_TEST

/* Words joined by blanks, against the rule worked out from the table above. */
START_TEST(random_combinations_follow_the_rule)
{
    struct {
        struct slice text;
        const struct status_group *group;
    } words[128];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(CHINESE); i++) {
        struct slice word;
        for (const char *list = CHINESE[i].words; next_word(&list, &word); count++) {
            words[count].text = word;
            words[count].group = CHINESE[i].group;
        }
    }
    unsigned seed = 20240821;
    for (int round = 0; round < 20000; round++) {
        struct buffer text = {0};
        size_t best = 0;
        for (int i = 0; i < 3; i++) {
            seed = seed * 1103515245u + 12345u;
            size_t drawn = (seed >> 16) % count;
            buffer_append(&text, words[drawn].text);
            buffer_append(&text, SLICE("。"));
            bool longer = words[drawn].text.length > words[best].text.length;
            bool equal = words[drawn].text.length == words[best].text.length;
            bool ended = !words[drawn].group->extant && words[best].group->extant;
            if (i == 0 || longer || (equal && ended))
                best = drawn;
        }
        check(buffer_slice(&text), words[best].group, true);
        buffer_free(&text);
    }
}
END_TEST

/* Counts go by the program's groups, listings by those on file. */
START_TEST(groups_on_file_are_the_same)
{
    struct cbec_registry *registry;
    struct statement groups;
    bool row = true;
    int number = 0;
    ck_assert_int_eq(registry_open_memory(&registry, NULL), CBEC_OK);
    ck_assert_int_eq(statement_prepare_text(&groups, registry,
                                            "SELECT id, name, extant FROM status_group ORDER BY id",
                                            NULL, NULL),
                     CBEC_OK);
    while (statement_step(&groups, &row, NULL) == CBEC_OK && row) {
        const struct status_group *group = status_group_numbered(++number);
        ck_assert_ptr_nonnull(group);
        ck_assert_int_eq(statement_integer(&groups, 0), number);
        assert_slice(statement_text(&groups, 1), group->name);
        ck_assert_int_eq(statement_integer(&groups, 2), group->extant);
    }
    ck_assert_ptr_null(status_group_numbered(number + 1));
    statement_finish(&groups);
    cbec_close(registry);
}
END_TEST

SUITE_MAIN("status", groups_on_file_are_the_same, groups_have_names_and_standing,
           chinese_words_have_their_group, width_and_blanks_do_not_matter,
           english_words_match_in_any_case, english_words_match_only_as_a_whole,
           longest_word_contained_decides, length_is_in_characters,
           of_equally_long_words_the_one_not_extant_decides, then_the_first_in_the_text_decides,
           missing_is_unknown_and_extant, anything_else_is_other_and_reported,
           random_combinations_follow_the_rule)
