/* worker_main.c - the program lakwerk-worker: each copy that the nursery gives out takes one
 * request, closes the sandbox, answers, ends.
 *
 * Everything from outside (the dictionaries, the request, the input) is opened before the sandbox
 * closes, and nothing of it is parsed before. */
#include "engine/base/limits.h"
#include "engine/detect/detect.h"
#include "engine/detect/language.h"
#include "engine/frame.h"
#include "engine/nursery.h"
#include "engine/sandbox.h"
#include "engine/worker.h"
#include "extractors/builtin.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
	LwTaskType type;
	GVariant *parameters;
	GBytes *input;
	LwLexicon *lexicon; /* or NULL */
	GVariantDict results;
} Work;

static void refuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, message);
}

/* The whole of a file from its start, whatever others did with its offset. */
static GBytes *file_read(int fd, guint64 limit, GError **error)
{
	struct stat status;
	g_autofree guint8 *bytes = NULL;
	gsize length, have = 0;

	if (fstat(fd, &status) || status.st_size < 0 || (guint64)status.st_size > limit) {
		refuse(error, "too large");
		return NULL;
	}
	length = (gsize)status.st_size;
	bytes = g_try_malloc(length + 1);
	while (bytes && have < length) {
		ssize_t got = pread(fd, bytes + have, length - have, (off_t)have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		have += (gsize)got;
	}
	if (!bytes || have < length) {
		refuse(error, bytes ? "cannot be read" : "not enough memory");
		return NULL;
	}
	return g_bytes_new_take(g_steal_pointer(&bytes), length);
}

/* The request in its sealed file. */
static GVariant *request_read(GError **error)
{
	g_autoptr(GBytes) file =
		file_read(LW_WORKER_REQUEST, LW_LIMIT_FRAME_BYTES + LW_FRAME_HEADER, error);
	g_autoptr(GBytes) body = NULL;
	GVariant *request = NULL;
	gsize length = 0, claimed;
	const guint8 *bytes = file ? g_bytes_get_data(file, &length) : NULL;

	if (!file)
		return NULL;
	if (length > LW_FRAME_HEADER && lw_frame_length(bytes, &claimed) &&
	    claimed == length - LW_FRAME_HEADER) {
		body = g_bytes_new_from_bytes(file, LW_FRAME_HEADER, claimed);
		request = lw_frame_parse(body, LW_REQUEST_TYPE);
	}
	if (!request)
		refuse(error, "the request is malformed");
	return request;
}

static const LwFormat *find_format(GBytes *bytes, GError **error)
{
	const LwFormat *format = lw_format_bid(bytes);

	if (!format)
		refuse(error, g_bytes_get_size(bytes)
				      ? "not a format that can be read (PDF, ODT or text can)"
				      : "empty");
	return format;
}

static gboolean find_terms(Work *work, const LwDetection *detection, LwEntities *found,
			   GError **error)
{
	g_autofree const char **terms = NULL, **regexes = NULL;
	g_autoptr(LwTerms) given = NULL;

	if (!g_variant_lookup(work->parameters, "terms", "^a&s", &terms) ||
	    !g_variant_lookup(work->parameters, "regexes", "^a&s", &regexes) ||
	    (!terms[0] && !regexes[0]))
		return TRUE;
	given = lw_terms_new(terms, regexes, error);
	if (given)
		lw_terms_find(given, detection, found);
	return given != NULL;
}

/* What the detectors and the user's own terms find. */
static LwEntities *find_entities(Work *work, LwDocument *document, GError **error)
{
	gboolean detect = FALSE;
	g_autoptr(LwNormal) normal = NULL;
	g_autoptr(LwEntities) found = NULL;

	g_variant_lookup(work->parameters, "detect", "b", &detect);
	if (detect && !work->lexicon) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL,
				    "the dictionaries are missing");
		return NULL;
	}
	found = detect ? lw_detect(document, work->lexicon) : lw_entities_new();
	if (detect && lw_language_of(document) >= LW_LANGUAGE_ROMANCE)
		lw_document_notice(document, "language", -1,
				   "is in a language whose names are found by form and lists only");
	normal = lw_normal_new(document->text, document->length);
	if (!find_terms(work, &(LwDetection){document, normal}, found, error))
		return NULL;
	lw_entities_sort(found);
	return g_steal_pointer(&found);
}

static gboolean run_read(Work *work, GError **error)
{
	const LwFormat *format = find_format(work->input, error);
	g_autoptr(LwDocument) document =
		format ? format->read(work->input, LW_READ_ALL, error) : NULL;
	g_autoptr(LwEntities) found = document ? find_entities(work, document, error) : NULL;
	g_autoptr(GVariant) saved = NULL, entities = NULL;
	g_autofree char *sha256 = NULL;

	if (!found)
		return FALSE;
	saved = lw_document_save(document);
	entities = lw_entities_save(found);
	sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, work->input);
	g_variant_dict_insert(&work->results, "document", "v", saved);
	g_variant_dict_insert(&work->results, "entities", "v", entities);
	g_variant_dict_insert(&work->results, "sha256", "s", sha256);
	return TRUE;
}

static LwPlan *plan_read(Work *work, GError **error)
{
	g_autoptr(GVariant) saved = NULL;
	LwPlan *plan = NULL;

	if (g_variant_lookup(work->parameters, "plan", "v", &saved))
		plan = lw_plan_load(saved);
	if (!plan)
		refuse(error, "the plan is malformed");
	return plan;
}

static gboolean run_write(Work *work, GError **error)
{
	const LwFormat *format = find_format(work->input, error);
	g_autoptr(LwPlan) plan = format ? plan_read(work, error) : NULL;
	g_autoptr(LwReceipt) receipt = plan ? lw_receipt_new(plan) : NULL;
	g_autoptr(GBytes) output =
		receipt ? format->write(work->input, plan, receipt, error) : NULL;
	g_autoptr(GVariant) saved = NULL;

	if (!output)
		return FALSE;
	saved = lw_receipt_save(receipt);
	g_variant_dict_insert_value(
		&work->results, "output",
		g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, output, TRUE));
	g_variant_dict_insert(&work->results, "receipt", "v", saved);
	return TRUE;
}

/* Another file that came with the request; NULL: none. Yours. */
static GBytes *file_of(const Work *work, const char *name)
{
	g_autoptr(GVariant) bytes =
		g_variant_lookup_value(work->parameters, name, G_VARIANT_TYPE_BYTESTRING);

	return bytes ? g_variant_get_data_as_bytes(bytes) : NULL;
}

static void answer_findings(Work *work, const GArray *findings, const GArray *fits)
{
	g_auto(GVariantBuilder) list = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(sssiiy)"));

	for (guint i = 0; i < findings->len; i++) {
		const LwFinding *finding = &g_array_index(findings, LwFinding, i);

		g_variant_builder_add(&list, "(sssiiy)", finding->channel, finding->code,
				      finding->message, finding->page, finding->mark,
				      (guint8)finding->weight);
	}
	g_variant_dict_insert_value(&work->results, "findings", g_variant_builder_end(&list));
	g_variant_dict_insert_value(&work->results, "fits",
				    g_variant_new_fixed_array(G_VARIANT_TYPE_UINT32, fits->data,
							      fits->len, sizeof(guint32)));
}

/* The input is the original of an output that came along, or what is to be attacked itself. */
static gboolean run_verify(Work *work, GError **error)
{
	const LwFormat *format = find_format(work->input, error);
	g_autoptr(GBytes) output = file_of(work, "output"), original = file_of(work, "original");
	g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(LwFinding));
	g_autoptr(GArray) fits = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autoptr(LwPlan) plan = NULL;
	LwJudged judged = {.format = format,
			   .file = output ? output : work->input,
			   .original = output ? work->input : original,
			   .maker = output ? LW_MAKER_US : LW_MAKER_ANYONE,
			   .lexicon = work->lexicon};

	if (!format)
		return FALSE;
	if (output || original || g_variant_lookup(work->parameters, "plan", "v", NULL)) {
		judged.plan = plan = plan_read(work, error);
		if (!plan)
			return FALSE;
	}
	if (!lw_verify(&judged, findings, fits, error))
		return FALSE;
	answer_findings(work, findings, fits);
	return TRUE;
}

static gboolean run_picture(Work *work, GError **error)
{
	const LwFormat *format = find_format(work->input, error);
	LwPicture picture = {0};
	guint32 page = 0;
	double resolution = 0;

	if (!format)
		return FALSE;
	if (!format->picture || !g_variant_lookup(work->parameters, "page", "u", &page) ||
	    !g_variant_lookup(work->parameters, "resolution", "d", &resolution)) {
		refuse(error, "has no pages to show");
		return FALSE;
	}
	if (!format->picture(work->input, page, resolution, &picture, error))
		return FALSE;
	g_variant_dict_insert(&work->results, "width", "u", picture.width);
	g_variant_dict_insert(&work->results, "height", "u", picture.height);
	g_variant_dict_insert(&work->results, "channels", "u", picture.channels);
	g_variant_dict_insert_value(
		&work->results, "pixels",
		g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, picture.pixels, TRUE));
	lw_picture_clear(&picture);
	return TRUE;
}

static gboolean run(Work *work, GError **error)
{
	work->input = file_read(LW_WORKER_INPUT, LW_LIMIT_INPUT_BYTES, error);
	if (!work->input)
		return FALSE;
	switch (work->type) {
	case LW_TASK_READ:
		return run_read(work, error);
	case LW_TASK_WRITE:
		return run_write(work, error);
	case LW_TASK_VERIFY:
		return run_verify(work, error);
	case LW_TASK_PICTURE:
		return run_picture(work, error);
	}
	refuse(error, "the request is malformed");
	return FALSE;
}

/* The dictionaries are our own file: they are mapped before the sandbox closes. */
static gboolean open_lexicon(Work *work, GError **error)
{
	g_autoptr(GVariant) lists = NULL;
	const char *path;

	if (!g_variant_lookup(work->parameters, "lexicon", "^&ay", &path))
		return TRUE;
	work->lexicon = lw_lexicon_open(path, error);
	if (!work->lexicon)
		return FALSE;
	lists = g_variant_lookup_value(work->parameters, "lists", G_VARIANT_TYPE("a(su)"));
	if (lists)
		lw_lexicon_add_lists(work->lexicon, lists);
	return TRUE;
}

static gboolean prepare(Work *work, GError **error)
{
	g_autoptr(GVariant) request = request_read(error);
	guint32 type;

	if (!request)
		return FALSE;
	g_variant_get(request, "(u@a{sv})", &type, &work->parameters);
	work->type = (LwTaskType)type;
	return open_lexicon(work, error) &&
	       lw_sandbox_close(lw_sandbox_seconds(LW_WORKER_INPUT), error);
}

static gboolean answer(Work *work, const GError *error)
{
	g_autofree char *message = g_utf8_make_valid(error ? error->message : "", -1);
	guint32 code = 0;

	if (error)
		code = error->domain == LW_ERROR ? (guint32)error->code : LW_ERROR_UNREADABLE;
	return lw_frame_write(LW_WORKER_ANSWER, g_variant_new("(us@a{sv})", code, message,
							      g_variant_dict_end(&work->results)));
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	Work work = {0};
	gboolean answered;

	/* A worker does not outlive its parent, and is of no use without one. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (argc != 2 || strcmp(argv[1], LW_NURSERY_OPTION) || isatty(LW_WORKER_REQUEST))
		return LW_ERROR_USAGE;
	/* It lives for one document: giving memory back costs more than keeping it. */
	mallopt(M_MMAP_THRESHOLD, 8 << 20);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_TOP_PAD, 4 << 20);
	setlocale(LC_ALL, "C.UTF-8");
	signal(SIGPIPE, SIG_DFL);
	if (!lw_nursery_serve())
		return 0;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* a copy does not have it */
	g_variant_dict_init(&work.results, NULL);
	if (prepare(&work, &error))
		run(&work, &error);
	answered = answer(&work, error);
	g_clear_pointer(&work.input, g_bytes_unref);
	g_clear_pointer(&work.parameters, g_variant_unref);
	g_clear_pointer(&work.lexicon, lw_lexicon_free);
	return answered ? 0 : LW_ERROR_FATAL;
}
