/* limits.h - every bound on hostile input, in one place. Past a bound a document is refused, never cut. */
#pragma once

#define LW_LIMIT_INPUT_BYTES (1024u * 1024 * 1024)	/* one input file */
#define LW_LIMIT_TEXT_BYTES (256u * 1024 * 1024)	/* text of one document, UTF-8 */
#define LW_LIMIT_PAGES 50000
#define LW_LIMIT_OBJECTS 8388607			/* PDF 1.7 annex C */
#define LW_LIMIT_NESTING 100				/* arrays, dictionaries, XML elements times ten */
#define LW_LIMIT_XML_DEPTH 1000
#define LW_LIMIT_STREAM_BYTES (512u * 1024 * 1024)	/* one decoded stream or zip member */
#define LW_LIMIT_INFLATED_BYTES (2048ull * 1024 * 1024)	/* all decoded streams of one document */
#define LW_LIMIT_INFLATE_RATIO 2000			/* of one zip member */
#define LW_LIMIT_ZIP_MEMBERS 20000
#define LW_LIMIT_FORM_DEPTH 24				/* forms, patterns, Type 3 glyphs inside one another */
#define LW_LIMIT_OPERATORS 50000000			/* content operators run for one document */
#define LW_LIMIT_INLINE_SAMPLES 50000000		/* pixels of an image inside content */
#define LW_LIMIT_STATES 8192				/* q inside q; producers forget their Q */
#define LW_LIMIT_GLYPHS 50000000			/* of a document */
#define LW_LIMIT_PAGE_GLYPHS 500000
#define LW_LIMIT_ENTITIES 2000000
#define LW_LIMIT_MATCHES 5000000			/* PCRE2 match limit */
#define LW_LIMIT_POLICY_BYTES (4 * 1024 * 1024)
#define LW_LIMIT_JSON_BYTES (256u * 1024 * 1024)		/* one file of marks, one line of a log */
#define LW_LIMIT_JSON_DEPTH 32
#define LW_LIMIT_FRAME_BYTES (1536ull * 1024 * 1024)	/* one frame between worker and parent */
#define LW_LIMIT_WORKER_MEMORY (3072ull * 1024 * 1024)	/* address space of a worker */
#define LW_LIMIT_WORKER_SECONDS 600			/* CPU time of a worker, at most */
#define LW_LIMIT_SECONDS_FLOOR 5			/* for the smallest input */
#define LW_LIMIT_SECONDS_PER_MIB 60
