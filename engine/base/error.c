/* error.c - the error domain. */
#include "engine/base/error.h"

GQuark lw_error_quark(void)
{
	return g_quark_from_static_string("lakwerk");
}
