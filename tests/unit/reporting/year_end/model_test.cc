// Random persons do random things to a year end, sometimes two at once, while figures change and clocks go
// wrong; what the real one says and keeps is what the simple model says.
#include "tests/unit/reporting/year_end/model.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "common/digest/sha256.h"
#include "common/status/reason.h"
#include "tests/unit/reporting/year_end/world.h"

namespace zhenhui::reporting {
namespace {

// What a person saw: the numbers, and the digests that stand for them.
struct Sight {
  YearModel::Numbers numbers;
  std::array<std::string, 2> towns;
  std::string district;
};

struct RandomCommand {
  int kind = 0;  // 0 sign, 1 approve, 2 close, 3 ask, 4 agree
  int town = 0;
  std::string person;
  std::string reason;
  Sight seen;
};

class ModelRun {
 public:
  void Step() {
    switch (*rc::gen::weightedElement<int>({{2, 0}, {1, 1}, {8, 2}, {1, 3}, {1, 4}, {14, 5}})) {
      case 0:
        return AddOrDelete();
      case 1:
        return world_.AddLecture(*rc::gen::inRange(0, 2), 2025);  // of another year: nothing
      case 2:
        return Act();
      case 3:
        return MoveClock();
      case 5:
        return GoOn();
      default:
        world_.store_ahead = *rc::gen::element(absl::ZeroDuration(), absl::Hours(24), -absl::Hours(3));
        return Clocks();
    }
  }

  void Check() {
    Look();
    const auto stored = world_.store.Read(YearWorld::kKey, true, world_.deadline);
    RC_ASSERT(stored->events.size() == static_cast<size_t>(model_.steps));
    for (size_t i = 0; i < stored->events.size(); ++i)
      RC_ASSERT(stored->events[i].number == static_cast<int64_t>(i) + 1);
    const auto view = world_.View();
    RC_ASSERT(view.ok());
    RC_ASSERT(view->state.closed == model_.closed);
    RC_ASSERT(view->state.generation == static_cast<int>(model_.certified.size()));
    RC_ASSERT(view->blockers.empty() == (model_.closed || model_.Closable()));
    for (size_t i = 0; i < model_.certified.size(); ++i)
      CheckCertificate(static_cast<int>(i) + 1, model_.certified[i]);
  }

  size_t closings() const { return model_.certified.size(); }

 private:
  void AddOrDelete() {
    const int town = *rc::gen::inRange(0, 2);
    int& number = model_.now[static_cast<size_t>(town)];
    if (number > 0 && *rc::gen::arbitrary<bool>()) {
      world_.DeleteLecture(town);
      --number;
    } else {
      world_.AddLecture(town);
      ++number;
    }
    Look();
  }

  // The next sensible thing, at a sensible time: without it no random run would ever come to a closing.
  void GoOn() {
    world_.clock.SetToday(Date(2025, 1, 10));
    world_.store_ahead = absl::ZeroDuration();
    Clocks();
    Look();
    RandomCommand next;
    next.seen = sights_.back();
    next.person = model_.Approvals() == 0 ? "a" : "b";
    next.reason = "x";
    if (model_.closed) {
      next.kind = model_.wants_it_reopened ? 4 : 3;
    } else if (!model_.AllSigned()) {
      next.kind = 0;
      next.town = model_.has_signed[0] == model_.now[0] ? 1 : 0;
    } else {
      next.kind = model_.Approvals() < 2 ? 1 : 2;
    }
    Act(next);
  }

  void MoveClock() {
    world_.clock.SetToday(*rc::gen::element(Date(2024, 12, 30), Date(2025, 1, 10), Date(2025, 2, 1)));
    Clocks();
  }
  void Clocks() {
    const absl::Time now = world_.clock.Now();
    model_.over = DateInChina(std::min(now, now + world_.store_ahead)).year() > 2024;
    model_.clocks_agree = absl::AbsDuration(world_.store_ahead) <= absl::Minutes(5);
  }

  // Remembers what is to be seen now, for persons who look early and act late.
  void Look() {
    if (model_.closed) return;
    const auto view = world_.View();
    RC_ASSERT(view.ok());
    sights_.push_back(
        {model_.now, {view->facts.towns[0].digest, view->facts.towns[1].digest}, view->facts.digest});
  }

  RandomCommand AnyCommand() {
    RandomCommand command;
    command.kind = *rc::gen::weightedElement<int>({{6, 0}, {6, 1}, {4, 2}, {2, 3}, {3, 4}});
    command.town = *rc::gen::inRange(0, 2);
    command.person = *rc::gen::element<std::string>("a", "b", "c");
    command.reason = *rc::gen::element<std::string>("x", "y");
    const bool stale = *rc::gen::weightedElement<bool>({{5, false}, {1, true}});
    command.seen = stale ? sights_[*rc::gen::inRange<size_t>(0, sights_.size())] : sights_.back();
    return command;
  }

  static std::string Ask(YearModel& model, const RandomCommand& command) {
    switch (command.kind) {
      case 0:
        return model.Sign(command.town, command.seen.numbers[static_cast<size_t>(command.town)]);
      case 1:
        return model.Approve(command.person, command.seen.numbers);
      case 2:
        return model.Close();
      case 3:
        return model.Ask(command.person, command.reason);
      default:
        return model.Agree(command.person);
    }
  }

  std::string Ask(const RandomCommand& command) {
    YearCommand real = CloseYear{};
    if (command.kind == 0)
      real = SignTown{YearWorld::kTowns[command.town], command.seen.towns[static_cast<size_t>(command.town)],
                      ""};
    if (command.kind == 1) real = ApproveYear{command.seen.district};
    if (command.kind == 3) real = RequestReopening{command.reason};
    if (command.kind == 4) real = ApproveReopening{};
    const auto done = world_.Do(real, command.person);
    return done.ok() ? "done" : ReasonOf(done.status());
  }

  void Act() {
    if (sights_.empty()) Look();
    Act(AnyCommand());
  }

  void Act(const RandomCommand& command) {
    const bool overtaken = *rc::gen::weightedElement<bool>({{3, false}, {1, true}});
    world_.store.lose_the_next_answer = *rc::gen::weightedElement<bool>({{5, false}, {1, true}});
    YearModel before = model_;
    const bool writes = Ask(before, command) == "done" && before.steps > model_.steps;
    if (overtaken && writes) {
      const RandomCommand faster = AnyCommand();
      world_.store.before_append = [this, faster] { RC_ASSERT(Ask(faster) == Ask(model_, faster)); };
      const std::string answer = Ask(command);
      RC_ASSERT(answer == Ask(model_, command));
    } else {
      RC_ASSERT(Ask(command) == Ask(model_, command));
    }
    world_.store.lose_the_next_answer = false;
  }

  void CheckCertificate(int generation, const YearModel::Numbers& numbers) {
    const auto text = world_.store.ReadCertificate(YearWorld::kKey, generation, world_.deadline);
    RC_ASSERT(text.ok());
    auto [kept, first] = texts_.emplace(generation, text->text);
    RC_ASSERT(first || kept->second == text->text);
    const auto certificate = ParseCertificate(text->text);
    RC_ASSERT(certificate.ok());
    RC_ASSERT(certificate->approvals.size() == 2u);
    RC_ASSERT(certificate->approvals[0].by != certificate->approvals[1].by);
    RC_ASSERT(certificate->superseded == (generation == 1 ? "" : Sha256Hex(texts_.at(generation - 1))));
    const size_t lectures = *FindMetric(certificate->figures, "lectures");
    for (size_t town = 0; town < 2; ++town)
      RC_ASSERT(certificate->figures.towns[town].figures[lectures][0].value == numbers[town]);
  }

  YearWorld world_;
  YearModel model_;
  std::vector<Sight> sights_;
  std::map<int, std::string> texts_;
};

RC_GTEST_PROP(YearEndModel, WhateverPersonsDoItIsWhatTheModelSays, ()) {
  ModelRun run;
  const int steps = *rc::gen::inRange(0, 80);
  for (int i = 0; i < steps; ++i) {
    run.Step();
    run.Check();
  }
  RC_TAG(run.closings());  // shown with RC_PARAMS=verbose_progress=1
}

// The random runs reach what they are for: closings, reopenings, second closings.
TEST(YearEndModelTest, AWholeLifeIsPossibleInTheModel) {
  YearModel model;
  for (int round = 1; round <= 2; ++round) {
    EXPECT_EQ(model.Close(), "YEAR_END_BLOCKED");
    for (int town = 0; town < 2; ++town) EXPECT_EQ(model.Sign(town, 0), "done");
    EXPECT_EQ(model.Approve("a", {0, 0}), "done");
    EXPECT_EQ(model.Approve("b", {0, 0}), "done");
    EXPECT_EQ(model.Close(), "done");
    EXPECT_EQ(model.Ask("a", "x"), "done");
    EXPECT_EQ(model.Agree("a"), "SECOND_PERSON_NEEDED");
    EXPECT_EQ(model.Agree("b"), "done");
  }
  EXPECT_EQ(model.certified.size(), 2u);
}

}  // namespace
}  // namespace zhenhui::reporting
