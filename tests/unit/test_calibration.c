/* test_calibration.c - chances of a file made by hand against the logistic function, what spoke for
 * them, damaged files, what the evidence of a find counts, and what a chance does to a find. */
#include "engine/base/error.h"
#include "engine/detect/calibration-file.h"
#include "engine/detect/calibration.h"
#include "engine/detect/detect.h"
#include "engine/detect/tagger.h"
#include "engine/detect/token.h"

#include <glib/gstdio.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WORD_HASH 77u

/* One word and one tree: is the score above 50, is the rule above 100? */
typedef struct {
	LwCalibrationHeader header;
	LwCalibrationWord word;
	LwCalibrationTree tree;
} File;

static File file_new(void)
{
	File file = {.header = {.magic = LW_CALIBRATION_MAGIC,
				.version = GUINT32_TO_LE(LW_EVIDENCE_VERSION),
				.words = GUINT32_TO_LE(1),
				.trees = GUINT32_TO_LE(1),
				.unknown = GUINT32_TO_LE(90),
				.base = GINT32_TO_LE(LW_CALIBRATION_SCALE / 2)},
		     .word = {GUINT32_TO_LE(LW_CALIBRATION_KEY(LW_EVIDENCE_RULE, WORD_HASH)),
			      GUINT32_TO_LE(200)},
		     .tree = {.ids = {LW_EVIDENCE_SCORE, LW_EVIDENCE_RULE}, .bounds = {50, 100}}};
	static const int steps[] = {-3000, 1000, 700, 2500};

	for (guint i = 2; i < LW_CALIBRATION_DEPTH; i++) { /* asked, and worth nothing */
		file.tree.ids[i] = LW_EVIDENCE_DIGITS;
		file.tree.bounds[i] = 255;
	}
	for (guint leaf = 0; leaf < 1u << LW_CALIBRATION_DEPTH; leaf++)
		file.tree.steps[leaf] = GINT16_TO_LE((gint16)steps[leaf & 3]);
	return file;
}

static LwCalibration *calibration_new(const File *file, gsize size, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(file, size);

	return lw_calibration_new(bytes, error);
}

static LwEvidence evidence_new(guint32 score, guint32 rule)
{
	LwEvidence evidence = {0};

	evidence.values[LW_EVIDENCE_SCORE] = score;
	evidence.values[LW_EVIDENCE_RULE] = rule;
	return evidence;
}

static void test_chance_is_logistic(void **state)
{
	/* what the questions answer to, by hand: base and leaf */
	static const struct {
		guint32 score, rule;
		int steps;
	} rows[] = {{50, WORD_HASH + 1, -3000},
		    {51, WORD_HASH + 1, 1000},
		    {50, WORD_HASH, 700},
		    {51, WORD_HASH, 2500},
		    {9999, WORD_HASH, 2500}};
	File file = file_new();
	g_autoptr(LwCalibration) calibration = calibration_new(&file, sizeof(file), NULL);

	assert_non_null(calibration);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		LwEvidence evidence = evidence_new(rows[i].score, rows[i].rule);
		double nats = 0.5 + rows[i].steps / (double)LW_CALIBRATION_SCALE;

		assert_true(fabs((double)lw_calibration_chance(calibration, &evidence) -
				 1 / (1 + exp(-nats))) < 0.004);
	}
	(void)state;
}

static void test_chance_everywhere(void **state)
{
	File file = file_new();
	float before = 0;

	for (int steps = -20000; steps <= 20000; steps += 37) {
		g_autoptr(LwCalibration) calibration = NULL;
		LwEvidence evidence = evidence_new(0, 0);
		float chance;

		file.header.base = GINT32_TO_LE(steps);
		file.tree.steps[0] = 0;
		calibration = calibration_new(&file, sizeof(file), NULL);
		chance = lw_calibration_chance(calibration, &evidence);
		assert_true(fabs((double)chance -
				 1 / (1 + exp(-steps / (double)LW_CALIBRATION_SCALE))) < 0.004);
		assert_true(chance >= before);
		before = chance;
	}
	(void)state;
}

static void test_clues(void **state)
{
	File file = file_new();
	g_autoptr(LwCalibration) calibration = calibration_new(&file, sizeof(file), NULL);
	LwEvidence evidence = evidence_new(51, WORD_HASH), low = evidence_new(0, 0);
	g_autofree char *clues = lw_calibration_clues(calibration, &evidence, FALSE);
	g_autofree char *against = lw_calibration_clues(calibration, &low, TRUE);
	g_autofree char *none = lw_calibration_clues(calibration, &evidence, TRUE);
	g_autofree char *told = lw_reason_text(LW_REASON_WEIGHED, clues, LW_LANG_EN);

	assert_string_equal(clues, "95 rule");
	assert_string_equal(against, "8 rule");
	assert_string_equal(none, "95");
	assert_non_null(strstr(told, "95 in 100; how often the rule is right"));
	(void)state;
}

/* The rule is worth 3,300 steps here, but it usually is worth more. */
static void test_usual_is_no_clue(void **state)
{
	File file = file_new();
	LwEvidence evidence = evidence_new(51, WORD_HASH);
	g_autoptr(LwCalibration) calibration = NULL;
	g_autofree char *clues = NULL, *against = NULL;

	file.header.usual[LW_EVIDENCE_SCORE] = GINT32_TO_LE(4000);
	file.header.usual[LW_EVIDENCE_CELLS] = GINT32_TO_LE(-100);
	calibration = calibration_new(&file, sizeof(file), NULL);
	clues = lw_calibration_clues(calibration, &evidence, FALSE);
	against = lw_calibration_clues(calibration, &evidence, TRUE);
	assert_string_equal(clues, "95 column");
	assert_string_equal(against, "95 rule");
	(void)state;
}

static void refuses(File file, gsize size)
{
	g_autoptr(GError) error = NULL;

	assert_null(calibration_new(&file, size, &error));
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_FATAL));
}

static void test_damaged(void **state)
{
	File file = file_new();

	for (gsize size = 0; size < sizeof(file); size++)
		refuses(file, size);
	file.header.magic[0] = 'X';
	refuses(file, sizeof(file));
	file = file_new();
	file.header.version = GUINT32_TO_LE(LW_EVIDENCE_VERSION + 1);
	refuses(file, sizeof(file));
	file = file_new();
	file.header.words = GUINT32_TO_LE(G_MAXUINT32);
	refuses(file, sizeof(file));
	file = file_new();
	file.header.trees = GUINT32_TO_LE(2);
	refuses(file, sizeof(file));
	file = file_new();
	file.tree.ids[3] = LW_EVIDENCE_COUNT;
	refuses(file, sizeof(file));
	file = file_new();
	file.header.base = GINT32_TO_LE(G_MAXINT32);
	refuses(file, sizeof(file));
	file = file_new();
	file.header.usual[LW_EVIDENCE_COUNT - 1] = GINT32_TO_LE(G_MININT32);
	refuses(file, sizeof(file));
	(void)state;
}

/* ---- the evidence, with the model that is shipped ---- */

typedef struct {
	GArray *all; /* LwEvidence */
} Seen;

static void see(gpointer self, LwEntity *entity, const LwEvidence *evidence)
{
	Seen *seen = self;

	assert_int_not_equal(entity->kind, LW_KIND_TERM);
	g_array_append_vals(seen->all, evidence, 1);
}

/* Text, and what is known of the finds in it, with the model that is shipped. */
typedef struct {
	LwLexicon *lexicon;
	LwDocument *document;
	LwNormal *normal;
	LwTokens *tokens;
	LwTags *tags;
	LwEntities *found;
	LwDetectContext context;
	Seen seen;
} Reading;

static Reading *reading_new(const char *text)
{
	const char *root = g_getenv("LW_BUILD_ROOT");
	g_autofree char *path =
		g_build_filename(root ? root : ".", "dictionaries", "lexicon.bin", NULL);
	Reading *self = g_new0(Reading, 1);

	self->lexicon = lw_lexicon_open(path, NULL);
	assert_non_null(self->lexicon);
	assert_non_null(lw_lexicon_calibration(self->lexicon));
	self->document = lw_document_new("plain");
	self->document->text = lw_arena_strndup(self->document->arena, text, strlen(text));
	self->document->length = strlen(text);
	self->normal = lw_normal_new(text, strlen(text));
	self->context =
		(LwDetectContext){.base = {self->document, self->normal}, .lexicon = self->lexicon};
	self->context.tokens = self->tokens = lw_tokens_new(&self->context);
	self->found = lw_entities_new();
	self->seen.all = g_array_new(FALSE, FALSE, sizeof(LwEvidence));
	return self;
}

static void reading_free(Reading *self)
{
	g_array_unref(self->seen.all);
	lw_entities_free(self->found);
	lw_tags_free(self->tags);
	lw_tokens_free(self->tokens);
	lw_normal_free(self->normal);
	lw_document_free(self->document);
	lw_lexicon_free(self->lexicon);
	g_free(self);
}

static void find(Reading *self, const char *word, LwKind kind, float score, const char *rule)
{
	const char *text = self->document->text;

	lw_entities_add(self->found,
			(LwSpan){(guint32)(strstr(text, word) - text), (guint32)strlen(word)}, kind,
			score, rule);
}

static void gather(Reading *self)
{
	if (!self->tags)
		self->context.tags = self->tags =
			lw_tagger_tag(lw_lexicon_tagger(self->lexicon), self->tokens);
	lw_evidence_each(&self->context, self->found, see, &self->seen);
}

static guint32 value_of(const Reading *self, guint find, LwEvidenceId id)
{
	return g_array_index(self->seen.all, LwEvidence, find).values[id];
}

static void test_evidence(void **state)
{
	Reading *self = reading_new("Mevrouw Jansen sprak met Bakker. Bakker zweeg.\n\nEinde.");

	find(self, "Jansen", LW_KIND_PERSON, 0.9f, "name/title");
	find(self, "Bakker", LW_KIND_PERSON, 0.3f, "name/list");
	find(self, "Bakker", LW_KIND_TERM, 1, "given/term");
	lw_evidence_each(&self->context, self->found, see, &self->seen);
	assert_int_equal(self->seen.all->len, 0); /* without a model nothing is weighed */
	gather(self);
	assert_int_equal(self->seen.all->len, 2); /* what the user gave is not */
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_SCORE), 90);
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_LETTERS), 6);
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_ON_LINE), 0); /* itself does not count */
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_ON_LINE), 1);
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_NEAR20), 1);
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_PERSON_BACK), 3);
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_PERSON_AHEAD), 255); /* nobody */
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_PLACES), 2);
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_PLACES_GONE), 0); /* proposed only */
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_PLACES_GONE), 20);
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_MARK_AFTER), '.');
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_SAME_KIND), 2);
	assert_true(value_of(self, 0, LW_EVIDENCE_PERSON_MEAN) >
		    value_of(self, 0, LW_EVIDENCE_PERSON_BEFORE));
	assert_int_not_equal(value_of(self, 0, LW_EVIDENCE_RULE),
			     value_of(self, 1, LW_EVIDENCE_RULE));
	reading_free(self);
	(void)state;
}

static void test_evidence_of_columns(void **state)
{
	Reading *self = reading_new("Naam\tAuto\tJaar\n"
				    "Jansen\tFiat\t1971\n"
				    "Bakker\tSaab\t1972\n"
				    "Visser\tVolvo\t1973\n\n"
				    "Arts: Mulder\n");

	find(self, "Jansen", LW_KIND_PERSON, 0.9f, "name/table");
	find(self, "1971", LW_KIND_BIRTH_DATE, 0.3f, "date/table");
	find(self, "Bakker", LW_KIND_PERSON, 0.9f, "name/table");
	find(self, "Visser", LW_KIND_PERSON, 0.3f, "name/list");
	find(self, "Mulder", LW_KIND_PERSON, 0.3f, "name/list");
	gather(self);
	assert_int_equal(self->seen.all->len, 5);
	/* of three other cells of its column: the heading, and one that goes */
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_COLUMN_CELLS), 3);
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_COLUMN_GONE), 1 + 20 / 3);
	assert_int_equal(value_of(self, 3, LW_EVIDENCE_COLUMN_GONE), 1 + 2 * 20 / 3);
	assert_int_equal(value_of(self, 1, LW_EVIDENCE_COLUMN_GONE), 1);
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_HEADING),
			 value_of(self, 3, LW_EVIDENCE_HEADING));
	assert_int_not_equal(value_of(self, 0, LW_EVIDENCE_HEADING),
			     value_of(self, 1, LW_EVIDENCE_HEADING));
	/* alone in its paragraph, behind a label */
	assert_int_equal(value_of(self, 4, LW_EVIDENCE_COLUMN_CELLS), 0);
	assert_int_equal(value_of(self, 4, LW_EVIDENCE_HEADING), 0);
	assert_int_equal(value_of(self, 0, LW_EVIDENCE_LABEL), 0);
	assert_int_not_equal(value_of(self, 4, LW_EVIDENCE_LABEL), 0);
	reading_free(self);
	(void)state;
}

/* ---- the last word: the shipped lists and model with a calibration that gives one chance ---- */

#define LETTER                                                                                     \
	"Geachte mevrouw Jansen,\n\nUw brief over de brug is ontvangen. Mijn mobiele nummer is "   \
	"06-12345678. Het nummer is 448812. Uw BSN 111222333 staat in het dossier. "               \
	"Wethouder De Boer heeft het besluit getekend.\n\n"
#define FILLING                                                                                    \
	"De werkzaamheden aan de brug beginnen in het voorjaar en duren naar verwachting drie "    \
	"maanden. Het verkeer wordt in die tijd omgeleid langs de andere kant van het water. "

/* A folder with the lists and the model, and the calibration that is given; yours, the path of the
 * lists. */
static char *folder_new(const File *file)
{
	static const char *const names[] = {"lexicon.bin", "tagger.bin"};
	const char *root = g_getenv("LW_BUILD_ROOT");
	g_autofree char *folder = g_dir_make_tmp("lakwerk-XXXXXX", NULL),
			*built = g_canonicalize_filename(root ? root : ".", NULL),
			*path = g_build_filename(folder, "calibration.bin", NULL);

	assert_true(g_file_set_contents(path, (const char *)file, sizeof(*file), NULL));
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *to = g_build_filename(built, "dictionaries", names[i], NULL),
				*from = g_build_filename(folder, names[i], NULL);

		assert_int_equal(symlink(to, from), 0);
	}
	return g_build_filename(folder, names[0], NULL);
}

static void folder_remove(const char *lists)
{
	static const char *const names[] = {"lexicon.bin", "tagger.bin", "calibration.bin"};
	g_autofree char *folder = g_path_get_dirname(lists);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);

		assert_int_equal(g_unlink(path), 0);
	}
	assert_int_equal(g_rmdir(folder), 0);
}

/* What is found in the text where each find has this chance (steps of one nat). */
static LwEntities *weighed_by(const char *text, int steps)
{
	File file = file_new();
	g_autofree char *lists = NULL;
	g_autoptr(LwLexicon) lexicon = NULL;
	g_autoptr(LwDocument) document = lw_document_new("plain");
	LwEntities *found;

	memset(file.tree.steps, 0, sizeof(file.tree.steps));
	file.header.base = GINT32_TO_LE(steps);
	lists = folder_new(&file);
	lexicon = lw_lexicon_open(lists, NULL);
	assert_non_null(lexicon);
	document->text = lw_arena_strndup(document->arena, text, strlen(text));
	document->length = strlen(text);
	found = lw_detect(document, lexicon);
	folder_remove(lists);
	return found;
}

/* NULL: nothing there. */
static const LwEntity *at(const LwEntities *found, const char *text, const char *passage)
{
	guint32 offset = (guint32)(strstr(text, passage) - text);

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->span.start <= offset &&
		    offset < entity->span.start + entity->span.length)
			return entity;
	}
	return NULL;
}

static float score_at(const LwEntities *found, const char *text, const char *passage)
{
	const LwEntity *entity = at(found, text, passage);

	return entity ? entity->score : -1;
}

#define NATS(n) ((int)((n)*LW_CALIBRATION_SCALE))

static void test_likely_goes(void **state)
{
	static const char text[] = LETTER FILLING FILLING FILLING FILLING;
	g_autoptr(LwEntities) found = weighed_by(text, NATS(2.2)); /* nine in ten */
	const LwEntity *number = at(found, text, "448812"), *jansen = at(found, text, "Jansen");

	assert_non_null(number);
	assert_true(number->score > 0.85f && number->score < 0.95f);
	assert_int_equal(number->reason, LW_REASON_WEIGHED);
	assert_true(g_str_has_prefix(number->evidence, "90"));
	assert_non_null(jansen); /* of one mind with its rule: that one explains it */
	assert_int_not_equal(jansen->reason, LW_REASON_WEIGHED);
	(void)state;
}

static void test_doubtful_is_proposed(void **state)
{
	static const char text[] = LETTER FILLING FILLING FILLING FILLING;
	g_autoptr(LwEntities) found = weighed_by(text, NATS(-2.2)); /* one in ten */
	const LwEntity *phone = at(found, text, "06-12345678");

	assert_non_null(phone);
	assert_true(phone->score > 0 && phone->score < 0.5f);
	assert_int_equal(phone->reason, LW_REASON_WEIGHED);
	assert_true(g_str_has_prefix(phone->evidence, "10"));
	assert_true(score_at(found, text, "448812") > 0);
	assert_true(score_at(found, text, "Jansen") >= 0.5f);	 /* no model says that it stays */
	assert_true(score_at(found, text, "111222333") >= 0.5f); /* its check digit holds */
	(void)state;
}

static void test_hopeless_is_not_proposed(void **state)
{
	static const char text[] = LETTER FILLING FILLING FILLING FILLING;
	g_autoptr(LwEntities) found = weighed_by(text, NATS(-5)); /* one in a hundred */
	float phone = score_at(found, text, "06-12345678");

	assert_null(at(found, text, "448812"));
	assert_true(phone > 0 && phone < 0.5f); /* what a rule removes is shown, always */
	(void)state;
}

static guint count_of(const LwEntities *found, const char *rule)
{
	guint count = 0;

	for (guint i = 0; i < found->items->len; i++)
		count += g_str_equal(g_array_index(found->items, LwEntity, i).rule, rule);
	return count;
}

/* What no rule has is shown from five in a hundred on, what a rule proposes from two. */
static void test_what_only_the_model_has(void **state)
{
	static const char text[] = LETTER
		"Mevrouw Jansen heeft het zwaar na de scheiding en hoort hem weer schreeuwen. "
		"Haar zoon zit vast en plast nog in bed.\n\n" FILLING FILLING FILLING;
	g_autoptr(LwEntities) shown = weighed_by(text, NATS(-2.8));  /* six in a hundred */
	g_autoptr(LwEntities) hidden = weighed_by(text, NATS(-3.6)); /* under three */

	assert_int_not_equal(count_of(shown, "review/chance"), 0);
	assert_int_equal(count_of(hidden, "review/chance"), 0);
	assert_true(score_at(hidden, text, "448812") > 0);
	(void)state;
}

/* An amount, a year of the case and a bus are nobody's, whatever chance the model gives them. */
static void test_what_chance_never_asks(void **state)
{
	static const char text[] = LETTER "Mevrouw Jansen (Karin) kwam met bus 16 en stond bij b44 "
					  "en b4471. Karin wordt 43 en haar "
					  "broer is 310. Zij zit weer vast en plast nog in bed "
					  "sinds 2024; hij moet in 2025 weer "
					  "voorkomen. Haar moeder hoort hem weer en drinkt, oom "
					  "Bep woont op 12 hoog.\n\n" FILLING FILLING;
	g_autoptr(LwEntities) found = weighed_by(text, NATS(-2.8));

	assert_int_not_equal(count_of(found, "review/chance"), 0);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		g_autofree char *what = g_strndup(text + entity->span.start, entity->span.length);
		gboolean digits = strspn(what, "0123456789") == strlen(what);

		if (!g_str_equal(entity->rule, "review/chance"))
			continue;
		assert_false(g_str_equal(what, "16") || g_str_equal(what, "310") ||
			     g_str_equal(what, "2024") || g_str_equal(what, "2025"));
		if (entity->kind == LW_KIND_AGE) /* "b44" is no age */
			assert_true(digits && atoi(what) < 120);
	}
	(void)state;
}

/* A table of colours has thousands of figures, and nobody. */
static void test_a_figure_far_from_everybody_is_not_asked(void **state)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(LwEntities) found = NULL;
	guint figures = 0;

	for (guint i = 0; i < 144; i++) {
		if (i == 72)
			g_string_append(text, "BlackPoint [ 0.00000 0.00000 0.00000 ]\n"
					      "Gamma [ 1.8000 1.8000 1.8000 ]\n"
					      "Matrix [ 0.4497 0.2446 0.0252 ]\n");
		g_string_append_printf(text, "A, B, C = 0.%02u, 0.00, 0.00%c", i * 5 % 100,
				       i % 8 == 7 ? '\n' : '\t');
	}
	found = weighed_by(text->str, NATS(-2.8));
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		figures += g_str_equal(entity->rule, "review/chance") &&
			   strspn(text->str + entity->span.start, "0123456789.") >=
				   entity->span.length;
	}
	assert_true(figures < 50);
	(void)state;
}

static void test_office_and_short_text_are_not_weighed(void **state)
{
	static const char text[] = LETTER FILLING FILLING FILLING FILLING, little[] = LETTER;
	g_autoptr(LwEntities) likely = weighed_by(text, NATS(2.2));
	g_autoptr(LwEntities) brief = weighed_by(little, NATS(-5));
	const LwEntity *alderman = at(likely, text, "De Boer");

	assert_non_null(alderman);
	assert_int_equal(lw_role_default_action(alderman->role), LW_ACTION_KEEP);
	assert_int_not_equal(alderman->reason, LW_REASON_WEIGHED);
	assert_true(score_at(brief, little, "06-12345678") >= 0.5f);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chance_is_logistic),
		cmocka_unit_test(test_chance_everywhere),
		cmocka_unit_test(test_clues),
		cmocka_unit_test(test_usual_is_no_clue),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_evidence_of_columns),
		cmocka_unit_test(test_likely_goes),
		cmocka_unit_test(test_doubtful_is_proposed),
		cmocka_unit_test(test_hopeless_is_not_proposed),
		cmocka_unit_test(test_what_only_the_model_has),
		cmocka_unit_test(test_what_chance_never_asks),
		cmocka_unit_test(test_a_figure_far_from_everybody_is_not_asked),
		cmocka_unit_test(test_office_and_short_text_are_not_weighed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
