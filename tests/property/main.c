/*
 * Random histories of a registry against the model.
 *
 *   registry_property counts|undo [ROUNDS [SEED]]
 *
 * ROUNDS histories (else CBEC_ROUNDS, else as many as take some ten seconds) are made from the
 * seeds SEED (else 1) and on. One that fails is made smaller as long as it fails for the same
 * reason, and shown. As many rounds of counts as that must have asked of every situation that
 * the rules are particular about (situations.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "play.h"
#include "situations.h"

enum { ROUNDS_OF_COUNTS = 220, ROUNDS_OF_UNDO = 120 };

static struct history smaller;

/* Keeps the history in `smaller` if it still fails for the same reason. */
static bool keep(struct history *history, enum check check, const char *folder, char why[WHY_BYTES])
{
    char other_why[WHY_BYTES] = "";
    if (play(&smaller, folder, other_why) != check)
        return false;
    *history = smaller;
    memcpy(why, other_why, WHY_BYTES);
    return true;
}

static void remove_from(void *list, size_t size, int *count, int index)
{
    char *at = (char *)list + (size_t)index * size;
    memmove(at, at + size, (size_t)(*count - index - 1) * size);
    --*count;
}

static bool shrink_file(struct history *history, int index, enum check check, const char *folder,
                        char why[WHY_BYTES])
{
    bool shrunk = false;
    struct file *file = &history->file[index], *tried = &smaller.file[index];
    for (int i = file->row_count - 1; i >= 0 && file->row_count > 1; i--) {
        smaller = *history;
        remove_from(tried->row, sizeof *tried->row, &tried->row_count, i);
        shrunk |= keep(history, check, folder, why);
    }
    for (int i = file->columns - 1; i >= 0; i--) {
        smaller = *history;
        if (file->column[i] == NAME || file->column[i] == FOUNDED)
            continue;
        remove_from(tried->column, sizeof *tried->column, &tried->columns, i);
        shrunk |= keep(history, check, folder, why);
    }
    for (int i = 0; i < file->row_count * COLUMNS; i++) {
        smaller = *history;
        int *word = &tried->row[i / COLUMNS].word[i % COLUMNS];
        if (*word < 0 || i % COLUMNS == NAME || i % COLUMNS == FOUNDED)
            continue;
        *word = ~0;
        shrunk |= keep(history, check, folder, why);
    }
    return shrunk;
}

static void shrink(struct history *history, enum check check, const char *folder,
                   char why[WHY_BYTES])
{
    for (bool shrunk = true; shrunk;) {
        shrunk = false;
        for (int i = history->step_count - 1; i >= 0; i--) {
            smaller = *history;
            remove_from(smaller.step, sizeof *smaller.step, &smaller.step_count, i);
            shrunk |= keep(history, check, folder, why);
        }
        for (int i = 0; i < history->file_count; i++)
            shrunk |= shrink_file(history, i, check, folder, why);
    }
}

static void show(const struct history *history, const char *why)
{
    static const char *const actions[] = {"import", "undo", "define"};
    bool used[MOST_FILES] = {false};
    printf("seed %llu:\n%s\n", (unsigned long long)history->seed, why);
    for (int i = 0; i < history->step_count; i++) {
        const struct step *step = &history->step[i];
        if (step->action == DEFINE) {
            printf("  define %s\n", DEFINITIONS[step->what].name);
            continue;
        }
        used[step->what] = true;
        printf("  %s list-%c\n", actions[step->action], (char)('a' + step->what));
    }
    for (int i = 0; i < history->file_count; i++) {
        const struct file *file = &history->file[i];
        char bytes[MOST_BYTES];
        int lines[MOST_ROWS];
        if (!used[i])
            continue;
        printf("list-%c, source %s, data date %s:\n", (char)('a' + i), SOURCES[file->source].name,
               file->day < 0 ? "from its columns" : DAYS[file->day]);
        fwrite(bytes, 1, render(file, bytes, lines), stdout);
    }
}

static int run_rounds(bool with_undo, int rounds, unsigned long long seed, const char *folder)
{
    static struct history history;
    int failed = 0;
    for (int i = 0; i < rounds && failed < 3; i++) {
        char why[WHY_BYTES] = "";
        generate(&history, seed + (unsigned long long)i, with_undo);
        enum check check = play(&history, folder, why);
        if (check == CHECK_NOTHING)
            continue;
        failed++;
        printf("seed %llu fails: %s\nmade smaller, ", (unsigned long long)history.seed, why);
        fflush(stdout);
        shrink(&history, check, folder, why);
        show(&history, why);
        fflush(stdout);
    }
    return failed;
}

int main(int count, char **arguments)
{
    char folder[300];
    const char *temporary = getenv("TMPDIR"), *more = getenv("CBEC_ROUNDS");
    if (count < 2 || (strcmp(arguments[1], "counts") != 0 && strcmp(arguments[1], "undo") != 0)) {
        fprintf(stderr, "usage: registry_property counts|undo [ROUNDS [SEED]]\n");
        return EXIT_FAILURE;
    }
    bool with_undo = strcmp(arguments[1], "undo") == 0;
    int rounds = with_undo ? ROUNDS_OF_UNDO : ROUNDS_OF_COUNTS;
    if (count > 2 || more)
        rounds = atoi(count > 2 ? arguments[2] : more);
    unsigned long long seed = count > 3 ? strtoull(arguments[3], NULL, 10) : 1;
    snprintf(folder, sizeof folder, "%s/cbec-property-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(folder)) {
        perror(folder);
        return EXIT_FAILURE;
    }
    int failed = run_rounds(with_undo, rounds, seed, folder);
    rmdir(folder);
    printf("%d rounds from seed %llu, %d failed\n", rounds, seed, failed);
    if (!with_undo && !failed && rounds >= ROUNDS_OF_COUNTS)
        failed = situations_missing();
    return failed || rounds < 1 ? EXIT_FAILURE : EXIT_SUCCESS;
}
