/* test_link.c - the registry: one card per person, found again in all its forms, and nothing else
 * (woo.md 8.3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/detect/link.h"
#include "engine/detect/lexicon-file.h"

static LwLexicon *lexicon_new(void)
{
	static const struct {
		const char *words;
		guint32 flags;
	} entries[] = {
		{"Anna Piet Kees Karin Fatima Jan", LW_WORD_FIRST_NAME | LW_WORD_FREQUENT},
		{"Mark Roos", LW_WORD_FIRST_NAME | LW_WORD_FREQUENT | LW_WORD_COMMON},
		{"Sofia", LW_WORD_FIRST_NAME | LW_WORD_PLACE},
		{"Vries Jansen Jansens Pietersen Hendriks Berg Ouazzani Hamer", LW_WORD_SURNAME},
		{"Bakker Vos Boer Jong Visser Koning", LW_WORD_SURNAME | LW_WORD_COMMON},
		{"Breda", LW_WORD_SURNAME | LW_WORD_PLACE},
		{"de van den der het te ter 't el v.d. vd", LW_WORD_PARTICLE},
		{"de van het bakker vos is in een", LW_WORD_COMMON},
		{"heer mevrouw dhr. mevr. mr. drs. dr. ing. mw.", LW_WORD_TITLE},
		{"burgemeester wethouder minister", LW_WORD_ROLE | LW_WORD_COMMON},
		{"stichting gemeente afdeling", LW_WORD_ORGANISATION | LW_WORD_COMMON},
	};
	LwLexiconHeader header = {LW_LEXICON_MAGIC, GUINT32_TO_LE(1), 0, 0, 0};
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	g_autoptr(GBytes) compiled = NULL;
	LwLexicon *lexicon;
	guint32 state = 0;

	g_byte_array_append(bytes, (const guint8 *)&header, sizeof(header));
	g_byte_array_append(bytes, (const guint8 *)&state, sizeof(state));
	compiled = g_bytes_new(bytes->data, bytes->len);
	lexicon = lw_lexicon_new(compiled, NULL);
	assert_non_null(lexicon);
	for (gsize i = 0; i < G_N_ELEMENTS(entries); i++) {
		g_auto(GStrv) words = g_strsplit(entries[i].words, " ", -1);

		for (char **word = words; *word; word++)
			lw_lexicon_add(lexicon, *word, entries[i].flags);
	}
	return lexicon;
}

static LwDocument *document_new(const char *text)
{
	LwDocument *document = lw_document_new("plain");

	document->length = strlen(text);
	document->text = lw_arena_strndup(document->arena, text, document->length);
	return document;
}

static LwEntity *mark(LwEntities *entities, const LwDocument *document, const char *what,
		      LwKind kind)
{
	const char *at = strstr(document->text, what);
	LwSpan span;

	assert_non_null(at);
	span = (LwSpan){(guint32)(at - document->text), (guint32)strlen(what)};
	return lw_entities_add(entities, span, kind, 0.95f, "test");
}

typedef struct {
	LwLexicon *lexicon;
	LwRegistry *registry;
	LwRole role; /* of what is learnt next */
} World;

static void world_open(World *world)
{
	world->lexicon = lexicon_new();
	world->registry = lw_registry_new(world->lexicon);
	world->role = LW_ROLE_UNKNOWN;
}

static void world_close(World *world)
{
	lw_registry_free(world->registry);
	lw_lexicon_free(world->lexicon);
}

/* Learns one name that stands in a text as its own entity. */
static void learn_in(World *world, const char *text, const char *name, LwReason reason)
{
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwEntities) entities = lw_entities_new();
	LwEntity *entity = mark(entities, document, name, LW_KIND_PERSON);

	entity->reason = reason;
	entity->role = world->role;
	lw_registry_learn(world->registry, document, entities);
}

static void learn(World *world, const char *name)
{
	learn_in(world, name, name, LW_REASON_NONE);
}

/* What the registry adds to a document, as "text" in brackets; before: a person that stands in it
 * already. */
static char *found_with(World *world, const char *text, const char *before)
{
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwEntities) entities = lw_entities_new();
	g_autoptr(GString) out = g_string_new(NULL);
	gsize end = 0;

	if (before)
		mark(entities, document, before, LW_KIND_PERSON);
	lw_registry_close(world->registry);
	lw_registry_find(world->registry, document, entities);
	for (guint i = 0; i < entities->items->len; i++) {
		const LwEntity *entity = &g_array_index(entities->items, LwEntity, i);

		assert_true(entity->span.start >= end);
		end = entity->span.start + entity->span.length;
		assert_true(end <= document->length);
		if (!g_str_equal(entity->rule, "test"))
			g_string_append_printf(out, "[%.*s]", (int)entity->span.length,
					       document->text + entity->span.start);
	}
	return g_strdup(out->str);
}

static void check_found(World *world, const char *text, const char *expected)
{
	g_autofree char *found = found_with(world, text, NULL);

	if (!g_str_equal(found, expected))
		print_message("in \"%s\"\n", text);
	assert_string_equal(found, expected);
}

static void test_variants(void **state)
{
	static const char *const texts[][2] = {
		{"Volgens A.B. de Vries klopt dit.", "[A.B. de Vries]"},
		{"Volgens A. B. de Vries klopt dit.", "[A. B. de Vries]"},
		{"Volgens A de Vries", "[A de Vries]"},
		{"Volgens Anna de Vries klopt dit.", "[Anna de Vries]"},
		{"Mevrouw De Vries kwam.", "[De Vries]"},
		{"Mevrouw DE VRIES kwam.", "[DE VRIES]"},
		{"Aan: ANNA DE VRIES", "[ANNA DE VRIES]"},
		{"Lijst: Vries, A.B. de; en meer", "[Vries, A.B. de]"},
		{"Lijst: de Vries, A.B.; en meer", "[de Vries, A.B.]"},
		{"Lijst: Vries, Anna de", "[Vries, Anna de]"},
		{"De Vries's brief", "[De Vries's]"},
		{"het huis van de\nVries daar", "[de\nVries]"},
		{"Anna\nde Vries kwam", "[Anna\nde Vries]"},
		{"nota_De_Vries_2020.pdf", "[De_Vries]"},
		{"het werk van vries daar", "[vries]"},
		{"gebruiker j.devries en a.devries of adevries", "[a.devries][adevries]"},
		{"zie vries.a.de of anna.de.vries", "[vries.a.de][anna.de.vries]"},
		{"mail anna.de.vries@voorbeeld.nl", "[anna.de.vries]"},
		{"Vriesland en motie-Vries en Devriesstraat", ""},
		{"", ""},
	};
	World world;

	world_open(&world);
	learn(&world, "A.B. de Vries");
	learn(&world, "mevrouw Anna de Vries");
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		check_found(&world, texts[i][0], texts[i][1]);
	assert_int_equal(1, lw_registry_count(world.registry));
	world_close(&world);
	(void)state;
}

static void test_slips(void **state)
{
	World world;

	world_open(&world);
	learn(&world, "P. Pietersen");
	check_found(&world, "Volgens Pieterson en Pietrsen en Pieterseen",
		    "[Pieterson][Pietrsen][Pieterseen]");
	check_found(&world, "Volgens Peitersen", "[Peitersen]");
	check_found(&world, "Volgens Peiterson", "");	/* two slips */
	check_found(&world, "het woord pieterson", ""); /* no capital */
	check_found(&world, "Het Pie\u00adter\u200bsen", "[Pie\u00adter\u200bsen]");
	check_found(&world, "Het Pieter-\nsen", "[Pieter-\nsen]");
	check_found(&world, "Pietersens huis", "[Pietersens]");
	world_close(&world);
	world_open(&world);
	learn(&world, "P. Jansen");
	check_found(&world, "de familie Jansens daar", ""); /* another surname */
	check_found(&world, "mevrouw Jansens daar", "[Jansens]");
	world_close(&world);
	(void)state;
}

static void test_common_words(void **state)
{
	static const char *const texts[][2] = {
		{"Bij de bakker ligt brood.", ""},
		{"Bakker is een beroep.", ""},
		{"Het is klaar. Bakker kwam.", ""},
		{"Volgens Bakker is dat zo.", "[Bakker]"},
		{"Zij vroeg de Bakker iets.", ""},
		{"Is mevrouw Bakker er?", "[Bakker]"},
		{"P. Bakker kwam.", "[P. Bakker]"},
		{"BAKKER EN ZOON", ""},
		{"De heer BAKKER kwam", "[BAKKER]"},
		{"Bij Bakker B.V. en Stichting Bakker en Bakker & Co", ""},
		{"de motie Bakker en de commissie Bakker", ""},
		{"Zie Bakker advocaten", ""},
		{"Aan de Bakkerstraat", ""},
	};
	World world;

	world_open(&world);
	learn(&world, "P. Bakker");
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		check_found(&world, texts[i][0], texts[i][1]);
	world_close(&world);
	world_open(&world);
	learn(&world, "J. de Boer");
	check_found(&world, "De Boer kwam bij de boer. Toen de Boer ging.", "[De Boer][de Boer]");
	world_close(&world);
	world_open(&world);
	learn(&world, "J. van Breda");
	check_found(&world, "in Breda woont de heer Van Breda", "[Van Breda]");
	world_close(&world);
	(void)state;
}

/* A mistake of a detector must not spread over the run. */
static void test_unlisted_words(void **state)
{
	World world;

	world_open(&world);
	learn(&world, "A. Income");
	learn(&world, "B. If");
	check_found(&world, "Income is income. If it is. If not.", "");
	check_found(&world, "Dat zei Income. Income zei dat.", "[Income][Income]");
	check_found(&world, "Income en income van A. Income", "[A. Income]");
	world_close(&world);
	(void)state;
}

static void test_organisations(void **state)
{
	World world;

	world_open(&world);
	learn(&world, "P. Jansen");
	check_found(&world, "Jansen B.V. en Stichting Jansen en motie Jansen", "");
	check_found(&world, "Jansen & Pietersen en www.jansen.nl en info@jansen.nl", "");
	check_found(&world, "Jansen advocaten, museum Jansen", "");
	check_found(&world, "P. Jansen\nAdvocaten en meer", "[P. Jansen]");
	check_found(&world, "volgens Jansen, en Jansen.", "[Jansen][Jansen]");
	world_close(&world);
	(void)state;
}

static void test_double_names(void **state)
{
	World world;

	world_open(&world);
	learn(&world, "mevrouw K. de Vries-Jansen");
	check_found(&world, "Karin de Vries-Jansen", "[Karin de Vries-Jansen]");
	check_found(&world, "mevrouw Jansen en mevrouw de Vries", "[Jansen][de Vries]");
	assert_int_equal(1, lw_registry_count(world.registry));
	world_close(&world);
	world_open(&world);
	learn(&world, "A. Visser-de Jong");
	check_found(&world, "Zij heet A. Visser-\nde Jong nu", "[A. Visser-\nde Jong]");
	check_found(&world, "Zij heet mevrouw de Jong nu", "[de Jong]");
	world_close(&world);
	(void)state;
}

static void test_first_names(void **state)
{
	g_autofree char *found = NULL;
	World world;

	world_open(&world);
	learn(&world, "Fatima el Ouazzani");
	learn(&world, "Mark Hendriks");
	check_found(&world, "Toen kwam Fatima binnen.", ""); /* no such person in this document */
	found = found_with(&world, "Fatima el Ouazzani kwam. Toen ging Fatima weg.",
			   "Fatima el Ouazzani");
	assert_string_equal(found, "[Fatima]");
	g_free(found);
	found = found_with(&world, "Fatima el Ouazzani kwam. Ook Fatima Paulowna en fatima.",
			   "Fatima el Ouazzani");
	assert_string_equal(found, "[fatima]"); /* in lower case too: annotation guideline */
	g_free(found);
	found = found_with(&world, "Mark Hendriks kwam. Mark de plek en zeg Mark dat.",
			   "Mark Hendriks");
	assert_string_equal(found, "[Mark][Mark]"); /* also where a sentence begins */
	world_close(&world);
	(void)state;
}

static void test_cards(void **state)
{
	g_autoptr(LwDocument) document = document_new(
		"A. Jansen, Anna Jansen, P. Jansen, mevrouw Pietersen, K. Pietersen, Beste Anna, "
		"anna.jansen@x.nl");
	g_autoptr(LwEntities) entities = lw_entities_new();
	static const char *const names[] = {"A. Jansen", "Anna Jansen", "P. Jansen", "Pietersen",
					    "K. Pietersen"};
	World world;
	LwEntity *items;

	world_open(&world);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		mark(entities, document, names[i], LW_KIND_PERSON);
	mark(entities, document, "Anna, ", LW_KIND_PERSON)->reason = LW_REASON_SALUTATION;
	items = (LwEntity *)(void *)entities->items->data;
	items[5].span.length = 4;
	mark(entities, document, "anna.jansen@x.nl", LW_KIND_EMAIL);
	lw_registry_learn(world.registry, document, entities);
	lw_registry_close(world.registry);
	assert_int_equal(lw_registry_count(world.registry), 3);
	lw_registry_find(world.registry, document, entities);
	items = (LwEntity *)(void *)entities->items->data;
	assert_int_equal(entities->items->len, 7);
	assert_int_equal(items[0].person, 1); /* A. Jansen */
	assert_int_equal(items[1].person, 1); /* Anna Jansen */
	assert_int_equal(items[2].person, 2); /* P. Jansen */
	assert_int_equal(items[3].person, 3);
	assert_int_equal(items[4].person, 3);
	assert_int_equal(items[5].person, 1); /* Beste Anna */
	assert_int_equal(items[6].person, 1); /* her address */
	world_close(&world);
	(void)state;
}

static LwEntity find_one(World *world, const char *text)
{
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwEntities) entities = lw_entities_new();

	lw_registry_close(world->registry);
	lw_registry_find(world->registry, document, entities);
	assert_int_equal(entities->items->len, 1);
	return g_array_index(entities->items, LwEntity, 0);
}

static void test_facts(void **state)
{
	World world;
	LwEntity entity;

	world_open(&world);
	learn(&world, "P. Jansen");
	learn(&world, "Anna Hendriks");
	learn(&world, "Piet Hendriks");
	entity = find_one(&world, "brief van P. Jansen aan");
	assert_string_equal(entity.rule, "link/name");
	assert_int_equal(entity.kind, LW_KIND_PERSON);
	assert_int_equal(entity.reason, LW_REASON_LINKED);
	assert_int_equal(entity.person, 1);
	assert_true(entity.score > 0.85f);
	entity = find_one(&world, "brief van Jansen aan");
	assert_string_equal(entity.rule, "link/surname");
	assert_int_equal(entity.person, 1);
	entity = find_one(&world, "brief van Hendriks aan");
	assert_int_equal(entity.person, 0); /* which of the two? */
	assert_true(entity.score < 0.75f);
	entity = find_one(&world, "brief van Karin Jansen aan"); /* a person without a card */
	assert_int_equal(entity.person, 0);
	assert_int_equal(entity.span.length, strlen("Karin Jansen"));
	entity = find_one(&world, "account piet.hendriks aan");
	assert_string_equal(entity.rule, "link/mail");
	assert_int_equal(entity.reason, LW_REASON_LINKED_MAIL);
	assert_int_equal(entity.person, 3);
	world_close(&world);
	(void)state;
}

static void test_roles(void **state)
{
	World world;

	world_open(&world);
	world.role = LW_ROLE_OFFICE_HOLDER;
	learn(&world, "P. Jansen");
	learn(&world, "A. Hendriks");
	learn(&world, "K. Pietersen");
	learn(&world, "Q. Pietersen");
	world.role = LW_ROLE_CITIZEN;
	learn(&world, "A. Hendriks");
	world.role = LW_ROLE_UNKNOWN;
	assert_int_equal(find_one(&world, "door Jansen gezegd").role, LW_ROLE_OFFICE_HOLDER);
	assert_int_equal(find_one(&world, "door Hendriks gezegd").role, LW_ROLE_UNKNOWN);
	assert_int_equal(find_one(&world, "door Pietersen gezegd").role, LW_ROLE_OFFICE_HOLDER);
	assert_int_equal(find_one(&world, "door Anna Jansen gezegd").role, LW_ROLE_UNKNOWN);
	world_close(&world);
	(void)state;
}

static void test_nothing_on_top(void **state)
{
	g_autoptr(LwDocument) document =
		document_new("Anna Jansen, Jansenplein 1 te P. Jansen en Jansen.");
	g_autoptr(LwEntities) entities = lw_entities_new();
	const LwEntity *items;
	World world;

	world_open(&world);
	learn(&world, "P. Jansen");
	mark(entities, document, "Anna Jansen", LW_KIND_PERSON);
	mark(entities, document, "te P.", LW_KIND_ADDRESS);
	mark(entities, document, "Jansen.", LW_KIND_TERM);
	lw_registry_close(world.registry);
	lw_registry_find(world.registry, document, entities);
	assert_int_equal(entities->items->len, 4);
	items = (const LwEntity *)(const void *)entities->items->data;
	assert_int_equal(items[2].span.start, strlen("Anna Jansen, Jansenplein 1 te P. "));
	assert_int_equal(items[2].span.length, strlen("Jansen"));
	for (guint i = 1; i < 4; i++)
		assert_true(items[i].span.start >=
			    items[i - 1].span.start + items[i - 1].span.length);
	world_close(&world);
	(void)state;
}

static void test_not_learnt(void **state)
{
	static const char *const names[] = {"A. de V.", "JdV", "X.", "-", "....",
					    ",,,",	"de",  "(",  "A"};
	g_autoptr(LwDocument) document = document_new("Volgens Hendriks");
	g_autoptr(LwEntities) entities = lw_entities_new();
	World world;

	world_open(&world);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		learn(&world, names[i]);
	mark(entities, document, "Hendriks", LW_KIND_PERSON)->score = 0.5f;
	lw_registry_learn(world.registry, document, entities);
	check_found(&world, "A. de V. en JdV en X. de Hendriks", "");
	world_close(&world);
	(void)state;
}

/* Long runs without an end must not cost the square of their length. */
static void test_hostile(void **state)
{
	static const char *const pieces[] = {"a.", "Jansen ", "A.",  "Jansen,", "-",
					     "'",  "jansen@", "de ", "\n"};
	World world;

	world_open(&world);
	learn(&world, "A.B.C.D.E. de Jansen");
	lw_registry_close(world.registry);
	for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new("Jansen ");
		g_autoptr(LwEntities) entities = lw_entities_new();
		g_autoptr(LwDocument) document = NULL;
		gint64 start = g_get_monotonic_time();

		while (text->len < 400000)
			g_string_append(text, pieces[i]);
		g_string_append(text, " Jansen");
		document = document_new(text->str);
		lw_registry_find(world.registry, document, entities);
		assert_true(entities->items->len > 0);
		assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
	}
	world_close(&world);
	(void)state;
}

/* The extent of the first find of a rule, as text; NULL: none. */
static char *denied_in(const char *text, const char *words)
{
	g_autoptr(LwLexicon) lexicon = lexicon_new();
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwEntities) found = NULL;

	lw_lexicon_add(lexicon, words, LW_WORD_DENY);
	found = lw_detect(document, lexicon);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (!g_str_equal(entity->rule, "list/deny"))
			continue;
		assert_int_equal(entity->kind, LW_KIND_TERM);
		assert_int_equal(entity->reason, LW_REASON_DENY);
		return g_strndup(text + entity->span.start, entity->span.length);
	}
	return NULL;
}

static void check_denied(const char *text, const char *words, const char *expected)
{
	g_autofree char *got = denied_in(text, words);

	if (expected)
		assert_string_equal(got ? got : "(nothing)", expected);
	else
		assert_null(got);
}

static void denied_words_are_found_everywhere(void **state)
{
	(void)state;
	check_denied("over project sneeuwvlok nu", "Sneeuwvlok", "sneeuwvlok");
	check_denied("over project SNEEUW\nVLOK nu", "Sneeuw vlok", "SNEEUW\nVLOK");
	check_denied("de zaak caf\303\251 nu", "Caf\303\251", "caf\303\251");
	check_denied("dossier AB-\n12/4 nu", "ab-12/4", "AB-\n12/4");
	check_denied("over sneeuwvlokken nu", "Sneeuwvlok", NULL);
	check_denied("over nieuwsneeuw nu", "sneeuw", NULL);
	/* as it stands on the page, and as one word where it is torn */
	check_denied("over plan hendr iks nu", "Hendr", "hendr");
	check_denied("over plan hendr iks nu", "Hendriks", "hendr iks");
	/* one in office would stay readable: the whole name goes */
	check_denied("Volgens burgemeester A. Jansen is dat zo.", "Jansen", "A. Jansen");
	/* a private person goes anyway, under the name's own extent */
	check_denied("Volgens mevrouw A. Jansen is dat zo.", "Jansen", NULL);
}

static void words_of_one_title_do_not_spread(void **state)
{
	World world;
	(void)state;

	world_open(&world);
	lw_lexicon_add(world.lexicon, "page", LW_WORD_COMMON | LW_WORD_SURNAME);
	learn_in(&world, "Aanwezig: de heer Page", "Page", LW_REASON_TITLE);
	g_autofree char *none = found_with(&world, "zie de knop Page hieronder", NULL);
	assert_null(strstr(none, "[Page]"));
	world_close(&world);
}

static void values_are_found_again(void **state)
{
	World world;
	(void)state;

	world_open(&world);
	g_autoptr(LwDocument) document = document_new("BSN 123456782, tel 030-2860000");
	g_autoptr(LwEntities) entities = lw_entities_new();
	mark(entities, document, "123456782", LW_KIND_BSN);
	mark(entities, document, "030-2860000", LW_KIND_PHONE)->role = LW_ROLE_FUNCTIONAL;
	lw_registry_learn(world.registry, document, entities);
	check_found(&world, "nr 1234.56.782 en 030-2860000", "[1234.56.782]");
	check_found(&world, "nr 1234567821 en 9123456782", "");
	world_close(&world);
}

/* stays.c leaves a note where the model says that something stays: what would be found there is
 * proposed, and the note itself is gone. A name in full goes all the same, and elsewhere in the
 * text nothing changes. */
static void what_stays_is_proposed(void **state)
{
	const char *text = "Pietersen belde. De ketel is van Pietersen. Een gesprek met Hendriks. "
			   "Kees Pietersen stemt in.";
	static const char *const noted[] = {"Pietersen. Een", "Hendriks", "Pietersen stemt"};
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwEntities) entities = lw_entities_new();
	const LwEntity *first, *second, *full;
	LwEntity *note;
	World world;

	(void)state;
	world_open(&world);
	learn(&world, "Kees Pietersen");
	lw_registry_close(world.registry);
	for (guint i = 0; i < G_N_ELEMENTS(noted); i++) {
		const char *at = strstr(text, noted[i]);
		LwSpan span = {(guint32)(at - text), (guint32)strcspn(at, " .")};

		note = lw_entities_add(entities, span, LW_KIND_PERSON, 0, "model/stays");
		note->reason = LW_REASON_STAYS;
		note->evidence = "before";
	}
	lw_registry_find(world.registry, document, entities);
	assert_int_equal(entities->items->len, 3);
	first = &g_array_index(entities->items, LwEntity, 0);
	second = &g_array_index(entities->items, LwEntity, 1);
	full = &g_array_index(entities->items, LwEntity, 2);
	assert_true(full->span.length == strlen("Kees Pietersen") && full->score >= 0.5f);
	assert_true(first->span.start == 0 && first->score >= 0.5f);
	assert_int_equal(first->reason, LW_REASON_LINKED);
	assert_true(second->span.start > 0 && second->score > 0 && second->score < 0.5f);
	assert_int_equal(second->reason, LW_REASON_STAYS);
	assert_string_equal(second->evidence, "before");
	world_close(&world);
}

/* A note covers no telephone number that another document knows. */
static void notes_hide_no_value(void **state)
{
	const char *text = "Bel 06 5550 1432 na vijf uur.";
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwDocument) other = document_new("Mobiel 06-55501432");
	g_autoptr(LwEntities) entities = lw_entities_new();
	g_autoptr(LwEntities) known = lw_entities_new();
	LwEntity *note =
		lw_entities_add(entities, (LwSpan){4, 12}, LW_KIND_PERSON, 0, "model/stays");
	World world;

	(void)state;
	world_open(&world);
	mark(known, other, "06-55501432", LW_KIND_PHONE);
	lw_registry_learn(world.registry, other, known);
	lw_registry_close(world.registry);
	note->reason = LW_REASON_STAYS;
	lw_registry_find(world.registry, document, entities);
	assert_int_equal(entities->items->len, 1);
	assert_int_equal(g_array_index(entities->items, LwEntity, 0).kind, LW_KIND_PHONE);
	world_close(&world);
}

/* What detection and a card propose of one name is one proposal; a number that is proposed inside a
 * name stays a proposal of its own. */
static void one_place_is_one_person(void **state)
{
	const char *text = "Een brief van de oude Pietersen en Zonen.";
	const guint32 at = (guint32)(strstr(text, "Pietersen") - text);
	g_autoptr(LwDocument) document = document_new(text);
	g_autoptr(LwEntities) entities = lw_entities_new();
	LwEntity *proposal;
	World world;

	(void)state;
	world_open(&world);
	learn(&world, "Kees Pietersen");
	lw_registry_close(world.registry);
	proposal =
		lw_entities_add(entities, (LwSpan){at - 5, 14}, LW_KIND_PERSON, 0.45f, "name/list");
	proposal->reason = LW_REASON_STAYS;
	proposal->evidence = "before";
	lw_entities_add(entities, (LwSpan){at, 4}, LW_KIND_BSN, 0.3f, "pattern/bsn");
	lw_registry_find(world.registry, document, entities);
	assert_int_equal(entities->items->len, 2);
	assert_int_equal(g_array_index(entities->items, LwEntity, 0).kind, LW_KIND_PERSON);
	assert_int_equal(g_array_index(entities->items, LwEntity, 0).span.length, 14);
	assert_int_equal(g_array_index(entities->items, LwEntity, 1).kind, LW_KIND_BSN);
	world_close(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_variants),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_common_words),
		cmocka_unit_test(test_unlisted_words),
		cmocka_unit_test(test_organisations),
		cmocka_unit_test(test_double_names),
		cmocka_unit_test(test_first_names),
		cmocka_unit_test(test_cards),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_nothing_on_top),
		cmocka_unit_test(test_not_learnt),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(values_are_found_again),
		cmocka_unit_test(denied_words_are_found_everywhere),
		cmocka_unit_test(words_of_one_title_do_not_spread),
		cmocka_unit_test(what_stays_is_proposed),
		cmocka_unit_test(notes_hide_no_value),
		cmocka_unit_test(one_place_is_one_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
