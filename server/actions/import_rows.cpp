#include "server/actions/import_rows.hpp"

#include <charconv>
#include <chrono>
#include <exception>

#include "server/actions/import_host.hpp"
#include "server/actions/rows_ahead.hpp"

namespace dossier::server {
namespace {

/// How long a step keeps the store: what waits meanwhile waits no longer than this and a commit.
constexpr std::chrono::milliseconds kStep{50};

/// As many rows as a step has time for, as a table of its own.
class Step final : public tabular::Source {
  public:
    Step(RowsAhead& ahead, const Office& office)
        : Source(ahead.source().info(), {}, ShortRows::Refused),
          ahead_(ahead),
          office_(office),
          until_(office.now().plus(kStep)) {
        add({.number = 0, .cells = ahead.source().header()});
    }

  protected:
    void refill() override {
        // At least one row, however slow: a step always gets on.
        if (has_begun_ && office_.now() >= until_) return end();
        has_begun_ = true;
        auto each = ahead_.take();
        if (!each) return end();
        if (each->row) return add(std::move(*each->row));
        if (each->cuts) return cut(each->number, std::move(each->row.error()));
        add_bad(each->number, std::move(each->row.error()));
    }

  private:
    RowsAhead& ahead_;
    const Office& office_;
    Instant until_;
    bool has_begun_ = false;
};

/// How far an import came, kept in the unit of work of the rows themselves: true also after the
/// office was killed. Source of truth for "cut" is that it is there at all.
class Mark {
  public:
    Mark(Store& store, const std::string& path) : store_(store), key_("import.cut " + path) {}

    [[nodiscard]] std::size_t row() const {
        const auto kept = store_.meta(key_).value_or(Bytes{});
        std::size_t number = 0;
        const auto* digits = reinterpret_cast<const char*>(kept.data());
        std::from_chars(digits, digits + kept.size(), number);
        return number;
    }
    void put(std::size_t row) {
        const auto digits = std::to_string(row);
        store_.set_meta(
            key_, ByteView{reinterpret_cast<const std::uint8_t*>(digits.data()), digits.size()});
    }
    void clear() { store_.set_meta(key_, {}); }

  private:
    Store& store_;
    std::string key_;
};

class Rows {
  public:
    Rows(Context& context, const ImportJob& job, cli::RowNotes& notes)
        : context_(context),
          job_(job),
          notes_(notes),
          mark_(context.office.store(), job.path),
          ahead_(job.source) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() {
        if (std::uncaught_exceptions() > 0 && !job_.dry_run) tell_how_far();
    }

    Result<ImportTally> run() {
        Status opened;
        context_.place.in_unit([&] {
            host_ = std::make_unique<ImportHost>(context_, job_.dry_run);
            tally_.earlier_row = mark_.row();
            if (!job_.batch.empty() && !job_.dry_run) opened = host_->open_batch(job_.batch);
        });
        if (!opened) return pass(opened);
        for (ahead_.fill(); !ahead_.is_done() && !tally_.counts.cut_short; ahead_.fill()) {
            tally_.stopped = !context_.place.is_wanted();
            if (tally_.stopped) break;
            if (auto told = step(); !told) return pass(told);
        }
        if (!job_.dry_run) close();
        return tally_;
    }

  private:
    Status step() {
        std::vector<sheet::RowReport> said;
        sheet::Counts counts;
        std::size_t last = tally_.last_row;
        context_.place.in_unit([&] {
            context_.office.people().forget();
            if (job_.dry_run) context_.office.store().mark();
            Step rows(ahead_, context_.office);
            counts =
                sheet::run_import(rows, job_.mapping, job_.options, *host_, context_.office.ids(),
                                  context_.office.now(),
                                  [&](const sheet::RowReport& report) { said.push_back(report); });
            last = rows.number();
            if (!job_.dry_run) return mark_.put(last);
            context_.office.store().rollback_to_mark();
            context_.office.people().forget();
        });
        add(counts);
        tally_.last_row = last;
        for (auto& row : said) {
            if (auto told = notes_.add(std::move(row)); !told) return told;
        }
        return {};
    }

    void add(const sheet::Counts& more) {
        auto& counts = tally_.counts;
        counts.fresh += more.fresh;
        counts.changed += more.changed;
        counts.duplicate += more.duplicate;
        counts.refused += more.refused;
        counts.partly += more.partly;
        counts.cut_short = counts.cut_short || more.cut_short;
    }

    void close() {
        context_.place.in_unit([&] {
            if (!tally_.stopped && !tally_.counts.cut_short) submit_batch();
            if (!tally_.stopped) return mark_.clear();
            AuditLine line;
            line.at = context_.office.now();
            line.user = context_.actor;
            line.action = "import";
            line.result = "stopped";
            line.detail = job_.path + " " + std::to_string(tally_.last_row);
            context_.office.store().append_audit(std::move(line));
        });
    }

    void submit_batch() {
        if (job_.batch.empty()) return;
        if (auto put = host_->submit_batch(); !put)
            tally_.batch_refused = put.error();
        else
            tally_.batch = job_.batch;
    }

    void tell_how_far() const {
        context_.answer.note({"出错前已处理到第 {} 行；再次导入同一文件不会重复写入",
                              "rows up to {} were done before this; importing the file again "
                              "doubles nothing"},
                             {std::to_string(tally_.last_row)});
    }

    Context& context_;
    const ImportJob& job_;
    cli::RowNotes& notes_;
    Mark mark_;
    RowsAhead ahead_;
    std::unique_ptr<ImportHost> host_;
    ImportTally tally_;
};

}  // namespace

Result<ImportTally> import_rows(Context& context, const ImportJob& job, cli::RowNotes& notes) {
    return Rows(context, job, notes).run();
}

}  // namespace dossier::server
