/* policy.c - a policy's life, what it decides of a find, and the digest of what it decides. */
#include "engine/decide/policy-data.h"

#include "engine/base/digest.h"
#include "engine/base/text.h"

#include <math.h>
#include <string.h>

#define CONTRAST_MIN 4.5 /* WCAG 1.4.3 */

static GPtrArray *new_strings(void)
{
	return g_ptr_array_new();
}

LwPolicy *lw_policy_blank(void)
{
	LwPolicy *policy = g_new0(LwPolicy, 1);
	policy->arena = lw_arena_new();
	for (int i = 0; i < POLICY_KEEPS; i++)
		policy->keep[i] = new_strings();
	for (int i = 0; i < POLICY_LISTS; i++) {
		policy->files[i] = new_strings();
		policy->words[i] = new_strings();
	}
	for (int i = 0; i < LW_KIND_COUNT; i++) {
		policy->kinds[i].action = lw_kind_default_action(i);
		policy->kinds[i].ground = lw_kind_default_ground(i);
	}
	policy->mailboxes = g_ptr_array_new_with_free_func((GDestroyNotify)g_regex_unref);
	policy->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	policy->allow = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	policy->deny = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	policy->exact = g_hash_table_new(g_str_hash, g_str_equal);
	policy->offices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						(GDestroyNotify)g_ptr_array_unref);
	return policy;
}

void lw_policy_free(LwPolicy *policy)
{
	if (!policy)
		return;
	for (int i = 0; i < POLICY_KEEPS; i++)
		g_ptr_array_unref(policy->keep[i]);
	for (int i = 0; i < POLICY_LISTS; i++) {
		g_ptr_array_unref(policy->files[i]);
		g_ptr_array_unref(policy->words[i]);
	}
	g_ptr_array_unref(policy->mailboxes);
	g_hash_table_unref(policy->names);
	g_hash_table_unref(policy->allow);
	g_hash_table_unref(policy->deny);
	g_hash_table_unref(policy->exact);
	g_hash_table_unref(policy->offices);
	lw_arena_free(policy->arena);
	g_free(policy);
}

LwPolicy *lw_policy_new(void)
{
	LwPolicy *policy = lw_policy_blank();
	for (int k = 0; k < POLICY_KEY_COUNT; k++) {
		const PolicyKey *key = &lw_policy_keys[k];
		for (int i = 0; key->value && i < lw_policy_section_count(key->section); i++) {
			char *problem = key->set(policy, key->id, i, key->value, NULL);
			g_assert(!problem);
		}
	}
	return policy;
}

const LwStyle *lw_policy_style(const LwPolicy *policy)
{
	return &policy->style;
}

const char *lw_policy_default_ground(const LwPolicy *policy)
{
	return policy->default_ground;
}

gboolean lw_policy_stamp(const LwPolicy *policy)
{
	return policy->stamp;
}

const char *lw_policy_name(const LwPolicy *policy)
{
	return policy->name;
}

const char *lw_policy_register(const LwPolicy *policy, const char *key)
{
	for (guint i = 0; i < POLICY_REGISTERS; i++)
		if (!strcmp(lw_policy_keys[POLICY_KEY_ORGANISATION + i].name, key))
			return *policy->registered[i] ? policy->registered[i] : NULL;
	return NULL;
}

const char *lw_policy_signing_key(const LwPolicy *policy)
{
	return *policy->signing_key ? policy->signing_key : NULL;
}

gboolean lw_policy_one_person(const LwPolicy *policy)
{
	return policy->one_person;
}

double lw_policy_sure(const LwPolicy *policy)
{
	return policy->score[0];
}

double lw_policy_likely(const LwPolicy *policy)
{
	return policy->score[POLICY_KEY_LIKELY - POLICY_KEY_SURE];
}

GVariant *lw_policy_lists(const LwPolicy *policy)
{
	static const guint32 flags[POLICY_LISTS] = {LW_WORD_ALLOW, LW_WORD_DENY, LW_WORD_FIRST_NAME,
						    LW_WORD_SURNAME, LW_WORD_PLACE};
	g_auto(GVariantBuilder) list = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(su)"));
	for (int i = 0; i < POLICY_LISTS; i++)
		for (guint w = 0; flags[i] && w < policy->words[i]->len; w++)
			g_variant_builder_add(&list, "(su)", g_ptr_array_index(policy->words[i], w),
					      flags[i]);
	return g_variant_builder_end(&list);
}

/* Relative luminance of WCAG 2. */
static double luminance(const guint8 *rgb)
{
	static const double weight[3] = {0.2126, 0.7152, 0.0722};
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = rgb[i] / 255.0;
		sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

const char *lw_policy_check(const LwPolicy *policy, PolicyKeyId *key)
{
	double fill = luminance(policy->style.fill), text = luminance(policy->style.text);
	*key = POLICY_KEY_LIKELY;
	if (lw_policy_likely(policy) > lw_policy_sure(policy))
		return "likely is above sure";
	*key = POLICY_KEY_TEXT;
	if ((MAX(fill, text) + 0.05) / (MIN(fill, text) + 0.05) < CONTRAST_MIN)
		return "the contrast of text on fill is below 4.5:1";
	return NULL;
}

/* Numbers that identify a person: only the very number that is listed is ever let through. */
static gboolean is_identifier(LwKind kind)
{
	switch (kind) {
	case LW_KIND_BSN:
	case LW_KIND_EDUCATION_NUMBER:
	case LW_KIND_A_NUMBER:
	case LW_KIND_TAX_NUMBER:
	case LW_KIND_V_NUMBER:
	case LW_KIND_IBAN:
	case LW_KIND_ACCOUNT:
	case LW_KIND_CARD:
	case LW_KIND_ID_DOCUMENT:
	case LW_KIND_DRIVING_LICENCE:
	case LW_KIND_MRZ:
	case LW_KIND_CRIMINAL_CASE:
	case LW_KIND_CLIENT_NUMBER:
		return TRUE;
	default:
		return FALSE;
	}
}

static gboolean is_listed(GHashTable *list, const char *skeleton)
{
	return *skeleton && g_hash_table_contains(list, skeleton);
}

/* Opinions and their like are for a person, whatever the file says. */
static gboolean needs_person(LwKind kind, const char *ground)
{
	g_auto(GStrv) ids = g_strsplit(ground, ";", -1);
	for (guint i = 0; ids[i]; i++) {
		const LwGround *one = lw_ground_parse(ids[i]);
		if (one && one->relation == LW_GROUND_OPINION)
			return TRUE;
	}
	return lw_kind_needs_person(kind);
}

static void judge_rules(const LwPolicy *policy, const LwEntity *entity, const char *text,
			const char *skeleton, LwRuling *judgement)
{
	gboolean allowed = is_identifier(entity->kind) ? g_hash_table_contains(policy->exact, text)
						       : is_listed(policy->allow, skeleton);
	if (judgement->action == LW_ACTION_KEEP) {
		judgement->reason = LW_REASON_POLICY;
	} else if (allowed) {
		judgement->action = LW_ACTION_KEEP;
		judgement->reason = LW_REASON_ALLOW;
	} else {
		judgement->action =
			lw_role_judge(policy, entity, text, judgement->action, &judgement->reason);
	}
}

/* The odds of a score times those of `recall`: 0.5 leaves it as it is. */
static double lean(const LwPolicy *policy, double score)
{
	double recall = policy->score[POLICY_KEY_RECALL - POLICY_KEY_SURE];
	double right = score * recall, wrong = (1 - score) * (1 - recall);

	return recall == 0.5 || right + wrong <= 0 ? score : right / (right + wrong);
}

static void judge_score(const LwPolicy *policy, const LwEntity *entity, LwRuling *judgement)
{
	float score;

	if (judgement->action == LW_ACTION_KEEP)
		return;
	score = (float)lean(policy, (double)entity->score);
	if (score < (float)policy->score[POLICY_KEY_FLOOR - POLICY_KEY_SURE]) {
		judgement->action = LW_ACTION_KEEP;
		judgement->reason = LW_REASON_SCORE;
	} else if (score < (float)policy->kinds[entity->kind].threshold) {
		judgement->action = LW_ACTION_SUGGEST;
	}
}

LwRuling lw_policy_judge(const LwPolicy *policy, const LwEntity *entity, const char *text,
			 gsize length)
{
	const PolicyKind *kind = &policy->kinds[entity->kind];
	g_autofree char *span = g_strndup(text, length);
	g_autofree char *skeleton = lw_text_skeleton(span, -1);
	LwRuling judgement = {kind->action, kind->ground, entity->reason, entity->evidence};
	if (is_listed(policy->deny, skeleton)) {
		judgement.action = LW_ACTION_REMOVE;
		judgement.reason = LW_REASON_DENY;
	} else {
		judge_rules(policy, entity, span, skeleton, &judgement);
		judge_score(policy, entity, &judgement);
	}
	if (judgement.action == LW_ACTION_REMOVE && needs_person(entity->kind, kind->ground))
		judgement.action = LW_ACTION_SUGGEST;
	return judgement;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a list, in an order that does not depend on the files they came from, each once. */
static void append_words(GString *text, const GPtrArray *words)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	for (guint i = 0; i < words->len; i++)
		g_ptr_array_add(sorted, g_ptr_array_index(words, i));
	g_ptr_array_sort(sorted, compare_strings);
	for (guint i = 0; i < sorted->len; i++)
		if (!i || strcmp(sorted->pdata[i], sorted->pdata[i - 1]) != 0)
			g_string_append_printf(text, " %s\n", (char *)sorted->pdata[i]);
}

/* The profile is in the roles already; names and paths decide nothing. */
char *lw_policy_digest(const LwPolicy *policy)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int k = 0; k < POLICY_KEY_COUNT; k++) {
		const PolicyKey *key = &lw_policy_keys[k];
		if (key->id == POLICY_KEY_NAME || key->id == POLICY_KEY_PROFILE ||
		    key->id == POLICY_KEY_SIGNING_KEY || key->section == POLICY_SECTION_REGISTER)
			continue;
		for (int i = 0; i < lw_policy_section_count(key->section); i++) {
			g_string_append_printf(text, "%d %d=", key->section, key->id);
			if (key->section != POLICY_SECTION_LISTS)
				key->print(policy, key->id, i, text);
			g_string_append_c(text, '\n');
		}
		if (key->section == POLICY_SECTION_LISTS)
			append_words(text, policy->words[key->id - POLICY_KEY_ALLOW]);
	}
	return lw_digest_sha256(text->str, text->len);
}
