#include "record/name.h"

#include "record/text.h"

/* clang-format off */
#define WORD(text) {text, sizeof(text) - 1}

/* What says, as the whole content of a bracket, that an enterprise has ended, moved or changed. */
static const struct slice ENDINGS[] = {
    WORD("已注销"), WORD("注销"), WORD("已吊销"), WORD("吊销"), WORD("被吊销"), WORD("注吊销"),
    WORD("吊销未注销"), WORD("已吊销未注销"), WORD("吊销已注销"), WORD("已吊销已注销"),
    WORD("吊销后注销"), WORD("拟注销"), WORD("正在注销"), WORD("注销企业"), WORD("吊销企业"),
    WORD("企业已注销"), WORD("已撤销"), WORD("撤销"), WORD("撤销登记"), WORD("已除名"), WORD("除名"),
    WORD("已迁出"), WORD("迁出"), WORD("已迁出企业"), WORD("市外迁出"), WORD("迁往市外"),
    WORD("迁往外省市"), WORD("迁移异地"), WORD("已迁移"), WORD("已歇业"), WORD("歇业"),
    WORD("已停业"), WORD("停业"), WORD("清算中"), WORD("清算"), WORD("已告解散"), WORD("已解散"),
    WORD("解散"), WORD("责令关闭"), WORD("已关闭"), WORD("已更名"), WORD("更名"),
    WORD("个体转企业"),
};

/* What a bracket that names an earlier name begins with. */
static const struct slice FORMER[] = {WORD("曾用名"), WORD("原名")};

static const struct slice OPENING[] = {
    WORD("("), WORD("（"), WORD("﹙"), WORD("["), WORD("［"), WORD("【"), WORD("〔"),
};
static const struct slice CLOSING[] = {
    WORD(")"), WORD("）"), WORD("﹚"), WORD("]"), WORD("］"), WORD("】"), WORD("〕"),
};

static const struct slice COMMAS[] = {WORD(","), WORD("，"), WORD("、"), WORD("；"), WORD(";")};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The length of the token of the list that the text begins with; 0 if it begins with none. */
static size_t token_at_start(struct slice text, const struct slice *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_starts_with(text, list[i]))
            return list[i].length;
    }
    return 0;
}

static size_t token_at_end(struct slice text, const struct slice *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_ends_with(text, list[i]))
            return list[i].length;
    }
    return 0;
}

/* Drops the blanks and commas at the start. */
static struct slice skip_fillers(struct slice text)
{
    for (;;) {
        text = text_trim_start(text);
        size_t filler = token_at_start(text, COMMAS, COUNT(COMMAS));
        if (filler == 0)
            return text;
        text = slice_from(text, filler);
    }
}

/*
 * True if the text begins with the word, blanks and commas in it disregarded; `*rest` is what
 * follows. The words are all of three-byte characters.
 */
static bool begins_with(struct slice text, struct slice word, struct slice *rest)
{
    for (; word.length >= 3; word = slice_from(word, 3)) {
        text = skip_fillers(text);
        if (!slice_starts_with(text, (struct slice){word.at, 3}))
            return false;
        text = slice_from(text, 3);
    }
    *rest = skip_fillers(text);
    return true;
}

static bool is_suffix(struct slice content)
{
    struct slice rest;
    for (size_t i = 0; i < COUNT(FORMER); i++) {
        if (begins_with(content, FORMER[i], &rest))
            return true;
    }
    for (size_t i = 0; i < COUNT(ENDINGS); i++) {
        if (begins_with(content, ENDINGS[i], &rest) && rest.length == 0)
            return true;
    }
    return false;
}

/*
 * Takes the bracket at the end off `*name`, if it is a suffix. Every opening bracket pairs with
 * every closing one: vendors mix the widths.
 */
static bool drop_suffix(struct slice *name)
{
    size_t closing = token_at_end(*name, CLOSING, COUNT(CLOSING));
    if (closing == 0)
        return false;
    size_t content_end = name->length - closing;
    struct slice before = {name->at, content_end};
    for (size_t depth = 1; before.length > 0;) {
        size_t token = token_at_end(before, CLOSING, COUNT(CLOSING));
        if (token > 0) {
            depth++;
        } else if ((token = token_at_end(before, OPENING, COUNT(OPENING))) > 0) {
            if (--depth == 0) {
                struct slice content = {before.at + before.length, content_end - before.length};
                if (!is_suffix(content))
                    return false;
                *name = (struct slice){before.at, before.length - token};
                return true;
            }
        } else {
            token = 1;
        }
        before.length -= token;
    }
    return false;
}

struct slice name_without_suffixes(struct slice name)
{
    struct slice left = text_trim_end(name);
    bool dropped = false;
    while (drop_suffix(&left)) {
        left = text_trim_end(left);
        dropped = true;
    }
    return dropped && left.length > 0 ? left : name;
}

void name_key(struct slice name, struct buffer *out)
{
    size_t start = out->length;
    text_fold(name, TEXT_DROP_SPACE | TEXT_SAME_BRACKETS, out);
    if (out->length == start)
        return;
    /* Folded first: rarer blanks and brackets then hide no suffix. */
    struct slice folded = {out->data + start, out->length - start};
    out->length = start + name_without_suffixes(folded).length;
}
