/* deadline.c - the days on which no term ends. */
#include "engine/dossier/deadline.h"

/* Easter Sunday by the Gregorian computus. */
static void easter(GDate *date, guint year)
{
	guint golden = year % 19, century = year / 100, rest = year % 100;
	guint moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 +
		      15) %
		     30;
	guint week = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
	guint shift = (golden + 11 * moon + 22 * week) / 451;
	guint day = moon + week + 114 - 7 * shift;

	g_date_clear(date, 1);
	g_date_set_dmy(date, (GDateDay)(day % 31 + 1), (GDateMonth)(day / 31), (GDateYear)year);
}

/* New Year, the King's birthday (a day earlier when that is a Sunday), 5 May, Christmas. */
static gboolean is_fixed_day_off(const GDate *date)
{
	guint day = g_date_get_day(date);

	switch (g_date_get_month(date)) {
	case G_DATE_JANUARY:
		return day == 1;
	case G_DATE_APRIL:
		return (day == 27 && g_date_get_weekday(date) != G_DATE_SUNDAY) ||
		       (day == 26 && g_date_get_weekday(date) == G_DATE_SATURDAY);
	case G_DATE_MAY:
		return day == 5;
	case G_DATE_DECEMBER:
		return day == 25 || day == 26;
	default:
		return FALSE;
	}
}

/* Good Friday, Easter Monday, Ascension Day, Whit Monday. */
static gboolean is_moving_day_off(const GDate *date)
{
	static const int days[] = {-2, 1, 39, 50};
	int since;
	GDate sunday;

	easter(&sunday, g_date_get_year(date));
	since = g_date_days_between(&sunday, date);
	for (guint i = 0; i < G_N_ELEMENTS(days); i++)
		if (since == days[i])
			return TRUE;
	return FALSE;
}

void lw_term_end(GDate *date)
{
	while (g_date_get_weekday(date) >= G_DATE_SATURDAY || is_fixed_day_off(date) ||
	       is_moving_day_off(date))
		g_date_add_days(date, 1);
}
