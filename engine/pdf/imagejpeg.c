/* imagejpeg.c - blanking DCT data block by block, without decoding a pixel. The door to libjpeg.
 *
 * A block either gets one value or keeps all its coefficients; an error of libjpeg lands in run()
 * and frees everything. */
#include "engine/pdf/image_private.h"

#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs it */
#include <jpeglib.h>
#include <string.h>

#define MOST_SCANS   200 /* each scan walks the whole picture: a thousand of them are an attack */
#define OUTPUT_BYTES 65536

typedef struct {
	struct jpeg_error_mgr errors; /* first: libjpeg gives this address back */
	jmp_buf back;
} Trap;

typedef struct {
	struct jpeg_destination_mgr manager; /* first, for the same reason */
	GByteArray *bytes;
	JOCTET buffer[OUTPUT_BYTES];
} Output;

typedef struct {
	struct jpeg_decompress_struct from;
	struct jpeg_compress_struct to;
	struct jpeg_progress_mgr progress;
	Trap trap;
	Output output;
	const LwImageFormat *format;
	const GArray *boxes;
	int transform;
	LwJpegResult result;
} Work;

static void fail(j_common_ptr any)
{
	longjmp(((Trap *)(void *)any->err)->back, 1);
}

static void ignore(j_common_ptr any, int level)
{
	(void)any, (void)level;
}

static void say_nothing(j_common_ptr any)
{
	(void)any;
}

static void count_scans(j_common_ptr any)
{
	if (((j_decompress_ptr)(void *)any)->input_scan_number > MOST_SCANS)
		fail(any);
}

static void output_start(j_compress_ptr to)
{
	Output *output = (Output *)(void *)to->dest;
	output->manager.next_output_byte = output->buffer;
	output->manager.free_in_buffer = OUTPUT_BYTES;
}

static boolean output_flush(j_compress_ptr to)
{
	Output *output = (Output *)(void *)to->dest;
	g_byte_array_append(output->bytes, output->buffer, OUTPUT_BYTES);
	output_start(to);
	return TRUE;
}

static void output_end(j_compress_ptr to)
{
	Output *output = (Output *)(void *)to->dest;
	g_byte_array_append(output->bytes, output->buffer,
			    (guint)(OUTPUT_BYTES - output->manager.free_in_buffer));
}

/* --- the value of a blank block --- */

/* ITU-T T.871: how components are stored. */
static void to_ycc(double v[4])
{
	double r = v[0], g = v[1], b = v[2];
	v[0] = 0.299 * r + 0.587 * g + 0.114 * b;
	v[1] = 128 + (b - v[0]) * 0.564;
	v[2] = 128 + (r - v[0]) * 0.713;
}

static J_COLOR_SPACE stored_space(const Work *work)
{
	const struct jpeg_decompress_struct *from = &work->from;
	if (from->saw_Adobe_marker || work->transform < 0)
		return from->jpeg_color_space;
	if (from->num_components == 3)
		return work->transform ? JCS_YCbCr : JCS_RGB;
	if (from->num_components == 4)
		return work->transform ? JCS_YCCK : JCS_CMYK;
	return from->jpeg_color_space;
}

static void blank_values(const Work *work, double v[MAX_COMPONENTS])
{
	guint n = (guint)work->from.num_components;
	const LwImageSpace *space = &work->format->space;
	for (guint c = 0; c < n;
	     c++) /* another number than the colour space has: grey is as good */
		v[c] = space->components == n ? lw_image_space_sample(space, c, 255) : 128;
	J_COLOR_SPACE stored = stored_space(work);
	if (stored == JCS_YCCK)
		for (guint c = 0; c < 3; c++)
			v[c] = 255 - v[c];
	if (stored == JCS_YCbCr || stored == JCS_YCCK)
		to_ycc(v);
}

static JCOEF dc_of(double value, UINT16 quantum)
{
	double level = (value - 128) * 8, steps = level / MAX(quantum, 1);
	if (value < 0.5)
		steps = -((1024 + MAX(quantum, 1) - 1) / MAX(quantum, 1));
	else if (value > 254.5)
		steps = (1016 + MAX(quantum, 1) - 1) / MAX(quantum, 1);
	return (JCOEF)CLAMP(steps < 0 ? steps - 0.5 : steps + 0.5, -1024, 1023);
}

/* --- blocks --- */

static void blank_component(Work *work, jvirt_barray_ptr array,
			    const jpeg_component_info *component, const LwImageBox *box, JCOEF dc)
{
	struct jpeg_decompress_struct *from = &work->from;
	guint wide = (guint)from->max_h_samp_factor * DCTSIZE,
	      high = (guint)from->max_v_samp_factor * DCTSIZE;
	guint h = (guint)component->h_samp_factor, v = (guint)component->v_samp_factor;
	guint x0 = box->x0 / wide * h,
	      x1 = MIN((box->x1 + wide - 1) / wide * h, component->width_in_blocks);
	guint y0 = box->y0 / high * v,
	      y1 = MIN((box->y1 + high - 1) / high * v, component->height_in_blocks);
	for (guint y = y0; y < y1; y++) {
		JBLOCKARRAY rows =
			from->mem->access_virt_barray((j_common_ptr)from, array, y, 1, TRUE);
		for (guint x = x0; x < x1; x++) {
			memset(rows[0][x], 0, sizeof(JBLOCK));
			rows[0][x][0] = dc;
		}
	}
}

static void blank_blocks(Work *work, jvirt_barray_ptr *arrays)
{
	struct jpeg_decompress_struct *from = &work->from;
	double values[MAX_COMPONENTS];
	blank_values(work, values);
	for (int c = 0; c < from->num_components; c++) {
		const jpeg_component_info *component = &from->comp_info[c];
		const JQUANT_TBL *table = component->quant_table;
		if (!table) /* no scan has it */
			fail((j_common_ptr)from);
		for (guint i = 0; i < work->boxes->len; i++)
			blank_component(work, arrays[c], component,
					&g_array_index(work->boxes, LwImageBox, i),
					dc_of(values[c], table->quantval[0]));
	}
}

static gboolean read_header(Work *work, GBytes *jpeg)
{
	struct jpeg_decompress_struct *from = &work->from;
	gsize length;
	const guint8 *data = g_bytes_get_data(jpeg, &length);
	jpeg_create_decompress(from);
	from->progress = &work->progress;
	jpeg_mem_src(from, data, length);
	if (jpeg_read_header(from, TRUE) != JPEG_HEADER_OK || from->arith_code)
		return FALSE;
	if (from->image_width != work->format->width ||
	    from->image_height != work->format->height) {
		work->result = LW_JPEG_MISMATCH;
		return FALSE;
	}
	return (guint64)from->image_width * from->image_height * (guint)from->num_components <=
	       LW_IMAGE_SAMPLES;
}

static void write_blocks(Work *work, jvirt_barray_ptr *arrays)
{
	struct jpeg_compress_struct *to = &work->to;
	to->dest = &work->output.manager;
	jpeg_copy_critical_parameters(&work->from, to);
	to->write_JFIF_header = FALSE; /* the original's own markers are put in later */
	to->write_Adobe_marker = FALSE;
	to->optimize_coding = TRUE;
	jpeg_write_coefficients(to, arrays);
	jpeg_finish_compress(to);
	jpeg_finish_decompress(&work->from);
}

static void run(Work *work, GBytes *jpeg)
{
	if (setjmp(work->trap.back)) {
		work->result = LW_JPEG_REFUSED;
		return;
	}
	jpeg_create_compress(&work->to);
	if (!read_header(work, jpeg))
		return;
	jvirt_barray_ptr *arrays = jpeg_read_coefficients(&work->from);
	blank_blocks(work, arrays);
	write_blocks(work, arrays);
	work->result = LW_JPEG_BLANKED;
}

/* Puts the segments that were kept behind the start marker. */
static GBytes *join(const GByteArray *written, GBytes *stripped)
{
	g_autoptr(GByteArray) out = g_byte_array_sized_new(written->len);
	g_byte_array_append(out, written->data, 2);
	lw_jpeg_append_kept(out, stripped);
	g_byte_array_append(out, written->data + 2, written->len - 2);
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

LwJpegResult lw_jpeg_blank(GBytes *jpeg, const LwImageFormat *format, int transform,
			   const GArray *boxes, GBytes **out)
{
	g_autoptr(GBytes) stripped = lw_jpeg_strip(jpeg);
	g_autoptr(GByteArray) written = g_byte_array_new();
	g_autofree Work *work = g_new0(Work, 1);
	*out = NULL;
	if (!g_bytes_get_size(stripped))
		return LW_JPEG_REFUSED;
	work->from.err = work->to.err = jpeg_std_error(&work->trap.errors);
	work->trap.errors.error_exit = fail;
	work->trap.errors.emit_message = ignore;
	work->trap.errors.output_message = say_nothing;
	work->progress.progress_monitor = count_scans;
	work->output.manager.init_destination = output_start;
	work->output.manager.empty_output_buffer = output_flush;
	work->output.manager.term_destination = output_end;
	work->output.bytes = written;
	work->format = format;
	work->boxes = boxes;
	work->transform = transform;
	work->result = LW_JPEG_REFUSED;
	run(work, stripped);
	jpeg_destroy_compress(&work->to);
	jpeg_destroy_decompress(&work->from);
	if (work->result == LW_JPEG_BLANKED && written->len > 4)
		*out = join(written, stripped);
	return work->result;
}
