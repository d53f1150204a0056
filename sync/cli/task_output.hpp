// What the task commands answer with, for people. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// The id alone on the first line, for programs that do not ask for JSON.
void print_task_added(Page& page, const Audience& audience, const TaskAdded& added);

// One line a task: short id, date, times, title, seats or my own claim. Asked for all, done and cancelled ones too.
void print_tasks(Page& page, const Audience& audience, const Request& request, const std::vector<TaskCard>& tasks);

void print_task(Page& page, const Audience& audience, const TaskDetail& task);

// After edit, cancel, done and withdraw: one sentence, and for an edit what it replaced.
void print_task_changed(Page& page, const Audience& audience, const Request& request, const TaskChanged& changed);

// After claim: where the claim stands and why.
void print_claim(Page& page, const Audience& audience, const ClaimAnswer& answer);

}  // namespace kiem::cli
