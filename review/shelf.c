/* shelf.c - the dossiers that are open. Invariant: each has a session of its own, for a session
 * does one thing at a time. */
#include "review/job.h"

struct Volume {
	Shelf *shelf;
	char *id, *name;
	Lakwerk *lakwerk; /* its session */
	gboolean owns_session;
	LakwerkDossier *dossier;
	Job *job;
};

struct Shelf {
	GPtrArray *volumes;
	GMutex lock;
	GCond changed;
	gboolean stopping;
};

static void volume_free(Volume *volume)
{
	job_free(volume->job);
	lakwerk_dossier_close(volume->dossier);
	if (volume->owns_session)
		lakwerk_free(volume->lakwerk);
	g_free(volume->id);
	g_free(volume->name);
	g_free(volume);
}

/* The name of the folder in letters that an address may have; a number behind it when another has
 * it too. */
static char *make_id(const Shelf *shelf, const char *name)
{
	g_autofree char *id = g_str_to_ascii(name, "C");

	g_strcanon(id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_", '-');
	if (strlen(id) > 40)
		id[40] = '\0';
	for (guint number = 2; shelf_find(shelf, id) || !*id; number++) {
		char *other = g_strdup_printf("%.40s-%u", id, number);

		g_free(id);
		id = other;
	}
	return g_steal_pointer(&id);
}

static LakwerkStatus fill(Volume *volume, const char *folder, const ReviewSettings *settings)
{
	LakwerkDossierMode mode =
		settings->mode == REVIEW_ALONE ? LAKWERK_DOSSIER_CREATE : LAKWERK_DOSSIER_WRITE;
	LakwerkStatus status;

	status = settings->key ? lakwerk_set(volume->lakwerk, LAKWERK_KEY, settings->key)
			       : LAKWERK_OK;
	if (!status)
		status = lakwerk_dossier_open(volume->lakwerk, folder, mode, &volume->dossier);
	if (status) {
		settings->complain(settings->self, folder, lakwerk_message(volume->lakwerk));
		return status;
	}
	status = lakwerk_dossier_scan(volume->dossier);
	if (status && status != LAKWERK_INCOMPLETE) {
		settings->complain(settings->self, folder,
				   lakwerk_dossier_message(volume->dossier));
		return status;
	}
	return LAKWERK_OK;
}

static LakwerkStatus add(Shelf *shelf, Lakwerk *lakwerk, const char *folder,
			 const ReviewSettings *settings)
{
	Volume *volume = g_new0(Volume, 1);
	g_autofree char *absolute = g_canonicalize_filename(folder, NULL);
	g_autofree char *base = g_path_get_basename(absolute);
	g_autofree char *beside = g_path_get_dirname(absolute);
	g_autofree char *out =
		g_canonicalize_filename(settings->out ? settings->out : beside, NULL);

	volume->shelf = shelf;
	volume->name = g_utf8_make_valid(base, -1);
	volume->id = make_id(shelf, volume->name);
	volume->owns_session = settings->mode == REVIEW_OFFICE;
	volume->lakwerk = volume->owns_session ? lakwerk_new() : lakwerk;
	if (volume->owns_session)
		lakwerk_set(volume->lakwerk, LAKWERK_LANG, settings->lang);
	lakwerk_set(volume->lakwerk, LAKWERK_JSON, NULL); /* a publication answers the page */
	volume->job = job_new(volume, volume->lakwerk, out);
	g_ptr_array_add(shelf->volumes, volume);
	return fill(volume, folder, settings);
}

Shelf *shelf_open(Lakwerk *lakwerk, const ReviewSettings *settings, LakwerkStatus *status)
{
	Shelf *shelf = g_new0(Shelf, 1);

	shelf->volumes = g_ptr_array_new_with_free_func((GDestroyNotify)volume_free);
	g_mutex_init(&shelf->lock);
	g_cond_init(&shelf->changed);
	for (int i = 0; settings->folders[i]; i++) {
		*status = add(shelf, lakwerk, settings->folders[i], settings);
		if (!*status)
			continue;
		shelf_free(shelf);
		return NULL;
	}
	return shelf;
}

void shelf_free(Shelf *shelf)
{
	if (!shelf)
		return;
	g_ptr_array_unref(shelf->volumes);
	g_cond_clear(&shelf->changed);
	g_mutex_clear(&shelf->lock);
	g_free(shelf);
}

void shelf_list(const Shelf *shelf, GString *json)
{
	g_string_append_c(json, '[');
	for (guint i = 0; i < shelf->volumes->len; i++) {
		const Volume *volume = shelf->volumes->pdata[i];

		g_string_append(json, i ? ",{\"id\":" : "{\"id\":");
		reply_string(json, volume->id);
		g_string_append(json, ",\"name\":");
		reply_string(json, volume->name);
		g_string_append_c(json, '}');
	}
	g_string_append_c(json, ']');
}

Volume *shelf_find(const Shelf *shelf, const char *id)
{
	for (guint i = 0; i < shelf->volumes->len; i++) {
		Volume *volume = shelf->volumes->pdata[i];

		if (volume->id && g_str_equal(volume->id, id))
			return volume;
	}
	return NULL;
}

LakwerkDossier *volume_dossier(Volume *volume)
{
	return volume->dossier;
}

Job *volume_job(Volume *volume)
{
	return volume->job;
}

void volume_changed(Volume *volume)
{
	g_mutex_lock(&volume->shelf->lock);
	g_cond_broadcast(&volume->shelf->changed);
	g_mutex_unlock(&volume->shelf->lock);
}

gboolean volume_wait(Volume *volume, guint64 *seen, unsigned seconds)
{
	Shelf *shelf = volume->shelf;
	gint64 until = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
	guint64 event;
	gboolean stopping;

	/* Looked at under the lock: what changes after this wakes us. */
	g_mutex_lock(&shelf->lock);
	event = lakwerk_dossier_event(volume->dossier);
	while (!shelf->stopping && event == *seen &&
	       g_cond_wait_until(&shelf->changed, &shelf->lock, until))
		event = lakwerk_dossier_event(volume->dossier);
	stopping = shelf->stopping;
	g_mutex_unlock(&shelf->lock);
	*seen = event;
	return !stopping;
}

void shelf_stop(Shelf *shelf)
{
	g_mutex_lock(&shelf->lock);
	shelf->stopping = TRUE;
	g_cond_broadcast(&shelf->changed);
	g_mutex_unlock(&shelf->lock);
	for (guint i = 0; i < shelf->volumes->len; i++)
		lakwerk_cancel(((Volume *)shelf->volumes->pdata[i])->lakwerk);
}
