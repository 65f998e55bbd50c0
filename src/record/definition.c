#include "record/definition.h"

#include <stdlib.h>

#include "record/text.h"

/*
 * Stands where no word may be found across: a byte that UTF-8 never holds, and so no word and no
 * folded text.
 */
#define GAP '\xFF'

/* clang-format off */
#define WORD(text) {text, sizeof(text) - 1}

static const struct slice NEGATING_STARTS[] = {
    WORD("不含"), WORD("除"), WORD("不包括"), WORD("不得"), WORD("禁止"),
};
static const struct slice NEGATING_END = WORD("除外");

/* White space that is left after NFKC. */
static const struct slice BLANKS[] = {
    WORD(" "), WORD("\t"), WORD("\n"), WORD("\v"), WORD("\f"), WORD("\r"), WORD("\u1680"),
    WORD("\u2028"), WORD("\u2029"), WORD("\uFEFF"),
};

/* Brackets after NFKC, which makes the full-width ones half-width. */
static const struct bracket_pair {
    struct slice opening;
    struct slice closing; /* as long as the opening one */
} BRACKETS[] = {
    {WORD("("), WORD(")")}, {WORD("["), WORD("]")}, {WORD("{"), WORD("}")},
    {WORD("【"), WORD("】")}, {WORD("〔"), WORD("〕")},
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static struct slice trim_start(struct slice text)
{
    for (size_t i = 0; i < COUNT(BLANKS);) {
        if (slice_starts_with(text, BLANKS[i])) {
            text = slice_from(text, BLANKS[i].length);
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

static struct slice trim_end(struct slice text)
{
    for (size_t i = 0; i < COUNT(BLANKS);) {
        if (slice_ends_with(text, BLANKS[i])) {
            text.length -= BLANKS[i].length;
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

static bool starts_negating(struct slice content)
{
    content = trim_start(content);
    for (size_t i = 0; i < COUNT(NEGATING_STARTS); i++) {
        if (slice_starts_with(content, NEGATING_STARTS[i]))
            return true;
    }
    return false;
}

/* A bracket that is open at the place reached. */
struct open_bracket {
    const struct bracket_pair *pair;
    size_t start; /* where it stands in the output */
    bool negates; /* by what it begins with */
};

struct open_brackets {
    struct open_bracket *at;
    size_t count;
    size_t capacity;
    bool failed;                  /* no memory: nothing can be said of the text */
    struct open_bracket first[8]; /* deeper nesting is rare, and goes to the heap */
};

static bool push(struct open_brackets *open, struct open_bracket bracket)
{
    if (open->count == open->capacity) {
        size_t capacity = open->capacity * 2;
        struct open_bracket *at = open->at == open->first ? NULL : open->at;
        at = realloc(at, capacity * sizeof(*at));
        if (!at) {
            open->failed = true;
            return false;
        }
        if (open->at == open->first)
            memcpy(at, open->first, sizeof(open->first));
        open->at = at;
        open->capacity = capacity;
    }
    open->at[open->count++] = bracket;
    return true;
}

/* Every byte that a bracket begins with. */
static const bool begins_bracket[256] = {['('] = true, [')'] = true, ['['] = true, [']'] = true,
                                         ['{'] = true, ['}'] = true, [0xE3] = true};

/* Whether a bracket may begin here: one of ASCII's, or one of 【】〔〕, which other characters
 * differ from in the last of their three bytes. */
static bool may_be_bracket(const char *at, size_t left)
{
    return begins_bracket[(unsigned char)*at] &&
           (*at != '\xE3' ||
            (left >= 3 && at[1] == '\x80' && memchr("\x90\x91\x94\x95", at[2], 4)));
}

/* The pair whose opening (or closing) bracket the text begins with; NULL if there is none. */
static const struct bracket_pair *bracket_at(struct slice text, bool *opens)
{
    for (size_t i = 0; i < COUNT(BRACKETS) && may_be_bracket(text.at, text.length); i++) {
        *opens = slice_starts_with(text, BRACKETS[i].opening);
        if (*opens || slice_starts_with(text, BRACKETS[i].closing))
            return &BRACKETS[i];
    }
    return NULL;
}

/* How many bytes from the first on are no bracket; the first is none. */
static size_t plain_length(struct slice text)
{
    size_t length = 1;
    while (length < text.length && !may_be_bracket(text.at + length, text.length - length))
        length++;
    return length;
}

/* True if what was written since the bracket's opening ends in the word that negates it. */
static bool ends_negating(const struct open_bracket *bracket, const char *data, size_t length)
{
    size_t start = bracket->start + bracket->pair->opening.length;
    struct slice content = {data + start, length - start};
    return slice_ends_with(trim_end(content), NEGATING_END);
}

/*
 * Writes `text` without its negated brackets over itself, from `data` on, and returns the new
 * length. What is taken out is never shorter than the gap that it leaves, so writing stays behind
 * reading.
 */
static size_t strip_negated(char *data, size_t length, struct open_brackets *open)
{
    size_t written = 0;
    for (size_t read = 0; read < length;) {
        struct slice rest = {data + read, length - read};
        bool opens = false;
        const struct bracket_pair *pair = bracket_at(rest, &opens);
        size_t step = pair ? pair->opening.length : plain_length(rest);
        struct open_bracket *inner = open->count > 0 ? &open->at[open->count - 1] : NULL;
        read += step;
        if (pair && !opens && inner && inner->pair == pair) {
            open->count--;
            if (inner->negates || ends_negating(inner, data, written)) {
                written = inner->start;
                data[written++] = GAP;
                continue;
            }
        } else if (pair && opens) {
            struct open_bracket bracket = {pair, written, starts_negating(slice_from(rest, step))};
            if (!push(open, bracket))
                return 0;
        }
        if (written + step < read)
            memmove(data + written, rest.at, step);
        written += step;
    }
    return written;
}

/* Brackets that nobody closed reach to the end: the outermost that negates takes all from it on. */
static size_t strip_unclosed(char *data, size_t length, const struct open_brackets *open)
{
    for (size_t i = 0; i < open->count; i++) {
        if (open->at[i].negates || ends_negating(&open->at[i], data, length))
            return open->at[i].start;
    }
    return length;
}

static void append_counting_text(struct slice text, struct buffer *out)
{
    size_t start = out->length;
    text_fold(text, TEXT_FOLD_CASE, out);
    if (out->length == start)
        return;
    char *data = out->data + start;
    struct open_brackets open = {.count = 0, .capacity = COUNT(open.first)};
    open.at = open.first;
    size_t length = strip_negated(data, out->length - start, &open);
    if (open.failed)
        out->failed = true;
    else
        length = strip_unclosed(data, length, &open);
    out->length = start + length;
    if (open.at != open.first)
        free(open.at);
}

void definition_text(struct slice name, struct slice scope, struct buffer *out)
{
    append_counting_text(name, out);
    buffer_append_byte(out, GAP);
    append_counting_text(scope, out);
}

void definition_word(struct slice word, struct buffer *out)
{
    size_t start = out->length;
    text_fold(word, TEXT_FOLD_CASE, out);
    if (out->length == start)
        return;
    struct slice folded = {out->data + start, out->length - start};
    struct slice trimmed = trim_start(trim_end(folded));
    memmove(out->data + start, trimmed.at, trimmed.length);
    out->length = start + trimmed.length;
}

/* ---- The index ---------------------------------------------------------------------------------
 */

static void mark_beginning(struct definition_index *index, unsigned pair)
{
    index->begins[pair / 64] |= (uint64_t)1 << pair % 64;
}

static struct indexed_word *add_word(struct definition_index *index, struct slice text)
{
    for (size_t i = 0; i < index->count; i++)
        if (slice_equal((struct slice){index->words[i].text, index->words[i].length}, text))
            return &index->words[i];
    struct indexed_word *words = realloc(index->words, (index->count + 1) * sizeof *words);
    index->words = words ? words : index->words;
    char *copy = words ? malloc(text.length) : NULL;
    if (!copy)
        return NULL;
    memcpy(copy, text.at, text.length);
    index->words[index->count] = (struct indexed_word){.text = copy, .length = text.length};
    unsigned first = (unsigned char)text.at[0];
    if (text.length > 1)
        mark_beginning(index, first << 8 | (unsigned char)text.at[1]);
    for (unsigned second = 0; second < 256 && text.length == 1; second++)
        mark_beginning(index, first << 8 | second);
    return &index->words[index->count++];
}

bool definition_index_add(struct definition_index *index, int definition, struct slice word,
                          bool wanted)
{
    uint64_t bit = (uint64_t)1 << definition;
    index->known |= bit;
    if (!word.at)
        return true;
    index->wanting |= wanted ? bit : 0;
    if (word.length == 0)
        return true;
    struct indexed_word *added = add_word(index, word);
    if (!added)
        return false;
    if (wanted)
        added->wanted |= bit;
    else
        added->unwanted |= bit;
    return true;
}

uint64_t definition_index_find(const struct definition_index *index, struct slice text)
{
    uint64_t wanted = 0, unwanted = 0;
    for (size_t at = 0; at < text.length;) {
        unsigned first = (unsigned char)text.at[at];
        unsigned second = at + 1 < text.length ? (unsigned char)text.at[at + 1] : 0;
        unsigned pair = first << 8 | second;
        bool begins = index->begins[pair / 64] >> pair % 64 & 1;
        for (size_t i = 0; begins && i < index->count; i++) {
            const struct indexed_word *word = &index->words[i];
            if (slice_starts_with(slice_from(text, at), (struct slice){word->text, word->length})) {
                wanted |= word->wanted;
                unwanted |= word->unwanted;
            }
        }
        /* A word begins with a character; most have three bytes. */
        at += first >= 0xe0 && first <= 0xef ? 3 : 1;
    }
    return index->known & ~(index->wanting & ~wanted) & ~unwanted;
}

void definition_index_free(struct definition_index *index)
{
    for (size_t i = 0; i < index->count; i++)
        free(index->words[i].text);
    free(index->words);
    *index = (struct definition_index){.count = 0};
}
