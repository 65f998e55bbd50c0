#include "record/status.h"

#include "record/text.h"

const struct status_group STATUS_ACTIVE = {"active", 1, true};
const struct status_group STATUS_MOVED_IN = {"moved_in", 2, true};
const struct status_group STATUS_MOVED_OUT = {"moved_out", 3, true};
const struct status_group STATUS_DORMANT = {"dormant", 4, false};
const struct status_group STATUS_WINDING_UP = {"winding_up", 5, false};
const struct status_group STATUS_REVOKED = {"revoked", 6, false};
const struct status_group STATUS_DEREGISTERED = {"deregistered", 7, false};
const struct status_group STATUS_RESCINDED = {"rescinded", 8, false};
const struct status_group STATUS_CONVERTED = {"converted", 9, false};
const struct status_group STATUS_PENDING = {"pending", 10, false};
const struct status_group STATUS_UNKNOWN = {"unknown", 11, true};
const struct status_group STATUS_OTHER = {"other", 12, false};

#define STATUS_FOLD ((unsigned)(TEXT_FOLD_CASE | TEXT_DROP_SPACE | TEXT_SAME_BRACKETS))

struct status_word {
    struct slice text;
    const struct status_group *group;
    bool whole; /* matches only as the whole text: "Active" is also a part of "Inactive" */
};

/* clang-format off */
#define WITHIN(word, group) {{word, sizeof(word) - 1}, &group, false}
#define WHOLE(word, group) {{word, sizeof(word) - 1}, &group, true}

/*
 * Every word stands as STATUS_FOLD leaves it, so that nothing has to be prepared at run time. The
 * commonest come first: the exact look-up walks the table from the top.
 */
static const struct status_word WORDS[] = {
    WITHIN("存续", STATUS_ACTIVE),
    WITHIN("注销", STATUS_DEREGISTERED),
    WITHIN("在业", STATUS_ACTIVE),
    WITHIN("开业", STATUS_ACTIVE),
    WITHIN("吊销", STATUS_REVOKED),
    WITHIN("存续(在营、开业、在册)", STATUS_ACTIVE),
    WITHIN("在营(开业)企业", STATUS_ACTIVE),
    WITHIN("在营(开业)", STATUS_ACTIVE),
    WITHIN("在营", STATUS_ACTIVE),
    WITHIN("在册", STATUS_ACTIVE),
    WITHIN("正常", STATUS_ACTIVE),
    WITHIN("正常在业", STATUS_ACTIVE),
    WITHIN("登记", STATUS_ACTIVE),
    WITHIN("登记成立", STATUS_ACTIVE),
    WITHIN("有效", STATUS_ACTIVE),
    WITHIN("续存", STATUS_ACTIVE),
    WITHIN("确立", STATUS_ACTIVE),
    WITHIN("仍注册", STATUS_ACTIVE),
    WITHIN("迁入", STATUS_MOVED_IN),
    WITHIN("待迁入", STATUS_MOVED_IN),
    WITHIN("迁出", STATUS_MOVED_OUT),
    WITHIN("已迁出", STATUS_MOVED_OUT),
    WITHIN("已迁出企业", STATUS_MOVED_OUT),
    WITHIN("市外迁出", STATUS_MOVED_OUT),
    WITHIN("迁往市外", STATUS_MOVED_OUT),
    WITHIN("迁往外省市", STATUS_MOVED_OUT),
    WITHIN("迁移", STATUS_MOVED_OUT),
    WITHIN("迁移异地", STATUS_MOVED_OUT),
    WITHIN("歇业", STATUS_DORMANT),
    WITHIN("停业", STATUS_DORMANT),
    WITHIN("休止活动", STATUS_DORMANT),
    WITHIN("清算", STATUS_WINDING_UP),
    WITHIN("清算中", STATUS_WINDING_UP),
    WITHIN("拟注销", STATUS_WINDING_UP),
    WITHIN("正在注销", STATUS_WINDING_UP),
    WITHIN("破产重整", STATUS_WINDING_UP),
    WITHIN("经营期限届满", STATUS_WINDING_UP),
    WITHIN("已吊销", STATUS_REVOKED),
    WITHIN("被吊销", STATUS_REVOKED),
    WITHIN("吊销企业", STATUS_REVOKED),
    WITHIN("内资吊销", STATUS_REVOKED),
    WITHIN("外资吊销", STATUS_REVOKED),
    WITHIN("吊销,未注销", STATUS_REVOKED),
    WITHIN("吊销未注销", STATUS_REVOKED),
    WITHIN("吊销(未注销)", STATUS_REVOKED),
    WITHIN("责令关闭", STATUS_REVOKED),
    WITHIN("吊销(已注销)", STATUS_DEREGISTERED),
    WITHIN("吊销,已注销", STATUS_DEREGISTERED),
    WITHIN("吊销已注销", STATUS_DEREGISTERED),
    WITHIN("吊销后注销", STATUS_DEREGISTERED),
    WITHIN("注吊销", STATUS_DEREGISTERED),
    WITHIN("已注销", STATUS_DEREGISTERED),
    WITHIN("注销企业", STATUS_DEREGISTERED),
    WITHIN("企业已注销", STATUS_DEREGISTERED),
    WITHIN("企业直接申请注销", STATUS_DEREGISTERED),
    WITHIN("内资注销", STATUS_DEREGISTERED),
    WITHIN("外资注销", STATUS_DEREGISTERED),
    WITHIN("已告解散", STATUS_DEREGISTERED),
    WITHIN("撤销", STATUS_RESCINDED),
    WITHIN("撤销登记", STATUS_RESCINDED),
    WITHIN("除名", STATUS_RESCINDED),
    WITHIN("个体转企业", STATUS_CONVERTED),
    WITHIN("筹建", STATUS_PENDING),
    WITHIN("非正常户", STATUS_UNKNOWN), /* a tax status: says nothing of the register */
    WITHIN("经营异常", STATUS_UNKNOWN), /* on the list of abnormal operations, still registered */
    WITHIN("临时", STATUS_OTHER),
    WITHIN("其他", STATUS_OTHER),
    WITHIN("数据补录中", STATUS_OTHER),
    WHOLE("active", STATUS_ACTIVE),
    WHOLE("dissolved", STATUS_DEREGISTERED),
    WHOLE("liquidation", STATUS_WINDING_UP),
    WHOLE("inliquidation", STATUS_WINDING_UP),
    WHOLE("active-proposaltostrikeoff", STATUS_ACTIVE),
    WHOLE("live", STATUS_ACTIVE),
    WHOLE("open", STATUS_ACTIVE),
    WHOLE("registered", STATUS_ACTIVE),
    WHOLE("voluntaryarrangement", STATUS_ACTIVE),
    WHOLE("administration", STATUS_WINDING_UP),
    WHOLE("inadministration", STATUS_WINDING_UP),
    WHOLE("inadministration/administrativereceiver", STATUS_WINDING_UP),
    WHOLE("receivership", STATUS_WINDING_UP),
    WHOLE("closed", STATUS_DEREGISTERED),
    WHOLE("ceased", STATUS_DEREGISTERED),
    WHOLE("removed", STATUS_DEREGISTERED),
    WHOLE("de-registered", STATUS_DEREGISTERED),
    WHOLE("discontinued", STATUS_DEREGISTERED),
    WHOLE("struckoff", STATUS_RESCINDED),
    WHOLE("converted/closed", STATUS_CONVERTED),
    WHOLE("converted-closed", STATUS_CONVERTED),
};
/* clang-format on */

#define WORD_COUNT (sizeof(WORDS) / sizeof(*WORDS))

static const struct status_group *find_exact(struct slice text)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (slice_equal(text, WORDS[i].text))
            return WORDS[i].group;
    }
    return NULL;
}

static size_t count_characters(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

struct found {
    const struct status_group *group; /* NULL: nothing found yet */
    size_t characters;
    const char *at;
};

static bool is_better(const struct found *a, const struct found *b)
{
    if (!b->group)
        return true;
    if (a->characters != b->characters)
        return a->characters > b->characters;
    if (a->group->extant != b->group->extant)
        return !a->group->extant;
    return a->at < b->at;
}

static const struct status_group *find_contained(struct slice text)
{
    struct found best = {0};
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct status_word *word = &WORDS[i];
        if (word->whole)
            continue;
        const char *at = slice_find(text, word->text);
        if (!at)
            continue;
        struct found found = {word->group, count_characters(word->text), at};
        if (is_better(&found, &best))
            best = found;
    }
    return best.group;
}

const struct status_group *status_classify(struct slice text, bool *known)
{
    *known = true;
    const struct status_group *group = find_exact(text);
    if (group)
        return group;
    if (text_is_missing(text))
        return &STATUS_UNKNOWN;

    struct buffer folded = {0};
    text_fold(text, STATUS_FOLD, &folded);
    if (folded.length > 0) {
        group = find_exact(buffer_slice(&folded));
        if (!group)
            group = find_contained(buffer_slice(&folded));
    }
    buffer_free(&folded);
    *known = group != NULL;
    return group ? group : &STATUS_OTHER;
}

const struct status_group *status_group_numbered(int number)
{
    static const struct status_group *const groups[] = {
        &STATUS_ACTIVE,     &STATUS_MOVED_IN, &STATUS_MOVED_OUT,    &STATUS_DORMANT,
        &STATUS_WINDING_UP, &STATUS_REVOKED,  &STATUS_DEREGISTERED, &STATUS_RESCINDED,
        &STATUS_CONVERTED,  &STATUS_PENDING,  &STATUS_UNKNOWN,      &STATUS_OTHER};
    bool exists = number >= 1 && number <= (int)(sizeof groups / sizeof *groups);
    return exists ? groups[number - 1] : NULL;
}
