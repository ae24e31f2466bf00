#include "suite/run/talk_state.h"

#include "suite/testee/usage.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 50u
#define MEMORY_TICKS 4u /* looking through /proc costs more than a tick should, unless an answer is overdue */
#define BYE_GRACE_MS 5000u
static void kill_for(assay_talk *talk, assay_talk_cause cause, const char *text)
{
    if (talk->ended || talk->killed_for != ASSAY_TALK_DONE) return;
    talk->killed_for = cause;
    snprintf(talk->killed_text, sizeof talk->killed_text, "%s", text);
    assay_testee_kill(talk->testee, cause == ASSAY_TALK_HANG);
}

/* Time during which this very process did not get to run, or was busy judging, is not counted against the
 * testee: a tick counts for two periods at most. */
static void count_time(assay_talk *talk)
{
    uint64_t now = uv_now(talk->loop), passed = now - talk->last_tick_ms;
    talk->last_tick_ms = now;
    talk->oldest_ms += passed > 2 * TICK_MS ? 2 * TICK_MS : passed;
}

static bool read_usage(const assay_talk *talk, assay_usage *usage)
{
    int pid = assay_testee_pid(talk->testee);
    return talk->options.max_rss_kib && pid >= 0 && assay_usage_read(pid, usage);
}

/* What was asked of the system counts as soon as it was granted: how soon it is touched depends on the
 * machine, and so would the verdict. */
static void watch_memory(assay_talk *talk)
{
    assay_usage usage;
    if (!talk->ready || !read_usage(talk, &usage)) return;
    int64_t allowed = talk->options.max_rss_kib, granted = usage.data_kib - talk->data_kib;
    if (usage.rss_kib <= allowed && granted <= allowed) return;
    char text[160];
    snprintf(text, sizeof text, "killed while it %s %" PRId64 " MiB; --max-rss allows %" PRId64 " MiB",
             usage.rss_kib > allowed ? "used" : "had taken",
             (usage.rss_kib > allowed ? usage.rss_kib : granted) / 1024, allowed / 1024);
    kill_for(talk, ASSAY_TALK_MEMORY, text);
}

/* Whether a request is slow enough to be seen with its memory is chance. Where the question is who took it,
 * the highest that the process ever had tells, while the request is still open. */
static void watch_peak(assay_talk *talk)
{
    assay_usage usage;
    if (!talk->options.every_peak || !talk->ready || !read_usage(talk, &usage)) return;
    int64_t taken = usage.peak_virtual_kib - talk->peak_kib;
    if (taken <= talk->options.max_rss_kib) return;
    char text[160];
    snprintf(text, sizeof text, "took %" PRId64 " MiB for a moment; --max-rss allows %" PRId64 " MiB",
             taken / 1024, talk->options.max_rss_kib / 1024);
    kill_for(talk, ASSAY_TALK_MEMORY, text);
}

static void on_tick(uv_timer_t *timer)
{
    assay_talk *talk = timer->data;
    count_time(talk);
    if (!talk->open) {
        talk->oldest_ms = 0;
    } else if (talk->options.timeout_ms && talk->oldest_ms >= talk->options.timeout_ms) {
        char text[160];
        snprintf(text, sizeof text, "no answer in %.3g s", (double)talk->options.timeout_ms / 1000);
        kill_for(talk, ASSAY_TALK_HANG, text);
    }
    if (++talk->ticks % MEMORY_TICKS == 0 || talk->oldest_ms >= TICK_MS) watch_memory(talk);
}

static bool send_line(assay_talk *talk, tw_bytes line, size_t tag)
{
    assert(talk->used < ASSAY_TALK_RING);
    while (line.len && line.data[line.len - 1] == '\n') line.len--;
    uint32_t id = assay_testee_send(talk->testee, line);
    if (!id) {
        kill_for(talk, ASSAY_TALK_FAULT, "out of memory");
        return false;
    }
    if (!talk->open) {
        talk->oldest_ms = 0;
        talk->last_answer_ns = uv_hrtime();
    }
    talk->ring[(talk->head + talk->used++) % ASSAY_TALK_RING] = (assay_open_request){.id = id, .tag = tag};
    talk->open++;
    return true;
}

static bool build(assay_talk *talk, const assay_case *c)
{
    tw_buffer_clear(&talk->line);
    if (assay_case_request(c, &talk->line) == TW_OK) return true;
    kill_for(talk, ASSAY_TALK_FAULT, "out of memory");
    return false;
}

static bool needs_drain(const assay_item *item)
{
    return item->drained || (item->c && item->c->alone_after_reject);
}

/* The line of the item at hand is built once, however often it has to wait for room. */
static bool build_held(assay_talk *talk)
{
    if (talk->built) return true;
    if (!talk->held.c) {
        tw_buffer_clear(&talk->line);
        if (!tw_buffer_append(&talk->line, talk->held.raw.data, talk->held.raw.len)) {
            kill_for(talk, ASSAY_TALK_FAULT, "out of memory");
            return false;
        }
    } else if (!build(talk, talk->held.c)) {
        return false;
    }
    talk->built = true;
    return true;
}

/* The refused request that goes before a case, while the case's own line is not built yet. */
static bool send_refused(assay_talk *talk, const assay_case *c)
{
    return !c || !c->alone_after_reject || !c->refused ||
           (build(talk, c->refused) && send_line(talk, tw_buffer_view(&talk->line), ASSAY_TALK_IGNORED));
}

/* False when nothing more can be sent now. */
static bool send_held(assay_talk *talk)
{
    const assay_item *item = &talk->held;
    bool drained = needs_drain(item);
    if (talk->open && drained) return false;
    if (!send_refused(talk, item->c) || !build_held(talk)) return false;
    size_t open_bytes = assay_testee_open_bytes(talk->testee);
    if (talk->open && !drained && open_bytes + talk->line.len > ASSAY_OPEN_BYTES_MAX) return false;
    if (!send_line(talk, tw_buffer_view(&talk->line), item->tag)) return false;
    talk->history[talk->sent++ % ASSAY_HISTORY_MAX] = item->tag;
    talk->built = false;
    return true;
}

static bool room(const assay_talk *talk)
{
    return talk->open < talk->window && talk->used < ASSAY_TALK_RING - 2 &&
           talk->killed_for == ASSAY_TALK_DONE && !talk->ended && talk->ready && !talk->bye_said;
}

static void pump(assay_talk *talk)
{
    while (room(talk)) {
        if (!talk->holding) {
            if (talk->bye_wanted) break;
            talk->held = (assay_item){0};
            assay_next next = talk->events.next(talk->context, &talk->held);
            if (next == ASSAY_NEXT_WAIT) return;
            if (next == ASSAY_NEXT_BYE) {
                talk->bye_wanted = true;
                break;
            }
            talk->holding = true;
        }
        if (!send_held(talk)) return;
        talk->holding = false;
    }
    if (talk->bye_wanted && !talk->open && !talk->holding && room(talk)) {
        talk->bye_said = true;
        assay_testee_bye(talk->testee, BYE_GRACE_MS);
    }
}

void assay_talk_pump(assay_talk *talk)
{
    if (talk->pumping) return;
    talk->pumping = true;
    pump(talk);
    talk->pumping = false;
}

static void on_ready(void *context, const assay_hello *hello)
{
    assay_talk *talk = context;
    talk->window = hello->window < talk->options.window ? hello->window : talk->options.window;
    if (!talk->window) talk->window = 1;
    assay_usage usage;
    if (read_usage(talk, &usage)) {
        talk->data_kib = usage.data_kib;
        talk->peak_kib = usage.peak_virtual_kib;
    }
    talk->ready = true;
    talk->last_tick_ms = uv_now(talk->loop);
    talk->events.ready(talk->context, hello);
    assay_talk_pump(talk);
}

/* Marks the request as answered; the ring's head moves on to the oldest one that is not. */
static bool close_request(assay_talk *talk, uint32_t id, size_t *tag)
{
    for (unsigned i = 0; i < talk->used; i++) {
        assay_open_request *request = &talk->ring[(talk->head + i) % ASSAY_TALK_RING];
        if (request->id != id || request->answered) continue;
        request->answered = true;
        *tag = request->tag;
        talk->open--;
        if (i == 0) talk->oldest_ms = 0;
        while (talk->used && talk->ring[talk->head].answered) {
            talk->head = (talk->head + 1) % ASSAY_TALK_RING;
            talk->used--;
        }
        return true;
    }
    return false;
}

/* The window is filled up again before the answer is judged, so that the testee works meanwhile. */
static void on_reply(void *context, const assay_reply *reply)
{
    assay_talk *talk = context;
    size_t tag;
    watch_peak(talk);
    if (talk->killed_for != ASSAY_TALK_DONE || !close_request(talk, reply->id, &tag)) return;
    uint64_t now = uv_hrtime();
    double ms = (double)(now - talk->last_answer_ns) / 1e6;
    talk->last_answer_ns = now;
    if (tag != ASSAY_TALK_IGNORED) talk->last_answered = tag;
    assay_talk_pump(talk);
    if (tag != ASSAY_TALK_IGNORED) talk->events.answered(talk->context, tag, reply, ms);
    assay_talk_pump(talk);
}

static void on_closed(uv_handle_t *handle)
{
    assay_talk *talk = handle->data;
    assay_testee_free(talk->testee);
    talk->events.over(talk->context, &talk->end);
    tw_buffer_deinit(&talk->line);
    free(talk->end_text);
    free(talk->end_stderr);
    free(talk);
}

/* Told from the timer's close callback: the testee must not be freed from inside its own event. */
static void on_ended(void *context, const assay_ending *ending)
{
    assay_talk *talk = context;
    talk->ended = true;
    assay_talk_remember_end(talk, ending);
    uv_close((uv_handle_t *)&talk->tick, on_closed);
}

assay_talk *assay_talk_start(uv_loop_t *loop, const assay_talk_options *options,
                             const assay_talk_events *events, void *context)
{
    static const assay_testee_events hooks = {.ready = on_ready, .reply = on_reply, .ended = on_ended};
    assay_talk *talk = calloc(1, sizeof *talk);
    if (!talk) return NULL;
    talk->loop = loop;
    talk->options = *options;
    if (talk->options.window > ASSAY_WINDOW_MAX) talk->options.window = ASSAY_WINDOW_MAX;
    talk->events = *events;
    talk->context = context;
    talk->last_answered = ASSAY_NOBODY;
    tw_buffer_init(&talk->line, NULL);
    talk->testee = assay_testee_start(loop, &options->testee, &hooks, talk);
    if (!talk->testee) {
        free(talk);
        return NULL;
    }
    uv_timer_init(loop, &talk->tick);
    talk->tick.data = talk;
    talk->last_tick_ms = uv_now(loop);
    uv_timer_start(&talk->tick, on_tick, TICK_MS, TICK_MS);
    return talk;
}

void assay_talk_stop(assay_talk *talk)
{
    kill_for(talk, ASSAY_TALK_STOPPED, "stopped");
}

void assay_talk_set_timeout(assay_talk *talk, unsigned timeout_ms)
{
    talk->options.timeout_ms = timeout_ms;
}

size_t assay_talk_open(const assay_talk *talk)
{
    return talk->open;
}

const char *assay_talk_address(const assay_talk *talk)
{
    return assay_testee_address(talk->testee);
}

int assay_talk_pid(const assay_talk *talk)
{
    return assay_testee_pid(talk->testee);
}
