#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "output/width.h"
#include "registry/parts.h"
#include "util/paths.h"

int terminal_width(FILE *stream)
{
    struct winsize size;
    if (!isatty(fileno(stream)))
        return 0;
    return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool colour_wanted(FILE *stream)
{
    const char *no = getenv("NO_COLOR"); /* https://no-color.org */
    const char *terminal = getenv("TERM");
    return isatty(fileno(stream)) && !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0);
}

/* ---- Files -------------------------------------------------------------------------------------
 */

static int cannot_write(const char *path)
{
    complain("cannot write %s: %s", path, strerror(errno));
    return EXIT_FAILED;
}

int open_output(struct output_file *file, const char *path)
{
    *file = (struct output_file){.path = path};
    struct stat about;
    /* A device or a pipe is written to as it is; a file gets a new one in its place. */
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        file->stream = S_ISDIR(about.st_mode) ? NULL : fopen(path, "we");
        if (S_ISDIR(about.st_mode))
            errno = EISDIR;
        return file->stream ? EXIT_DONE : cannot_write(path);
    }
    /* The new file has no name before it is complete: whatever happens, nothing is left behind. */
    file->target = realpath(path, NULL); /* through a link, what it leads to is replaced */
    if (!file->target)
        file->target = strdup(path);
    char *folder = file->target ? strdup(file->target) : NULL;
    int opened = folder ? open(dirname(folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666) : -1;
    free(folder);
    if (opened < 0) {
        free(file->target);
        return cannot_write(path);
    }
    if (stat(path, &about) == 0)
        fchmod(opened, about.st_mode & 0777);
    file->stream = fdopen(opened, "w");
    return file->stream ? EXIT_DONE : cannot_write(path);
}

/*
 * Gives the file its name. One that is there already is replaced at once, not removed first, which
 * takes a name that nobody uses for a moment.
 */
static int name_output(const struct output_file *file)
{
    char opened[32];
    snprintf(opened, sizeof opened, "/proc/self/fd/%d", fileno(file->stream));
    for (unsigned number = (unsigned)getpid();; number++) {
        char *next;
        if (asprintf(&next, "%s.%u", file->target, number) < 0)
            return cannot_write(file->path);
        bool linked = linkat(AT_FDCWD, opened, AT_FDCWD, next, AT_SYMLINK_FOLLOW) == 0;
        bool taken = !linked && errno == EEXIST;
        bool named = linked && rename(next, file->target) == 0;
        if (linked && !named) {
            int reason = errno;
            unlink(next);
            errno = reason;
        }
        free(next);
        if (!taken)
            return named ? EXIT_DONE : cannot_write(file->path);
    }
}

int close_output(struct output_file *file, bool keep)
{
    int status = EXIT_DONE;
    if (keep && (fflush(file->stream) != 0 || ferror(file->stream)))
        status = cannot_write(file->path);
    if (keep && status == EXIT_DONE && file->target)
        status = name_output(file);
    if (fclose(file->stream) != 0 && keep && status == EXIT_DONE)
        status = cannot_write(file->path);
    free(file->target);
    return status;
}

/* The message about standard output is given once. */
static int cannot_print(void)
{
    static bool said;
    if (!said && errno)
        complain("cannot write to standard output: %s", strerror(errno));
    else if (!said)
        complain("cannot write all of the output to standard output");
    said = true;
    return EXIT_FAILED;
}

int finish_output(int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
        return status;
    cannot_print();
    return status == EXIT_DONE || status == EXIT_REFUSED_ROWS ? EXIT_FAILED : status;
}

void print_visible(FILE *stream, const char *text)
{
    struct buffer visible = {0};
    text_visible(slice_of(text), &visible);
    fputs(buffer_string(&visible), stream);
    buffer_free(&visible);
}

/* ---- Results -----------------------------------------------------------------------------------
 */

bool same_output(const char *a, const char *b)
{
    char *whole_a = path_whole(a), *whole_b = path_whole(b);
    bool same = !whole_a || !whole_b || strcmp(whole_a, whole_b) == 0;
    free(whole_a);
    free(whole_b);
    return same;
}

/* Whether a file can be made there, so that it is said before any work is done. */
static int check_folder_of(const char *path)
{
    struct stat about;
    if (stat(path, &about) == 0) {
        errno = EISDIR;
        return S_ISDIR(about.st_mode) ? cannot_write(path) : EXIT_DONE;
    }
    if (errno != ENOENT)
        return cannot_write(path);
    char *copy = strdup(path);
    bool there = copy && access(dirname(copy), W_OK | X_OK) == 0;
    free(copy);
    return there ? EXIT_DONE : cannot_write(path);
}

int check_output(const char *path, const char *registry_path)
{
    if (!*path) {
        complain("the name of the output file is empty");
        return EXIT_FAILED;
    }
    if (strcmp(path, "-") == 0) {
        complain("'-' is no output file: leave it out for standard output, or write ./-");
        return EXIT_FAILED;
    }
    if (registry_has_part(registry_path, path)) {
        complain("%s is the registry or a part of it: name another file for the output", path);
        return EXIT_FAILED;
    }
    return check_folder_of(path);
}

int check_printing(const struct printing *printing, const char *registry_path)
{
    enum output_format format;
    if (printing->format && !output_format_find(printing->format, &format)) {
        complain("unknown format '%s': write table, csv, json or markdown", printing->format);
        return EXIT_USAGE;
    }
    return printing->file ? check_output(printing->file, registry_path) : EXIT_DONE;
}

enum output_format format_of(const struct printing *printing)
{
    enum output_format format = OUTPUT_TABLE;
    if (printing->format)
        output_format_find(printing->format, &format);
    return format;
}

int read_language(const char *name, enum language *language)
{
    *language = LANGUAGE_ENGLISH;
    if (!name || language_find(name, language))
        return EXIT_DONE;
    complain("unknown language '%s': write --lang en or --lang zh", name);
    return EXIT_USAGE;
}

int print_rows(struct cbec_result *result, enum output_format format,
               const struct printing *printing, FILE *stream)
{
    size_t count = cbec_result_columns(result);
    const char **columns = calloc(count, sizeof *columns);
    const struct output_options options = {.bom = printing && printing->bom,
                                           .terminal_width = terminal_width(stream),
                                           .color = colour_wanted(stream),
                                           .language =
                                               printing ? printing->language : LANGUAGE_ENGLISH};
    struct cbec_error error;
    const struct cbec_cell *cells = NULL;
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; columns && i < count; i++)
        columns[i] = cbec_result_column(result, i);
    if (printing && printing->before)
        fputs(printing->before, stream);
    struct output *output = columns ? output_begin(format, stream, &options, columns, count) : NULL;
    do {
        status = cbec_result_next(result, &cells, &error);
    } while (status == CBEC_OK && cells && output_row(output, cells));
    free(columns);
    if (status != CBEC_OK) {
        output_abandon(output);
        return fail(&error);
    }
    if (output_end(output) && (!printing || !printing->after ||
                               (fputs(printing->after, stream) != EOF && fflush(stream) == 0)))
        return EXIT_DONE;
    return printing && printing->file ? cannot_write(printing->file) : cannot_print();
}

int print_result(struct cbec_result *result, const struct printing *printing,
                 const char *registry_path)
{
    int status = check_printing(printing, registry_path);
    enum output_format format = format_of(printing);
    if (status == EXIT_DONE && !printing->file) {
        status = print_rows(result, format, printing, stdout);
    } else if (status == EXIT_DONE) {
        struct output_file file;
        status = open_output(&file, printing->file);
        if (status == EXIT_DONE) {
            status = print_rows(result, format, printing, file.stream);
            int closed = close_output(&file, status == EXIT_DONE);
            status = status == EXIT_DONE ? closed : status;
        }
    }
    cbec_result_close(result);
    return status;
}
