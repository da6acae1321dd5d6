/* checksum.h - the check digits of woo.md section 6. Digits are ASCII; separators must be gone. */
#pragma once

#include <glib.h>

gboolean lw_checksum_bsn(const char *digits,
			 gsize length); /* 8 or 9 digits; 11-test with -1; not all zero */
gboolean lw_checksum_education(const char *digits, gsize length); /* 9, starts 10, sum = 5 mod 11 */
gboolean lw_checksum_a_number(const char *digits, gsize length);  /* 10 digits */
gboolean lw_checksum_vat(const char *text, gsize length); /* NL#########B##: elfproef or mod 97 */
gboolean lw_checksum_vat_has_bsn(const char *text,
				 gsize length); /* its nine digits pass the 11-test */
gboolean lw_checksum_vat_is_new(const char *text, gsize length); /* mod 97: it need have no BSN */
gboolean lw_checksum_iban(const char *text,
			  gsize length); /* upper case; country length and mod 97 */
gboolean lw_checksum_account(const char *digits,
			     gsize length); /* 9 or 10 digits, old bank 11-test */
gboolean lw_checksum_luhn(const char *digits, gsize length);
gboolean lw_checksum_card(const char *digits, gsize length);	/* Luhn and issuer ranges */
gboolean lw_checksum_payment(const char *digits, gsize length); /* betalingskenmerk, 16 */
int lw_checksum_mrz(const char *field, gsize length);		/* 7-3-1; -1 on a wrong character */
