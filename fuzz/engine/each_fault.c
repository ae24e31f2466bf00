#include "fuzz/engine/each_fault.h"

#include "wire/base/fault.h"

#include <stdio.h>

#ifdef TW_FAULTS

#include <string.h>

typedef struct hunt {
    const replay_inputs *inputs;
    replay_wanted *wanted;
    void *context;
    bool found;
    size_t index;
    char token[64];
} hunt;

static bool seen(void *context, size_t index, const replay_line *line)
{
    hunt *h = context;
    bool holds = !*line->token;
    if (holds && h->wanted(h->context, &h->inputs->items[index], line)) return true;
    h->found = true;
    h->index = index;
    snprintf(h->token, sizeof h->token, "%s", holds ? "digest" : line->token);
    return false;
}

static void to_front(replay_inputs *inputs, size_t index)
{
    replay_input item = inputs->items[index];
    memmove(inputs->items + 1, inputs->items, index * sizeof item);
    inputs->items[0] = item;
}

static bool plant(const fuzz_harness *harness, replay_inputs *inputs, unsigned seconds, const char *fault,
                  hunt *h)
{
    if (!tw_fault_select(fault)) return fprintf(stderr, "%s is not a planted fault\n", fault), false;
    if (!replay_run(harness, inputs, seconds, seen, h))
        return fprintf(stderr, "no process or no memory\n"), false;
    if (h->found) {
        printf("{\"fault\": \"%s\", \"file\": \"%s\", \"token\": \"%s\"}\n", fault,
               inputs->items[h->index].path, h->token);
        to_front(inputs, h->index);
    } else {
        printf("{\"fault\": \"%s\", \"file\": null, \"token\": null}\n", fault);
    }
    return true;
}

bool replay_each_fault(const fuzz_harness *harness, replay_inputs *inputs, unsigned seconds,
                       const char *names, replay_wanted *wanted, void *context)
{
    replay_inputs_sort_by_size(inputs);
    for (const char *at = names; *at;) {
        size_t len = strcspn(at, "\n");
        char fault[128];
        if (len && (size_t)snprintf(fault, sizeof fault, "%.*s", (int)len, at) >= sizeof fault)
            return fprintf(stderr, "%.20s... is not a planted fault\n", at), false;
        hunt h = {.inputs = inputs, .wanted = wanted, .context = context};
        if (len && !plant(harness, inputs, seconds, fault, &h)) return false;
        at += len + (at[len] == '\n');
    }
    return true;
}

#else

bool replay_each_fault(const fuzz_harness *harness, replay_inputs *inputs, unsigned seconds,
                       const char *names, replay_wanted *wanted, void *context)
{
    (void)inputs, (void)seconds, (void)names, (void)wanted, (void)context;
    return fprintf(stderr, "%s: this build has no planted faults: VARIANT=faults\n", harness->name), false;
}

#endif
