/* The queries of the model that are lists: conflicts and refused rows. */
#include "model_queries.h"

#include <string.h>

static const char *const sources[] = {"aiqicha", "customs", "other", "qichacha", "tianyancha"};
enum { SOURCES_IN_ALL = sizeof sources / sizeof *sources };

/* The last word of one source on one field, by the rule of settling, and the data date with which
 * it was said. */
struct last_word {
    const char *value, *written, *data_date;
};

static bool is_earlier(const struct model *model, const struct sighting *a,
                       const struct sighting *b)
{
    int order = strcmp(model->import[a->file].data_date, model->import[b->file].data_date);
    if (order == 0)
        order = a->file != b->file ? a->file - b->file : a->line - b->line;
    return order < 0;
}

static struct last_word last_word_of(const struct model *model, int enterprise, const char *source,
                                     enum column field)
{
    struct last_word last = {0};
    const struct sighting *taken = NULL;
    for (;;) {
        const struct sighting *next = NULL;
        for (const struct sighting *at = model->sighting;
             at < model->sighting + model->sighting_count; at++)
            if (model->record[at->record].enterprise == enterprise &&
                strcmp(model->import[at->file].source, source) == 0 &&
                (!taken || is_earlier(model, taken, at)) && (!next || is_earlier(model, at, next)))
                next = at;
        if (!next)
            return last;
        taken = next;
        const struct word *word = model->record[next->record].said.word[field];
        if (!word || (field == FOUNDED && last.value && agrees(word->kept, last.value)))
            continue;
        last.value = field == STATUS ? word->means : word->kept;
        last.written = word->kept;
        last.data_date = model->import[next->file].data_date;
    }
}

static bool words_differ(const struct last_word *a, const struct last_word *b, enum column field)
{
    if (!a->value || !b->value || strcmp(a->value, b->value) == 0)
        return false;
    return field != FOUNDED || !(agrees(a->value, b->value) || agrees(b->value, a->value));
}

void conflicts(const struct asking *asking)
{
    for (int i = 0; i < 2 * asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i / 2];
        enum column field = i % 2 ? STATUS : FOUNDED;
        struct last_word last[SOURCES_IN_ALL];
        bool conflict = false;
        for (int j = 0; j < SOURCES_IN_ALL; j++) {
            last[j] = last_word_of(asking->model, enterprise->first, sources[j], field);
            for (int k = 0; k < j; k++)
                conflict |= words_differ(&last[j], &last[k], field);
        }
        const char *counts = field == FOUNDED ? enterprise->founded : enterprise->status;
        for (int j = 0; j < SOURCES_IN_ALL && conflict && is_selected(asking, enterprise); j++)
            if (last[j].value)
                table_add(asking->table, "%s|%s|%s|%s|%s|%d", enterprise->name->plain,
                          field == FOUNDED ? "founded_on" : "status", sources[j], last[j].written,
                          last[j].data_date, strcmp(last[j].value, counts) == 0);
    }
}

void refused_rows(const struct asking *asking)
{
    static const char *const reasons[] = {
        "unclosed_quote", "nul_byte",         "wrong_width",       "unmatched",
        "no_name",        "no_founding_date", "bad_founding_date", "future_founding_date"};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        int count = 0;
        for (int j = 0; j < asking->model->import_count; j++) {
            const struct model_import *import = &asking->model->import[j];
            bool asked =
                !asking->question->source || strcmp(import->source, asking->question->source) == 0;
            for (int k = 0; k < import->refusal_count; k++)
                count += asked && strcmp(import->refusal[k].reason, reasons[i]) == 0;
        }
        if (count)
            table_add(asking->table, "%s|%d", reasons[i], count);
    }
}
