/* A testee's process: three real pipes, a session and group of its own, no core file, no other descriptors.
 */
#ifndef SUITE_TESTEE_PROCESS_H
#define SUITE_TESTEE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

typedef struct assay_process {
    uv_process_t process;
    uv_pipe_t in, out, err; /* our ends */
    uv_poll_t death;        /* where the kernel can tell of a death before it is reaped */
    int death_fd;           /* or -1 */
    int pid;                /* also the group; -1 where nothing was started */
    bool spawned;           /* `process` is a handle, even when starting failed */
    int64_t max_rss_kib;    /* once it is dead; -1 unknown */
} assay_process;

/* Starts argv. 0, or libuv's error. Afterwards, whatever it returned, the owner closes what
 * assay_process_handles names. `data` is put into every handle. */
int assay_process_spawn(assay_process *process, uv_loop_t *loop, char *const *argv, uv_exit_cb on_exit,
                        void *data);

/* The handles to close, NULL at the end. */
#define ASSAY_PROCESS_HANDLES 6
void assay_process_handles(assay_process *process, uv_handle_t *handles[ASSAY_PROCESS_HANDLES]);

/* Sends a signal to every process of the group; nothing when there is none. */
void assay_process_signal(const assay_process *process, int signal_number);

/* Gives back what is no handle. After the handles are closed. */
void assay_process_deinit(assay_process *process);

#endif
