/* plan.c - proposals, decisions, and phrases.
 *
 * A mark that cannot be bound to a glyph is an error: what is not found on the page cannot be
 * removed from it. */
#include "engine/plan.h"

#include "engine/detect/detect.h"

#include <string.h>

enum { GAP_CHARACTERS = 3 }; /* between two words of one phrase: ", " or " - " */

static const char *arena_dup(LwPlan *plan, const char *text)
{
	return text ? lw_arena_strndup(plan->arena, text, strlen(text)) : NULL;
}

/* Boxes and glyphs of the mark's span. */
static void mark_bind(LwMark *mark, const LwDocument *document)
{
	g_clear_pointer(&mark->boxes, g_array_unref);
	g_clear_pointer(&mark->glyphs, g_array_unref);
	mark->boxes = lw_document_boxes(document, mark->span);
	mark->glyphs = lw_document_glyphs(document, mark->span);
}

LwMark *lw_proposals_add_span(LwPlan *proposals, const LwDocument *document, const char *sha256,
			      LwSpan span, LwKind kind, GError **error)
{
	LwMark *mark = lw_plan_add(proposals);

	mark->kind = kind;
	mark->span = span;
	mark_bind(mark, document);
	if (document->page_count && !mark->glyphs->len) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "a mark covers no glyph of the page");
		return NULL;
	}
	lw_mark_identify(mark, sha256);
	return mark;
}

LwMark *lw_proposals_add_area(LwPlan *proposals, const LwDocument *document, const char *sha256,
			      LwBox box, LwKind kind, GError **error)
{
	LwMark *mark;

	if (!document->page_count || box.page >= document->page_count) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    document->page_count
				    ? "an area lies on page %u, past the last page"
				    : "an area lies on page %u, but there are no pages",
			    box.page + 1);
		return NULL;
	}
	mark = lw_plan_add(proposals);
	mark->kind = kind;
	g_array_append_val(mark->boxes, box);
	lw_mark_identify(mark, sha256);
	return mark;
}

LwMark *lw_proposals_add_member(LwPlan *proposals, const char *sha256, const char *member,
				guint32 offset, LwKind kind)
{
	LwMark *mark = lw_plan_add(proposals);

	mark->kind = kind;
	mark->span.start = offset;
	mark->figure = arena_dup(proposals, member);
	lw_mark_identify(mark, sha256);
	return mark;
}

/* A signature or picture: an area of the page, or a member of the package. */
static LwMark *add_figure(LwPlan *proposals, const LwDocument *document, const char *sha256,
			  const LwEntity *entity, GError **error)
{
	const LwFigure *figure = &g_array_index(document->figures, LwFigure, entity->figure);

	if (document->page_count)
		return lw_proposals_add_area(proposals, document, sha256, figure->box, entity->kind,
					     error);
	return lw_proposals_add_member(proposals, sha256, figure->name, figure->offset,
				       entity->kind);
}

static void mark_judge(LwPlan *proposals, LwMark *mark, const LwDocument *document,
		       const LwEntity *entity, const LwPlanOptions *options)
{
	LwRuling judgement = lw_policy_judge(
		options->policy, entity, document->text + entity->span.start, entity->span.length);

	mark->role = entity->role;
	mark->score = entity->score;
	mark->person = entity->person;
	mark->rule = arena_dup(proposals, entity->rule);
	mark->action = judgement.action;
	mark->ground = arena_dup(proposals, judgement.ground);
	mark->reason = judgement.reason;
	mark->evidence = arena_dup(proposals, judgement.evidence);
	if (entity->kind != LW_KIND_TERM)
		return;
	/* Who gives a term has decided. */
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	if (options->ground || !mark->ground)
		mark->ground = arena_dup(
			proposals, options->ground ? options->ground
						   : lw_policy_default_ground(options->policy));
}

static gboolean add_entity(LwPlan *proposals, const LwDocument *document, const char *sha256,
			   const LwEntity *entity, const LwPlanOptions *options, GError **error)
{
	LwMark *mark;

	if (entity->span.length)
		mark = lw_proposals_add_span(proposals, document, sha256, entity->span,
					     entity->kind, error);
	else if (entity->figure < document->figures->len)
		mark = add_figure(proposals, document, sha256, entity, error);
	else
		return TRUE;
	if (mark)
		mark_judge(proposals, mark, document, entity, options);
	return mark != NULL;
}

static gboolean add_areas(LwPlan *proposals, const LwDocument *document, const char *sha256,
			  const LwPlanOptions *options, GError **error)
{
	const char *ground =
		options->ground ? options->ground : lw_policy_default_ground(options->policy);

	for (guint i = 0; options->areas && i < options->areas->len; i++) {
		LwBox box = g_array_index(options->areas, LwBox, i);
		LwMark *mark = lw_proposals_add_area(proposals, document, sha256, box,
						     LW_KIND_PASSAGE, error);

		if (!mark)
			return FALSE;
		mark->action = LW_ACTION_REMOVE;
		mark->decision = LW_DECISION_ACCEPTED;
		mark->score = 1;
		mark->rule = "given/area";
		mark->reason = LW_REASON_GIVEN;
		mark->ground = arena_dup(proposals, ground);
	}
	return TRUE;
}

gboolean lw_proposals_add_found(LwPlan *proposals, const LwDocument *document, const char *sha256,
				LwEntities *found, const LwPlanOptions *options, GError **error)
{
	lw_policy_bind_offices(options->policy, document, lw_document_date(document), found);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (!add_entity(proposals, document, sha256, entity, options, error))
			return FALSE;
	}
	if (!add_areas(proposals, document, sha256, options, error))
		return FALSE;
	lw_proposals_sort(proposals);
	return TRUE;
}

LwPlan *lw_proposals_new(const LwDocument *document, const char *sha256, LwEntities *found,
			 const LwPlanOptions *options, GError **error)
{
	g_autoptr(LwPlan) proposals = lw_plan_new();

	if (!lw_proposals_add_found(proposals, document, sha256, found, options, error))
		return NULL;
	return g_steal_pointer(&proposals);
}

/* Text by place, then areas by page and from top to bottom. */
static int compare_marks(gconstpointer a, gconstpointer b)
{
	const LwMark *one = *(LwMark *const *)a, *two = *(LwMark *const *)b;
	const LwBox *box1, *box2;

	if (!one->span.length != !two->span.length)
		return one->span.length ? -1 : 1;
	if (one->span.start != two->span.start)
		return one->span.start < two->span.start ? -1 : 1;
	if (one->span.length != two->span.length)
		return one->span.length > two->span.length ? -1 : 1;
	if (one->boxes->len && two->boxes->len) {
		box1 = &g_array_index(one->boxes, LwBox, 0);
		box2 = &g_array_index(two->boxes, LwBox, 0);
		if (box1->page != box2->page)
			return box1->page < box2->page ? -1 : 1;
		if (box1->rect.y0 != box2->rect.y0)
			return box1->rect.y0 < box2->rect.y0 ? -1 : 1;
	}
	return strcmp(one->id, two->id);
}

void lw_proposals_sort(LwPlan *proposals)
{
	g_ptr_array_sort(proposals->marks, compare_marks);
}

/* Opinions and passages are for a person, whichever rule proposed them. */
static gboolean needs_person(const LwMark *mark)
{
	g_auto(GStrv) ids = NULL;

	if (lw_kind_needs_person(mark->kind))
		return TRUE;
	ids = g_strsplit(mark->ground ? mark->ground : "", ";", -1);
	for (guint i = 0; ids[i]; i++) {
		const LwGround *ground = lw_ground_parse(ids[i]);

		if (ground && ground->relation == LW_GROUND_OPINION)
			return TRUE;
	}
	return FALSE;
}

/* The policy's thresholds are doubles: 0.9 has to accept 0.9f. */
static gboolean reaches(const LwMark *mark, double threshold)
{
	return mark->score >= (float)threshold;
}

gboolean lw_mark_is_accepted(const LwMark *mark, const LwPlanOptions *options)
{
	const LwPolicy *policy = options->policy;

	if (mark->decision != LW_DECISION_OPEN)
		return mark->decision == LW_DECISION_ACCEPTED;
	if (mark->action == LW_ACTION_KEEP || needs_person(mark))
		return FALSE;
	return mark->action == LW_ACTION_REMOVE || (options->accept & LW_ACCEPT_SUGGESTED) ||
	       ((options->accept & LW_ACCEPT_LIKELY) && reaches(mark, lw_policy_likely(policy))) ||
	       ((options->accept & LW_ACCEPT_SURE) && reaches(mark, lw_policy_sure(policy)));
}

gboolean lw_mark_is_open(const LwMark *mark, const LwPlanOptions *options)
{
	return mark->decision == LW_DECISION_OPEN && mark->action != LW_ACTION_KEEP &&
	       !lw_mark_is_accepted(mark, options);
}

static gboolean is_same_ground(const LwMark *a, const LwMark *b)
{
	return !g_strcmp0(a->ground, b->ground);
}

/* Only white space and a little punctuation, on one line. */
static gboolean is_gap(const LwDocument *document, gsize start, gsize end)
{
	const char *at = document->text + start, *stop = document->text + end;
	guint count = 0;

	for (; at < stop; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (c == '\n' || c == '\f' || ++count > GAP_CHARACTERS ||
		    (c < 128 && strchr(".;:!?)", (int)c)) || /* the end of something */
		    !(g_unichar_isspace(c) || g_unichar_ispunct(c)))
			return FALSE;
	}
	return TRUE;
}

/* The boxes that would touch stand on one line, close together. */
static gboolean is_one_line(const LwMark *a, const LwMark *b)
{
	const LwBox *left, *right;
	float height, shared;

	if (!a->boxes->len || !b->boxes->len)
		return !a->boxes->len && !b->boxes->len;
	left = &g_array_index(a->boxes, LwBox, a->boxes->len - 1);
	right = &g_array_index(b->boxes, LwBox, 0);
	height = MIN(left->rect.y1 - left->rect.y0, right->rect.y1 - right->rect.y0);
	shared = MIN(left->rect.y1, right->rect.y1) - MAX(left->rect.y0, right->rect.y0);
	return left->page == right->page && shared > height / 2 &&
	       right->rect.x0 - left->rect.x1 < 2 * height &&
	       right->rect.x0 - left->rect.x1 > -height;
}

/* "5.1.2.e" and "5.1.1.e": both, each once. */
static const char *join(LwPlan *plan, const char *a, const char *b)
{
	g_autofree char *both = NULL;
	g_auto(GStrv) known = NULL;

	if (!a || !b || !strcmp(a, b))
		return a ? a : arena_dup(plan, b);
	known = g_strsplit(a, ";", -1);
	if (g_strv_contains((const char *const *)known, b))
		return a;
	both = g_strconcat(a, ";", b, NULL);
	return arena_dup(plan, both);
}

static const char *join_grounds(LwPlan *plan, const char *a, const char *b)
{
	const char *both = join(plan, a, b);

	return both && lw_lint_grounds(both) ? a : both;
}

/* Whether a mark continues the one before it: overlapping always, neighbours only with the same
 * ground. */
static gboolean continues(const LwDocument *document, const LwMark *last, const LwMark *next)
{
	gsize end = (gsize)last->span.start + last->span.length;

	if (!last->span.length || !next->span.length)
		return FALSE;
	if (next->span.start < end)
		return TRUE;
	if (last->kind == LW_KIND_PERSON && next->kind == LW_KIND_PERSON)
		return FALSE; /* two persons are two marks */
	return is_same_ground(last, next) && is_gap(document, end, next->span.start) &&
	       is_one_line(last, next);
}

/* A bracket that a phrase opened closes with it: "Jan Jansen <j.jansen@…>" leaves no ">" behind. */
static guint32 close_bracket(const LwDocument *document, guint32 from, guint32 gap, guint32 end)
{
	const char *text = document->text;

	for (guint32 i = from; i < gap && end < document->length; i++)
		if ((text[i] == '<' && text[end] == '>') || (text[i] == '(' && text[end] == ')'))
			return end + 1;
	return end;
}

static void mark_extend(LwPlan *plan, LwMark *last, const LwMark *next, const LwDocument *document)
{
	guint32 end =
		MAX(last->span.start + last->span.length, next->span.start + next->span.length);

	end = close_bracket(document, last->span.start + last->span.length, next->span.start, end);
	last->span.length = end - last->span.start;
	last->ground = join_grounds(plan, last->ground, next->ground);
	last->score = MIN(last->score, next->score);
	last->decider = join(plan, last->decider, next->decider);
	if (next->decided && g_strcmp0(last->decided, next->decided) < 0)
		last->decided = arena_dup(plan, next->decided);
	if (last->role != next->role)
		last->role = LW_ROLE_UNKNOWN;
	mark_bind(last, document);
}

static LwMark *mark_copy(LwPlan *plan, const LwMark *from)
{
	LwMark *mark = lw_plan_add(plan);

	g_array_unref(mark->boxes);
	*mark = *from;
	mark->ground = arena_dup(plan, from->ground);
	mark->rule = arena_dup(plan, from->rule);
	mark->evidence = arena_dup(plan, from->evidence);
	mark->figure = arena_dup(plan, from->figure);
	mark->decider = arena_dup(plan, from->decider);
	mark->decided = arena_dup(plan, from->decided);
	mark->boxes = g_array_copy(from->boxes);
	mark->glyphs = from->glyphs ? g_array_copy(from->glyphs) : NULL;
	mark->decision = LW_DECISION_ACCEPTED;
	return mark;
}

LwPlan *lw_plan_decide(const LwPlan *proposals, const LwDocument *document,
		       const LwPlanOptions *options)
{
	LwPlan *plan = lw_plan_new();
	LwMark *last = NULL;

	plan->style = *lw_policy_style(options->policy);
	plan->style.width = options->width;
	plan->hidden = options->hidden;
	for (guint i = 0; i < proposals->marks->len; i++) {
		const LwMark *mark = proposals->marks->pdata[i];

		if (!lw_mark_is_accepted(mark, options))
			continue;
		if (last && continues(document, last, mark))
			mark_extend(plan, last, mark, document);
		else
			last = mark_copy(plan, mark);
	}
	for (guint i = 0; i < plan->marks->len; i++) {
		LwMark *mark = plan->marks->pdata[i];
		g_autofree char *text = lw_mark_text(mark, document);

		mark->text = arena_dup(plan, text);
	}
	lw_plan_own_secrets(plan, proposals, document, options);
	return plan;
}

char *lw_plan_digest(GVariant *saved)
{
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, g_variant_get_data(saved),
					   g_variant_get_size(saved));
}
