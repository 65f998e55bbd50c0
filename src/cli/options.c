#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "output/width.h"
#include "util/suggest.h"

void complain(const char *format, ...)
{
    struct buffer visible = {0};
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_visible(slice_of(text), &visible);
    fprintf(stderr, "cbec: %s\n", buffer_string(&visible));
    buffer_free(&visible);
}

int fail(const struct cbec_error *error)
{
    complain("%s", error->message);
    if (error->status == CBEC_ERROR_CANCELLED && caught_signal)
        return EXIT_SIGNAL + caught_signal;
    return error->status == CBEC_ERROR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

bool wait_aloud(void *context, unsigned times)
{
    (void)context;
    if (times == 0)
        complain("another program is writing to the registry: waiting for it");
    return !caught_signal;
}

bool read_number(const char *text, int64_t *number)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    *number = value;
    return errno == 0 && end != text && *end == '\0' && value > 0;
}

int list_add(struct text_list *list, const char *text)
{
    const char **at = realloc(list->at, (list->count + 1) * sizeof *at);
    if (!at) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    at[list->count++] = text;
    list->at = at;
    return EXIT_DONE;
}

static const struct option_spec *find_option(const struct option_spec *options, const char *name,
                                             size_t length)
{
    for (; options->name; options++)
        if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
            return options;
    return NULL;
}

static const struct option_spec *find_letter(const struct option_spec *options, char letter)
{
    for (; options->name; options++)
        if (options->letter && options->letter == letter)
            return options;
    return NULL;
}

static int unknown_option(const char *command, const struct option_spec *options, const char *name)
{
    const char *word = name + strspn(name, "-");
    struct suggestion near = {.written = {word, strcspn(word, "=")}};
    char hint[128];
    for (; options->name; options++)
        suggestion_add(&near, slice_of(options->name));
    suggestion_text(&near, hint);
    complain("unknown option '%s'%s (`cbec help %s`)", name, hint, command);
    return EXIT_USAGE;
}

static int set_option(const struct option_spec *option, const char *value)
{
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)option->target = true;
        return EXIT_DONE;
    case OPTION_TEXT:
        *(const char **)option->target = value;
        return EXIT_DONE;
    default:
        return list_add(option->target, value);
    }
}

/* Reads the option at argv[*at], and its value behind it. */
static int read_option(const char *command, const struct option_spec *options, int argc,
                       char **argv, int *at)
{
    const char *word = argv[*at];
    const char *value = NULL;
    const struct option_spec *option;
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");
        option = find_option(options, word + 2, length);
        value = word[2 + length] == '=' ? word + 3 + length : NULL;
    } else {
        option = find_letter(options, word[1]);
        value = word[2] ? word + 2 : NULL;
    }
    if (!option)
        return unknown_option(command, options, word);
    if (option->kind == OPTION_FLAG && value) {
        complain("--%s takes no value (`cbec help %s`)", option->name, command);
        return EXIT_USAGE;
    }
    if (option->kind != OPTION_FLAG && !value) {
        if (*at + 1 >= argc) {
            complain("--%s needs a value: --%s %s", option->name, option->name, option->value);
            return EXIT_USAGE;
        }
        value = argv[++*at];
    }
    return set_option(option, value);
}

int options_read(const char *command, const struct option_spec *options, int argc, char **argv,
                 struct text_list *arguments)
{
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        int status = EXIT_DONE;
        if (!only_arguments && strcmp(argv[i], "--") == 0)
            only_arguments = true;
        else if (!only_arguments && argv[i][0] == '-' && argv[i][1])
            status = read_option(command, options, argc, argv, &i);
        else
            status = list_add(arguments, argv[i]);
        if (status != EXIT_DONE)
            return status;
    }
    return EXIT_DONE;
}

void options_free(const struct option_spec *options, struct text_list *arguments)
{
    for (; options->name; options++)
        if (options->kind == OPTION_LIST) {
            struct text_list *list = options->target;
            free(list->at);
            *list = (struct text_list){0};
        }
    free(arguments->at);
    *arguments = (struct text_list){0};
}
