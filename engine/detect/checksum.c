/* checksum.c - the check digits of woo.md section 6. Nothing here looks at context: passing proves
 * little by itself (one in eleven random numbers passes the 11-test). */
#include "engine/detect/checksum.h"

#include <string.h>

static gboolean all_digits(const char *digits, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isdigit(digits[i]))
			return FALSE;
	return length > 0;
}

/* Weights 9..2 for the first eight of nine digits, then the given weight for the last. */
static int nine_sum(const char *nine, int last_weight)
{
	int sum = last_weight * (nine[8] - '0');
	for (int i = 0; i < 8; i++)
		sum += (9 - i) * (nine[i] - '0');
	return sum;
}

static gboolean is_zero(const char *digits, gsize length)
{
	return strspn(digits, "0") >= length;
}

gboolean lw_checksum_bsn(const char *digits, gsize length)
{
	char nine[10] = "0";
	if ((length != 8 && length != 9) || !all_digits(digits, length))
		return FALSE;
	memcpy(nine + (9 - length), digits, length);
	return !is_zero(nine, 9) && nine_sum(nine, -1) % 11 == 0;
}

gboolean lw_checksum_education(const char *digits, gsize length)
{
	if (length != 9 || !all_digits(digits, length) || digits[0] != '1' || digits[1] != '0')
		return FALSE;
	return nine_sum(digits, -1) % 11 == 5;
}

gboolean lw_checksum_a_number(const char *digits, gsize length)
{
	if (length != 10 || !all_digits(digits, length) || digits[0] == '0')
		return FALSE;
	int sum = 0, weighted = 0;
	for (int i = 0; i < 10; i++) {
		if (i && digits[i] == digits[i - 1])
			return FALSE;
		sum += digits[i] - '0';
		weighted += (digits[i] - '0') << i;
	}
	return (sum % 11 == 0 || sum % 11 == 5) && weighted % 11 == 0;
}

/* Value mod 97 of a text whose letters stand for 10..35; -1 on another character. */
static int mod97(const char *text, gsize length, int remainder)
{
	for (gsize i = 0; i < length; i++) {
		if (g_ascii_isdigit(text[i]))
			remainder = (remainder * 10 + (text[i] - '0')) % 97;
		else if (g_ascii_isupper(text[i]))
			remainder = (remainder * 100 + (text[i] - 'A' + 10)) % 97;
		else
			return -1;
	}
	return remainder;
}

static gboolean is_vat_form(const char *text, gsize length)
{
	return length == 14 && text[0] == 'N' && text[1] == 'L' && all_digits(text + 2, 9) &&
	       text[11] == 'B' && all_digits(text + 12, 2);
}

gboolean lw_checksum_vat(const char *text, gsize length)
{
	if (!is_vat_form(text, length) || is_zero(text + 12, 2))
		return FALSE;
	return lw_checksum_bsn(text + 2, 9) || mod97(text, length, 0) == 1;
}

gboolean lw_checksum_vat_is_new(const char *text, gsize length)
{
	return is_vat_form(text, length) && mod97(text, length, 0) == 1;
}

gboolean lw_checksum_vat_has_bsn(const char *text, gsize length)
{
	return is_vat_form(text, length) && lw_checksum_bsn(text + 2, 9);
}

static gsize iban_length(const char *country)
{
	static const char table[] = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE"
				    "22DK18DO28EE20EG29ES24FI18FO18FR27"
				    "GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ"
				    "20LB28LC32LI21LT20LU20LV21MC27MD24"
				    "ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC"
				    "31SE24SI19SK24SM27ST25SV28TL23TN24"
				    "TR26UA29VA22VG24XK20";
	for (const char *row = table; *row; row += 4)
		if (row[0] == country[0] && row[1] == country[1])
			return (gsize)(row[2] - '0') * 10 + (gsize)(row[3] - '0');
	return 0;
}

gboolean lw_checksum_iban(const char *text, gsize length)
{
	if (length < 15 || length > 34 || !all_digits(text + 2, 2) || iban_length(text) != length)
		return FALSE;
	/* A Dutch account is four letters of the bank and ten digits. */
	if (text[0] == 'N' && text[1] == 'L') {
		for (int i = 4; i < 8; i++)
			if (!g_ascii_isupper(text[i]))
				return FALSE;
		if (!all_digits(text + 8, 10))
			return FALSE;
	}
	int remainder = mod97(text + 4, length - 4, 0);
	return remainder >= 0 && mod97(text, 4, remainder) == 1;
}

gboolean lw_checksum_account(const char *digits, gsize length)
{
	if ((length != 9 && length != 10) || !all_digits(digits, length) || is_zero(digits, length))
		return FALSE;
	int sum = 0;
	for (gsize i = 0; i < length; i++)
		sum += (int)(length - i) * (digits[i] - '0');
	return sum % 11 == 0;
}

gboolean lw_checksum_luhn(const char *digits, gsize length)
{
	if (length < 2 || !all_digits(digits, length) || is_zero(digits, length))
		return FALSE;
	int sum = 0;
	for (gsize i = 0; i < length; i++) {
		int digit = digits[length - 1 - i] - '0';
		if (i % 2)
			digit = digit * 2 - (digit > 4 ? 9 : 0);
		sum += digit;
	}
	return sum % 10 == 0;
}

static gboolean is_issuer(const char *digits, gsize length)
{
	int two = (digits[0] - '0') * 10 + (digits[1] - '0');
	int four = two * 100 + (digits[2] - '0') * 10 + (digits[3] - '0');
	if (digits[0] == '4')
		return length == 13 || length == 16 || length == 19;
	if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720))
		return length == 16;
	if (two == 34 || two == 37)
		return length == 15;
	if (two == 36 || two == 38)
		return length == 14;
	return digits[0] == '6';
}

gboolean lw_checksum_card(const char *digits, gsize length)
{
	return length >= 13 && length <= 19 && lw_checksum_luhn(digits, length) &&
	       is_issuer(digits, length);
}

gboolean lw_checksum_payment(const char *digits, gsize length)
{
	static const int weights[10] = {2, 4, 8, 5, 10, 9, 7, 3, 6, 1};
	if (length != 16 || !all_digits(digits, length) || is_zero(digits, length))
		return FALSE;
	int sum = 0;
	for (int i = 0; i < 15; i++)
		sum += weights[i % 10] * (digits[15 - i] - '0');
	int check = 11 - sum % 11;
	check = check == 10 ? 1 : check == 11 ? 0 : check;
	return digits[0] - '0' == check;
}

int lw_checksum_mrz(const char *field, gsize length)
{
	static const int weights[3] = {7, 3, 1};
	int sum = 0;
	for (gsize i = 0; i < length; i++) {
		int value;
		if (g_ascii_isdigit(field[i]))
			value = field[i] - '0';
		else if (g_ascii_isupper(field[i]))
			value = field[i] - 'A' + 10;
		else if (field[i] == '<')
			value = 0;
		else
			return -1;
		sum = (sum + value * weights[i % 3]) % 10;
	}
	return sum;
}
