/* package.c - fuzz target: any bytes as a zip, as XML, and as an OpenDocument file, package or
 * flat, that is read, written with a mark in it, and inspected. */
#include "engine/odf/text.h"
#include "extractors/builtin.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean ignore(void *self, const char *channel, const char *bytes, gsize length)
{
	gsize *total = self;

	g_assert(channel && (bytes || !length));
	*total += length;
	return TRUE;
}

static void try_xml(GBytes *input)
{
	g_autoptr(LwXml) xml = lw_xml_load(input, NULL);

	if (!xml)
		return;
	g_autoptr(GBytes) dumped = lw_xml_dump(xml);
	g_autoptr(LwXml) again = lw_xml_load(dumped, NULL);
	g_assert(again);
}

static void try_zip(GBytes *input)
{
	g_autoptr(LwZip) zip = lw_zip_open(input, NULL);

	for (guint i = 0; zip && i < lw_zip_count(zip); i++) {
		g_autoptr(GBytes) member = lw_zip_load(zip, i, NULL);
		g_assert(lw_zip_name(zip, i));
		if (member)
			try_xml(member);
	}
}

/* Marks the first number or word of the text, or nothing. */
static LwPlan *plan_of(const LwDocument *document)
{
	LwPlan *plan = lw_plan_new();
	if (!document || !document->length)
		return plan;
	const gsize start = strcspn(document->text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	gsize length = 0;
	while (g_ascii_isalnum(document->text[start + length]))
		length++;
	if (!length)
		return plan;
	LwMark *mark = lw_plan_add(plan);
	mark->span = (LwSpan){(guint32)start, (guint32)length};
	mark->ground = "5.1.2.e";
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	g_ptr_array_add(plan->secrets,
			lw_arena_strndup(plan->arena, document->text + start, length));
	return plan;
}

static void try_document(const LwFormat *format, GBytes *input)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwDocument) document = format->read(input, LW_READ_ALL, &error);
	g_autoptr(LwPlan) plan = plan_of(document);
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	gsize total = 0;

	g_assert(!document == !!error);
	if (document)
		g_assert(!document->length ||
			 g_utf8_validate_len(document->text, document->length, NULL));
	format->inspect(input, ignore, &total, NULL);
	g_autoptr(GBytes) output = format->write(input, plan, receipt, NULL);
	if (output && document)
		g_assert(format->bid(g_bytes_get_data(output, NULL), g_bytes_get_size(output)) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"odt", "ods", "odp", "odg"};
	g_autoptr(GBytes) input = g_bytes_new_static(data, size);

	if (size && data[0] == 'P')
		try_zip(input);
	else
		try_xml(input);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		const LwFormat *format = lw_format_named(names[i]);
		if (format->bid(data, size) > 0)
			try_document(format, input);
	}
	return 0;
}
