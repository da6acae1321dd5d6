/* test_language.c - the language of a text: the three that the grammar knows, and the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/detect/language.h"

/* The sentence as often as it takes. */
static LwLanguage language_of(const char *sentence)
{
	g_autoptr(LwDocument) document = lw_document_new("plain");
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < 12; i++)
		g_string_append_printf(text, "%s\n", sentence);
	document->text = text->str;
	document->length = text->len;
	return lw_language_of(document);
}

static void known_languages(void **state)
{
	(void)state;
	assert_int_equal(language_of("Het college heeft de aanvraag van mevrouw Bos niet in "
				     "behandeling genomen."),
			 LW_LANGUAGE_DUTCH);
	assert_int_equal(language_of("It hat kolleezje fan boargemaster en wethâlders fan de "
				     "gemeente yn Fryslân"),
			 LW_LANGUAGE_DUTCH);
	assert_int_equal(language_of("The committee has not received the report of the "
				     "inspectors for this year."),
			 LW_LANGUAGE_ENGLISH);
	assert_int_equal(language_of("Die Behörde hat den Antrag der Firma nicht mit der "
				     "Begründung abgelehnt."),
			 LW_LANGUAGE_GERMAN);
}

static void other_languages(void **state)
{
	(void)state;
	assert_int_equal(language_of("Urząd miasta odrzucił wniosek pani Kowalskiej złożony "
				     "dnia piątego maja."),
			 LW_LANGUAGE_OTHER);
	assert_int_equal(language_of("Belediye başvuruyu kabul etmedi çünkü belgeler eksikti "
				     "ve süre geçmişti."),
			 LW_LANGUAGE_OTHER);
	assert_int_equal(language_of("Муниципалитет отклонил заявление госпожи Ивановой от "
				     "пятого мая этого года."),
			 LW_LANGUAGE_OTHER);
	assert_int_equal(language_of("La commune a refusé la demande déposée par la société "
				     "pour ce terrain hier matin."),
			 LW_LANGUAGE_ROMANCE);
	assert_int_equal(language_of("El instalador necesita la contraseña de la cuenta de usuario "
				     "en el servidor de la red."),
			 LW_LANGUAGE_ROMANCE);
	assert_int_equal(language_of("O pedido de apoio da família foi enviado de novo para a "
				     "câmara em Lisboa."),
			 LW_LANGUAGE_ROMANCE);
	assert_int_equal(language_of("La domanda di asilo della signora non è stata accolta in "
				     "prima istanza."),
			 LW_LANGUAGE_ROMANCE);
}

static void too_little_to_tell(void **state)
{
	g_autoptr(LwDocument) document = lw_document_new("plain");

	(void)state;
	document->text = "Urząd miasta odrzucił wniosek.";
	document->length = strlen(document->text);
	assert_int_equal(lw_language_of(document), LW_LANGUAGE_UNKNOWN);
	assert_int_equal(language_of("12 345 6789 12-3"), LW_LANGUAGE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_languages),
		cmocka_unit_test(other_languages),
		cmocka_unit_test(too_little_to_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
