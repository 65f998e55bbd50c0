#include "cli/figures.h"

#include <inttypes.h>
#include <stdlib.h>

#include "output/cells.h"
#include "util/percent.h"

static void copy_text(const struct cbec_cell *cell, char *text, size_t size)
{
    snprintf(text, size, "%.*s", (int)cell->length, cell->text ? cell->text : "");
}

static void read_row(const struct cbec_cell *cells, struct figures *figures)
{
    copy_text(&cells[0], figures->as_of, sizeof figures->as_of);
    copy_text(&cells[1], figures->known_day, sizeof figures->known_day);
    figures->year = cells[2].integer;
    figures->complete = cells[3].integer != 0;
    figures->month_complete = cells[4].integer != 0;
    int64_t *const counts[] = {&figures->enterprises,      &figures->new_registrations,
                               &figures->prior_year_total, &figures->stock,
                               &figures->unknown_statuses, &figures->refused_rows,
                               &figures->on_file};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        *counts[i] = cells[5 + i].integer;
    struct buffer *const texts[] = {&figures->definition, &figures->province, &figures->source};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buffer_append(texts[i], cell_text(&cells[12 + i]));
}

void figures_free(struct figures *figures)
{
    buffer_free(&figures->definition);
    buffer_free(&figures->province);
    buffer_free(&figures->source);
}

int figures_read(struct cbec_registry *registry, const struct cbec_question *question,
                 struct figures *figures)
{
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    *figures = (struct figures){.is_vintage = question->known_at != NULL};
    if (cbec_list_run(registry, "headline", question, &result, &error) != CBEC_OK)
        return fail(&error);
    enum cbec_status status = cbec_result_next(result, &cells, &error);
    if (status == CBEC_OK && cells)
        read_row(cells, figures);
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

/* ---- The sentence ------------------------------------------------------------------------------
 */

static void add_count(struct buffer *out, int64_t count)
{
    char text[32];
    format_count(count, text);
    buffer_append(out, slice_of(text));
}

static void sentence_english(const struct figures *figures, struct buffer *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    add_count(out, figures->new_registrations);
    buffer_append_format(out, " new registrations in %" PRId64, figures->year);
    if (!figures->complete)
        buffer_append_format(out, " (to %d %s)", atoi(figures->as_of + 8),
                             months[(atoi(figures->as_of + 5) + 11) % 12]);
    if (figures->prior_year_total == 0) {
        buffer_append(out, SLICE(", none last year; "));
    } else {
        buffer_append_format(out, ", %" PRId64 " percent of last year's total of ",
                             whole_percent(figures->new_registrations, figures->prior_year_total));
        add_count(out, figures->prior_year_total);
        buffer_append(out, SLICE("; "));
    }
    add_count(out, figures->stock);
    buffer_append(out, SLICE(" enterprises in existence."));
}

static void sentence_chinese(const struct figures *figures, struct buffer *out)
{
    const char *last_year = figures->complete ? "上年全年" : "去年全年";
    buffer_append_format(out, "%" PRId64 "年", figures->year);
    if (!figures->complete)
        buffer_append_format(out, "（截至%d月%d日）", atoi(figures->as_of + 5),
                             atoi(figures->as_of + 8));
    buffer_append(out, SLICE("新增注册"));
    add_count(out, figures->new_registrations);
    if (figures->prior_year_total == 0) {
        buffer_append_format(out, "家，%s为0家；现存企业", last_year);
    } else {
        buffer_append_format(out, "家，%s%s", figures->complete ? "为" : "达到", last_year);
        add_count(out, figures->prior_year_total);
        buffer_append_format(out, "家的%" PRId64 "%%；现存企业",
                             whole_percent(figures->new_registrations, figures->prior_year_total));
    }
    add_count(out, figures->stock);
    buffer_append(out, SLICE("家。"));
}

/* Nothing is counted: what was asked for that nothing is. */
static void sentence_of_none(struct figures *figures, bool chinese, struct buffer *out)
{
    buffer_append_format(
        out, chinese ? "截至%s，没有符合口径“%s”" : "No enterprises as of %s, by definition %s",
        figures->as_of, buffer_string(&figures->definition));
    if (figures->province.length)
        buffer_append_format(out, chinese ? "、位于%s" : ", in %s",
                             buffer_string(&figures->province));
    if (figures->source.length)
        buffer_append_format(out, chinese ? "、由%s载明" : ", named by %s",
                             buffer_string(&figures->source));
    buffer_append(out, chinese ? SLICE("的企业。") : SLICE("."));
}

void figures_sentence(struct figures *figures, enum language language, struct buffer *out)
{
    bool chinese = language == LANGUAGE_CHINESE;
    if (figures->on_file == 0 && figures->is_vintage)
        buffer_append(out, chinese ? SLICE("当时登记库中尚无企业。")
                                   : SLICE("The registry held no enterprises then."));
    else if (figures->on_file == 0)
        buffer_append(out, chinese ? SLICE("登记库中尚无企业。")
                                   : SLICE("The registry holds no enterprises yet."));
    else if (figures->enterprises == 0)
        sentence_of_none(figures, chinese, out);
    else if (chinese)
        sentence_chinese(figures, out);
    else
        sentence_english(figures, out);
}
