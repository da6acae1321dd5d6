/* job.h - what takes longer than an answer may: publishing, and reading the folder again. One at a
 * time for a dossier, in a thread of its own. */
#pragma once

#include "review/server.h"
#include "review/shelf.h"

/* root: the folder in which publications come. */
Job *job_new(Volume *volume, Lakwerk *lakwerk, const char *root);
/* Waits for what is going on. */
void job_free(Job *job);

/* How far it is, or how the last one ended. */
enum MHD_Result job_tell(Job *job, Request *request);
/* Begins a publication, named as the request says. */
enum MHD_Result job_publish(Job *job, Request *request);
/* Begins to read what is new or changed. */
enum MHD_Result job_scan(Job *job, Request *request);
