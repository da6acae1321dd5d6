/* zip.c - the only file that knows libzip.
 *
 * Sizes that an archive claims are checked before anything is inflated, and again while inflating:
 * a claim may be a lie. */
#include "engine/base/zip.h"

#include <string.h>
#include <zip.h>

#include "engine/base/error.h"
#include "engine/base/limits.h"

#define DOS_DATE_1980	0x21
#define DIRECTORY_ENTRY 46
#define END_RECORD	22
#define LOCAL_HEADER	30

struct LwZip {
	GBytes *input; /* libzip reads from it */
	zip_t *archive;
	GPtrArray *names;
	GHashTable *by_name; /* name to number + 1 */
	guint64 inflated;
};

typedef struct {
	char *name;
	GBytes *bytes;
	LwZipMethod method;
} Entry;

struct LwZipWriter {
	GArray *entries;
};

static gboolean refuse(GError **error, const char *why)
{
	g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE, "the zip archive %s", why);
	return FALSE;
}

/* A name that stays inside the folder where somebody unpacks it. As bytes: read as an old code
 * page, a control character would be a smiling face. */
static gboolean name_is_harmless(const char *name)
{
	if (!name || !*name || *name == '/' || strchr(name, '\\'))
		return FALSE;
	if (g_ascii_isalpha(name[0]) && name[1] == ':')
		return FALSE;
	g_auto(GStrv) parts = g_strsplit(name, "/", -1);
	for (guint i = 0; parts[i]; i++) {
		if (strcmp(parts[i], "..") == 0 || strcmp(parts[i], ".") == 0)
			return FALSE;
		if (!*parts[i] && parts[i + 1])
			return FALSE;
	}
	for (const char *c = name; *c; c++) {
		if (g_ascii_iscntrl(*c))
			return FALSE;
	}
	return TRUE;
}

static gboolean member_is_sane(const zip_stat_t *stat, GError **error)
{
	const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
				    ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
	if ((stat->valid & wanted) != wanted)
		return refuse(error, "has a damaged directory");
	if (stat->encryption_method != ZIP_EM_NONE)
		return refuse(error, "is protected with a password");
	if (stat->comp_method != ZIP_CM_STORE && stat->comp_method != ZIP_CM_DEFLATE)
		return refuse(error, "uses an unknown compression method");
	if (stat->size > LW_LIMIT_STREAM_BYTES ||
	    stat->size / LW_LIMIT_INFLATE_RATIO > stat->comp_size)
		return refuse(error, "has a member that is too large");
	return TRUE;
}

/* Where the directory ends: the last end record whose comment fits, or length. */
static gsize end_record(const guint8 *bytes, gsize length)
{
	if (length < END_RECORD)
		return length;
	const gsize lowest =
		length > END_RECORD + G_MAXUINT16 ? length - END_RECORD - G_MAXUINT16 : 0;
	for (gsize at = length - END_RECORD + 1; at-- > lowest;) {
		if (memcmp(bytes + at, "PK\5\6", 4) == 0)
			return at;
	}
	return length;
}

static guint32 little_endian(const guint8 *at, guint count)
{
	guint32 value = 0;
	for (guint i = count; i-- > 0;)
		value = value << 8 | at[i];
	return value;
}

/* libzip cuts a name at a NUL; the directory's own bytes do not lie. */
static gboolean raw_names_have_nul(GBytes *input)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(input, &length);
	const gsize end = end_record(bytes, length);
	if (end == length)
		return FALSE;
	const guint32 size = little_endian(bytes + end + 12, 4);
	for (gsize at = size <= end ? end - size : end; at + DIRECTORY_ENTRY <= end;) {
		const gsize name = little_endian(bytes + at + 28, 2);
		const gsize rest =
			little_endian(bytes + at + 30, 2) + little_endian(bytes + at + 32, 2);
		if (memcmp(bytes + at, "PK\1\2", 4) != 0 || name > end - at - DIRECTORY_ENTRY)
			return FALSE;
		if (memchr(bytes + at + DIRECTORY_ENTRY, 0, name))
			return TRUE;
		at += DIRECTORY_ENTRY + name + rest;
	}
	return FALSE;
}

static gboolean list_members(LwZip *zip, GError **error)
{
	zip_int64_t count = zip_get_num_entries(zip->archive, 0);
	if (count < 0 || count > LW_LIMIT_ZIP_MEMBERS)
		return refuse(error, "has too many members");
	guint64 total = 0;
	for (zip_int64_t i = 0; i < count; i++) {
		zip_stat_t stat;
		if (zip_stat_index(zip->archive, i, ZIP_FL_ENC_GUESS, &stat) != 0)
			return refuse(error, "has a damaged directory");
		if (!member_is_sane(&stat, error))
			return FALSE;
		total += stat.size;
		if (total > LW_LIMIT_INFLATED_BYTES)
			return refuse(error, "is too large when unpacked");
		const char *raw = zip_get_name(zip->archive, i, ZIP_FL_ENC_RAW);
		if (!name_is_harmless(raw) || !name_is_harmless(stat.name) ||
		    !g_utf8_validate(stat.name, -1, NULL))
			return refuse(error, "has a member with a dangerous name");
		char *name = g_strdup(stat.name);
		g_ptr_array_add(zip->names, name);
		if (!g_hash_table_insert(zip->by_name, name, GUINT_TO_POINTER(i + 1)))
			return refuse(error, "has two members of the same name");
	}
	if (raw_names_have_nul(zip->input))
		return refuse(error, "has a member with a dangerous name");
	return TRUE;
}

LwZip *lw_zip_open(GBytes *input, GError **error)
{
	gsize length;
	const void *bytes = g_bytes_get_data(input, &length);
	g_autoptr(LwZip) zip = g_new0(LwZip, 1);
	zip->input = g_bytes_ref(input);
	zip->names = g_ptr_array_new_with_free_func(g_free);
	zip->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	zip_error_t problem;
	zip_error_init(&problem);
	/* No bytes at all would be an empty archive to libzip. */
	zip_source_t *source = length ? zip_source_buffer_create(bytes, length, 0, &problem) : NULL;
	if (source)
		zip->archive = zip_open_from_source(source, ZIP_RDONLY, &problem);
	zip_error_fini(&problem);
	if (!zip->archive) {
		if (source)
			zip_source_free(source);
		refuse(error, "is damaged");
		return NULL;
	}
	if (!list_members(zip, error))
		return NULL;
	return g_steal_pointer(&zip);
}

void lw_zip_free(LwZip *zip)
{
	if (!zip)
		return;
	if (zip->archive)
		zip_discard(zip->archive);
	g_hash_table_unref(zip->by_name);
	g_ptr_array_unref(zip->names);
	g_bytes_unref(zip->input);
	g_free(zip);
}

guint lw_zip_count(const LwZip *zip)
{
	return zip->names->len;
}

const char *lw_zip_name(const LwZip *zip, guint member)
{
	g_assert(member < zip->names->len);
	return g_ptr_array_index(zip->names, member);
}

int lw_zip_find(const LwZip *zip, const char *name)
{
	return (int)GPOINTER_TO_UINT(g_hash_table_lookup(zip->by_name, name)) - 1;
}

/* Reads one byte more than promised, so that a member that is longer than it said is caught. */
static gboolean read_all(zip_file_t *file, GByteArray *into, gsize promised)
{
	guint8 block[16384];
	for (;;) {
		zip_int64_t got = zip_fread(file, block, sizeof block);
		if (got < 0)
			return FALSE;
		if (got == 0)
			return into->len == promised;
		if ((gsize)got > promised - into->len)
			return FALSE;
		g_byte_array_append(into, block, (guint)got);
	}
}

GBytes *lw_zip_load(LwZip *zip, guint member, GError **error)
{
	g_assert(member < zip->names->len);
	zip_stat_t stat;
	zip_file_t *file = NULL;
	if (zip_stat_index(zip->archive, member, ZIP_FL_ENC_GUESS, &stat) == 0)
		file = zip_fopen_index(zip->archive, member, 0);
	if (!file) {
		refuse(error, "has a damaged member");
		return NULL;
	}
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	gboolean whole = read_all(file, bytes, stat.size);
	if (zip_fclose(file) != 0 || !whole) {
		refuse(error, "has a damaged member");
		return NULL;
	}
	zip->inflated += bytes->len;
	if (zip->inflated > 4 * LW_LIMIT_INFLATED_BYTES) {
		refuse(error, "is too large when unpacked");
		return NULL;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

const char *lw_zip_comment(const LwZip *zip, int member, gsize *length)
{
	const char *comment;
	if (member < 0) {
		int size = 0;
		comment = zip_get_archive_comment(zip->archive, &size, ZIP_FL_ENC_RAW);
		*length = size > 0 ? (gsize)size : 0;
	} else {
		zip_uint32_t size = 0;
		comment = zip_file_get_comment(zip->archive, member, &size, ZIP_FL_ENC_RAW);
		*length = size;
	}
	return *length ? comment : NULL;
}

const guint8 *lw_zip_extra(const LwZip *zip, guint member, guint index, gsize *length)
{
	zip_uint16_t id = 0, size = 0;
	const zip_flags_t both = ZIP_FL_CENTRAL;
	const zip_flags_t local = ZIP_FL_LOCAL;
	zip_int16_t count = zip_file_extra_fields_count(zip->archive, member, both);
	if (count < 0)
		count = 0;
	const zip_flags_t from = index < (guint)count ? both : local;
	const guint at = index < (guint)count ? index : index - (guint)count;
	*length = 0;
	if (at > G_MAXUINT16)
		return NULL;
	const guint8 *field = zip_file_extra_field_get(zip->archive, member, at, &id, &size, from);
	*length = field ? size : 0;
	return field;
}

/* Marks in a map of the file what the member of this directory entry takes. */
static void cover_member(guint8 *covered, const guint8 *bytes, gsize length, const guint8 *entry)
{
	const gsize start = little_endian(entry + 42, 4);
	if (length < LOCAL_HEADER || start > length - LOCAL_HEADER ||
	    memcmp(bytes + start, "PK\3\4", 4) != 0)
		return;
	const guint64 size = (guint64)LOCAL_HEADER + little_endian(bytes + start + 26, 2) +
			     little_endian(bytes + start + 28, 2) + little_endian(entry + 20, 4);
	memset(covered + start, 1, (gsize)MIN(size, length - start));
}

static GBytes *bytes_outside(const guint8 *bytes, const guint8 *covered, gsize length)
{
	GByteArray *gaps = g_byte_array_new();
	for (gsize at = 0; at < length;) {
		gsize end = at;
		while (end < length && covered[end] == covered[at])
			end++;
		if (!covered[at])
			g_byte_array_append(gaps, bytes + at, (guint)(end - at));
		at = end;
	}
	return g_byte_array_free_to_bytes(gaps);
}

GBytes *lw_zip_load_gaps(const LwZip *zip)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(zip->input, &length);
	const gsize end = end_record(bytes, length);
	g_autofree guint8 *covered = g_malloc0(length + 1);
	if (end == length)
		return bytes_outside(bytes, covered, length);
	memset(covered + end, 1, END_RECORD);
	const gsize size = little_endian(bytes + end + 12, 4);
	for (gsize at = size <= end ? end - size : end; at + DIRECTORY_ENTRY <= end;) {
		if (memcmp(bytes + at, "PK\1\2", 4) != 0)
			break;
		const gsize rest = little_endian(bytes + at + 28, 2) +
				   little_endian(bytes + at + 30, 2) +
				   little_endian(bytes + at + 32, 2);
		cover_member(covered, bytes, length, bytes + at);
		memset(covered + at, 1, MIN(DIRECTORY_ENTRY + rest, end - at));
		at += DIRECTORY_ENTRY + rest;
	}
	return bytes_outside(bytes, covered, length);
}

static void entry_clear(void *data)
{
	Entry *entry = data;
	g_free(entry->name);
	g_bytes_unref(entry->bytes);
}

LwZipWriter *lw_zip_writer_new(void)
{
	LwZipWriter *writer = g_new0(LwZipWriter, 1);
	writer->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	g_array_set_clear_func(writer->entries, entry_clear);
	return writer;
}

void lw_zip_writer_free(LwZipWriter *writer)
{
	if (!writer)
		return;
	g_array_unref(writer->entries);
	g_free(writer);
}

void lw_zip_writer_add(LwZipWriter *writer, const char *name, GBytes *bytes, LwZipMethod method)
{
	Entry entry = {g_strdup(name), g_bytes_ref(bytes), method};
	g_array_append_val(writer->entries, entry);
}

static gboolean add_entry(zip_t *archive, const Entry *entry)
{
	gsize length;
	const void *bytes = g_bytes_get_data(entry->bytes, &length);
	zip_source_t *source = zip_source_buffer(archive, bytes, length, 0);
	if (!source)
		return FALSE;
	zip_int64_t at = zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return FALSE;
	}
	const zip_int32_t method = entry->method == LW_ZIP_STORED ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
	return zip_set_file_compression(archive, at, method, 6) == 0 &&
	       zip_file_set_dostime(archive, at, 0, DOS_DATE_1980, 0) == 0;
}

/* The bytes of a closed archive. */
static GBytes *bytes_of(zip_source_t *source)
{
	zip_stat_t stat;
	if (zip_source_open(source) != 0)
		return NULL;
	void *data = NULL;
	zip_int64_t got = -1;
	if (zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE)) {
		data = g_malloc(stat.size + 1);
		got = zip_source_read(source, data, stat.size);
	}
	zip_source_close(source);
	if (got < 0 || (zip_uint64_t)got != stat.size) {
		g_free(data);
		return NULL;
	}
	return g_bytes_new_take(data, (gsize)got);
}

GBytes *lw_zip_writer_close(LwZipWriter *writer, GError **error)
{
	zip_error_t problem;
	zip_error_init(&problem);
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &problem);
	zip_t *archive = NULL;
	if (target) {
		zip_source_keep(target);
		archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &problem);
	}
	zip_error_fini(&problem);
	gboolean good = archive != NULL;
	for (guint i = 0; good && i < writer->entries->len; i++)
		good = add_entry(archive, &g_array_index(writer->entries, Entry, i));
	if (archive && (!good || zip_close(archive) != 0)) {
		good = FALSE;
		zip_discard(archive);
	}
	GBytes *bytes = good ? bytes_of(target) : NULL;
	if (target)
		zip_source_free(target);
	if (!bytes)
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "the zip archive cannot be written");
	return bytes;
}
