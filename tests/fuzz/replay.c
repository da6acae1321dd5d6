/* replay.c - runs a fuzz target without a fuzzer: the files of its corpus, then mutations of them
 * from a fixed seed.
 *
 *     fuzz-pdf [-seed=N] [-mutations=N] [-seconds=N] [-only=N [-keep=FILE]] FILE|FOLDER...
 *
 * Invariant: the same seed gives the same mutations, so that what it finds can be found again.
 * Before each input its number is kept, so that a crash says which one it was; -only=N runs just
 * that one, -keep=FILE writes it to a file first. */
#include <glib.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST	     (1 << 20)
#define HANG_SECONDS 60

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
	guint64 state;
} Random;

typedef struct {
	GPtrArray *corpus; /* GBytes */
	Random random;
	gint mutations, seconds, only;
	const char *keep;
} Replay;

static volatile sig_atomic_t current = -1;

/* xorshift64*: the same everywhere. */
static guint32 draw(Random *random, guint32 below)
{
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return (guint32)((random->state * G_GUINT64_CONSTANT(0x2545F4914F6CDD1D)) >> 32) % below;
}

static void say(int number)
{
	static const char *const names[] = {
		[SIGALRM] = "hang", [SIGSEGV] = "crash", [SIGABRT] = "abort"};
	char line[80];
	int length = snprintf(line, sizeof(line), "input %d: %s\n", (int)current, names[number]);

	if (write(STDERR_FILENO, line, (size_t)length) < 0)
		_exit(3);
	signal(number, SIG_DFL);
	raise(number == SIGALRM ? SIGABRT : number);
}

static void run(const guint8 *data, gsize size)
{
	/* A copy of its own size, so that a read past the end is seen. */
	g_autofree guint8 *copy = g_malloc(MAX(size, 1));
	if (size)
		memcpy(copy, data, size);
	alarm(HANG_SECONDS);
	LLVMFuzzerTestOneInput(copy, size);
	alarm(0);
}

static const GBytes *pick(Replay *replay)
{
	return g_ptr_array_index(replay->corpus, draw(&replay->random, replay->corpus->len));
}

/* Words that parsers stumble over. */
static const char *const words[] = {
	"0",	 "-1",	   "2147483648", "99999999999999999999",
	"1e999", "<<",	   ">>",	 "[",
	"(",	 "<",	   "endobj",	 "stream",
	"BT",	 "ET",	   "q",		 "Q",
	"BI ID", "/F1 Tf", "1 0 R",	 "&#0;",
	"]]>",	 "\\(",	   "\n",	 "\xef\xbf\xbf",
};

static void mutate_once(Replay *replay, GByteArray *bytes)
{
	Random *random = &replay->random;
	guint at = bytes->len ? draw(random, bytes->len) : 0, left = bytes->len - at;
	gsize size = 0;
	const char *word = words[draw(random, G_N_ELEMENTS(words))];

	switch (draw(random, 6)) {
	case 0: /* one bit */
		if (left)
			bytes->data[at] ^= (guint8)(1 << draw(random, 8));
		break;
	case 1: /* one byte */
		if (left)
			bytes->data[at] = (guint8)draw(random, 256);
		break;
	case 2: /* a piece goes */
		if (left)
			g_byte_array_remove_range(bytes, at, 1 + draw(random, CLAMP(left, 1, 64)));
		break;
	case 3: /* a word over what stands there */
		if (left >= strlen(word))
			memcpy(bytes->data + at, word, strlen(word));
		break;
	case 4: { /* a piece of another input over it */
		const guint8 *other = g_bytes_get_data((GBytes *)pick(replay), &size);
		guint from = size ? draw(random, (guint32)size) : 0;
		gsize most = MIN(left, size - from), length = 1 + draw(random, 256);
		if (most)
			memcpy(bytes->data + at, other + from, MIN(most, length));
		break;
	}
	default: /* the end is missing */
		if (left && !draw(random, 4))
			g_byte_array_set_size(bytes, at);
		break;
	}
}

static GByteArray *mutate(Replay *replay)
{
	gsize size = 0;
	const guint8 *start = g_bytes_get_data((GBytes *)pick(replay), &size);
	GByteArray *bytes = g_byte_array_new();
	guint changes = 1 + draw(&replay->random, 8);

	g_byte_array_append(bytes, start, (guint)MIN(size, LONGEST));
	while (changes--)
		mutate_once(replay, bytes);
	return bytes;
}

static void add_path(GPtrArray *corpus, const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	char *content;
	gsize length;

	if (!dir && g_file_get_contents(path, &content, &length, NULL))
		g_ptr_array_add(corpus, g_bytes_new_take(content, length));
	for (const char *name; dir && (name = g_dir_read_name(dir));)
		g_ptr_array_add(names, g_build_filename(path, name, NULL));
	g_ptr_array_sort(names, (GCompareFunc)(void (*)(void))g_strcmp0);
	for (guint i = 0; i < names->len; i++)
		if (g_file_get_contents(names->pdata[i], &content, &length, NULL))
			g_ptr_array_add(corpus, g_bytes_new_take(content, length));
}

static gint option(const char *argument, const char *name, gint value)
{
	return g_str_has_prefix(argument, name) ? atoi(argument + strlen(name)) : value;
}

static guint run_all(Replay *replay)
{
	gint64 end = g_get_monotonic_time() + (gint64)replay->seconds * G_USEC_PER_SEC;
	guint done = 0;

	for (guint i = 0; i < replay->corpus->len && replay->only < 0; i++, done++) {
		gsize size = 0;
		const guint8 *data = g_bytes_get_data(replay->corpus->pdata[i], &size);
		run(data, size);
	}
	for (gint i = 0; i < replay->mutations && g_get_monotonic_time() < end; i++) {
		g_autoptr(GByteArray) bytes = mutate(replay);
		current = i;
		if (replay->only >= 0 && replay->only != i)
			continue;
		if (replay->keep)
			g_file_set_contents(replay->keep, (const char *)bytes->data, bytes->len,
					    NULL);
		run(bytes->data, bytes->len);
		done++;
	}
	return done;
}

int main(int argc, char **argv)
{
	Replay replay = {g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref),
			 {0},
			 2000,
			 3600,
			 -1,
			 NULL};
	gint seed = 1;

	for (int i = 1; i < argc; i++) {
		seed = option(argv[i], "-seed=", seed);
		replay.mutations = option(argv[i], "-mutations=", replay.mutations);
		replay.seconds = option(argv[i], "-seconds=", replay.seconds);
		replay.only = option(argv[i], "-only=", replay.only);
		if (g_str_has_prefix(argv[i], "-keep="))
			replay.keep = argv[i] + strlen("-keep=");
		if (argv[i][0] != '-')
			add_path(replay.corpus, argv[i]);
	}
	if (!replay.corpus->len) {
		fprintf(stderr, "no corpus\n");
		return 1;
	}
	replay.random.state = G_GUINT64_CONSTANT(0x9E3779B97F4A7C15) + (guint64)seed;
	signal(SIGALRM, say);
	signal(SIGSEGV, say);
	signal(SIGABRT, say);
	guint done = run_all(&replay);
	printf("%u inputs passed, 0 failed\n", done);
	g_ptr_array_unref(replay.corpus);
	return 0;
}
