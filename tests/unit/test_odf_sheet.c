/* test_odf_sheet.c - spreadsheets: what a cell keeps, what formulas tell, what nobody sees; and
 * flat files, which are packages in another spelling. */
#include "tests/unit/odf_fixture.h"

#include "engine/render/odf_work.h"

#define KIND "application/vnd.oasis.opendocument.spreadsheet"

static GBytes *sheet_of(const char *rows)
{
	char *text =
		g_strconcat("<?xml version=\"1.0\"?><office:document office:mimetype=\"" KIND
			    "\"" SPACES "<office:automatic-styles><style:style style:name='weg' "
			    "style:family='table'><style:table-properties "
			    "table:display='false'/></style:style></office:automatic-styles>"
			    "<office:body><office:spreadsheet>",
			    rows, "</office:spreadsheet></office:body></office:document>", NULL);
	return g_bytes_new_take(text, strlen(text));
}

static char *dup_text(GBytes *bytes)
{
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	return g_strndup(text, length);
}

static char *written(const char *rows, const char *word)
{
	g_autoptr(GBytes) input = sheet_of(rows);
	g_autoptr(GBytes) output = redact(input, word);
	return dup_text(output);
}

#define TABLE(rows) "<table:table table:name='Blad'><table:table-column/>" rows "</table:table>"
#define ROW(cells)  "<table:table-row>" cells "</table:table-row>"
#define CELL(attributes, text)                                                                     \
	"<table:table-cell " attributes "><text:p>" text "</text:p></table:table-cell>"

/* A cell that stays: what it holds and shows, and the attribute that it then has; NULL: none. */
static const struct {
	const char *attributes, *text, *kept;
} cells[] = {
	{"office:value-type='float' office:value='1234.56789'", "1.234,57", "value=\"1234.57\""},
	{"office:value-type='float' office:value='5'", "5", "office:value=\"5\""},
	{"office:value-type='float' office:value='-0.5'", "-0,50", "value=\"-0.5\""},
	{"office:value-type='float' office:value='0'", "0", "office:value=\"0\""},
	{"office:value-type='float' office:value='123456782'", "1,23E+08", NULL},
	{"office:value-type='float' office:value='123456782'", "***", NULL},
	{"office:value-type='float' office:value='x'", "5", NULL},
	{"office:value-type='float' office:value='1e400'", "5", NULL},
	{"office:value-type='percentage' office:value='0.3333333'", "33%", "value=\"0.33\""},
	{"office:value-type='percentage' office:value='0.3333333'", "33,3%", "value=\"0.333\""},
	{"office:value-type='currency' office:currency='EUR' office:value='12.5'", "€ 12,50",
	 "office:currency=\"EUR\""},
	{"office:value-type='currency' office:currency='Zebulon' office:value='12.5'", "12,50",
	 "office:value=\"12.5\""},
	{"office:value-type='date' office:date-value='1980-03-01'", "01-03-80",
	 "date-value=\"1980-03-01\""},
	{"office:value-type='date' office:date-value='1980-03-01'", "1 maart 1980",
	 "date-value=\"1980-03-01\""},
	{"office:value-type='date' office:date-value='1980-03-01'", "maart 1980", NULL},
	{"office:value-type='date' office:date-value='1980-03-01T12:34:56'", "01-03-80", NULL},
	{"office:value-type='time' office:time-value='PT09H30M00S'", "09:30",
	 "time-value=\"PT09H30M00S\""},
	{"office:value-type='time' office:time-value='PT09H30M12S'", "09:30", NULL},
	{"office:value-type='boolean' office:boolean-value='true'", "WAAR",
	 "boolean-value=\"true\""},
	{"office:value-type='boolean' office:boolean-value='Zebulon'", "WAAR", NULL},
	{"office:value-type='string' office:string-value='Zebulon'", "a", NULL},
};

static void test_values(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(cells); i++) {
		g_autofree char *rows = g_strdup_printf(TABLE(ROW(CELL("%s", "%s"))),
							cells[i].attributes, cells[i].text);
		g_autofree char *text = written(rows, SECRET);
		if (strstr(text, SECRET))
			fail_msg("cell %u keeps a hidden word", i);
		if (cells[i].kept ? !strstr(text, cells[i].kept)
				  : strstr(text, "office:value-type=\"string\"") == NULL)
			fail_msg("cell %u: %s", i, strstr(text, "<table:table "));
		if (!cells[i].kept && strstr(text, "123456782"))
			fail_msg("cell %u keeps its value", i);
	}
}

static void test_columns(void **state)
{
	(void)state;
	static const struct {
		const char *rows, *text;
	} tables[] = {
		{ROW("<table:table-cell table:number-columns-repeated='3'/>" CELL("", "a")),
		 "Blad\n\t\t\ta\n"},
		{ROW(CELL("table:number-columns-repeated='2'", "a") CELL(
			 "", "b") "<table:table-cell table:number-columns-repeated='16000'/>"),
		 "Blad\na\t\tb\n"},
		{ROW(CELL("", "a") "<table:covered-table-cell><text:p>x</text:p></"
				   "table:covered-table-cell>" CELL("", "b")),
		 "Blad\na\t\tb\n\nx\n"},
		{ROW("<table:table-cell office:value-type='float' office:value='7'/>"),
		 "Blad\n7\n"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *rows = g_strconcat("<table:table table:name='Blad'>",
						    tables[i].rows, "</table:table>", NULL);
		g_autoptr(GBytes) input = sheet_of(rows);
		g_autoptr(LwDocument) document = read_odf(input);
		assert_string_equal(document->format, "ods");
		assert_string_equal(document->text, tables[i].text);
	}
}

/* What no reader sees is read behind what he sees, and does not come back. */
static void test_hidden(void **state)
{
	(void)state;
	static const char *const hidden[] = {
		"<table:table table:name='Weg' table:style-name='weg'>" ROW(
			CELL("", "geheim")) "</table:table>",
		"<table:table table:name='B'><table:table-column/><table:table-column "
		"table:visibility='collapse'/>" ROW(CELL("", "a")
							    CELL("", "geheim")) "</table:table>",
		"<table:table table:name='B'><table:table-column-group><table:table-column "
		"table:number-columns-repeated='3' table:visibility='filter'/>"
		"</table:table-column-group><table:table-row-group>" ROW(
			CELL("table:number-columns-repeated='3'", "geheim")
				CELL("", "a")) "</table:table-row-group></table:table>",
		"<table:table table:name='B'><table:table-row table:visibility='filter'>" CELL(
			"office:value-type='float' office:value='99'",
			"geheim") "</table:table-row></table:table>",
	};
	for (guint i = 0; i < G_N_ELEMENTS(hidden); i++) {
		g_autoptr(GBytes) input = sheet_of(hidden[i]);
		g_autoptr(LwDocument) document = read_odf(input);
		const char *place = strstr(document->text, "geheim");
		assert_non_null(place);
		/* An empty line parts what is seen from what is not. */
		assert_true(*document->text == '\n' ||
			    g_strstr_len(document->text, place - document->text, "\n\n"));
		g_autofree char *text = written(hidden[i], "niets");
		assert_null(strstr(text, "geheim"));
		assert_null(strstr(text, "\"99\""));
	}
}

/* A repeated cell of which one column is shown is shown. */
static void test_half_hidden(void **state)
{
	(void)state;
	g_autofree char *text =
		written("<table:table table:name='B'><table:table-column/><table:table-column "
			"table:visibility='collapse'/>" ROW(
				CELL("table:number-columns-repeated='2'", "open")) "</table:table>",
			"niets");
	assert_non_null(strstr(text, "open"));
}

#define NUMBER(attributes, value)                                                                  \
	CELL(attributes " office:value-type='float' office:value='" value "'", value)

static void test_formulas(void **state)
{
	(void)state;
	static const struct {
		const char *formula;
		gboolean stays;
	} cases[] = {
		{"of:=SUM([.A1:.A2])", FALSE},
		{"of:=[.A1]*2", FALSE},
		{"of:=SUM([.A:.A])", FALSE},
		{"of:=SUM([.1:.1])", FALSE},
		{"of:=SUM([$Blad.$A$1];1)", FALSE},
		{"of:=SUM([$'Blad'.A1])", FALSE},
		{"of:=Salaris+1", FALSE},
		{"msoxl:=SUM(A1:A2)", FALSE},
		{"of:=[#REF!]", FALSE},
		{"of:=SUM([.A2:.A9])", TRUE},
		{"of:=CONCATENATE(\"[.A1]\";\"x\")", TRUE},
		{"of:=[.A2]+1", TRUE},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *formula = g_markup_escape_text(cases[i].formula, -1);
		g_autofree char *rows = g_strdup_printf(
			TABLE(ROW(NUMBER("", "4321")) ROW(NUMBER("", "1")) ROW(
				CELL("table:formula=\"%s\" office:value-type='float' "
				     "office:value='777'",
				     "777"))
				      ROW(CELL(
					      "table:formula='of:=[.A3]' office:value-type='float' "
					      "office:value='888'",
					      "888"))),
			formula);
		g_autofree char *text = written(rows, "4321");
		if ((strstr(text, "777") != NULL) != cases[i].stays ||
		    (strstr(text, "888") != NULL) != cases[i].stays)
			fail_msg("%s: %s", cases[i].formula, strstr(text, "<table:table "));
		assert_null(strstr(text, "4321"));
		assert_null(strstr(text, "formula"));
	}
}

/* A word that goes tells nothing through a number. */
static void test_formula_over_words(void **state)
{
	(void)state;
	g_autofree char *text =
		written(TABLE(ROW(CELL("office:value-type='string'", "Zebulon")) ROW(
				CELL("table:formula='of:=COUNTA([.A1])' office:value-type='float' "
				     "office:value='1'",
				     "1"))),
			SECRET);
	assert_null(strstr(text, SECRET));
	assert_non_null(strstr(text, "office:value=\"1\""));
}

/* Pictures and documents that stand inside a flat file come out and go back. */
static void test_flat(void **state)
{
	(void)state;
	static const char inner[] =
		"<office:document office:mimetype='application/vnd.oasis.opendocument.text'>"
		"<office:body><office:text><text:p>diep Zebulon</text:p></office:text>"
		"</office:body></office:document>";
	g_autofree char *table = g_strconcat(
		"<table:table table:name='Blad'><table:shapes><draw:frame><draw:object>", inner,
		"</draw:object></"
		"draw:frame><draw:frame><draw:image><office:binary-data>PHN2Zz48L3N2"
		"Zz4=</office:binary-data></draw:image></draw:frame></table:shapes></table:table>",
		NULL);
	g_autoptr(GBytes) input = sheet_of(table);
	g_autoptr(LwDocument) document = read_odf(input);
	assert_non_null(strstr(document->text, "diep Zebulon\n"));
	assert_int_equal(document->figures->len, 1);
	g_autofree char *text = written(table, SECRET);
	assert_null(strstr(text, SECRET));
	assert_non_null(strstr(text, "diep <text:span"));
	assert_non_null(strstr(text, "<office:binary-data>PHN2Zz48L3N2Zz4=</office:binary-data>"));
	assert_null(strstr(text, "xlink:href"));
}

static void test_flat_bid(void **state)
{
	(void)state;
	g_autoptr(GBytes) input = sheet_of("");
	gsize length;
	const guint8 *bytes = g_bytes_get_data(input, &length);
	assert_true(lw_ods_bid(bytes, length) > 0);
	assert_int_equal(lw_odt_bid(bytes, length), 0);
	/* What an embedded document says counts for nothing. */
	static const char liar[] =
		"<office:document" SPACES "<office:body><office:text><draw:object><office:document "
		"office:mimetype='application/vnd.oasis.opendocument.text'/></draw:object>"
		"</office:text></office:body></office:document>";
	g_autoptr(GBytes) lie = g_bytes_new_static(liar, sizeof liar - 1);
	g_autoptr(GError) error = NULL;
	assert_null(lw_odf_read(lie, LW_READ_ALL, &error));
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_UNREADABLE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),	 cmocka_unit_test(test_columns),
		cmocka_unit_test(test_hidden),	 cmocka_unit_test(test_half_hidden),
		cmocka_unit_test(test_formulas), cmocka_unit_test(test_formula_over_words),
		cmocka_unit_test(test_flat),	 cmocka_unit_test(test_flat_bid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
