#include "record/definition.h"

#include <stdlib.h>

#include "record/text.h"

/* clang-format off */
#define WORD(text) {text, sizeof(text) - 1}

static const struct slice NEGATING_STARTS[] = {
    WORD("不含"), WORD("除"), WORD("不包括"), WORD("不得"), WORD("禁止"),
};
static const struct slice NEGATING_END = WORD("除外");

/* Brackets after NFKC, which makes the full-width ones half-width, each at its last seven bits. One
 * that closes is of the kind of the one that opens. */
static const struct bracket {
    int32_t form;
    char kind;
    bool opens;
} BRACKETS[128] = {
    ['('] = {'(', '(', true}, [')'] = {')', '(', false}, ['['] = {'[', '[', true}, [']'] = {']', '[', false},
    ['{'] = {'{', '{', true}, ['}'] = {'}', '{', false},
    [0x10] = {0x3010, 'b', true}, [0x11] = {0x3011, 'b', false},
    [0x14] = {0x3014, 's', true}, [0x15] = {0x3015, 's', false},
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool starts_negating(struct slice content)
{
    content = text_trim_start(content);
    for (size_t i = 0; i < COUNT(NEGATING_STARTS); i++) {
        if (slice_starts_with(content, NEGATING_STARTS[i]))
            return true;
    }
    return false;
}

void definition_word(struct slice word, struct buffer *out)
{
    size_t start = out->length;
    text_fold(word, TEXT_FOLD_CASE, out);
    if (out->length == start)
        return;
    struct slice folded = {out->data + start, out->length - start};
    struct slice trimmed = text_trim_start(text_trim_end(folded));
    memmove(out->data + start, trimmed.at, trimmed.length);
    out->length = start + trimmed.length;
}

/* ---- The index ---------------------------------------------------------------------------------
 */

/* Three bytes, as most characters have; a character that is cut off is none. */
static bool is_wide(struct slice character)
{
    return character.length == 3;
}

/* The two bytes that tell wide characters apart, but for the few that differ in the first alone. */
static unsigned pair_of(const char *wide)
{
    const unsigned char *bytes = (const unsigned char *)wide;
    return (unsigned)bytes[1] << 8 | bytes[2];
}

static bool is_inside_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The character that ends before `end`, in UTF-8. */
static struct slice character_before(struct slice text, size_t end)
{
    size_t start = end - 1;
    while (start > 0 && is_inside_character(text.at[start]))
        start--;
    return (struct slice){text.at + start, end - start};
}

static void mark_end(struct definition_index *index, struct indexed_word *word)
{
    struct slice text = {word->text, word->length};
    struct slice last = character_before(text, text.length);
    unsigned char byte = (unsigned char)text.at[text.length - 1];
    if (is_wide(last))
        index->wide[pair_of(last.at) / 64] |= (uint64_t)1 << pair_of(last.at) % 64;
    else
        index->narrow[byte] = true;
    for (size_t i = 0; i < text.length; i++)
        word->has_ascii |= (unsigned char)text.at[i] < 0x80;
    word->next = index->last[byte];
    index->last[byte] = index->count;
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
    struct indexed_word *word = &index->words[index->count++];
    *word = (struct indexed_word){.text = copy, .length = text.length};
    mark_end(index, word);
    return word;
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

/* ---- Looking for words -------------------------------------------------------------------------
 *
 * A text is gone through once, as it is written: nearly all characters are told by themselves what
 * they are when folded. A text with others is folded first. Words are looked for where they end, so
 * that a bracket that proves to negate takes along what was found since it opened.
 */

/* What has been found so far: the definitions whose words these are, as bits. */
struct found {
    uint64_t wanted;
    uint64_t unwanted;
};

/* A bracket that is open at the place reached. */
struct open_bracket {
    char kind;
    bool negates;        /* by what it begins with */
    size_t start;        /* of what stands in it */
    struct found before; /* what had been found when it opened */
};

struct scan {
    const struct definition_index *index;
    struct slice text;
    bool is_folded;
    size_t gap; /* behind the last bracket that was taken out: no word is found across it */
    struct found found;
    struct open_bracket *open;
    size_t open_count;
    size_t open_capacity;
    struct open_bracket first[8]; /* deeper nesting is rare, and goes to the heap */
};

enum scanned { SCANNED, NEEDS_FOLDING, NO_MEMORY };

static bool push(struct scan *scan, struct open_bracket bracket)
{
    if (scan->open_count == scan->open_capacity) {
        size_t capacity = scan->open_capacity * 2;
        bool is_first = scan->open == scan->first;
        struct open_bracket *open = realloc(is_first ? NULL : scan->open, capacity * sizeof *open);
        if (!open)
            return false;
        if (is_first)
            memcpy(open, scan->first, sizeof scan->first);
        scan->open = open;
        scan->open_capacity = capacity;
    }
    scan->open[scan->open_count++] = bracket;
    return true;
}

/* True if the bracket ends before `end` in the word that negates it. */
static bool ends_negating(const struct scan *scan, const struct open_bracket *bracket, size_t end)
{
    struct slice content = {scan->text.at + bracket->start, end - bracket->start};
    return slice_ends_with(text_trim_end(content), NEGATING_END);
}

/* Takes the character at `at`, behind which `next` stands, if it is a bracket. A closing one closes
 * the innermost open one, if that is of its kind. */
static bool take_bracket(struct scan *scan, int32_t form, size_t at, size_t next)
{
    const struct bracket *bracket = &BRACKETS[form & 127];
    if (bracket->form != form)
        return true;
    if (bracket->opens)
        return push(scan, (struct open_bracket){bracket->kind,
                                                starts_negating(slice_from(scan->text, next)), next,
                                                scan->found});
    if (scan->open_count == 0 || scan->open[scan->open_count - 1].kind != bracket->kind)
        return true;
    const struct open_bracket *closed = &scan->open[--scan->open_count];
    if (closed->negates || ends_negating(scan, closed, at)) {
        scan->found = closed->before;
        scan->gap = next;
    }
    return true;
}

/* Brackets that nobody closed reach to the end: the outermost that negates takes all from it on. */
static void take_unclosed(struct scan *scan)
{
    for (size_t i = 0; i < scan->open_count; i++)
        if (scan->open[i].negates || ends_negating(scan, &scan->open[i], scan->text.length)) {
            scan->found = scan->open[i].before;
            return;
        }
}

static char to_lower(int32_t ascii)
{
    return (char)(ascii >= 'A' && ascii <= 'Z' ? ascii - 'A' + 'a' : ascii);
}

/* Whether the text before `end` is the word when it is folded. All its forms are known. */
static bool ends_in_form(const struct scan *scan, size_t end, struct slice word)
{
    while (word.length > 0) {
        if (end <= scan->gap)
            return false;
        size_t length;
        struct slice character = character_before(scan->text, end);
        int32_t form = text_known_form(character, &length);
        char lower = to_lower(form);
        struct slice folded = form >= 0 && form < 0x80 ? (struct slice){&lower, 1} : character;
        if (!slice_ends_with(word, folded))
            return false;
        word.length -= folded.length;
        end -= character.length;
    }
    return true;
}

/* Whether the text before `end` is the word. Only what has ASCII in it can be written otherwise. */
static bool ends_in_word(const struct scan *scan, size_t end, const struct indexed_word *word)
{
    if (end - scan->gap >= word->length &&
        memcmp(scan->text.at + end - word->length, word->text, word->length) == 0)
        return true;
    return word->has_ascii && !scan->is_folded &&
           ends_in_form(scan, end, (struct slice){word->text, word->length});
}

/* Adds the words that end before `end`, all of which end in this byte. */
static void find_words(struct scan *scan, size_t end, char last)
{
    const struct indexed_word *words = scan->index->words;
    for (size_t i = scan->index->last[(unsigned char)last]; i > 0; i = words[i - 1].next) {
        const struct indexed_word *word = &words[i - 1];
        if (ends_in_word(scan, end, word)) {
            scan->found.wanted |= word->wanted;
            scan->found.unwanted |= word->unwanted;
        }
    }
}

/* The same if any word may end in this character. */
static inline void find_at_wide(struct scan *scan, const char *wide)
{
    unsigned pair = pair_of(wide);
    if (scan->index->wide[pair / 64] >> pair % 64 & 1)
        find_words(scan, (size_t)(wide + 3 - scan->text.at), wide[2]);
}

static inline void find_at_narrow(struct scan *scan, size_t end, char last)
{
    if (scan->index->narrow[(unsigned char)last])
        find_words(scan, end, last);
}

/* Nothing that may follow changes anything. */
static bool is_settled(const struct scan *scan)
{
    const struct definition_index *index = scan->index;
    const struct found *found = &scan->found;
    return scan->open_count == 0 && (index->wanting & ~found->wanted & ~found->unwanted) == 0 &&
           (index->unwanting & ~found->unwanted) == 0;
}

/* The length of a character that is known by its first byte alone, in a text that has been folded.
 */
static size_t length_by_first(struct slice text)
{
    unsigned char first = (unsigned char)text.at[0];
    size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return length < text.length ? length : text.length;
}

static enum scanned scan_text(struct scan *scan)
{
    for (size_t at = 0; at < scan->text.length;) {
        struct slice rest = slice_from(scan->text, at);
        size_t length = 6;
        if (rest.length >= 8 && text_two_ideographs(rest.at)) {
            if (is_settled(scan))
                return SCANNED;
            find_at_wide(scan, rest.at);
            find_at_wide(scan, rest.at + 3);
            at += length;
            continue;
        }
        int32_t form = text_known_form(rest, &length);
        if (form < 0 && !scan->is_folded)
            return NEEDS_FOLDING;
        if (form < 0)
            length = length_by_first(rest);
        if (is_settled(scan))
            return SCANNED;
        if (form > 0 && !take_bracket(scan, form, at, at + length))
            return NO_MEMORY;
        if (form >= 0 && form < 0x80)
            find_at_narrow(scan, at + length, to_lower(form));
        else if (length == 3)
            find_at_wide(scan, rest.at);
        else
            find_at_narrow(scan, at + length, rest.at[length - 1]);
        at += length;
    }
    take_unclosed(scan);
    return SCANNED;
}

/* Adds what is found in a text; false when there is no memory. */
static bool find_in(const struct definition_index *index, struct slice text, struct buffer *room,
                    struct found *found)
{
    struct scan scan; /* without the time to clear it all */
    scan.index = index;
    scan.open = scan.first;
    scan.open_capacity = COUNT(scan.first);
    enum scanned scanned = NEEDS_FOLDING;
    for (scan.is_folded = false; scanned == NEEDS_FOLDING; scan.is_folded = true) {
        scan.text = text;
        if (scan.is_folded) {
            buffer_clear(room);
            text_fold(text, TEXT_FOLD_CASE, room);
            scan.text = buffer_slice(room);
        }
        scan.gap = scan.open_count = 0;
        scan.found = *found;
        scanned = room->failed ? NO_MEMORY : scan_text(&scan);
    }
    *found = scan.found;
    if (scan.open != scan.first)
        free(scan.open);
    return scanned == SCANNED;
}

bool definition_index_find(const struct definition_index *index, struct slice name,
                           struct slice scope, struct buffer *text, uint64_t *definitions)
{
    struct found found = {0};
    if (!find_in(index, name, text, &found) || !find_in(index, scope, text, &found))
        return false;
    *definitions = index->known & ~(index->wanting & ~found.wanted) & ~found.unwanted;
    return true;
}

void definition_index_free(struct definition_index *index)
{
    for (size_t i = 0; i < index->count; i++)
        free(index->words[i].text);
    free(index->words);
    *index = (struct definition_index){.count = 0};
}
