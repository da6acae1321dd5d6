/* format.c - what all formats share. */
#include "engine/model/format.h"

void lw_picture_clear(LwPicture *picture)
{
	g_clear_pointer(&picture->pixels, g_bytes_unref);
	*picture = (LwPicture){0};
}
