/* test_checksum.c - check digits against the vectors of woo.md and published ones. */
#include "engine/detect/checksum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

typedef gboolean (*Check)(const char *text, gsize length);

static void assert_all(Check check, const char *const *texts, gboolean expected)
{
	for (; *texts; texts++) {
		if (check(*texts, strlen(*texts)) != expected)
			fail_msg("%s: expected %s", *texts, expected ? "valid" : "invalid");
	}
}

static void citizen_service_numbers(void **state)
{
	(void)state;
	assert_all(lw_checksum_bsn,
		   (const char *const[]){"111222333", "123456782", "999990019", "004495445",
					 "12345672", NULL},
		   TRUE);
	assert_all(lw_checksum_bsn,
		   (const char *const[]){"123456789", "111252333", "000000000", "00000000",
					 "1234567", "1112223334", "12345678a", "", NULL},
		   FALSE);
}

static void education_numbers(void **state)
{
	(void)state;
	assert_all(lw_checksum_education, (const char *const[]){"101222331", NULL}, TRUE);
	assert_all(lw_checksum_education,
		   (const char *const[]){"100252333", "123456782", "10122233", "", NULL}, FALSE);
}

/* 1234567895 has the wrong sums; no two neighbours may be equal; no leading zero. */
static void administration_numbers(void **state)
{
	(void)state;
	guint passed = 0;
	for (guint64 number = 1000000000; number < 1000100000; number++) {
		char digits[11];
		g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
		if (!lw_checksum_a_number(digits, 10))
			continue;
		passed++;
		int sum = 0, weighted = 0;
		for (int i = 0; i < 10; i++) {
			sum += digits[i] - '0';
			weighted += (1 << i) * (digits[i] - '0');
			assert_true(!i || digits[i] != digits[i - 1]);
		}
		assert_true((sum % 11 == 0 || sum % 11 == 5) && weighted % 11 == 0);
	}
	assert_int_equal(passed, 0);
	assert_all(
		lw_checksum_a_number,
		(const char *const[]){"0123456789", "1123456789", "123456789", "123456789a", NULL},
		FALSE);
	guint found = 0;
	for (guint64 number = 5010101010; number < 5010201010; number++) {
		char digits[11];
		g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
		found += lw_checksum_a_number(digits, 10);
	}
	/* About six in a thousand pass (woo.md 6.4). */
	assert_true(found > 200 && found < 1500);
}

static void vat_numbers(void **state)
{
	(void)state;
	assert_all(lw_checksum_vat,
		   (const char *const[]){"NL004495445B01", "NL002455799B11", "NL000099998B57",
					 "NL123456782B90", NULL},
		   TRUE);
	assert_all(lw_checksum_vat,
		   (const char *const[]){"NL123456789B90", "NL00449544501", "DE004495445B01",
					 "NL004495445C01", "", NULL},
		   FALSE);
	assert_true(lw_checksum_vat_has_bsn("NL004495445B01", 14));
	assert_false(lw_checksum_vat_has_bsn("NL002455799B11", 14));
}

static void ibans(void **state)
{
	(void)state;
	assert_all(lw_checksum_iban,
		   (const char *const[]){"NL91ABNA0417164300", "BE68539007547034",
					 "DE89370400440532013000", "GB82WEST12345698765432",
					 "FR1420041010050500013M02606", "CH9300762011623852957",
					 "LU280019400644750000", "ES9121000418450200051332",
					 "IT60X0542811101000000123456",
					 "PL61109010140000071219812874", "AT611904300234573201",
					 "LT121000011101001000", NULL},
		   TRUE);
	assert_all(lw_checksum_iban,
		   (const char *const[]){"NL91ABNA0417164301", "NL91ABNA041716430",
					 "XX91ABNA0417164300", "NL91123404171643AB",
					 "nl91abna0417164300", "NL", "", NULL},
		   FALSE);
}

static void accounts_and_cards(void **state)
{
	(void)state;
	assert_all(lw_checksum_account,
		   (const char *const[]){"417164300", "0417164300", "123456789", NULL}, TRUE);
	assert_all(lw_checksum_account,
		   (const char *const[]){"417164301", "000000000", "41716430", "", NULL}, FALSE);
	assert_all(lw_checksum_luhn, (const char *const[]){"79927398713", "490154203237518", NULL},
		   TRUE);
	assert_all(lw_checksum_luhn,
		   (const char *const[]){"79927398714", "0000000000", "1", "", NULL}, FALSE);
	assert_all(lw_checksum_card,
		   (const char *const[]){"4111111111111111", "378282246310005", "5555555555554444",
					 "6011111111111117", "36148900647913", NULL},
		   TRUE);
	assert_all(lw_checksum_card,
		   (const char *const[]){"4111111111111112", "1111111111111117", "411111111111",
					 "79927398713", "", NULL},
		   FALSE);
}

static void payment_references(void **state)
{
	(void)state;
	/* Exactly one first digit fits the fifteen others. */
	char digits[] = "0234567812345678";
	guint passed = 0;
	for (char first = '0'; first <= '9'; first++) {
		digits[0] = first;
		passed += lw_checksum_payment(digits, 16);
	}
	assert_int_equal(passed, 1);
	assert_all(lw_checksum_payment,
		   (const char *const[]){"0000000000000000", "123456781234567", "", NULL}, FALSE);
}

static void machine_readable_fields(void **state)
{
	(void)state;
	assert_int_equal(lw_checksum_mrz("L898902C3", 9), 6);
	assert_int_equal(lw_checksum_mrz("740812", 6), 2);
	assert_int_equal(lw_checksum_mrz("120415", 6), 9);
	/* The composite digit of the specimen of ICAO 9303. */
	assert_int_equal(lw_checksum_mrz("L898902C3674081221204159ZE184226B<<<<<1", 39), 0);
	assert_int_equal(lw_checksum_mrz("l898902C3", 9), -1);
	assert_int_equal(lw_checksum_mrz("", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(citizen_service_numbers),
		cmocka_unit_test(education_numbers),
		cmocka_unit_test(administration_numbers),
		cmocka_unit_test(vat_numbers),
		cmocka_unit_test(ibans),
		cmocka_unit_test(accounts_and_cards),
		cmocka_unit_test(payment_references),
		cmocka_unit_test(machine_readable_fields),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
