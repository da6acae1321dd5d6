/* mark.c - plans, receipts, what stands in a box, and the law of an area. */
#include "engine/model/mark.h"

#include "engine/model/removal.h"

#include "engine/base/limits.h"
#include "engine/model/saved.h"

#define MARK_TYPE	  "(syyyysdsqmsuuaymaymsb)"
#define STYLE_TYPE	  "(yyyyyyyyy)"
#define PLAN_TYPE	  "(a" MARK_TYPE "as" STYLE_TYPE "yms)"
#define RECEIPT_TYPE	  "(a(sis)aayauuuuuu)"
#define GROUNDS_MAX_BYTES 200
#define STRING_MAX_BYTES  4096
#define SECRETS_MAX	  1000000

void lw_mark_identify(LwMark *mark, const char *sha256)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	GString *place = g_string_new(NULL);

	g_string_append_printf(place, "%s\n%s\n%u %u\n%s\n", sha256, lw_kind_name(mark->kind),
			       mark->span.start, mark->span.length,
			       mark->figure ? mark->figure : "");
	for (guint i = 0; !mark->span.length && i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		char x0[G_ASCII_DTOSTR_BUF_SIZE], y0[G_ASCII_DTOSTR_BUF_SIZE];
		char x1[G_ASCII_DTOSTR_BUF_SIZE], y1[G_ASCII_DTOSTR_BUF_SIZE];

		g_string_append_printf(place, "%u %s %s %s %s\n", box->page,
				       g_ascii_formatd(x0, sizeof(x0), "%.2f", box->rect.x0),
				       g_ascii_formatd(y0, sizeof(y0), "%.2f", box->rect.y0),
				       g_ascii_formatd(x1, sizeof(x1), "%.2f", box->rect.x1),
				       g_ascii_formatd(y1, sizeof(y1), "%.2f", box->rect.y1));
	}
	g_checksum_update(checksum, (const guchar *)place->str, (gssize)place->len);
	g_string_free(place, TRUE);
	g_strlcpy(mark->id, g_checksum_get_string(checksum), sizeof(mark->id));
}

LwPlan *lw_plan_new(void)
{
	static const LwStyle white_on_black = {.text = {255, 255, 255}};
	LwArena *arena = lw_arena_new();
	LwPlan *plan = lw_arena_new0(arena, LwPlan, 1);
	plan->arena = arena;
	plan->marks = g_ptr_array_new();
	plan->secrets = g_ptr_array_new();
	plan->style = white_on_black;
	return plan;
}

void lw_plan_free(LwPlan *plan)
{
	if (!plan)
		return;
	for (guint i = 0; i < plan->marks->len; i++) {
		LwMark *mark = g_ptr_array_index(plan->marks, i);
		g_clear_pointer(&mark->boxes, g_array_unref);
		g_clear_pointer(&mark->glyphs, g_array_unref);
	}
	g_clear_pointer(&plan->index, lw_plan_index_free);
	g_ptr_array_unref(plan->marks);
	g_ptr_array_unref(plan->secrets);
	lw_arena_free(plan->arena);
}

LwMark *lw_plan_add(LwPlan *plan)
{
	LwMark *mark = lw_arena_new0(plan->arena, LwMark, 1);
	mark->boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));
	g_ptr_array_add(plan->marks, mark);
	return mark;
}

static GVariant *save_glyphs(const GArray *glyphs)
{
	if (!glyphs)
		return g_variant_new_maybe(G_VARIANT_TYPE_BYTESTRING, NULL);
	gsize size = (gsize)glyphs->len * 4;
	guint8 *bytes = g_malloc(size), *to = bytes;
	for (guint i = 0; i < glyphs->len; i++)
		saved_u32(&to, g_array_index(glyphs, guint32, i));
	return g_variant_new_maybe(NULL, lw_saved_take(bytes, size));
}

static GVariant *save_mark(const LwMark *mark)
{
	return g_variant_new("(syyyysdsqmsuu@ay@maymsb)", mark->id, mark->kind, mark->role,
			     mark->action, mark->decision, mark->ground ? mark->ground : "",
			     (double)mark->score, mark->rule ? mark->rule : "", mark->reason,
			     mark->evidence, mark->span.start, mark->span.length,
			     lw_saved_boxes(mark->boxes), save_glyphs(mark->glyphs), mark->figure,
			     mark->ground != NULL);
}

LwJson *lw_boxes_json(const GArray *boxes)
{
	LwJson *list = lw_json_array_new();

	for (guint i = 0; i < boxes->len; i++) {
		const LwBox *box = &g_array_index(boxes, LwBox, i);
		LwJson *item = lw_json_object_new();

		lw_json_set_integer(item, "page", (gint64)box->page + 1);
		lw_json_set_number(item, "x0", box->rect.x0);
		lw_json_set_number(item, "y0", box->rect.y0);
		lw_json_set_number(item, "x1", box->rect.x1);
		lw_json_set_number(item, "y1", box->rect.y1);
		lw_json_append(list, item);
	}
	return list;
}

GVariant *lw_plan_save(const LwPlan *plan)
{
	g_auto(GVariantBuilder) marks = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a" MARK_TYPE));
	g_auto(GVariantBuilder) secrets = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_STRING_ARRAY);
	const LwStyle *style = &plan->style;
	for (guint i = 0; i < plan->marks->len; i++)
		g_variant_builder_add_value(&marks, save_mark(g_ptr_array_index(plan->marks, i)));
	for (guint i = 0; i < plan->secrets->len; i++)
		g_variant_builder_add(&secrets, "s", g_ptr_array_index(plan->secrets, i));
	GVariant *parts[] = {
		g_variant_builder_end(&marks),
		g_variant_builder_end(&secrets),
		g_variant_new(STYLE_TYPE, style->fill[0], style->fill[1], style->fill[2],
			      style->text[0], style->text[1], style->text[2], style->code,
			      style->width, style->lang),
		g_variant_new_byte((guint8)plan->hidden),
		g_variant_new("ms", plan->stamp),
	};
	GVariant *saved = g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
	(void)g_variant_get_data(saved); /* as bytes from here: it goes several ways */
	return saved;
}

/* A copy in the arena; NULL stays NULL. */
static const char *keep(LwArena *arena, const char *string)
{
	return string ? lw_arena_strndup(arena, string, strlen(string)) : NULL;
}

static gboolean is_id(const char *id)
{
	gsize length = strspn(id, "0123456789abcdef");
	return id[length] == '\0' && (length == 0 || length == LW_MARK_ID_LENGTH);
}

/* Grounds in canonical spelling, joined by ';'. */
static gboolean are_grounds(const char *text)
{
	if (strlen(text) > GROUNDS_MAX_BYTES)
		return FALSE;
	g_auto(GStrv) ids = g_strsplit(text, ";", -1);
	for (guint i = 0; ids[i]; i++) {
		const LwGround *ground = lw_ground_parse(ids[i]);
		if (!ground || strcmp(ground->id, ids[i]) != 0)
			return FALSE;
	}
	return ids[0] != NULL;
}

static gboolean load_glyphs(GVariant *saved, LwMark *mark)
{
	const guint8 *from;
	gsize count;
	g_autoptr(GVariant) block = g_variant_get_maybe(saved);
	if (!block)
		return TRUE;
	if (!lw_saved_open(block, 4, LW_LIMIT_GLYPHS, &from, &count))
		return FALSE;
	mark->glyphs = g_array_sized_new(FALSE, FALSE, sizeof(guint32), (guint)count);
	for (gsize i = 0; i < count; i++) {
		guint32 glyph = saved_read_u32(&from);
		if (glyph >= LW_LIMIT_GLYPHS ||
		    (i && glyph <= g_array_index(mark->glyphs, guint32, i - 1)))
			return FALSE;
		g_array_append_val(mark->glyphs, glyph);
	}
	return TRUE;
}

static gboolean load_mark(LwPlan *plan, GVariant *saved)
{
	LwMark *mark = lw_plan_add(plan);
	const char *id, *ground, *rule, *evidence, *figure;
	guint8 kind, role, action, decision;
	guint16 reason;
	gboolean has_ground;
	double score;
	g_autoptr(GVariant) boxes = NULL;
	g_autoptr(GVariant) glyphs = NULL;
	g_variant_get(saved, "(&syyyy&sd&sqm&suu@ay@maym&sb)", &id, &kind, &role, &action,
		      &decision, &ground, &score, &rule, &reason, &evidence, &mark->span.start,
		      &mark->span.length, &boxes, &glyphs, &figure, &has_ground);
	if (!is_id(id) || kind >= LW_KIND_COUNT || role >= LW_ROLE_COUNT ||
	    reason >= LW_REASON_COUNT || action > LW_ACTION_REMOVE ||
	    decision > LW_DECISION_REJECTED)
		return FALSE;
	if (!(score >= 0 && score <= 1) || (*rule && !lw_saved_is_name(rule)) ||
	    (evidence && !lw_saved_is_line(evidence, STRING_MAX_BYTES)) ||
	    (figure && !lw_saved_is_line(figure, STRING_MAX_BYTES)) ||
	    (has_ground ? !are_grounds(ground) : *ground != '\0'))
		return FALSE;
	if ((guint64)mark->span.start + mark->span.length > LW_LIMIT_TEXT_BYTES ||
	    !lw_saved_read_boxes(boxes, mark->boxes) || !load_glyphs(glyphs, mark))
		return FALSE;
	memcpy(mark->id, id, strlen(id) + 1);
	mark->kind = kind;
	mark->role = role;
	mark->action = action;
	mark->decision = decision;
	mark->reason = reason;
	mark->score = (float)score;
	mark->rule = keep(plan->arena, rule);
	mark->ground = has_ground ? keep(plan->arena, ground) : NULL;
	mark->evidence = keep(plan->arena, evidence);
	mark->figure = keep(plan->arena, figure);
	return TRUE;
}

static gboolean load_marks(LwPlan *plan, GVariant *list)
{
	gsize count = g_variant_n_children(list);
	if (count > LW_LIMIT_ENTITIES)
		return FALSE;
	for (gsize i = 0; i < count; i++) {
		g_autoptr(GVariant) saved = g_variant_get_child_value(list, i);
		if (!load_mark(plan, saved))
			return FALSE;
	}
	return TRUE;
}

static gboolean load_secrets(LwPlan *plan, GVariant *list)
{
	gsize count;
	g_autofree const char **secrets = g_variant_get_strv(list, &count);
	for (gsize i = 0; i < count && count <= SECRETS_MAX; i++)
		g_ptr_array_add(plan->secrets, (void *)keep(plan->arena, secrets[i]));
	return count <= SECRETS_MAX;
}

static gboolean load_style(LwStyle *style, GVariant *saved)
{
	guint8 code, width, lang;
	g_variant_get(saved, STYLE_TYPE, &style->fill[0], &style->fill[1], &style->fill[2],
		      &style->text[0], &style->text[1], &style->text[2], &code, &width, &lang);
	if (code > LW_CODE_LONG || width > LW_WIDTH_STRICT || lang > LW_LANG_EN)
		return FALSE;
	style->code = code;
	style->width = width;
	style->lang = lang;
	return TRUE;
}

LwPlan *lw_plan_load(GVariant *saved)
{
	if (!g_variant_is_of_type(saved, G_VARIANT_TYPE(PLAN_TYPE)) ||
	    !g_variant_is_normal_form(saved))
		return NULL;
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(GVariant) marks = g_variant_get_child_value(saved, 0);
	g_autoptr(GVariant) secrets = g_variant_get_child_value(saved, 1);
	g_autoptr(GVariant) style = g_variant_get_child_value(saved, 2);
	guint8 hidden = 0;
	const char *stamp = NULL;
	g_variant_get_child(saved, 3, "y", &hidden);
	g_variant_get_child(saved, 4, "m&s", &stamp);
	plan->hidden = (LwHidden)hidden;
	plan->stamp = keep(plan->arena, stamp);
	if (!load_marks(plan, marks) || !load_secrets(plan, secrets) ||
	    !load_style(&plan->style, style) || hidden > LW_HIDDEN_STAYS ||
	    (stamp && !lw_saved_is_name(stamp)))
		return NULL;
	return g_steal_pointer(&plan);
}

static GArray *new_boxes(void)
{
	return g_array_new(FALSE, FALSE, sizeof(LwBox));
}

static LwReceipt *new_receipt(void)
{
	LwArena *arena = lw_arena_new();
	LwReceipt *receipt = lw_arena_new0(arena, LwReceipt, 1);
	receipt->arena = arena;
	receipt->notices = g_array_new(FALSE, TRUE, sizeof(LwNotice));
	receipt->painted = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
	receipt->fits = g_array_new(FALSE, TRUE, sizeof(guint32));
	return receipt;
}

LwReceipt *lw_receipt_new(const LwPlan *plan)
{
	LwReceipt *receipt = new_receipt();
	for (guint i = 0; i < plan->marks->len; i++)
		g_ptr_array_add(receipt->painted, new_boxes());
	return receipt;
}

void lw_receipt_free(LwReceipt *receipt)
{
	if (!receipt)
		return;
	g_array_unref(receipt->notices);
	g_ptr_array_unref(receipt->painted);
	g_array_unref(receipt->fits);
	lw_arena_free(receipt->arena);
}

void lw_receipt_notice(LwReceipt *receipt, const char *code, gint32 page, const char *message)
{
	LwNotice notice = {keep(receipt->arena, code), page, keep(receipt->arena, message)};
	if (receipt->notices->len < LW_SAVED_NOTICES_MAX)
		g_array_append_val(receipt->notices, notice);
}

void lw_receipt_set_fits(LwReceipt *receipt, const GArray *fits)
{
	g_array_set_size(receipt->fits, 0);
	if (fits->len == receipt->painted->len)
		g_array_append_vals(receipt->fits, fits->data, fits->len);
}

GVariant *lw_receipt_save(const LwReceipt *receipt)
{
	g_auto(GVariantBuilder) painted = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_BYTESTRING_ARRAY);
	for (guint i = 0; i < receipt->painted->len; i++)
		g_variant_builder_add_value(&painted,
					    lw_saved_boxes(g_ptr_array_index(receipt->painted, i)));
	GVariant *fits = g_variant_new_fixed_array(G_VARIANT_TYPE_UINT32, receipt->fits->data,
						   receipt->fits->len, sizeof(guint32));
	GVariant *saved =
		g_variant_new("(@a(sis)@aay@auuuuuu)", lw_saved_notices(receipt->notices),
			      g_variant_builder_end(&painted), fits, receipt->glyphs_removed,
			      receipt->images_changed, receipt->paths_removed,
			      receipt->annotations_removed, receipt->strings_removed);
	return g_variant_ref_sink(saved);
}

LwReceipt *lw_receipt_load(GVariant *saved)
{
	if (!g_variant_is_of_type(saved, G_VARIANT_TYPE(RECEIPT_TYPE)) ||
	    !g_variant_is_normal_form(saved))
		return NULL;
	g_autoptr(LwReceipt) receipt = new_receipt();
	g_autoptr(GVariant) notices = NULL;
	g_autoptr(GVariant) painted = NULL;
	g_autoptr(GVariant) fits = NULL;
	g_variant_get(saved, "(@a(sis)@aay@auuuuuu)", &notices, &painted, &fits,
		      &receipt->glyphs_removed, &receipt->images_changed, &receipt->paths_removed,
		      &receipt->annotations_removed, &receipt->strings_removed);
	gsize count = g_variant_n_children(painted), measured;
	const guint32 *each = g_variant_get_fixed_array(fits, &measured, sizeof(guint32));
	if (count > LW_LIMIT_ENTITIES || (measured && measured != count) ||
	    !lw_saved_read_notices(notices, receipt->arena, receipt->notices))
		return NULL;
	g_array_append_vals(receipt->fits, each, (guint)measured);
	for (gsize i = 0; i < count; i++) {
		g_autoptr(GVariant) block = g_variant_get_child_value(painted, i);
		GArray *boxes = new_boxes();
		g_ptr_array_add(receipt->painted, boxes);
		if (!lw_saved_read_boxes(block, boxes))
			return NULL;
	}
	return g_steal_pointer(&receipt);
}

/* "5.1.2.e" as "5.1 lid 2 sub e"; what is no article, paragraph and part stays. */
static void append_long(GString *text, const char *id)
{
	g_auto(GStrv) part = g_strsplit(id, ".", -1);
	guint count = g_strv_length(part);
	if (count < 3) {
		g_string_append(text, id);
		return;
	}
	g_string_append_printf(text, "%s.%s lid %s", part[0], part[1], part[2]);
	if (count > 3)
		g_string_append_printf(text, " sub %s", part[3]);
}

static void append_ground(GString *text, const char *id, LwCodeStyle style)
{
	const LwGround *ground = lw_ground_parse(id);
	if (!ground)
		return;
	if (text->len)
		g_string_append(text, " / ");
	if (style == LW_CODE_LONG)
		append_long(text, ground->id);
	else
		g_string_append(text, style == LW_CODE_SHORT ? ground->code : ground->id);
}

char *lw_mark_code(const LwMark *mark, const LwStyle *style)
{
	g_auto(GStrv) ids = g_strsplit(mark->ground ? mark->ground : "", ";", -1);
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; ids[i]; i++)
		append_ground(text, ids[i], style->code);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *lw_mark_label(const LwMark *mark, const LwStyle *style)
{
	g_autofree char *code = lw_mark_code(mark, style);
	const char *word = style->lang == LW_LANG_NL ? "gelakt" : "redacted";
	return *code ? g_strdup_printf("[%s: %s]", word, code) : g_strdup_printf("[%s]", word);
}

/* The part of [from, to] without this share at both ends; nothing wide stays a point, its middle.
 */
static void shrink(float *from, float *to, float share)
{
	float cut = (*to - *from) * share;
	if (*to < *from) {
		*from = *to = (*from + *to) / 2;
		return;
	}
	*from += cut;
	*to -= cut;
}

gboolean lw_box_covers(const LwBox *box, const LwGlyph *glyph)
{
	LwRect ink = glyph->box;
	if (box->page != glyph->page)
		return FALSE;
	shrink(&ink.x0, &ink.x1, 0.10f);
	shrink(&ink.y0, &ink.y1, 0.12f);
	return ink.x0 <= box->rect.x1 && ink.x1 >= box->rect.x0 && ink.y0 <= box->rect.y1 &&
	       ink.y1 >= box->rect.y0;
}
