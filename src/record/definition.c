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

/*
 * Brackets after NFKC, which makes the full-width ones half-width, by their last byte: those of
 * ASCII, and 【】〔〕, which all begin with E3 80.
 */
struct bracket {
    char kind; /* 0: it is none */
    unsigned char length;
    bool opens;
};

static const struct bracket BRACKETS[256] = {
    ['('] = {'(', 1, true}, [')'] = {'(', 1, false}, ['['] = {'[', 1, true}, [']'] = {'[', 1, false},
    ['{'] = {'{', 1, true}, ['}'] = {'{', 1, false}, [0x90] = {'b', 3, true}, [0x91] = {'b', 3, false},
    [0x94] = {'s', 3, true}, [0x95] = {'s', 3, false},
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
    struct bracket bracket;
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

/* A byte eight times, as many are looked at in one step. */
#define EIGHT(byte) (0x0101010101010101u * (uint64_t)(byte))

static uint64_t eight_at(const char *at)
{
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return eight;
}

/* Not 0 if, and only if, one of the eight bytes is. */
static uint64_t zero_among(uint64_t eight)
{
    return (eight - EIGHT(1)) & ~eight & EIGHT(0x80);
}

/*
 * Whether a bracket may begin in the eight bytes here, behind which two more stand: ( or ); [ ] {
 * or }, whose common bits only Y, _, y and DEL have, too; or one of 【】〔〕, by the bits of its
 * first and its last byte.
 */
static bool may_hold_bracket(const char *at)
{
    uint64_t bytes = eight_at(at), thirds = eight_at(at + 2);
    return zero_among((bytes & EIGHT(0xFE)) ^ EIGHT('(')) |
           zero_among((bytes & EIGHT(0xD9)) ^ EIGHT('[' & 0xD9)) |
           zero_among((bytes ^ EIGHT(0xE3)) | ((thirds & EIGHT(0xFA)) ^ EIGHT(0x90)));
}

/* The bracket that the text begins with. */
static struct bracket bracket_at(struct slice text)
{
    unsigned char last = (unsigned char)text.at[0];
    if (last >= 0x80)
        last =
            text.length >= 3 && memcmp(text.at, "\xE3\x80", 2) == 0 ? (unsigned char)text.at[2] : 0;
    return BRACKETS[last];
}

/* How many bytes stand before the first bracket, which is left in `*bracket`. */
static size_t find_bracket(struct slice text, struct bracket *bracket)
{
    size_t at = 0;
    *bracket = BRACKETS[0];
    while (at < text.length) {
        bool are_ten = text.length - at >= 10;
        size_t end = are_ten ? at + 8 : text.length;
        if (are_ten && !may_hold_bracket(text.at + at))
            at = end;
        for (; at < end; at++) {
            *bracket = bracket_at(slice_from(text, at));
            if (bracket->kind)
                return at;
        }
    }
    return at;
}

/* True if what was written since the bracket's opening ends in the word that negates it. */
static bool ends_negating(const struct open_bracket *bracket, const char *data, size_t length)
{
    size_t start = bracket->start + bracket->bracket.length;
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
        struct bracket bracket;
        size_t plain = find_bracket(rest, &bracket);
        size_t step = plain + bracket.length;
        struct open_bracket *inner = open->count > 0 ? &open->at[open->count - 1] : NULL;
        if (written < read)
            memmove(data + written, rest.at, step);
        read += step;
        written += plain;
        if (bracket.kind && !bracket.opens && inner && inner->bracket.kind == bracket.kind) {
            open->count--;
            if (inner->negates || ends_negating(inner, data, written)) {
                written = inner->start;
                data[written++] = GAP;
                continue;
            }
        } else if (bracket.opens) {
            bool negates = starts_negating(slice_from(rest, step));
            if (!push(open, (struct open_bracket){bracket, written, negates}))
                return 0;
        }
        written += bracket.length;
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
    struct open_brackets open; /* without the time to clear it all */
    open.at = open.first;
    open.count = 0;
    open.capacity = COUNT(open.first);
    open.failed = false;
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

/* Three bytes, as most characters have, and all of them are there. */
static bool is_wide(const unsigned char *at, size_t left)
{
    return left >= 3 && at[0] >= 0xE0 && at[0] <= 0xEF;
}

/* The two bytes that tell wide characters apart, but for the few that differ in the first alone. */
static unsigned pair_of(const unsigned char *wide)
{
    return (unsigned)wide[1] << 8 | wide[2];
}

static void mark_beginning(struct definition_index *index, struct slice word)
{
    const unsigned char *bytes = (const unsigned char *)word.at;
    if (is_wide(bytes, word.length))
        index->wide[pair_of(bytes) / 64] |= (uint64_t)1 << pair_of(bytes) % 64;
    else
        index->narrow[bytes[0]] = true;
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
    mark_beginning(index, text);
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
    index->unwanting |= wanted ? 0 : bit;
    return true;
}

/* What has been found in a text so far: the definitions whose words these are, as bits. */
struct found {
    uint64_t wanted;
    uint64_t unwanted;
};

/* Adds the words that the text begins with. */
static void find_words(const struct definition_index *index, struct slice text, struct found *found)
{
    for (size_t i = 0; i < index->count; i++) {
        const struct indexed_word *word = &index->words[i];
        if (slice_starts_with(text, (struct slice){word->text, word->length})) {
            found->wanted |= word->wanted;
            found->unwanted |= word->unwanted;
        }
    }
}

/* No word that may follow changes anything. */
static bool is_settled(const struct definition_index *index, const struct found *found)
{
    return (index->wanting & ~found->wanted & ~found->unwanted) == 0 &&
           (index->unwanting & ~found->unwanted) == 0;
}

uint64_t definition_index_find(const struct definition_index *index, struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    struct found found = {0};
    for (size_t at = 0, length; at < text.length; at += length) {
        bool wide = is_wide(bytes + at, text.length - at);
        unsigned pair = wide ? pair_of(bytes + at) : 0;
        bool begins = wide ? index->wide[pair / 64] >> pair % 64 & 1 : index->narrow[bytes[at]];
        length = wide ? 3 : 1;
        if (begins) {
            find_words(index, slice_from(text, at), &found);
            if (is_settled(index, &found))
                break;
        }
    }
    return index->known & ~(index->wanting & ~found.wanted) & ~found.unwanted;
}

void definition_index_free(struct definition_index *index)
{
    for (size_t i = 0; i < index->count; i++)
        free(index->words[i].text);
    free(index->words);
    *index = (struct definition_index){.count = 0};
}
