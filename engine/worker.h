/* worker.h - all parsing happens in a process of its own: one request, one answer over a pipe, then
 * it ends.
 *
 * The worker has rlimits, no-new-privileges, Landlock where the kernel has it and a seccomp
 * allow-list: no network, no exec, no write but its pipe. A crash, a hang or a bomb costs one
 * document. Frames are GVariants with a length before them; both sides check every
 * bound. */
#pragma once

#include "engine/base/error.h"
#include "engine/model/mark.h"
#include "engine/verify.h"

typedef enum {
	LW_TASK_READ,	 /* input -> document, entities */
	LW_TASK_WRITE,	 /* input, plan -> output, receipt */
	LW_TASK_VERIFY,	 /* file, original or none, plan or none -> findings */
	LW_TASK_PICTURE, /* file, page, resolution -> picture */
} LwTaskType;

typedef struct LwTask LwTask;

typedef struct {
	gboolean detect;      /* READ: run the detectors */
	GStrv terms, regexes; /* READ */
	const char *lexicon;  /* READ: path of the compiled dictionaries; opened before the sandbox
				 closes */
	GVariant *lists;      /* READ: the user's lists of lw_policy_lists, a(su); or NULL */
} LwReadOptions;

typedef struct {
	LwDocument *document;
	LwEntities *entities;
	char *sha256; /* of the input */
} LwReadAnswer;

/* Starts a worker on a task without waiting. fd of the input is handed over, not the path. Yours.
 */
LwTask *lw_task_read(int input, const LwReadOptions *options, GError **error);
/* plan: as lw_plan_save() made it. */
LwTask *lw_task_write(int input, GVariant *plan, GError **error);
/* output: what we wrote of the input, in memory. */
LwTask *lw_task_verify(int input, GBytes *output, GVariant *plan, GError **error);
/* file: anyone's; original: GBytes or NULL; plan: what was removed, or NULL. */
LwTask *lw_task_attack(int file, GBytes *original, GVariant *plan, GError **error);
LwTask *lw_task_picture(int input, guint page, double resolution, GError **error);

/* Moves every running task on; waits until one is done or milliseconds have passed; the finished
 * one or NULL. */
LwTask *lw_tasks_wait(GPtrArray *running, int milliseconds);
/* After it finished: the answers. LW_ERROR_UNREADABLE for a document's own fault, a crash, a
 * time-out or too much memory (the message says which). */
gboolean lw_task_answer_read(LwTask *task, LwReadAnswer *answer, GError **error);
GBytes *lw_task_answer_write(LwTask *task, LwReceipt **receipt, GError **error);
/* LwFinding; yours. fits (guint32; or NULL) gets what lw_verify says of marks. */
GArray *lw_task_answer_verify(LwTask *task, GArray *fits, GError **error);
gboolean lw_task_answer_picture(LwTask *task, LwPicture *picture, GError **error);
/* It gave no answer at all: it crashed, hung or ran out of something. */
gboolean lw_task_broke(const LwTask *task);
void lw_task_free(LwTask *task); /* kills it when it still runs */

/* What protects a worker here, for `doctor`: "seccomp, landlock 4, rlimits"; yours. */
char *lw_worker_protection(void);
