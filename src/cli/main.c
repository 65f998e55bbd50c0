/* cbec: the command line. */
#include <locale.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "util/suggest.h"

static const struct command *const commands[] = {
    &command_import,  &command_report,  &command_query, &command_export, &command_define,
    &command_imports, &command_refused, &command_show,  &command_undo,   &command_check,
};

#define COMMANDS (sizeof commands / sizeof *commands)

volatile int caught_signal;

static void on_signal(int signal)
{
    caught_signal = signal;
}

/* What writes to the registry takes back what it has begun; what only reads may end at once. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* A closed pipe and a limit on file sizes are reported by the call that meets them. */
static void ignore_signals(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

static void print_usage(FILE *stream)
{
    fputs("usage: cbec [--db FILE] COMMAND [OPTIONS] [ARGUMENTS]\n\n", stream);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(stream, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n`cbec help COMMAND` says more of each. The registry is FILE, else $CBEC_DB, else "
          "cbec.db;\n"
          "`cbec import` makes it.\n",
          stream);
}

static void print_help(const struct command *command)
{
    printf("usage: cbec [--db FILE] %s [OPTIONS]%s%s\n\n%s.\n\n", command->name,
           *command->arguments ? " " : "", command->arguments, command->summary);
    for (const struct option_spec *option = command->options; option->name; option++) {
        char left[64];
        snprintf(left, sizeof left, "%s%c%s--%s%s%s", option->letter ? "-" : "",
                 option->letter ? option->letter : ' ', option->letter ? ", " : "   ", option->name,
                 option->value ? " " : "", option->value ? option->value : "");
        printf("  %-26s %s\n", left, option->help);
    }
    if (command->details)
        printf("\n%s", command->details);
}

static const struct command *find_command(const char *name)
{
    struct suggestion near = {.written = slice_of(name)};
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            buffer_free(&near.best);
            return commands[i];
        }
        suggestion_add(&near, slice_of(commands[i]->name));
    }
    char hint[128];
    suggestion_text(&near, hint);
    complain("unknown command '%s'%s (`cbec help` lists them)", name, hint);
    return NULL;
}

static int help(const char *name)
{
    if (!name) {
        print_usage(stdout);
        return EXIT_DONE;
    }
    const struct command *command = find_command(name);
    if (!command)
        return EXIT_USAGE;
    print_help(command);
    return EXIT_DONE;
}

static int run_command(const struct command *command, const char *db, int argc, char **argv)
{
    struct command_context context = {.db = db};
    struct text_list arguments = {0};
    struct cbec_error error;
    int status = options_read(command->name, command->options, argc, argv, &arguments);
    if (status == EXIT_DONE && command->opens) {
        enum cbec_open_mode mode = command->mode_of ? command->mode_of() : command->mode;
        if (mode != CBEC_OPEN_READ)
            catch_signals();
        if (cbec_open(db, mode, &context.registry, &error) != CBEC_OK)
            status = fail(&error);
    }
    if (status == EXIT_DONE)
        status = command->run(&context, &arguments);
    cbec_close(context.registry);
    options_free(command->options, &arguments);
    return status;
}

static const char *default_db(void)
{
    const char *db = getenv("CBEC_DB");
    return db && *db ? db : "cbec.db";
}

/* Takes --db FILE and --db=FILE off the front; false if FILE is missing. */
static bool take_db(int *argc, char ***argv, const char **db)
{
    while (*argc > 0 && strncmp(**argv, "--db", 4) == 0) {
        if ((**argv)[4] == '=') {
            *db = **argv + 5;
        } else if ((**argv)[4] == '\0' && *argc > 1) {
            --*argc;
            *db = *++*argv;
        } else {
            return (**argv)[4] != '\0';
        }
        --*argc;
        ++*argv;
    }
    return true;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int run(int argc, char **argv)
{
    const char *db = default_db();
    if (!take_db(&argc, &argv, &db)) {
        complain("--db needs a file");
        return EXIT_USAGE;
    }
    if (argc == 0) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[0];
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0) {
        printf("cbec %s\n", cbec_version());
        return EXIT_DONE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
        return help(argc > 1 ? argv[1] : NULL);
    if (name[0] == '-') {
        complain("unknown option '%s' before the command (`cbec help`)", name);
        return EXIT_USAGE;
    }
    const struct command *command = find_command(name);
    if (!command)
        return EXIT_USAGE;
    if (asks_for_help(argc - 1, argv + 1)) {
        print_help(command);
        return EXIT_DONE;
    }
    return run_command(command, db, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    prepare_heap();
    setlocale(LC_CTYPE, "C.UTF-8");
    /* SQLite counts the memory it uses, under a lock: nobody asks for that here. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    ignore_signals();
    return finish_output(run(argc - 1, argv + 1));
}
