/*
 * cuts CBEC CONTAINER: a file that is cut off anywhere gives a clear error or its whole rows, and
 * never a crash.
 *
 * One list is written in the container, cut at evenly spread bytes, and each piece imported into a
 * registry of its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixtures.h"

enum { CUTS = 200, CHECK_EACH = 20, LONGEST_SECONDS = 60 };

/* ---- Running the program ---- */

struct outcome {
    int status; /* exit status; 128 and the signal if it was ended by one */
    char *out, *err;
};

static char *content_of(int file)
{
    off_t size = lseek(file, 0, SEEK_END);
    char *text = calloc((size_t)size + 1, 1);
    if (!text || pread(file, text, (size_t)size, 0) != size)
        give_up("what the program says");
    close(file);
    return text;
}

static struct outcome run(const char *const *arguments)
{
    int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC), state;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(out, STDOUT_FILENO);
        dup2(err, STDERR_FILENO);
        alarm(LONGEST_SECONDS); /* one that hangs ends by a signal */
        execv(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    if (out < 0 || err < 0 || child < 0 || waitpid(child, &state, 0) != child)
        give_up(arguments[0]);
    int status = WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
    return (struct outcome){status, content_of(out), content_of(err)};
}

static void forget(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->err);
}

/* The number behind a key of the object that import --json prints; -1 if it is not there. */
static int figure(const struct outcome *outcome, const char *key)
{
    const char *quoted = text_of("\"%s\":", key), *at = strstr(outcome->out, quoted);
    return at ? atoi(at + strlen(quoted)) : -1;
}

/* ---- Containers ---- */

enum kind { TEXT, WHOLE_OR_NOTHING };

static void make_csv(struct table *table, struct buffer *out)
{
    write_text(&(struct text_style){.delimiter = ',', .newline = "\n"}, table, out);
}

static void make_gb18030(struct table *table, struct buffer *out)
{
    write_text(&(struct text_style){.delimiter = ',', .wrap = true, .newline = "\r\n"}, table, out);
    recode(out, "GB18030");
}

static void make_xlsx(struct table *table, struct buffer *out)
{
    write_xlsx(&(struct book_style){.rich = true}, table, out);
}

static void make_xls(struct table *table, struct buffer *out)
{
    write_xls(false, true, table, out);
}

static void make_zipped_csv(struct table *table, struct buffer *out)
{
    make_csv(table, out);
    zip_up("名单/20230808.csv", out);
}

static void make_zipped_xlsx(struct table *table, struct buffer *out)
{
    make_xlsx(table, out);
    zip_up("20230808.xlsx", out);
}

static const struct container {
    const char *name;
    enum kind kind;
    enum dates dates;
    void (*make)(struct table *table, struct buffer *out);
} containers[] = {
    {"csv", TEXT, DATES_ISO, make_csv},
    {"gb18030", TEXT, DATES_ISO, make_gb18030},
    {"xlsx", WHOLE_OR_NOTHING, DATES_CELLS, make_xlsx},
    {"xls", WHOLE_OR_NOTHING, DATES_CELLS, make_xls},
    {"zip+csv", WHOLE_OR_NOTHING, DATES_ISO, make_zipped_csv},
    {"zip+xlsx", WHOLE_OR_NOTHING, DATES_CELLS, make_zipped_xlsx},
};

static const struct container *container_called(const char *name)
{
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (strcmp(containers[i].name, name) == 0)
            return &containers[i];
    give_up("no such container");
}

/* ---- What a cut may give ---- */

struct counts {
    int rows, refused, skipped;
};

/* Of the first lines of the table. */
static struct counts counts_of(const struct table *table, size_t lines)
{
    struct counts counts = {0};
    for (size_t i = 0; i < lines && i < table->count; i++) {
        const struct line *line = &table->lines[i];
        bool skipped = strchr("emx", line->mark) != NULL;
        counts.skipped += skipped;
        counts.rows += line->mark != '#' && !skipped;
        counts.refused += line->refused != NULL;
    }
    return counts;
}

/* Between what the whole lines give and that with one more: the row that the cut has shortened. */
static bool is_near(int got, int whole, bool more)
{
    return got == whole || (more && got == whole + 1);
}

static bool text_is_right(const struct table *table, struct slice piece, struct counts got)
{
    size_t lines = 0;
    for (size_t i = 0; i < piece.length; i++)
        lines += piece.at[i] == '\n';
    bool more = piece.length > 0 && piece.at[piece.length - 1] != '\n';
    struct counts whole = counts_of(table, lines);
    int accepted = got.rows - got.refused, whole_accepted = whole.rows - whole.refused;
    /* Empty rows count only where a filled one follows, so that fewer may have been skipped. */
    return is_near(got.rows, whole.rows, more) && is_near(got.refused, whole.refused, more) &&
           is_near(accepted, whole_accepted, more) && got.skipped <= whole.skipped + more;
}

static const char *fault_of(const struct container *container, const struct table *table,
                            struct slice piece, const struct outcome *outcome)
{
    struct counts got = {figure(outcome, "rows"), figure(outcome, "refused"),
                         figure(outcome, "skipped")};
    if (outcome->status == 1)
        return !*outcome->err ? "no message" : got.rows >= 0 ? "rows of a file that failed" : NULL;
    if (outcome->status != 0 && outcome->status != 3)
        return "a crash";
    if ((got.refused > 0) != (outcome->status == 3))
        return "the exit status does not tell whether rows were refused";
    if (container->kind == TEXT)
        return text_is_right(table, piece, got) ? NULL : "other rows than the whole ones";
    struct counts all = counts_of(table, table->count);
    return got.rows == all.rows && got.refused == all.refused ? NULL : "a part of its rows";
}

/* ---- Cutting ---- */

static const char *in_folder(const char *folder, const char *name)
{
    return text_of("%s/%s", folder, name);
}

static void remove_registry(const char *folder)
{
    static const char *const names[] = {"r.db", "r.db-wal", "r.db-shm", "r.db-journal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(folder, names[i]));
}

static bool is_sound(const char *cbec, const char *registry)
{
    if (access(registry, F_OK) != 0)
        return true;
    struct outcome outcome = run((const char *[]){cbec, "--db", registry, "check", NULL});
    bool sound = outcome.status == 0;
    if (!sound)
        fprintf(stderr, "%s%s", outcome.out, outcome.err);
    forget(&outcome);
    return sound;
}

/* Imports the piece; what is wrong with what comes of it, NULL if nothing is. */
static const char *try_piece(const char *cbec, const struct container *container,
                             const struct table *table, struct slice piece, const char *folder,
                             bool check, int *status)
{
    const char *registry = in_folder(folder, "r.db"), *path = in_folder(folder, "20230808");
    remove_registry(folder);
    write_file(folder, "20230808", piece);
    struct outcome outcome =
        run((const char *[]){cbec, "--db", registry, "import", "--json", path, NULL});
    const char *fault = fault_of(container, table, piece, &outcome);
    if (fault)
        fprintf(stderr, "%s%s", outcome.out, outcome.err);
    if (!fault && check && !is_sound(cbec, registry))
        fault = "the registry is not sound";
    *status = outcome.status;
    forget(&outcome);
    return fault;
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fputs("usage: cuts CBEC CONTAINER\n", stderr);
        return 2;
    }
    const struct container *container = container_called(arguments[2]);
    struct table table = list_table(container->dates, false);
    struct buffer bytes = {0};
    /* Hundreds of registries are made: in memory, where there is a place for it, that takes no
     * time. */
    char memory[] = "/dev/shm/cbec-cuts-XXXXXX", disk[] = "/tmp/cbec-cuts-XXXXXX";
    int failures = 0, statuses[256] = {0}, status;
    const char *folder = mkdtemp(memory) ? memory : mkdtemp(disk);
    if (!folder)
        give_up("a folder");
    container->make(&table, &bytes);
    for (size_t i = 0; i <= CUTS; i++) {
        struct slice piece = {bytes.data, bytes.length * i / CUTS};
        const char *fault = try_piece(arguments[1], container, &table, piece, folder,
                                      i % CHECK_EACH == 0 || i == CUTS - 1, &status);
        statuses[status]++;
        if (!fault && i == CUTS && status != 3)
            fault = "the whole file is not taken in";
        if (!fault)
            continue;
        fprintf(stderr, "FAIL: %s cut off after %zu of %zu bytes: exit status %d: %s\n",
                container->name, piece.length, bytes.length, status, fault);
        failures++;
    }
    printf("%s, %zu bytes: %d errors, %d imports without and %d with refused rows\n",
           container->name, bytes.length, statuses[1], statuses[0], statuses[3]);
    remove_registry(folder);
    unlink(in_folder(folder, "20230808"));
    rmdir(folder);
    buffer_free(&bytes);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
