/* odf.h - OpenDocument texts: what extractors/builtin.c needs to make the format's table. */
#pragma once

#include "engine/model/format.h"

int lw_odt_bid(const guint8 *bytes, gsize length);
int lw_ods_bid(const guint8 *bytes, gsize length);
int lw_odp_bid(const guint8 *bytes, gsize length);
int lw_odg_bid(const guint8 *bytes, gsize length);
LwDocument *lw_odf_read(GBytes *input, LwReadFlags flags, GError **error);
/* Channels: "odf/text" is what a reader sees, paragraph by paragraph; "odf/content", "odf/styles",
 * "odf/meta", … the other strings of the XML members by name; "odf/<folder>" raw members; "odf/zip"
 * names, comments and extra fields. */
gboolean lw_odf_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error);
